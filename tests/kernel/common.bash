# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# For the tests on real kernels: a scratch directory, a kernel, and ways to complain.
set -euo pipefail
export LC_ALL=C.UTF-8
unset ATLAS
work=$(mktemp -d "${TMPDIR:-/tmp}/atlasgen-kernel.XXXXXX")
trap 'rm -rf "$work"' EXIT
export ATLAS=$work/atlas.db
faults=0

fault() {
	echo "FAULT $*"
	faults=$((faults + 1))
}

# kernel SUITE ARCH PACKAGE: sets `vmlinux` and `version`; ends the test with 77 where there is no network.
kernel() {
	local line status=0
	line=$("$SOURCE_DIR/scripts/get-kernel.sh" "$@" 2>"$work/get") || status=$?
	if [ "$status" != 0 ]; then
		tail -1 "$work/get"
		exit "$status"
	fi
	read -r _ version vmlinux <<<"$line"
	echo "$line"
}

# same WHAT EXPECTED FOUND
same() { [ "$2" = "$3" ] || fault "$1: $3, not $2"; }

# above WHAT LIMIT FOUND: for numbers that move with each point release
above() { [ "$3" -gt "$2" ] || fault "$1: $3, expected more than $2"; }

# Rows of a query, one a line, without the header.  CSV lines end in CR LF.
rows() { "$ATLASGEN" query "$@" --csv | tr -d '\r' | sed 1d; }
number() { rows "$1" | tail -1; }

longer_only() {
	if [ "${CI:-}" != true ]; then
		echo "part of the longer run (CI=true)"
		exit 77
	fi
}

# Every function symbol of the file is in the atlas, and no other.
check_symbols() {
	readelf -sW "$vmlinux" | awk '
		/^Symbol table/ { inside = /\.symtab/ }
		inside && $4 == "FUNC" { sub(/\[<localentry>: [0-9]+\]/, ""); if ($7 != "UND" && $8 !~ /^__pfx/) print $8 }' |
		sort >"$work/symbols.file"
	rows "SELECT symbol FROM v_symbol" | sort >"$work/symbols.atlas"
	above "function symbols" 10000 "$(wc -l <"$work/symbols.file")"
	diff "$work/symbols.file" "$work/symbols.atlas" >"$work/symbols.diff" ||
		fault "symbols differ from readelf's: $(wc -l <"$work/symbols.diff") lines, first $(sed -n 2p "$work/symbols.diff")"
}

# A function tied to a symbol has that symbol's address.
check_tied() {
	same 'instances away from their symbol' 0 \
		"$(number "SELECT count(*) FROM instance a JOIN symbol s ON s.id = a.symbol WHERE a.address <> s.address")"
}

# Each entry of the tracer's table is one function's, and the atlas knows them all.
check_entry_sites() {
	python3 -B "$SOURCE_DIR/tests/kernel/entry_sites.py" "$ATLASGEN" "$ATLAS" "$vmlinux" || fault "the tracer's table and the atlas"
}

finish() {
	if [ "$faults" = 0 ]; then echo "no faults"; fi
	exit "$((faults != 0))"
}
