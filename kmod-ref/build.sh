#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Builds the reference module through kbuild, from a copy of its sources.
#
# usage: build.sh OUTDIR [HEADERS [MAKE_ARGUMENT...]]
#   OUTDIR   gets the sources, atlasgen_ref.ko and expected.jsonl
#   HEADERS  a directory of kernel headers or a built kernel tree; default: the newest of /usr/src/linux-headers-*
#   MAKE_ARGUMENT  for another compiler or architecture: CC=gcc-12, ARCH=arm64 CROSS_COMPILE=aarch64-linux-gnu-
# Prints the module's path.  Exit status 77: there are no headers.
set -euo pipefail
[ $# -ge 1 ] || { sed -n '3,9s/^# \{0,1\}//p' "$0" >&2; exit 2; }
out=$1 headers=${2:-}
shift $(($# > 2 ? 2 : $#))
if [ -z "$headers" ]; then
	# The trees with a configuration; the "common" ones hold only what flavors share.
	headers=$(find /usr/src -maxdepth 1 -name 'linux-headers-*' -exec test -e '{}/.config' ';' -print | sort -V | tail -n 1)
fi
[ -n "$headers" ] || { echo "build.sh: no kernel headers are installed (linux-headers-*)" >&2; exit 77; }
[ -e "$headers/.config" ] || { echo "build.sh: $headers: no configured headers" >&2; exit 77; }
mkdir -p "$out"
out=$(cd "$out" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
cp "$here"/Kbuild "$here"/*.[ch] "$here"/expected.jsonl "$out/"
if ! make -C "$headers" "M=$out" "$@" modules >"$out/build.log" 2>&1 </dev/null; then
	grep -E 'error|Error|warning: the compiler differs' "$out/build.log" | head -5 >&2
	echo "build.sh: $headers: the module does not build; see $out/build.log" >&2
	exit 1
fi
echo "$out/atlasgen_ref.ko"
