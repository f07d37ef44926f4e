#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The arrows between the directories of src/ go one way: who may include whom.
set -u
cd "${SOURCE_DIR:-$(dirname "$0")/../..}" || exit 1
command -v python3 >/dev/null || { echo "python3 is not installed"; exit 77; }
exec python3 -B tests/style/layering.py
