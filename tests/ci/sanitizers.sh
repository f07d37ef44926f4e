#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Everything but the real kernels again, with address and undefined-behaviour sanitizers.
set -eu
cd "$SOURCE_DIR"
scripts/build.sh "$BUILD_DIR/sanitizers" -DCMAKE_BUILD_TYPE=Debug -DATLASGEN_SANITIZE=ON -DATLASGEN_WERROR=ON \
	-DATLASGEN_CI=OFF
exec ctest --test-dir "$BUILD_DIR/sanitizers" --output-on-failure -j 2 -L '^(unit|cli|fixtures|bad)$'
