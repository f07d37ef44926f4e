#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Boots a distribution's own kernel under qemu, loads the reference module and
# saves what the running kernel says of itself, for `atlasgen validate --booted`.
#
# usage: boot.sh KERNEL MODULE OUTDIR
#   KERNEL   a kernel image (vmlinuz-*), or a package that holds one (linux-image-*.deb)
#   MODULE   atlasgen_ref.ko, built for that kernel
#   OUTDIR   made if it is not there
# environment: BOOT_TIMEOUT seconds until it is stopped (180), BOOT_MEMORY (1G),
#   BUSYBOX a static busybox of the kernel's architecture (needed for arm64: arm64's qemu runs it)
#   BOOT_PROBES a file of names, one a line, to register a kprobe on besides the family's
#
# OUTDIR gets kallsyms, available_filter_functions, kprobes_blacklist, btf, uname, dmesg,
# kprobe_results (NAME, a tab, and "ok" or the error), stacks (of the module's own calls),
# module (loaded, unloaded, or why not), modules, cmdline and console.log.  Exit status 0: all of it; 1: the boot failed (OUTDIR/console.log says how
# far it came, what was saved stays); 77: qemu, busybox or cpio is missing.
set -euo pipefail

[ $# -eq 3 ] || { sed -n '3,19s/^# \{0,1\}//p' "$0" >&2; exit 2; }
kernel=$1 module=$2 out=$3
timeout=${BOOT_TIMEOUT:-180} memory=${BOOT_MEMORY:-1G}
fail() { echo "boot.sh: $1" >&2; exit 1; }
skip() { echo "boot.sh: $1" >&2; exit 77; }
[ -r "$kernel" ] || fail "$kernel: cannot be read"
[ -r "$module" ] || fail "$module: cannot be read"
command -v cpio >/dev/null || skip 'cpio is not installed'
mkdir -p "$out"
out=$(cd "$out" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# The kernel image out of its package
case $kernel in
*.deb)
	command -v dpkg-deb >/dev/null || skip 'dpkg-deb is not installed'
	# It lies below /boot, or since 7.x beside the modules.
	dpkg-deb --fsys-tarfile "$kernel" | tar -x -O --wildcards './boot/vmlinu*' './usr/lib/modules/*/vmlinuz*' >"$scratch/kernel" 2>/dev/null || true
	[ -s "$scratch/kernel" ] || fail "$kernel: no vmlinuz in it"
	kernel=$scratch/kernel ;;
esac

# The architecture is the module's: e_machine of its ELF header
case $(od -An -tu2 -j18 -N2 "$module" | tr -d ' ') in
62)
	qemu=(qemu-system-x86_64 -machine q35 -cpu max) console=ttyS0
	port=(-serial chardev:files) ;;
183)
	qemu=(qemu-system-aarch64 -machine virt -cpu cortex-a72) console=ttyAMA0
	port=(-device "pci-serial,chardev=files")
	[ -n "${BUSYBOX:-}" ] || skip 'arm64 needs BUSYBOX=a static busybox for arm64' ;;
*)
	skip "$module: no machine is known for its architecture" ;;
esac
command -v "${qemu[0]}" >/dev/null || skip "${qemu[0]} is not installed"
busybox=${BUSYBOX:-$(command -v busybox || true)}
[ -n "$busybox" ] || skip 'busybox-static is not installed'

# The initramfs: busybox, the module, and the script that asks the kernel
mkdir -p "$scratch/tree"/{bin,dev,proc,sys,out}
cp "$busybox" "$scratch/tree/bin/busybox"
cp "$module" "$scratch/tree/atlasgen_ref.ko"
cp "$(dirname "$0")/boot-init.sh" "$scratch/tree/init"
[ -z "${BOOT_PROBES:-}" ] || cp "$BOOT_PROBES" "$scratch/tree/probes"
chmod 755 "$scratch/tree/init" "$scratch/tree/bin/busybox"
(cd "$scratch/tree" && find . | cpio --quiet -o -H newc | gzip -1) >"$scratch/initramfs"

# Distributions build the drivers of disks as modules, so the files come out over a serial port of their own.
code=0
timeout --kill-after=5 "$timeout" "${qemu[@]}" -m "$memory" -nographic -no-reboot -monitor none -nodefaults \
	-kernel "$kernel" -initrd "$scratch/initramfs" \
	-append "console=$console,115200 nokaslr panic=-1 quiet loglevel=4 kernel.kptr_restrict=0" \
	-serial "file:$out/console.log" -chardev "file,id=files,path=$scratch/files" "${port[@]}" </dev/null >&2 || code=$?

tar -xzf "$scratch/files" -C "$out" 2>/dev/null || true
[ "$code" != 124 ] || fail "stopped after $timeout seconds; see $out/console.log"
[ "$code" = 0 ] || fail "${qemu[0]} ended with $code; see $out/console.log"
[ -s "$out/complete" ] || fail "the kernel did not hand over its files; see $out/console.log"
rm -f "$out/complete"
grep -h 'atlasgen_ref: .*checks' "$out/dmesg" || fail "the module did not run; see $out/dmesg and $out/module"
grep -q '^unloaded$' "$out/module" || fail "the module was refused or did not unload; see $out/module"
