#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Lengths of functions and files of the program itself.
set -u
cd "${SOURCE_DIR:-$(dirname "$0")/../..}" || exit 1
mapfile -t files < <(find src include -name '*.[ch]' | sort)
[ "${#files[@]}" -gt 0 ] || { echo "no files"; exit 1; }
bad=0

for f in "${files[@]}"; do
	lines=$(wc -l <"$f")
	if [ "$lines" -gt 600 ]; then echo "$f: $lines lines, at most 600"; bad=1; fi
done

# The format check makes this exact: a function's body begins with "{" alone in
# column 0 after a line that ends in ")", and ends with "}" alone in column 0.
awk '
	FNR == 1 { inside = 0; start = 0 }
	/^[A-Za-z_].*\(/ && !inside { start = FNR; name = $0 }
	/^\{$/ && previous ~ /\)$/ { inside = 1 }
	/^\}$/ && inside { inside = 0; print FNR - start + 1, FILENAME ":" start, name }
	{ previous = $0 }
' "${files[@]}" | sort -n >"${TMPDIR:-/tmp}/sizes.$$"
trap 'rm -f "${TMPDIR:-/tmp}/sizes.$$"' EXIT
count=$(wc -l <"${TMPDIR:-/tmp}/sizes.$$")
[ "$count" -gt 0 ] || { echo "no functions found: this check is broken"; exit 1; }
at() { sed -n "$1p" "${TMPDIR:-/tmp}/sizes.$$" | cut -d' ' -f1; }
median=$(at $(((count + 1) / 2)))
ninetieth=$(at $(((count * 9 + 9) / 10)))
longest=$(at "$count")
echo "$count functions: median $median lines, 90th percentile $ninetieth, longest $longest"
awk '$1 > 80 { print $2 ": " $1 " lines, at most 80"; bad = 1 } END { exit bad }' "${TMPDIR:-/tmp}/sizes.$$" || bad=1
if [ "$median" -gt 15 ]; then echo "the median function has more than 15 lines"; bad=1; fi
if [ "$ninetieth" -gt 45 ]; then echo "the 90th percentile is above 45 lines"; bad=1; fi
exit "$bad"
