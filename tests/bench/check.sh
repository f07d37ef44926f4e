#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# How long `atlasgen check` takes: 500 dependencies of all kinds over 20 images.
# The images are one vmlinux under labels; with several vmlinux they take turns.
# Nothing is asserted.  For a neighbour in the same run: what SQLite needs to read
# the atlas once from the page cache (`SELECT count(*)` over the same tables).
#
# usage: tests/bench/check.sh VMLINUX... 
#   IMAGES (default 20), DEPENDENCIES (default 500), ATLASGEN names the program, TMPDIR where the atlas goes.
set -euo pipefail
atlasgen=${ATLASGEN:-build/atlasgen}
[ $# -gt 0 ] || { echo "usage: tests/bench/check.sh VMLINUX..." >&2; exit 3; }
[ -x "$atlasgen" ] || { echo "bench: $atlasgen is not built" >&2; exit 1; }
images=${IMAGES:-20} wanted=${DEPENDENCIES:-500}
work=$(mktemp -d "${TMPDIR:-/tmp}/atlasgen-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
export LC_ALL=C ATLAS=$work/atlas.db

files=("$@")
for ((i = 0; i < images; i++)); do
	"$atlasgen" scan -q --label "copy$i" "${files[i % ${#files[@]}]}"
done
names() { sqlite3 -readonly "$ATLAS" "SELECT DISTINCT $1 ORDER BY abs(random())" 2>/dev/null | head -"$2" || true; }
each=$((wanted / 5))
{
	names "'function ' || name FROM v_function WHERE name NOT GLOB '*.*'" "$each"
	names "'kprobe ' || name FROM v_function WHERE name NOT GLOB '*.*'" "$each"
	names "'export ' || n.text FROM export x JOIN name n ON n.id = x.name" "$each"
	names "'struct ' || name FROM v_type WHERE kind = 'struct' AND defined = 'yes'" "$each"
	names "'field ' || name || '.' || member FROM v_type_member WHERE kind = 'struct' AND member IS NOT NULL AND parent IS NULL" "$each"
} >"$work/deps.txt"
echo "check      $(wc -l <"$work/deps.txt") dependencies, $("$atlasgen" images -q | wc -l) images, atlas $(($(stat -c %s "$ATLAS") / 1048576)) MiB"
cat "$ATLAS" >/dev/null
for round in 1 2 3; do
	began=$(date +%s%N)
	"$atlasgen" check "$work/deps.txt" -q --fail-on none --allow-unknown
	middle=$(date +%s%N)
	sqlite3 -readonly "$ATLAS" "SELECT count(*) FROM function; SELECT count(*) FROM symbol; SELECT count(*) FROM type_place" >/dev/null
	ended=$(date +%s%N)
	echo "round $round    check $(((middle - began) / 1000000)) ms, three counts by SQLite $(((ended - middle) / 1000000)) ms"
done
