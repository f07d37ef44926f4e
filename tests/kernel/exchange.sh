#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A whole kernel as a stream: the atlas read from it says the same as the atlas of the scan.
# shellcheck source=tests/kernel/common.bash
. "$SOURCE_DIR/tests/kernel/common.bash"

kernel bookworm amd64 linux-image-cloud-amd64-dbg
"$ATLASGEN" scan -q "$vmlinux"
"$ATLASGEN" export -o "$work/first"
above 'functions in the stream' 50000 "$(wc -l <"$work/first")"
"$ATLASGEN" --atlas "$work/second.db" import -q - <"$work/first"
"$ATLASGEN" --atlas "$work/second.db" export | cmp - "$work/first" || fault 'the second stream is not the first'
for query in @functions @callers; do
	"$ATLASGEN" query "$query" --csv >"$work/scanned"
	"$ATLASGEN" --atlas "$work/second.db" query "$query" --csv | cmp - "$work/scanned" || fault "$query differs"
done
finish
