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

# kernel SUITE ARCH PACKAGE: sets `vmlinux`; ends the test with 77 where there is no network.
kernel() {
	local line status=0
	line=$("$SOURCE_DIR/scripts/get-kernel.sh" "$@" 2>"$work/get") || status=$?
	if [ "$status" != 0 ]; then
		tail -1 "$work/get"
		exit "$status"
	fi
	vmlinux=${line##* }
	echo "$line"
}

# same WHAT EXPECTED FOUND
same() { [ "$2" = "$3" ] || fault "$1: $3, not $2"; }

# above WHAT LIMIT FOUND: for numbers that move with each point release
above() { [ "$3" -gt "$2" ] || fault "$1: $3, expected more than $2"; }

number() { "$ATLASGEN" query "$1" --csv | tail -1; }

longer_only() {
	if [ "${CI:-}" != true ]; then
		echo "part of the longer run (CI=true)"
		exit 77
	fi
}
