#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# clang finds nothing to warn of, and what it builds passes the quick tests.
set -eu
command -v clang >/dev/null || { echo "clang is not installed"; exit 77; }
cd "$SOURCE_DIR"
scripts/build.sh "$BUILD_DIR/clang" -DCMAKE_C_COMPILER=clang -DATLASGEN_WERROR=ON -DATLASGEN_CI=OFF
exec ctest --test-dir "$BUILD_DIR/clang" --output-on-failure -j 2 -L '^(unit|cli|fixtures)$'
