#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# `check` over three Debian releases: breaks that are known are found, what is known to hold holds; CO-RE relocations as
# libbpf resolves them against the kernels' own BTF (bpftool gen min_core_btf).
# shellcheck source=tests/kernel/common.bash
. "$SOURCE_DIR/tests/kernel/common.bash"
longer_only

vmlinuxes=()
for suite in bullseye bookworm trixie; do
	kernel "$suite" amd64 linux-image-cloud-amd64-dbg
	"$ATLASGEN" scan -q "$vmlinux"
	vmlinuxes+=("$vmlinux")
done

# What stands in the columns of the matrix: 5.10, 6.1, 6.12.
while read -r wanted kind name; do
	echo "$kind $name" >"$work/deps.txt"
	found=$("$ATLASGEN" check "$work/deps.txt" --json --fail-on none --allow-unknown | python3 -c '
import json, sys
report = json.load(sys.stdin)
weights = {"addition": 1, "change": 2, "incompatible": 3}
cells = {image: (0, "ok") for image in report["images"]}
for result in report["results"]:
    cell = (weights.get(result.get("severity"), 4), result.get("rule", result["outcome"]))
    if result["outcome"] != "holds" and cell[0] > cells[result["image"]][0]:
        cells[result["image"]] = cell
print(",".join(cell[1] for cell in cells.values()))')
	same "$kind $name" "$wanted" "$found"
done <<'DEPS'
ok,ok,change function inet_csk_accept
not-exported,not-exported,not-exported export kallsyms_lookup_name
ok,no-attach,no-attach kprobe blk_account_io_done
ok,full-inline,no-attach fentry blk_account_io_start
ok,ok,ok kprobe vfs_read
ok,ok,absence function mempool_alloc
ok,event-arguments,event-arguments tracepoint sched/sched_switch
ok,ok,ok tracepoint syscalls/sys_enter_openat
ok,ok,ok ksyscall openat
ok,absence,absence field task_struct.state
absence,ok,ok field task_struct.__state
ok,ok,ok field list_head.next
ok,ok,ok enumerator pid_type.PIDTYPE_SID
DEPS

# What libbpf finds in the kernels' own BTF is what the atlas says, for fields that come, go and stay.
if command -v clang >/dev/null && command -v bpftool >/dev/null; then
	cat >"$work/prog.c" <<'PROG'
#define CORE __attribute__((preserve_access_index))
struct task_struct { long state; unsigned __state; int pid, nothing; void *stack; char comm[16]; } CORE;
struct request { void *rq_disk, *q; unsigned __data_len; } CORE;
struct request_queue { void *disk, *elevator; } CORE;
#define READ(type, member) \
	__attribute__((section("kprobe/vfs_read"), used)) int type##_##member(struct type *it) { return !!it->member; }
READ(task_struct, state) READ(task_struct, __state) READ(task_struct, pid) READ(task_struct, nothing)
READ(task_struct, stack) READ(request, rq_disk) READ(request, q) READ(request, __data_len)
READ(request_queue, disk) READ(request_queue, elevator)
__attribute__((section("kprobe/vfs_write"), used)) int letter(struct task_struct *it) { return it->comm[3]; }
char license[] __attribute__((section("license"))) = "GPL";
PROG
	sed -i 's/char license/char _license/' "$work/prog.c"
	clang -target bpf -g -O2 -w -c "$work/prog.c" -o "$work/prog.o"
	mapfile -t images < <("$ATLASGEN" images -q)
	for i in "${!images[@]}"; do
		objcopy --dump-section .BTF="$work/btf" "${vmlinuxes[i]}" /dev/null
		bpftool gen min_core_btf "$work/btf" "$work/min.btf" "$work/prog.o"
		bpftool btf dump file "$work/min.btf" format raw |
			awk '/^\[/ { name = $3; gsub(/\x27/, "", name) } /^\t/ { gsub(/\x27/, "", $1); print name "." $1 }' |
			grep -E '^(task_struct|request|request_queue)\.' | sort -u >"$work/libbpf"
		"$ATLASGEN" check "$work/prog.o" --images "${images[i]}" --json --fail-on none | python3 -c '
import json, sys
for result in json.load(sys.stdin)["results"]:
    if result["kind"] == "field" and result.get("rule") not in ("absence", "field-type"):
        print(result["subject"])' | sort -u >"$work/atlas"
		above "fields in ${images[i]}" 5 "$(wc -l <"$work/libbpf")"
		diff "$work/libbpf" "$work/atlas" >"$work/diff" || fault "${images[i]}: libbpf and check differ: $(head -3 "$work/diff" | tr '\n' ' ')"
	done
fi
finish
