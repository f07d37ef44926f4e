#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Every call that the DWARF of a real kernel records is in its machine code, and wrong edges are found.
# shellcheck source=tests/kernel/common.bash
. "$SOURCE_DIR/tests/kernel/common.bash"

kernel bookworm amd64 linux-image-cloud-amd64-dbg
"$ATLASGEN" scan -q "$vmlinux"
status=0
"$ATLASGEN" validate --code --json '*' >"$work/report" || status=$?
same 'exit status' 0 "$status"
read -r direct tail confirmed contradicted unchecked <<<"$(python3 -c '
import json, sys
sites = json.load(open(sys.argv[1]))["sites"]
print(*(sites[key] for key in ("direct", "tail", "confirmed", "contradicted", "unchecked")))' "$work/report")"
same 'contradicted calls' 0 "$contradicted"
same 'unchecked calls' 0 "$unchecked"
same 'confirmed calls' "$((direct + tail))" "$confirmed"
if [ "$version" = 6.1.176-1 ]; then
	same 'direct calls' 178664 "$direct"
	same 'tail jumps' 15036 "$tail"
else
	above 'direct calls' 160000 "$direct"
fi

# Each call of one function is given to another: all of them are contradicted.
sites=$(number "SELECT count(*) FROM v_caller WHERE name = 'mempool_alloc' AND kind IN ('direct', 'tail')")
python3 - "$ATLAS" <<'PYTHON'
import sqlite3, sys
with sqlite3.connect(sys.argv[1]) as db:
    db.execute("""UPDATE edge SET callee = (SELECT instance_id FROM v_instance WHERE name = 'mempool_free')
        WHERE id IN (SELECT edge_id FROM v_caller WHERE name = 'mempool_alloc' AND kind IN ('direct', 'tail'))""")
PYTHON
status=0
"$ATLASGEN" validate --code '*' >"$work/report" || status=$?
same 'exit status with wrong edges' 4 "$status"
same 'wrong edges found' "  contradicted: $sites" "$(grep '^  contradicted:' "$work/report")"
finish
