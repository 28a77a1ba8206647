#!/usr/bin/env bash
# Makes what is released, of programs already built:
# `packaging/dist.sh PROGRAM MANUAL LIBRUNG CHECKOUTS FOLDER`.
#
# PROGRAM is a `rung` with the Swift libraries inside, MANUAL the folder `.ci/man` wrote, LIBRUNG what
# packaging/librung.sh linked (or `-`), CHECKOUTS the folder of the Swift packages' sources, for their
# licences. FOLDER gets:
#
#   rung-VERSION-linux-MACHINE.tar.gz   unpack it anywhere; LIBRARIES in it names what it loads
#   rung_VERSION_ARCHITECTURE.deb       the command, where there is dpkg-deb and dpkg-shlibdeps
#   rung-VERSION-source.tar.gz, rung.rb the sources, and the Homebrew formula that builds them
#   SHA256SUMS                          of all of them
#
# The same programs give the same bytes: times are those of the last commit (SOURCE_DATE_EPOCH), owners are
# root, and files come in the order of their names.
set -euo pipefail
export LC_ALL=C TZ=UTC
umask 022

program=$(realpath "$1")
manual=$(realpath "$2")
library=$3
[ "$library" = - ] || library=$(realpath "$library")
checkouts=$(realpath "$4")
mkdir -p "$5"
folder=$(realpath "$5")
cd "$(dirname "$0")/.."

version=$(sed -n 's/.*static let version = "\(.*\)".*/\1/p' Sources/rung/Rung.swift)
[[ "$version" =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]] || { echo "dist: no version in Rung.swift" >&2; exit 1; }
export SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}"
machine=$(uname -m)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

packed() { # FOLDER ENTRY: a gzipped tar on standard output
  tar -C "$1" --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" \
    --format=gnu -cf - "$2" | gzip -n
}

needed() { readelf -d "$@" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | sort -u; }

# What the licences of the packages inside ask for.
licences() {
  local place file
  for place in "$checkouts"/*/; do
    for file in "$place"LICENSE* "$place"LICENCE* "$place"NOTICE*; do
      [ ! -f "$file" ] || printf '=== %s: %s\n\n%s\n\n' "$(basename "$place")" "$(basename "$file")" "$(cat "$file")"
    done
  done
  local swift
  swift=$(command -v swiftc || true)
  [ -z "$swift" ] || swift=$(dirname "$(realpath "$swift")")/../share/swift/LICENSE.txt
  [ ! -f "$swift" ] || printf '=== Swift: LICENSE.txt\n\n%s\n' "$(cat "$swift")"
}

# --- the tarball ----------------------------------------------------------------------------------

name=rung-$version
tree=$work/$name
stripped=$work/rung
cp "$program" "$stripped"
strip --strip-all "$stripped"
bash .ci/install "$stripped" "$manual" "$tree"
if [ "$library" != - ]; then
  install -D -m 644 "$library" "$tree/lib/librung.so"
  install -D -m 644 Sources/CRung/rung.h "$tree/include/rung.h"
fi
install -m 644 LICENSE README.md CHANGELOG.md "$tree/"
licences >"$tree/LICENSES-OF-PACKAGES"
[ -s "$tree/LICENSES-OF-PACKAGES" ] || { echo "dist: no licence is found in $checkouts" >&2; exit 1; }

loaded=$(needed "$tree/bin/rung" $([ "$library" = - ] || echo "$tree/lib/librung.so"))
# libcurl is opened by name when the first call is made.
curl=libcurl.so.4
{
  echo "# The shared libraries that are loaded, and the package of Debian 12 that each is in."
  for soname in $loaded $curl; do
    package=-
    if command -v dpkg-query >/dev/null 2>&1; then
      package=$(dpkg-query -S "*/$soname" 2>/dev/null | sed -n "s|^\([^:, ]*\).*: .*/$soname\$|\1|p" | sort -u | head -n 1 || true)
      [ -n "$package" ] || { echo "dist: no package has $soname, which rung loads" >&2; exit 1; }
    fi
    printf '%-24s %s\n' "$soname" "$package"
  done
} >"$tree/LIBRARIES"

