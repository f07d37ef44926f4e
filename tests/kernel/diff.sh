#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What `diff` finds between two Debian kernels, drawn at random, is confirmed by pahole, llvm-dwarfdump and readelf.
# shellcheck source=tests/kernel/common.bash
. "$SOURCE_DIR/tests/kernel/common.bash"
longer_only
for tool in pahole llvm-dwarfdump readelf python3; do
	command -v "$tool" >/dev/null || { echo "$tool is missing (scripts/install-deps.sh ci)"; exit 77; }
done

kernel bookworm amd64 linux-image-cloud-amd64-dbg
old=$vmlinux
kernel trixie amd64 linux-image-cloud-amd64-dbg
new=$vmlinux
"$ATLASGEN" scan -q "$old" "$new"
status=0
"$ATLASGEN" diff '6.1.*' '6.12*' --json >"$work/diff.json" || status=$?
same 'exit status of diff' 12 "$status"
python3 -B "$SOURCE_DIR/tests/kernel/confirm_diff.py" "$old" "$new" "$work/diff.json" 50 || fault 'a finding is contradicted'

# Known changes: accept got its argument by a struct in 6.10, the allocators became macros.
said() { python3 -c 'import json, sys
print(sum(r["rule"] == sys.argv[2] and r["subject"] == sys.argv[3] for r in json.load(open(sys.argv[1]))["results"] if "rule" in r))' \
	"$work/diff.json" "$@"; }
above 'inet_csk_accept loses parameters' 0 "$(said param-removed inet_csk_accept)"
same 'mempool_alloc is a macro' 1 "$(said function-became-macro mempool_alloc)"
same 'its export is another' 1 "$(said export-renamed mempool_alloc)"
finish
