#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A whole debug package, vmlinux and modules, against `xz -dc` of its data
# member alone, and its unpacked tree against the vmlinux alone; alternating, in
# one run.  Nothing is asserted.
#
# usage: tests/bench/package.sh PACKAGE.deb [ROUNDS]       (Debian's, with data.tar.xz)
set -euo pipefail
cd "$(dirname "$0")/../.."
atlasgen=${ATLASGEN:-build/atlasgen}
package=${1:?usage: tests/bench/package.sh PACKAGE.deb [ROUNDS]}
rounds=${2:-3}
[ -x "$atlasgen" ] || { echo "bench: $atlasgen is not built" >&2; exit 1; }
work=$(mktemp -d "${TMPDIR:-/tmp}/atlasgen-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
export LC_ALL=C

# measure NAME COMMAND...: adds "WALL USER+SYSTEM PEAK_KB" to $work/NAME
measure() {
	local name=$1
	shift
	/usr/bin/time -a -o "$work/$name" -f '%e %U %S %M' "$@" >/dev/null
}
median() { sort -g | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
column() { awk -v c="$2" '{ print c == 0 ? $2 + $3 : $c }' "$work/$1"; }
row() {
	printf '%-14s %7.2f s wall %7.2f s CPU %6d MB peak\n' "$1" "$(column "$2" 1 | median)" "$(column "$2" 0 | median)" \
		"$(($(column "$2" 4 | median | cut -d. -f1) / 1024))"
}
ratios() { paste -d' ' "$work/$1" "$work/$2" | awk '{ printf "%.2f\n", $1 / $5 }'; }

ar p "$package" data.tar.xz >"$work/data.tar.xz"
mkdir "$work/unpacked"
tar -xJf "$work/data.tar.xz" -C "$work/unpacked"
vmlinux=$(find "$work/unpacked" -name 'vmlinux*' -type f | head -1)
echo "package        $(($(stat -L -c %s "$package") / 1000000)) MB, $(nproc) processors, $rounds rounds"
for ((round = 0; round < rounds; round++)); do
	rm -f "$work"/*.db
	measure package "$atlasgen" --atlas "$work/package.db" scan -q "$package"
	measure xz xz -dc "$work/data.tar.xz"
	measure tree "$atlasgen" --atlas "$work/tree.db" scan -q "$work/unpacked"
	measure vmlinux "$atlasgen" --atlas "$work/vmlinux.db" scan -q "$vmlinux"
done
row 'scan package' package
row 'xz -dc' xz
row 'scan tree' tree
row 'scan vmlinux' vmlinux
echo "package        $(ratios package xz | median) of xz -dc (rounds: $(ratios package xz | tr '\n' ' '))"
echo "tree           $(ratios tree vmlinux | median) of its vmlinux alone (rounds: $(ratios tree vmlinux | tr '\n' ' '))"
echo "atlas          $(awk -v b="$(stat -c %s "$work/package.db")" 'BEGIN { printf "%.1f MiB", b / 1048576 }') with modules"
