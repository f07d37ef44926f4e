#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# How fast two kernels are compared, beside libabigail on the same files in the same run: `atlasgen diff` of two
# scanned images, and abidw of both with abidiff of what it wrote.  A peer that takes more than LIMIT seconds or
# MEMORY kilobytes is ended and said not to have finished.  Nothing is asserted.
#
# usage: tests/bench/diff.sh OLD_VMLINUX NEW_VMLINUX [OLD_MODULE NEW_MODULE]
#   LIMIT (default 300) and MEMORY (default 6000000) bound the peer, ROUNDS (5) is how often `diff` runs.
set -euo pipefail
cd "$(dirname "$0")/../.."
atlasgen=${ATLASGEN:-build/atlasgen}
limit=${LIMIT:-300} memory=${MEMORY:-6000000} rounds=${ROUNDS:-5}
[ $# = 2 ] || [ $# = 4 ] || { sed -n '8,9s/^# //p' "$0" >&2; exit 3; }
for tool in abidw abidiff /usr/bin/time; do
	command -v "$tool" >/dev/null || { echo "bench: $tool is missing (scripts/install-deps.sh ci)" >&2; exit 1; }
done
work=$(mktemp -d "${TMPDIR:-/tmp}/atlasgen-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
export LC_ALL=C TZ=UTC
median() { sort -g | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }

# own NAME OLD NEW DIFF_OPTION...: scan once, then `diff` ROUNDS times
own() {
	local name=$1 old=$2 new=$3 round status
	shift 3
	rm -f "$work/times" "$work"/*.db
	/usr/bin/time -o "$work/scan" -f '%e' sh -c '"$1" --atlas "$2/old.db" scan -q "$3" && "$1" --atlas "$2/new.db" scan -q "$4"' \
		sh "$atlasgen" "$work" "$old" "$new" 2>"$work/err" || { echo "$name scan failed: $(head -1 "$work/err")"; return; }
	for ((round = 0; round < rounds; round++)); do
		status=0
		/usr/bin/time -q -a -o "$work/times" -f '%e %U %S %M' "$atlasgen" diff "$work/old.db" "$work/new.db" "$@" >"$work/out" || status=$?
		[ $((status & 3)) = 0 ] || { echo "$name diff failed"; return; }
	done
	echo "$name atlasgen   scan of both $(tail -1 "$work/scan") s; diff $(cut -d' ' -f1 "$work/times" | median) s wall," \
		"$(awk '{ print $2 + $3 }' "$work/times" | median) s CPU, $(($(cut -d' ' -f4 "$work/times" | median | cut -d. -f1) / 1024)) MB;" \
		"$(tail -1 "$work/out")"
}

# peer NAME WHAT COMMAND...: one run within the limits
peer() {
	local name=$1 what=$2 status=0
	shift 2
	(ulimit -v "$memory" && exec /usr/bin/time -q -o "$work/peer" -f '%e %M' timeout "$limit" "$@") >"$work/$what.out" 2>"$work/err" || status=$?
	case $status in
	124) echo "$name $what   did not finish in $limit s" && return 1 ;;
	0 | 4 | 8 | 12) echo "$name $what   $(awk '{ printf "%s s wall, %d MB", $1, $2 / 1024 }' "$work/peer")" ;;
	*) echo "$name $what   failed, with $memory KB at most (status $status: $(tail -1 "$work/err"))" && return 1 ;;
	esac
}

abigail() {
	local name=$1 old=$2 new=$3
	peer "$name" abidw-old abidw --no-corpus-path --out-file "$work/old.abi" "$old" &&
		peer "$name" abidw-new abidw --no-corpus-path --out-file "$work/new.abi" "$new" &&
		peer "$name" abidiff abidiff "$work/old.abi" "$work/new.abi"
}

both() {
	cat "$2" "$3" >/dev/null
	own "$@"
	abigail "$@" || true
}

if [ $# = 4 ]; then
	# A module needs a kernel to be scanned with; libabigail reads it alone.
	abigail module "$3" "$4" || true
fi
both vmlinux "$1" "$2"
