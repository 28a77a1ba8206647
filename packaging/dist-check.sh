#!/usr/bin/env bash
# Proves on a bare Debian 12 what `make dist` made: `packaging/dist-check.sh FOLDER`. Needs root and
# debootstrap. Packages come from DEBIAN_MIRROR, or from where this machine's own come from.
#
# In one root the tarball is unpacked and only the packages its LIBRARIES names are installed; in the other
# the lines of packaging/Containerfile install the .deb. In both `rung` checks, explains and tests
# policies/support, serves it and speaks to an editor; and no Swift is there.
set -euo pipefail
export LC_ALL=C NO_COLOR=1

folder=$(realpath "$1")
cd "$(dirname "$0")/.."
[ "$(id -u)" = 0 ] || { echo "dist-check: only root may make another root; try sudo make dist-check" >&2; exit 3; }
command -v debootstrap >/dev/null || { echo "dist-check: install debootstrap first" >&2; exit 3; }

mirror=${DEBIAN_MIRROR:-$({ cat /etc/apt/sources.list.d/*.sources /etc/apt/sources.list.d/*.list \
  /etc/apt/sources.list 2>/dev/null || true; } \
  | sed -n -e 's/^URIs: *\([^ ]*\).*/\1/p' -e 's/^deb \(\[[^]]*\] \)\?\([^ ]*\) .*/\2/p' | sed -n 1p)}
[ -n "$mirror" ] || { echo "dist-check: name a Debian mirror in DEBIAN_MIRROR" >&2; exit 3; }

(cd "$folder" && sha256sum --check --quiet SHA256SUMS)
echo "SHA256SUMS holds"
version=$(sed -n 's/.*static let version = "\(.*\)".*/\1/p' Sources/rung/Rung.swift)
tarball=$folder/rung-$version-linux-$(uname -m).tar.gz
deb=$folder/rung_${version}_$(dpkg --print-architecture).deb

work=$(mktemp -d)
started=
finish() {
  [ -z "$started" ] || kill "$started" 2>/dev/null || true
  for root in "$work"/*/; do umount "$root/proc" 2>/dev/null || true; done
  rm -rf --one-file-system "$work"
}
trap finish EXIT

fail() { echo "FAILED: $1" >&2; [ ! -f "$work/said" ] || tail -n 20 "$work/said" >&2; exit 1; }
quietly() { "$@" >"$work/said" 2>&1 || fail "$*"; }

echo "making a bare Debian 12"
quietly debootstrap --variant=minbase bookworm "$work/tarball" "$mirror"
cp /etc/resolv.conf "$work/tarball/etc/resolv.conf"
# A mirror of a fixed day has lists that are out of date by now.
echo 'Acquire::Check-Valid-Until "false";' >"$work/tarball/etc/apt/apt.conf.d/90check"
cp -a "$work/tarball" "$work/package"

root=
user=0:0
rung=/usr/bin/rung
prefix=()
enter() {
  prefix=(chroot --userspec="$user" "$root" /usr/bin/env -i PATH=/usr/bin:/bin:/usr/sbin:/sbin HOME=/tmp
    NO_COLOR=1 LC_ALL=C DEBIAN_FRONTEND=noninteractive)
}
inside() { enter; "${prefix[@]}" "$@"; }
apt() { quietly inside apt-get -qq -o APT::Sandbox::User=root "$@"; }

# What LIBRARIES names and nothing else is missing; nothing of Swift is loaded or lies about.
bare() {
  local file found
  for file in "$@"; do
    inside ldd "$file" >"$work/said"
    ! grep -q 'not found' "$work/said" || fail "$file misses a library"
    ! grep -qi swift "$work/said" || fail "$file loads a library of Swift"
  done
  # A town of Canada has the name too, and a time zone.
  found=$(find "$root" -xdev \( -path "$root/proc" -o -path "$root/usr/share/zoneinfo" \) -prune -o \( -iname '*swift*' -o -iname 'libFoundation*' -o -iname 'libdispatch*' \) -print)
  [ -z "$found" ] || fail "Swift is here: $found"
  echo "  no file of Swift in $(find "$root" -xdev -type f | wc -l) files, $(inside dpkg-query -W | wc -l) packages"
}

# Everything is asked from inside the root; `rung serve` is the arguments given.
tried() {
  local said port code=
  said=$(inside "$rung" --version)
  [ "$said" = "rung $version" ] || fail "rung --version says $said"
  echo "  rung --version: $said"
  said=$(inside "$rung" check /srv/support) || fail "rung check: $said"
  echo "  rung check: $said" | tail -n 1
  inside "$rung" explain /srv/support /srv/request.json >"$work/said" || fail "rung explain"
  grep -q '^route  ' "$work/said" || fail "rung explain names no route"
  echo "  rung explain: $(grep '^route  ' "$work/said" | tr -s ' ')"
  inside "$rung" test /srv/support >"$work/said" || fail "rung test"
  grep -q ' passed, 0 failed' "$work/said" || fail "rung test"
  echo "  rung test: $(tail -n 1 "$work/said")"

  : >"$work/said"
  chmod 644 "$work/said"
  enter
  "${prefix[@]}" "$rung" serve "$@" >"$work/said" 2>&1 &
  started=$!
  for _ in $(seq 100); do
    port=$(sed -n 's|^serving .* on http://[^:]*:\([0-9]*\)/v1.*|\1|p' "$work/said")
    [ -z "$port" ] || break
    sleep 0.1
  done
  [ -n "$port" ] || fail "rung serve does not begin"
  # The health check of the container file, as it stands there, on the port that was free.
  printf '%s' "$health" | sed "s|/4141|/$port|" >"$root/tmp/health"
  inside bash /tmp/health || fail "/healthz is not well"
  code=$(inside bash -c "exec 3<>/dev/tcp/127.0.0.1/$port && printf 'GET /v1/models HTTP/1.0\r\n\r\n' >&3 && head -n 1 <&3" | tr -d '\r')
  echo "  rung serve: /healthz is well, /v1/models says $code"
  kill -TERM "$started"
  wait "$started" || fail "rung serve ends with $? when told to"
  started=

  local message='{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"processId":null,"rootUri":null,"capabilities":{}}}'
  printf 'Content-Length: %s\r\n\r\n%s' "${#message}" "$message" >"$root/tmp/initialize"
  inside timeout 20 bash -c '(cat /tmp/initialize; sleep 2) | "$0" lsp' "$rung" >"$work/said" 2>/dev/null || true
  grep -aq '"capabilities"' "$work/said" || fail "rung lsp does not answer initialize"
  echo "  rung lsp: answers initialize with $(wc -c <"$work/said") bytes"
}

# The words of a JSON array on the line of the container file that begins with $1.
words() { sed -n "s/^$1[^[]*\[\(.*\)\]\$/\1/p" packaging/Containerfile; }
health=$(words HEALTHCHECK | sed -e 's/^"bash", "-c", "//' -e 's/"$//' -e 's/\\"/"/g' -e 's/\\\\/\\/g')
[ -n "$health" ] || fail "the container file has no health check"

given() {
  mkdir -p "$root/srv"
  cp -rL policies/support "$root/srv/support"
  cp examples/requests/09-faq-multi-turn.json "$root/srv/request.json"
  mount -t proc proc "$root/proc" 2>/dev/null || echo "  (without /proc: it may not be mounted here)"
}

echo "the tarball, unpacked in /opt"
root=$work/tarball
rung=/opt/rung-$version/bin/rung
given
tar -xzf "$tarball" -C "$root/opt" --no-same-owner
if inside "$rung" --version >"$work/said" 2>&1; then fail "it runs before its libraries are there"; fi
packages=$(sed -n 's/^[^#][^ ]*  *\(.*\)/\1/p' "$root/opt/rung-$version/LIBRARIES" | sort -u)
apt update
# shellcheck disable=SC2086
apt install -y --no-install-recommends $packages
echo "  installed what LIBRARIES names:" $packages
libraries=("$rung")
[ ! -f "$root/opt/rung-$version/lib/librung.so" ] || libraries+=("/opt/rung-$version/lib/librung.so")
tried /srv/support --port 0 --no-ledger
bare "${libraries[@]}"

echo "the package, installed by the container file's lines"
root=$work/package
rung=/usr/bin/rung
given
cp "$deb" "$root/tmp/rung.deb"
echo 'APT::Sandbox::User "root";' >>"$root/etc/apt/apt.conf.d/90check"
awk '/^RUN /{ on = 1; sub(/^RUN /, "") } on { print } on && !/\\$/ { on = 0 }' packaging/Containerfile >"$root/tmp/lines"
[ -s "$root/tmp/lines" ] || fail "the container file has no RUN line"
quietly inside bash -euo pipefail /tmp/lines
echo "  $(inside dpkg-query -W -f '${Package} ${Version} ${Status}, ${Installed-Size} KiB' rung)"
user=$(sed -n 's/^USER //p' packaging/Containerfile)
echo "  as user $user"
tried /srv/support --port 0 --ledger /data/rung.ledger
[ -s "$root/data/rung.ledger" ] || fail "the ledger is not in /data"
for file in $(dpkg-deb --fsys-tarfile "$deb" | tar -t | grep -E 'completions/[^/]|man1/[^/]'); do
  [ -s "$root/$file" ] || fail "$file is not installed"
done
user=0:0
bare "$rung"
apt remove -y rung
[ ! -e "$root/usr/bin/rung" ] || fail "the package is not removed whole"
echo "  and removed"
echo "both prove it"
