#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The smallest complete Debian kernel: what is known of it holds, and the balloon and mempool family gets its pages.
# shellcheck source=tests/kernel/common.bash
. "$SOURCE_DIR/tests/kernel/common.bash"

kernel bookworm amd64 linux-image-cloud-amd64-dbg
"$ATLASGEN" scan -q "$vmlinux"
image=$("$ATLASGEN" images -q)
same 'image name' "$version-cloud-amd64" "$image"
check_symbols
check_tied

# Counted in 6.1.176-1 by two other readers; a later point release moves them a little.
direct=$(number "SELECT count(*) FROM edge e JOIN edge_kind k ON k.id = e.kind WHERE k.text IN ('direct', 'tail')")
if [ "$version" = 6.1.176-1 ]; then
	same 'direct calls and tail jumps' 193700 "$direct"
	same 'callers of mempool_alloc' 17 "$(rows @callers --name mempool_alloc | grep -cE ',(direct|tail),')"
else
	above 'direct calls and tail jumps' 180000 "$direct"
fi

"$ATLASGEN" generate -q --format md --family balloon,mempool -o "$work/pages"
names=$(number "SELECT count(*) FROM v_function WHERE read = 'yes' AND (name LIKE '%balloon%' OR name LIKE '%mempool%')")
above 'names of the family' 30 "$names"
same 'pages of the family' "$names" "$(find "$work/pages/function" -mindepth 2 -name '*.md' ! -name index.md | wc -l)"
for word in fscrypt_alloc_bounce_page fsverity_alloc_hash_request nvme_prep_rq; do
	grep -q "$word" "$work/pages/function/m/mempool_alloc.md" || fault "mempool_alloc's page lacks $word"
done
finish
