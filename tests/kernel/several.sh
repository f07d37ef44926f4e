#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# One atlas of many kernels: versions, architectures, flavors.  Both decoders agree on each, and one thread with several:
# DWARF 4, DWARF 5 with Rust and both forms of ranges, big endian.  Then the site of them all, its links and in a browser.
# shellcheck source=tests/kernel/common.bash
. "$SOURCE_DIR/tests/kernel/common.bash"
longer_only

while read -r suite arch package wanted; do
	kernel "$suite" "$arch" "$package"
	rm -f "$ATLAS"
	"$ATLASGEN" scan -q "$vmlinux" || { fault "$package is refused"; continue; }
	image=$("$ATLASGEN" images -q)
	# shellcheck disable=SC2053 # a glob
	[[ $image == $wanted ]] || fault "$package: image $image, not like $wanted"
	check_symbols
	check_tied
	check_entry_sites
	facts=$("$ATLASGEN" export | sed 1d | sha256sum)
	for options in '-j 1' '--decoder libdwarf'; do
		rm -f "$ATLAS"
		# shellcheck disable=SC2086 # two words
		"$ATLASGEN" scan -q $options "$vmlinux"
		same "$image: facts with $options" "$facts" "$("$ATLASGEN" export | sed 1d | sha256sum)"
	done
	"$ATLASGEN" --atlas "$work/all.db" scan -q --only '*balloon*' --only '*mempool*' "$vmlinux"
done <<'KERNELS'
bullseye amd64 linux-image-cloud-amd64-dbg 5.10.*-cloud-amd64
trixie amd64 linux-image-cloud-amd64-dbg 6.12.*-cloud-amd64
trixie-backports amd64 linux-image-cloud-amd64-dbg 7.*-cloud-amd64
trixie arm64 linux-image-arm64-dbg 6.12.*-generic-arm64
trixie armhf linux-image-armmp-dbg 6.12.*-generic-armhf
trixie ppc64el linux-image-powerpc64le-dbg 6.12.*-generic-ppc64el
trixie riscv64 linux-image-riscv64-dbg 6.12.*-generic-riscv64
trixie s390x linux-image-s390x-dbg 6.12.*-generic-s390x
bookworm i386 linux-image-686-dbg 6.1.*-generic-i386
KERNELS
"$ATLASGEN" --atlas "$work/all.db" generate -q --format md -o "$work/pages"
grep -q 'mempool_alloc_noprof' "$work/pages/function/m/mempool_alloc.md" || fault "the rename of mempool_alloc is not told"

"$ATLASGEN" --atlas "$work/all.db" generate -q --format html --family balloon,mempool -o "$work/site"
python3 -B "$SOURCE_DIR/tests/site/check_links.py" "$work/site" || fault 'links or pages of the site'
status=0
python3 -B "$SOURCE_DIR/tests/site/check_browser.py" "$work/site" mempool_alloc || status=$?
case $status in
0) ;;
77) echo 'the site was not opened in a browser' ;;
*) fault 'the site in a browser' ;;
esac
finish
