#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The reference module, built with the installed headers, against the image of the same kernel; then the kernel booted with it.
# shellcheck source=tests/kernel/common.bash
. "$SOURCE_DIR/tests/kernel/common.bash"

headers=$(find /usr/src -maxdepth 1 -name 'linux-headers-*-cloud-amd64' | sort -V | tail -n 1)
[ -n "$headers" ] || { echo "linux-headers-cloud-amd64 is not installed"; exit 77; }
release=${headers#/usr/src/linux-headers-}
ko=$("$SOURCE_DIR/kmod-ref/build.sh" "$work/module" "$headers")

# The image of that very release, in whichever suite has it
for suite in bookworm bookworm-security; do
	if line=$("$SOURCE_DIR/scripts/get-kernel.sh" "$suite" amd64 "linux-image-$release-dbg" 2>"$work/get"); then break; fi
	line=
done
[ -n "$line" ] || { tail -1 "$work/get"; exit 77; }
read -r _ _ vmlinux <<<"$line"
"$ATLASGEN" scan -q "$vmlinux"
image=$("$ATLASGEN" images -q)
sum=$(sha256sum <"$ATLAS")

# validate WHAT STATUS FILE OPTION...: its report into FILE
validate() {
	local what=$1 wanted=$2 file=$3 status=0
	shift 3
	"$ATLASGEN" validate "$@" --image "$image" >"$work/$file" 2>&1 || status=$?
	same "$what: exit status" "$wanted" "$status"
}
says() { grep -qE -- "$2" "$work/$1" || fault "$1 does not say '$2'"; }

validate 'the reference module' 0 good --module "$ko"
tail -1 "$work/good"
same 'failed checks' 0 "$(grep -c '^FAILED' "$work/good" || true)"
above 'passed checks' 150 "$(tail -1 "$work/good" | cut -d' ' -f1)"

# A falsified CRC: one byte of the first entry of __versions
cp -r "$work/module" "$work/crc"
offset=$(readelf -SW "$ko" | sed -n 's/^ *\[ *[0-9]*\] __versions *[A-Z]* *[0-9a-f]* *\([0-9a-f]*\) .*/\1/p')
byte=$(od -An -tu1 -j$((16#$offset)) -N1 "$ko" | tr -d ' ')
printf '%b' "\\x$(printf %02x $((byte ^ 255)))" | dd of="$work/crc/atlasgen_ref.ko" bs=1 seek=$((16#$offset)) conv=notrunc status=none
validate 'a falsified CRC' 4 crc.report --module "$work/crc/atlasgen_ref.ko"
says crc.report '^FAILED: crc .* in the module, 0x'

# A changed parameter and a removed caller, built from a changed copy
cp -r "$SOURCE_DIR/kmod-ref" "$work/changed"
{ echo '#define mempool_resize original_resize' && echo '#include <linux/mempool.h>' && echo '#undef mempool_resize' &&
	echo 'int mempool_resize(mempool_t *pool, long new_min_nr);' && sed 's/(\*resize)(mempool_t \*pool, int/(*resize)(mempool_t *pool, long/' "$SOURCE_DIR/kmod-ref/ref_pools.c"; } >"$work/changed/ref_pools.c"
sed -i '/^	mempool_free(elements\[3\], pool);$/d' "$work/changed/ref_pools.c"
changed=$("$work/changed/build.sh" "$work/changed.out" "$headers")
validate 'a changed module' 4 changed.report --module "$changed"
says changed.report "^FAILED: prototype mempool_resize: parameter 2 is 'long int new_min_nr' in the module"
says changed.report '^FAILED: expected call ref_use -> mempool_free.*missing'
[ "$sum" = "$(sha256sum <"$ATLAS")" ] || fault "validate changed the atlas"

# The booted kernel: the package with the kernel's own image, through apt
(cd "$work" && apt-get -q download "linux-image-$release" >download.log 2>&1) || { echo "not booted: $(tail -1 "$work/download.log")"; finish; }
status=0
"$SOURCE_DIR/kmod-ref/boot.sh" "$(find "$work" -maxdepth 1 -name 'linux-image-*.deb')" "$ko" "$work/booted" >"$work/boot" 2>&1 || status=$?
tail -1 "$work/boot"
[ "$status" != 77 ] || finish
same 'the boot: exit status' 0 "$status"
"$ATLASGEN" scan -q "$ko"
validate 'the booted kernel' 0 booted.report --booted "$work/booted"
sed -n '2,/^not checked/p' "$work/booted.report"
same 'contradictions of the booted kernel' 0 "$(grep -c '^FAILED' "$work/booted.report" || true)"
passed() { awk -v group="$1" '$1 == group { print $2; exit }' "$work/booted.report"; }
above 'symbols where they are' 30000 "$(passed kallsyms)"
above 'verdicts of the tracer' 30000 "$(passed ftrace)"
# Nothing of these is left open: each line, each entry, each step.
lines=$(grep -cv '\[' "$work/booted/available_filter_functions")
same 'lines of the tracer' "$lines" "$(passed place)"
same 'entries of the blacklist' "$(grep -c . "$work/booted/kprobes_blacklist")" "$(passed blacklist)"
same 'open checks' '' "$(grep -E '^not checked: (place|blacklist|forbidden|btf|fentry|prototype|stack) ' "$work/booted.report" || true)"
above 'what the image forbids' 200 "$(passed forbidden)"
above 'functions of the running BTF' 30000 "$(passed btf)"
above 'verdicts that BTF decides' 20000 "$(passed fentry)"
above 'prototypes' 30000 "$(passed prototype)"
above 'kprobes on the family' 20 "$(passed kprobe)"
above 'steps of stacks' 20 "$(passed stack)"

# Another kernel's words, a symbol that moved, and files that are missing: said so, never passed
mkdir "$work/wrong"
cp "$work/booted/uname" "$work/wrong/"
sed '0,/ T mempool_alloc\(_noprof\)\{0,1\}$/s/^\(.*\)0\( T mempool_alloc.*\)$/\14\2/' "$work/booted/kallsyms" >"$work/wrong/kallsyms"
validate 'a moved symbol' 4 wrong.report --booted "$work/wrong"
says wrong.report '^FAILED: kallsyms mempool_alloc'
says wrong.report '^not checked: kprobe kprobe_results: .* is missing'
echo 'Linux (none) 5.10.0-1-amd64 #1' >"$work/wrong/uname"
validate "another kernel's words" 1 other.report --booted "$work/wrong"
finish
