#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Source trees, beside a neighbour: `atlasgen source` against Universal Ctags on the
# same tree in the same run, in time and in the functions they find.
# Nothing is asserted: machines differ, ratios of one run can be compared.
#
# usage: tests/bench/source.sh TREE [DIFFERENCES]
#   TREE is an unpacked kernel source (Debian: linux-source-6.1).
#   DIFFERENCES: how many functions only one of them lists are printed (default 20).
#   ATLASGEN names the program (default: build/atlasgen), TMPDIR where the files go.
set -euo pipefail
cd "$(dirname "$0")/../.."
atlasgen=$(realpath "${ATLASGEN:-build/atlasgen}")
[ $# -ge 1 ] || { sed -n '7p' "$0" | sed 's/^# //' >&2; exit 3; }
tree=$1
for tool in ctags /usr/bin/time python3; do
	command -v "$tool" >/dev/null || { echo "bench: $tool is missing (scripts/install-deps.sh ci)" >&2; exit 1; }
done
compare=$(realpath tests/bench/functions.py)
work=$(mktemp -d "${TMPDIR:-/tmp}/atlasgen-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
export LC_ALL=C TZ=UTC
cd "$tree"

# measure NAME COMMAND...: one line of time and memory
measure() {
	local name=$1
	shift
	/usr/bin/time -o "$work/time" -f '%e %U %S %M' "$@" >"$work/out" 2>"$work/err" ||
		{ echo "bench: $* failed: $(head -1 "$work/err")" >&2; exit 1; }
	awk -v n="$name" '{ printf "%-22s %7.1f s wall %7.1f s CPU %6d MB peak\n", n, $1, $2 + $3, $4 / 1024 }' "$work/time"
}

echo "tree       $(find . -name '*.[ch]' -type f | wc -l) C files, $(nproc) processors"
find . -name '*.[ch]' -type f -exec cat {} + >/dev/null
measure 'ctags functions' ctags --languages=C --langmap=C:.c.h --kinds-C=f --fields=+n --sort=no -R -f "$work/tags" .
measure 'ctags all kinds' ctags --languages=C --langmap=C:.c.h --fields=+n --sort=no -R -f "$work/all" .
measure 'source, first time' "$atlasgen" source --cache "$work/cache" .
measure 'source, again' "$atlasgen" source --cache "$work/cache" .
echo "cache      $(du -sm "$work/cache" | cut -f1) MB"
"$atlasgen" source --cache "$work/cache" --json . | python3 "$compare" "$work/tags" "${2:-20}"
