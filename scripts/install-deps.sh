#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The one place that knows what the packages are called in Debian 12.
#
# usage: scripts/install-deps.sh [build] [kernels] [test] [site] [ci]     (default: build)
#   build    to build atlasgen, its manuals too
#   kernels  to fetch debug kernels (scripts/get-kernel.sh)
#   test     to run the tests: cmocka and a compiler for each architecture
#   site     to run the tests of the HTML site in a browser
#   ci       for the longer checks: clang, its tools, sanitizers, pahole
# Installs what is missing, as root or through sudo.  Quiet; one line if it cannot.
set -euo pipefail

packages_of() {
	case $1 in
	build)
		echo gcc libc6-dev make cmake ninja-build pkg-config libdwarf-dev libelf-dev libsqlite3-dev libcmark-dev \
			cmark libjansson-dev libiberty-dev libzstd-dev zlib1g-dev libarchive-dev liblzma-dev \
			libgraphviz-dev
		# The parser of source trees: its grammar comes through npm (cmake/TreeSitter.cmake)
		echo libtree-sitter-dev npm ;;
	kernels) echo curl ca-certificates tar xz-utils ;;
	test)
		echo libcmocka-dev python3 python3-jsonschema libxml2-utils npm git sqlite3 binutils gcc-aarch64-linux-gnu gcc-arm-linux-gnueabihf \
			gcc-powerpc64le-linux-gnu gcc-riscv64-linux-gnu gcc-s390x-linux-gnu gcc-i686-linux-gnu
		# The reference module, and a machine to boot it in
		echo make cpio busybox-static qemu-system-x86
		if [ "$(dpkg --print-architecture)" = amd64 ]; then echo linux-headers-cloud-amd64; else echo gcc-x86-64-linux-gnu; fi ;;
	site) echo chromium chromium-driver python3 npm default-jre-headless ;;
	ci)
		echo clang clang-tidy clang-format libclang-rt-14-dev lld llvm shellcheck dwarves abigail-tools bpftool time \
			universal-ctags ;;
	*) fail "no set '$1' (build, kernels, test, site, ci)" ;;
	esac
}

fail() {
	echo "install-deps: $1" >&2
	exit 1
}

command -v dpkg-query >/dev/null && command -v apt-get >/dev/null ||
	fail "this is no Debian system; README.md names what is needed"
[ $# -gt 0 ] || set -- build
missing=()
for set_name; do
	for package in $(packages_of "$set_name"); do
		# An npm of another origin conflicts with Debian's, and does as well.
		if [ "$package" = npm ] && command -v npm >/dev/null; then continue; fi
		dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
	done
done
[ "${#missing[@]}" -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" != 0 ]; then
	command -v sudo >/dev/null || fail "needs root or sudo to install: ${missing[*]}"
	as_root=(sudo)
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
apt() {
	"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=600 "$@" >"$log" 2>&1 </dev/null
}
why() { grep -E '^(E|Err|W):' "$log" | head -1 || tail -1 "$log"; }

echo "installing ${#missing[@]} packages: ${missing[*]}"
apt update || fail "apt-get update: $(why)"
apt install -y --no-install-recommends "${missing[@]}" || fail "apt-get install: $(why)"
