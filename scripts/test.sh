#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Runs the tests: installs what they need, builds, and ends with ctest's summary.
#
# usage: scripts/test.sh [CTEST-ARGUMENT...]       scripts/test.sh -L unit
#   CI=true adds the longer part: everything again under the sanitizers, clang
#   with warnings as errors, clang-tidy, and more real kernels.
set -euo pipefail
cd "$(dirname "$0")/.."
sets=(build kernels test)
ci=OFF
if [ "${CI:-}" = true ]; then
	sets+=(ci)
	ci=ON
fi
scripts/install-deps.sh "${sets[@]}"
scripts/build.sh build -DATLASGEN_WERROR=ON -DATLASGEN_CI="$ci"
exec ctest --test-dir build --output-on-failure -j "$(nproc)" "$@"
