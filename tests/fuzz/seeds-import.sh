#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Small streams: each function of the round trip's stream on its own, and all together.
set -eu
out=$1
whole=$(dirname "$0")/../cli/export-import-roundtrip/whole.jsonl
cp "$whole" "$out/whole"
header='{"kind":"image","format":"atlas-facts","format_version":1,"version":"1","flavor":"f","arch":"a"}'
number=0
while IFS= read -r line; do
	number=$((number + 1))
	{ [ "$number" = 1 ] || printf '%s\n' "$header"; printf '%s\n' "$line"; } >"$out/line-$number"
done <"$whole"
