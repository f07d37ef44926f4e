#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Small packages of every form, and files compressed in every way.
set -eu
out=$(cd "$1" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p usr/lib/debug/boot usr/lib/debug/lib/modules/6.1.0
echo kernel >usr/lib/debug/boot/vmlinux-6.1.0
ln -s ../../../boot/vmlinux-6.1.0 usr/lib/debug/lib/modules/6.1.0/vmlinux
for name in a b c; do echo $name >usr/lib/debug/lib/modules/6.1.0/$name.ko; done
gzip usr/lib/debug/lib/modules/6.1.0/b.ko
xz usr/lib/debug/lib/modules/6.1.0/c.ko

echo 2.0 >debian-binary
tar -cf data.tar --format=ustar --owner=0 --group=0 usr
cp data.tar "$out/tar"
for tool in gzip xz zstd bzip2; do
	command -v $tool >/dev/null || continue
	case $tool in gzip) ending=gz ;; zstd) ending=zst ;; bzip2) ending=bz2 ;; *) ending=$tool ;; esac
	$tool -c data.tar >data.tar.$ending
	cp data.tar.$ending "$out/tar-$tool"
	rm -f x.deb
	ar rc x.deb debian-binary data.tar.$ending
	cp x.deb "$out/deb-$tool"
	$tool -c debian-binary >"$out/file-$tool"
done
if command -v cpio >/dev/null; then
	find usr | cpio -o -H newc 2>/dev/null >payload
else
	cp data.tar payload
fi
# An RPM package: a lead of 96 bytes, two headers without entries, a payload.
header='\216\255\350\001\000\000\000\000\000\000\000\000\000\000\000\000'
{
	printf '\355\253\356\333\003\000'
	head -c 90 /dev/zero
	# shellcheck disable=SC2059 # octal escapes
	printf "$header$header"
	gzip -c payload
} >"$out/rpm"
