#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Builds the reference module where the kernel's headers want a newer compiler and C
# library than this machine has: in a chroot of another release, made by debootstrap.
#
# usage: build-chroot.sh OUTDIR SUITE HEADERS_PACKAGE
#   SUITE            trixie, sid, or a suite on top of one: trixie-backports
#   HEADERS_PACKAGE  linux-headers-7.3.4+deb13-amd64, or a meta package: linux-headers-amd64
# environment: CHROOT_DIR where it is made and kept (~/.cache/atlasgen/chroot/SUITE), CHROOT_MIRROR (the one of this machine's apt)
# Prints the module's path.  Needs root.  Exit status 77: there is no debootstrap, no root, or no network.
set -euo pipefail
[ $# -eq 3 ] || { sed -n '3,11s/^# \{0,1\}//p' "$0" >&2; exit 2; }
out=$1 suite=$2 package=$3
base=${suite%-backports}
here=$(cd "$(dirname "$0")" && pwd)
root=${CHROOT_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/atlasgen/chroot/$suite}
skip() { echo "build-chroot.sh: $1" >&2; exit 77; }
fail() { echo "build-chroot.sh: $1" >&2; exit 1; }
command -v debootstrap >/dev/null || skip 'debootstrap is not installed'
[ "$(id -u)" = 0 ] || skip 'a chroot needs root'

# Another release lies where this machine's own does.
mirror=${CHROOT_MIRROR:-$(apt-get update --print-uris 2>/dev/null | sed -n "s|^'\(.*/debian/\{0,1\}\)/*dists/.*/InRelease'.*|\1|p" | head -1)}
[ -n "$mirror" ] || skip "this machine's apt names no mirror; set CHROOT_MIRROR"
mkdir -p "$out" "$(dirname "$root")"
out=$(cd "$out" && pwd)
log=$out/chroot.log
inside() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root DEBIAN_FRONTEND=noninteractive LC_ALL=C "$@"; }
apt() { inside apt-get -q -o Acquire::Retries=2 "$@" >>"$log" 2>&1; }

if [ ! -e "$root/made" ]; then
	echo "making a chroot of $base in $root" >&2
	rm -rf "$root"
	debootstrap --variant=minbase "$base" "$root" "$mirror" >"$log" 2>&1 ||
		{ grep -qE 'Failed getting|Couldn.t download|resolve' "$log" && skip "no network: $(tail -1 "$log")"; fail "debootstrap: $(tail -1 "$log")"; }
	[ "$suite" = "$base" ] || echo "deb $mirror $suite main" >"$root/etc/apt/sources.list.d/suite.list"
	touch "$root/made"
fi
# What this machine's apt needs to reach its mirror, the chroot's does, too.
cp -L /etc/resolv.conf "$root/etc/resolv.conf" 2>/dev/null || true
apt-config dump Acquire::http::Proxy >"$root/etc/apt/apt.conf.d/90proxy" 2>/dev/null || true

apt update || skip "no network: $(tail -1 "$log")"
target=()
[ "$suite" = "$base" ] || target=(-t "$suite")
apt install -y --no-install-recommends "${target[@]}" make binutils "$package" || fail "$package: $(grep '^E:' "$log" | head -1)"
# A meta package names the real one.
headers=$(inside sh -c "ls -d /usr/src/linux-headers-*" | grep -v -- -common | sort -V | tail -n 1)
[ -e "$root/usr/src/${package}" ] && headers=/usr/src/$package

rm -rf "$root/kmod-ref" "$root/module"
# objtool of 7.x asks /proc for its limits.
mountpoint -q "$root/proc" || mount -t proc proc "$root/proc" 2>>"$log" || skip "/proc cannot be mounted in $root"
trap 'umount "$root/proc"' EXIT
cp -r "$here" "$root/kmod-ref"
inside /kmod-ref/build.sh /module "$headers" >&2 || fail "the module does not build; see $root/module/build.log"
cp "$root/module/atlasgen_ref.ko" "$root/module/expected.jsonl" "$root/module/build.log" "$out/"
echo "$out/atlasgen_ref.ko"
