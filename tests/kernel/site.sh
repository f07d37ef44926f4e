#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The whole site of a real kernel: every link resolves, no page is huge, and a second run has nothing to do.
# shellcheck source=tests/kernel/common.bash
. "$SOURCE_DIR/tests/kernel/common.bash"

kernel bookworm amd64 linux-image-cloud-amd64-dbg
"$ATLASGEN" scan -q "$vmlinux"
"$ATLASGEN" generate -q --format html -o "$work/site"
above 'pages of functions' 60000 "$(find "$work/site/function" -mindepth 2 -maxdepth 2 -name '*.html' | wc -l)"
python3 -B "$SOURCE_DIR/tests/site/check_links.py" "$work/site" || fault 'links or pages of the site'

times() { find "$work/site" -type f ! -name .atlasgen-pages -printf '%P %T@\n' | sort; }
times >"$work/before"
"$ATLASGEN" generate -q --format html -o "$work/site"
same 'files a second run touched' 0 "$(times | comm -13 "$work/before" - | wc -l)"
finish
