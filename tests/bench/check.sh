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
names() { "$atlasgen" query "SELECT $1" --csv | tr -d '\r"' | tail -n +2 | shuf --random-source="$work/seed" -n "$2"; }
seq 1 200000 >"$work/seed"
each=$((wanted / 5))
{
	names "'function ' || name FROM v_function WHERE image_id = 1 AND name NOT GLOB '*[^a-z0-9_]*'" "$each"
	names "'kprobe ' || name FROM v_function WHERE image_id = 1 AND name NOT GLOB '*[^a-z0-9_]*'" "$each"
	names "'export ' || n.text FROM export x JOIN name n ON n.id = x.name WHERE x.object = 1" "$each"
	names "'struct ' || name FROM v_type WHERE image_id = 1 AND kind = 'struct' AND defined = 'yes'" "$each"
	names "'field ' || name || '.' || member FROM v_type_member WHERE image_id = 1 AND kind = 'struct' AND member IS NOT NULL AND parent IS NULL" "$each"
} >"$work/deps.txt"
echo "check      $(wc -l <"$work/deps.txt") dependencies, $("$atlasgen" images -q | wc -l) images, atlas $(($(stat -c %s "$ATLAS") / 1048576)) MiB"
cat "$ATLAS" >/dev/null
TIMEFORMAT='%R s, CPU %U + %S s'
for round in 1 2 3; do
	echo "round $round    check        $({ time "$atlasgen" check "$work/deps.txt" -q --fail-on none --allow-unknown; } 2>&1)"
	echo "           three counts $({ time sqlite3 -readonly "$ATLAS" \
		"SELECT count(*) FROM function; SELECT count(*) FROM symbol; SELECT count(*) FROM type_place" >/dev/null; } 2>&1)"
done
