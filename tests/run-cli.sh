#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Runs one command line test: run-cli.sh DIRECTORY
#
# DIRECTORY/cmd is a bash script, run in an empty directory with
#   $ATLASGEN    the program            $FIXTURES   the small kernels
#   $TEST_DIR    DIRECTORY              $SOURCE_DIR the source tree
# and held against, where they exist: `expected` (standard output), `expected.err`
# (standard error), `status` (exit status, else 0).  Status 77 skips the test.
# UPDATE_GOLDEN=1 writes the expectations that exist from what was seen, and
# `expected` where there is none.
set -u
TEST_DIR=$(cd "$1" && pwd) || exit 1
export TEST_DIR ATLASGEN FIXTURES SOURCE_DIR
work=$(mktemp -d "${TMPDIR:-/tmp}/atlasgen-cli.XXXXXX") || exit 1
trap 'chmod -R u+w "$work" 2>/dev/null; rm -rf "$work"' EXIT
mkdir "$work/run"

unset ATLAS NO_COLOR
export LC_ALL=C.UTF-8 TZ=UTC SOURCE_DATE_EPOCH=1700000000
(cd "$work/run" && exec bash -euo pipefail "$TEST_DIR/cmd") >"$work/out" 2>"$work/err" </dev/null
status=$?
if [ "$status" = 77 ]; then
	cat "$work/out" "$work/err"
	exit 77
fi

wanted=0
[ ! -f "$TEST_DIR/status" ] || wanted=$(<"$TEST_DIR/status")
if [ -n "${UPDATE_GOLDEN:-}" ]; then
	cp "$work/out" "$TEST_DIR/expected"
	[ ! -f "$TEST_DIR/expected.err" ] || cp "$work/err" "$TEST_DIR/expected.err"
	if [ "$status" != 0 ]; then echo "$status" >"$TEST_DIR/status"; else rm -f "$TEST_DIR/status"; fi
	echo "$TEST_DIR: expectations written"
	exit 0
fi

bad=0
if [ "$status" != "$wanted" ]; then
	echo "exit status $status, expected $wanted"
	bad=1
fi
if [ -f "$TEST_DIR/expected" ]; then
	diff -u --label expected --label 'standard output' "$TEST_DIR/expected" "$work/out" || bad=1
fi
if [ -f "$TEST_DIR/expected.err" ]; then
	diff -u --label expected.err --label 'standard error' "$TEST_DIR/expected.err" "$work/err" || bad=1
fi
if [ "$bad" != 0 ]; then
	echo "--- standard error"
	cat "$work/err"
	[ -f "$TEST_DIR/expected" ] || { echo "--- standard output"; cat "$work/out"; }
fi
exit "$bad"
