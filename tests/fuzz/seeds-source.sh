#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The file with everything in it, and each of its parts between empty lines.
set -eu
out=$1
whole=$(dirname "$0")/../cli/source-file/kernel.c
cp "$whole" "$out/whole"
awk -v out="$out" 'BEGIN { RS = "" } { print > (out "/part-" NR) }' "$whole"
