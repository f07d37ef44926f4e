#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Structs of the smallest complete Debian kernel against pahole's account of the same file.
# shellcheck source=tests/kernel/common.bash
. "$SOURCE_DIR/tests/kernel/common.bash"

command -v pahole >/dev/null || { echo 'no pahole (package dwarves)'; exit 77; }
kernel bookworm amd64 linux-image-cloud-amd64-dbg
"$ATLASGEN" scan -q "$vmlinux"
pahole -F dwarf --structs "$vmlinux" >"$work/pahole" || fault 'pahole failed'
python3 "$SOURCE_DIR/tests/kernel/types_pahole.py" "$ATLASGEN" "$ATLAS" "$("$ATLASGEN" images -q)" "$work/pahole" 1500 >"$work/compared" ||
	fault "structs differ from pahole's"
tail -20 "$work/compared"
above 'structs that pahole shows' 7000 "$(grep -cE '^(struct|union) [a-zA-Z_0-9]+ \{' "$work/pahole")"
# Two definitions of one name, told apart by the file that means each.
same 'definitions of struct elf_thread_core_info' 2 "$(rows @types --name elf_thread_core_info | wc -l)"
finish
