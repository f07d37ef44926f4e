#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Builds and runs one fuzz target: run.sh NAME [LIBFUZZER-OPTION...], for instance
#   tests/fuzz/run.sh import -max_total_time=600
# fuzz_NAME.c names in comments its sources (directories of src/), libraries, and
# what else it needs of the build directory ("extra");
# seeds-NAME.sh DIR makes the corpus to begin with.  What was found before is kept
# in $BUILD_DIR/fuzz/NAME; an input that fails is left there too.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
build=${BUILD_DIR:-$root/build}
name=$1
shift
target=$here/fuzz_$name.c
work=$build/fuzz/$name

skip() { echo "$*"; exit 77; }
command -v clang >/dev/null || skip "clang is not installed"
[ -d "$build/generated" ] || skip "$build is not built"
mkdir -p "$work/corpus" "$work/found"
echo 'int LLVMFuzzerTestOneInput(const unsigned char *p, unsigned long n) { return !p && n; }' >"$work/probe.c"
clang -fsanitize=fuzzer,address,undefined "$work/probe.c" -o "$work/probe" 2>/dev/null ||
	skip "clang has no libFuzzer (libclang-rt-*-dev)"

words() { sed -n "s/^ \* $1: //p" "$target"; }
sources=()
for dir in $(words sources); do
	sources+=("$root/$dir"/*.c)
done
libraries=()
for library in $(words libraries); do
	libraries+=("-l$library")
done
extra=()
for part in $(words extra); do
	[ -f "$build/$part" ] || skip "$build/$part is not there: the program was built without it"
	extra+=("-I$(dirname "$build/$part")" "$build/$part")
done
clang -std=gnu17 -O1 -g -D_GNU_SOURCE -DATLASGEN_VERSION='"fuzz"' -DATLASGEN_DATA_DIR='""' \
	-fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all \
	-I"$root/include" -I"$root/src" -I"$build/generated" -I/usr/include/libdwarf -DATLASGEN_TREE_SITTER \
	"$target" "${sources[@]}" "${extra[@]}" "${libraries[@]}" -o "$work/fuzz"
bash "$here/seeds-$name.sh" "$work/corpus"
dictionary=()
[ ! -f "$here/$name.dict" ] || dictionary=("-dict=$here/$name.dict")
cd "$work"
# libFuzzer ends with 77 where it finds something, which ctest would take for a skip.
exec ./fuzz -error_exitcode=1 "${dictionary[@]}" -artifact_prefix="$work/" -print_final_stats=1 -verbosity=0 "$@" found corpus
