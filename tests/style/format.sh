#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Every C file stands as clang-format would leave it.
set -u
cd "${SOURCE_DIR:-$(dirname "$0")/../..}" || exit 1
command -v clang-format >/dev/null || { echo "clang-format is not installed"; exit 77; }
# Another release formats otherwise; the one of Debian 12 is the measure.
clang-format --version | grep -q 'version 14\.' || { echo "not clang-format 14: $(clang-format --version)"; exit 77; }
mapfile -t files < <(find src include tests/unit -name '*.[ch]' | sort)
[ "${#files[@]}" -gt 0 ] || { echo "no files"; exit 1; }
clang-format --dry-run --Werror "${files[@]}" 2>&1 | head -60
exit "${PIPESTATUS[0]}"