tarball=$name-linux-$machine.tar.gz
packed "$work" "$name" >"$folder/$tarball"

# --- the Debian package ---------------------------------------------------------------------------

deb=
if command -v dpkg-deb >/dev/null 2>&1 && command -v dpkg-shlibdeps >/dev/null 2>&1; then
  architecture=$(dpkg --print-architecture)
  root=$work/deb
  install -d "$root"
  bash .ci/install "$stripped" "$manual" "$root/usr"
  # Debian's zsh looks here for what packages bring.
  mv "$root/usr/share/zsh/site-functions" "$root/usr/share/zsh/vendor-completions"
  gzip -9n "$root"/usr/share/man/man1/*.1
  install -d "$root/usr/share/doc/rung"
  install -m 644 README.md "$root/usr/share/doc/rung/"
  gzip -9nc CHANGELOG.md >"$root/usr/share/doc/rung/changelog.gz"
  cat LICENSE "$tree/LICENSES-OF-PACKAGES" >"$root/usr/share/doc/rung/copyright"

  mkdir "$work/debian"
  printf 'Source: rung\n\nPackage: rung\nArchitecture: any\n' >"$work/debian/control"
  depends=$(cd "$work" && dpkg-shlibdeps -O "$root/usr/bin/rung" 2>/dev/null | sed -n 's/^shlibs:Depends=//p' || true)
  [ -n "$depends" ] || { echo "dist: dpkg-shlibdeps finds no dependency" >&2; exit 1; }
  size=$(find "$root" -type f -printf '%s\n' | awk '{ kib += int(($1 + 1023) / 1024) } END { print kib }')
  install -d "$root/DEBIAN"
  cat >"$root/DEBIAN/control" <<CONTROL
Package: rung
Version: $version
Architecture: $architecture
Maintainer: The Rung authors <rung@localhost>
Installed-Size: $size
Depends: $depends, libcurl4, tzdata
Recommends: ca-certificates
Section: net
Priority: optional
Description: policy language and runtime for routing LLM requests
 You write which model answers what, at which price; rung checks it, tells you
 why, tests it and makes the calls, as a command or an OpenAI-compatible
 gateway.
CONTROL
  find "$root" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
  deb=rung_${version}_$architecture.deb
  # One thread: the bytes of several depend on how many there are.
  dpkg-deb --root-owner-group -Zxz --threads-max=1 --build "$root" "$folder/$deb" >/dev/null
else
  echo "dist: no dpkg-deb and dpkg-shlibdeps here, so no .deb is made" >&2
fi

# --- the sources and their formula ----------------------------------------------------------------

source=$name-source.tar.gz
git archive --format=tar --prefix="$name/" HEAD | gzip -n >"$folder/$source"
digest=$(sha256sum <"$folder/$source" | cut -d' ' -f1)
sed -e "s|@VERSION@|$version|g" -e "s|@SHA256@|$digest|g" \
  -e "s|https://github.com/OWNER/rung|${RUNG_REPOSITORY:-https://github.com/OWNER/rung}|g" \
  packaging/homebrew/rung.rb >"$folder/rung.rb"

(cd "$folder" && sha256sum "$tarball" $deb "$source" rung.rb >SHA256SUMS)

echo "made in $folder:"
(cd "$folder" && for file in "$tarball" $deb "$source" rung.rb; do
  printf '  %-40s %11s bytes  sha256 %s…\n' "$file" "$(stat -c %s "$file")" "$(grep -F "  $file" SHA256SUMS | cut -c1-16)"
done)
echo "bin/rung has $(stat -c %s "$stripped") bytes and loads:"
sed -n '2,$s/^/  /p' "$tree/LIBRARIES"
echo "the newest symbol of glibc it asks for: $(readelf -V "$stripped" | grep -o 'GLIBC_[0-9.]*' | sort -uV | tail -n 1)"
