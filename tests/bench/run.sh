#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# How fast, beside a neighbour: `atlasgen scan` against `pahole -J -j2
# --btf_encode_detached` on the same vmlinux in the same run, alternating.
# Nothing is asserted: machines differ, ratios of one run can be compared.
#
# usage: tests/bench/run.sh [VMLINUX [ROUNDS]]
#   VMLINUX defaults to Debian's smallest debug kernel (fetched once), ROUNDS to 5.
#   ATLASGEN names the program (default: build/atlasgen), TMPDIR where the files go.
#   OLD_VMLINUX names a second kernel: `diff` of the two beside libabigail follows (tests/bench/diff.sh).
set -euo pipefail
cd "$(dirname "$0")/../.."
atlasgen=${ATLASGEN:-build/atlasgen}
vmlinux=${1:-}
rounds=${2:-5}
[ -x "$atlasgen" ] || { echo "bench: $atlasgen is not built" >&2; exit 1; }
for tool in pahole /usr/bin/time; do
	command -v "$tool" >/dev/null || { echo "bench: $tool is missing (scripts/install-deps.sh ci)" >&2; exit 1; }
done
if [ -z "$vmlinux" ]; then
	line=$(scripts/get-kernel.sh bookworm amd64 linux-image-cloud-amd64-dbg)
	vmlinux=${line##* }
fi
work=$(mktemp -d "${TMPDIR:-/tmp}/atlasgen-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
export LC_ALL=C TZ=UTC

# measure NAME COMMAND...: adds "WALL USER+SYSTEM PEAK_KB" to $work/NAME
measure() {
	local name=$1
	shift
	if ! /usr/bin/time -a -o "$work/$name" -f '%e %U %S %M' "$@" >"$work/out" 2>"$work/err"; then
		echo "bench: $* failed: $(head -1 "$work/err")" >&2
		exit 1
	fi
}
median() { sort -g | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
column() { awk -v c="$2" '{ print c == 0 ? $2 + $3 : $c }' "$work/$1"; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { if (b > 0) printf "%.2f", a / b; else print "-" }'; }

echo "vmlinux    $(($(stat -L -c %s "$vmlinux") / 1000000)) MB, $(nproc) processors, $rounds rounds"
cat "$vmlinux" >/dev/null
for ((round = 0; round < rounds; round++)); do
	rm -f "$work/atlas.db"
	measure scan2 "$atlasgen" --atlas "$work/atlas.db" scan -q -j 2 "$vmlinux"
	measure pahole pahole -J -j2 --btf_encode_detached="$work/btf" "$vmlinux"
	rm -f "$work/atlas.db"
	measure scan1 "$atlasgen" --atlas "$work/atlas.db" scan -q -j 1 "$vmlinux"
done
paste -d' ' "$work/scan2" "$work/pahole" | awk '{ printf "%.3f\n", $1 / $5 }' >"$work/ratios"

row() { printf '%-10s %7.2f s wall %7.2f s CPU %6d MB peak\n' "$1" "$(column "$2" 1 | median)" "$(column "$2" 0 | median)" \
	"$(($(column "$2" 4 | median | cut -d. -f1) / 1024))"; }
row 'scan -j 2' scan2
row 'scan -j 1' scan1
row 'pahole -j2' pahole
echo "ratio      $(median <"$work/ratios") of pahole's wall time (rounds: $(tr '\n' ' ' <"$work/ratios"))"
echo "atlas      $(awk -v b="$(stat -c %s "$work/atlas.db")" 'BEGIN { printf "%.1f MiB", b / 1048576 }')"

measure generate "$atlasgen" --atlas "$work/atlas.db" generate -q --format md -o "$work/pages"
pages=$(find "$work/pages/function" -mindepth 2 -name '*.md' ! -name 'index.md' | wc -l)
seconds=$(column generate 1)
echo "pages      $pages in $seconds s, $(ratio "$pages" "$seconds") a second, $(($(column generate 4) / 1024)) MB peak"

# The HTML site, with call graphs and without: all its pages; then again, when nothing changed.  The peak is of the largest process.
site() {
	local name=$1 pages seconds largest
	shift
	measure "$name" "$atlasgen" --atlas "$work/atlas.db" generate -q --format html -o "$work/$name.dir" "$@"
	measure "$name-again" "$atlasgen" --atlas "$work/atlas.db" generate -q --format html -o "$work/$name.dir" "$@"
	pages=$(find "$work/$name.dir" -name '*.html' | wc -l)
	largest=$(find "$work/$name.dir" -name '*.html' -printf '%s\n' | sort -n | tail -1)
	seconds=$(column "$name" 1)
	echo "$name  $pages pages in $seconds s ($(column "$name" 0) s CPU), $(ratio "$pages" "$seconds") a second," \
		"$(ratio "$pages" "$(column "$name" 0)") a second of CPU, $(($(column "$name" 4) / 1024)) MB peak;" \
		"$(du -sm "$work/$name.dir" | cut -f1) MB, largest page $((largest / 1024)) KiB"
	echo "$name  again in $(column "$name-again" 1) s ($(column "$name-again" 0) s CPU)," \
		"$(ratio "$(column "$name-again" 0)" "$(column "$name" 0)") of the first run's CPU"
	rm -rf "${work:?}/$name.dir"
}
site site-plain --no-graphs
site site-graphs

# Latency of one answer, the program's start included
latency() {
	local name=$1 began ended
	shift
	for ((round = 0; round < 20; round++)); do
		began=$(date +%s%N)
		"$atlasgen" --atlas "$work/atlas.db" "$@" >/dev/null
		ended=$(date +%s%N)
		echo "$(((ended - began) / 1000))"
	done | median | awk -v name="$name" '{ printf "%-10s %.1f ms\n", name, $1 / 1000 }'
}
latency show show mempool_alloc
latency query query @functions --name mempool_alloc --csv
latency callers query @callers --name mempool_alloc --csv

[ -z "${OLD_VMLINUX:-}" ] || tests/bench/diff.sh "$OLD_VMLINUX" "$vmlinux"
