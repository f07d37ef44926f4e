#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Configures and builds: build.sh DIRECTORY [CMAKE-ARGUMENT...].  Says nothing unless it fails.
set -euo pipefail
cd "$(dirname "$0")/.."
dir=$1
shift
generator=()
if [ ! -f "$dir/CMakeCache.txt" ] && command -v ninja >/dev/null; then generator=(-G Ninja); fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if cmake -S . -B "$dir" "${generator[@]}" "$@" >"$log" 2>&1 &&
	cmake --build "$dir" -j "$(nproc)" >>"$log" 2>&1; then
	# What the program will not be able to do
	sed -n 's/^-- \(.*NOT read.*\)/build: \1/p' "$log"
	exit 0
fi
tail -40 "$log" >&2
echo "build: $dir does not build" >&2
exit 1
