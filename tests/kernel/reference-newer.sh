#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The reference module for a kernel whose headers want a newer compiler, built in a chroot, against its image.
# shellcheck source=tests/kernel/common.bash
. "$SOURCE_DIR/tests/kernel/common.bash"
longer_only

suite=trixie-backports status=0
ko=$("$SOURCE_DIR/kmod-ref/build-chroot.sh" "$work/module" "$suite" linux-headers-amd64 2>"$work/chroot") || status=$?
[ "$status" = 0 ] || { tail -1 "$work/chroot"; exit "$status"; }
release=$(strings "$ko" | sed -n 's/^vermagic=\([^ ]*\) .*/\1/p')
kernel "$suite" amd64 "linux-image-$release-dbg"
"$ATLASGEN" scan -q "$vmlinux"
"$ATLASGEN" validate --module "$ko" --image '*' >"$work/report" 2>&1 || status=$?
same 'the reference module: exit status' 0 "$status"
same 'failed checks' 0 "$(grep -c '^FAILED' "$work/report" || true)"
above 'passed checks' 100 "$(tail -1 "$work/report" | cut -d' ' -f1)"
tail -1 "$work/report"
finish
