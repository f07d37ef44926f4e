#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# clang-tidy with the repository's .clang-tidy finds nothing.
set -eu
command -v run-clang-tidy >/dev/null || { echo "clang-tidy is not installed"; exit 77; }
cd "$SOURCE_DIR"
cmake -S . -B "$BUILD_DIR/tidy" -DCMAKE_C_COMPILER=clang -DCMAKE_EXPORT_COMPILE_COMMANDS=ON -DBUILD_TESTING=OFF \
	>/dev/null
cmake --build "$BUILD_DIR/tidy" >/dev/null
run-clang-tidy -quiet -p "$BUILD_DIR/tidy" "^$PWD/src/" 2>/dev/null | grep -E 'warning:|error:' | sort -u >"$BUILD_DIR/tidy.log" ||
	true
cat "$BUILD_DIR/tidy.log"
[ ! -s "$BUILD_DIR/tidy.log" ]
