#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Exports and verdicts of the smallest complete Debian kernel against what its own tables hold.
# shellcheck source=tests/kernel/common.bash
. "$SOURCE_DIR/tests/kernel/common.bash"

kernel bookworm amd64 linux-image-cloud-amd64-dbg
"$ATLASGEN" scan -q "$vmlinux"

bytes_between() { # START STOP
	echo $((16#$(nm "$vmlinux" | awk -v n="$2" '$3 == n { print $1 }') - 16#$(nm "$vmlinux" | awk -v n="$1" '$3 == n { print $1 }')))
}
entries=$((($(bytes_between __start___ksymtab __stop___ksymtab) + $(bytes_between __start___ksymtab_gpl __stop___ksymtab_gpl)) / 12))
same 'exports' "$entries" "$(number 'SELECT count(*) FROM export')"
same 'exports with a CRC' "$entries" "$(number 'SELECT count(crc) FROM export')"
same 'mempool_alloc' 'vmlinux,no,' "$(rows @exports --name mempool_alloc | cut -d, -f3,4,5)"

# Entry sites: each function has at most one; those of init text and of code without a symbol are more.
sites=$(($(bytes_between __start_mcount_loc __stop_mcount_loc) / 8))
traced=$(number "SELECT count(DISTINCT s.address) FROM symbol s JOIN attach a ON a.id = s.attach WHERE a.ftrace = 'yes'")
above 'functions the tracer offers' 34000 "$traced"
above 'entry sites' "$traced" "$sites"
check_entry_sites
verdict() { rows @attach --name "$1" | cut -d, -f5-7 | head -1; }
same 'mempool_alloc attaches' 'yes,yes,yes' "$(verdict mempool_alloc)"
same 'a NOKPROBE_SYMBOL' 'no' "$(verdict kprobe_int3_handler | cut -d, -f2)"
same 'noinstr text' 'no,no,no' "$(verdict do_syscall_64)"
same 'init text' 'no,no,no' "$(verdict start_kernel)"
same 'register_fprobe_ips is missing' 'no' "$(rows @attach --name mempool_alloc | cut -d, -f8)"
finish
