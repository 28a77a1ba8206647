#!/usr/bin/env bash
# Links librung.so with the Swift libraries inside: `packaging/librung.sh BUILD FOLDER`, where BUILD is the
# folder in which `swift build -c release --static-swift-stdlib --product rung-c-objects` left its archive.
#
# The package manager links a shared library against the shared Swift runtime whatever it is told, so the
# last step is done here. Only the functions of rung.h are exported. libyaml goes in too; RE2 and simdjson
# stay shared (Debian's libre2.a is not made for shared libraries, and there is no libsimdjson.a).
set -euo pipefail

build=$1
folder=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
symbols=$work/symbols
echo '{ global: rung_*; local: *; };' >"$symbols"
# One object of them all: what comes from an archive is not exported under -static-stdlib.
ld -r --whole-archive "$build/librung-c-objects.a" -o "$work/rung.o"

mkdir -p "$folder"
swiftc -emit-library -static-stdlib -o "$folder/librung.so" "$work/rung.o" \
  -Xlinker --whole-archive -Xlinker -lFoundationInternationalization -Xlinker --no-whole-archive \
  -Xlinker --start-group \
  -Xlinker -lFoundation -Xlinker -lFoundationInternationalization -Xlinker -lFoundationEssentials -Xlinker -lCoreFoundation -Xlinker -l_FoundationICU -Xlinker -l_FoundationCShims -Xlinker -l_FoundationCollections -Xlinker -lswift_StringProcessing -Xlinker -lswift_RegexParser -Xlinker -lswiftSynchronization -Xlinker -lswift_Concurrency -Xlinker -lswiftDispatch -Xlinker -lswiftGlibc -Xlinker -lswift_Builtin_float \
  -Xlinker --end-group \
  -lre2 -lsimdjson -Xlinker -l:libyaml.a -lstdc++ -lm \
  -Xlinker --version-script="$symbols" -Xlinker --strip-all \
  -Xlinker -soname=librung.so -Xlinker -rpath='$ORIGIN' -Xlinker --build-id=none \
  -Xlinker -z -Xlinker noexecstack -Xlinker -z -Xlinker defs
