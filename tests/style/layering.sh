#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The arrows between the directories of src/ go one way: who may include whom.
set -u
cd "${SOURCE_DIR:-$(dirname "$0")/../..}" || exit 1
exec "${PYTHON:-/usr/bin/python3}" -B tests/style/layering.py
