#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Gets one vmlinux with DWARF out of a Debian debug package, of any suite and architecture.
#
# usage: scripts/get-kernel.sh [--whole] SUITE ARCH PACKAGE [OUT]
#        scripts/get-kernel.sh SUITE ARCH --list
#   PACKAGE may be a meta package (linux-image-cloud-amd64-dbg): it is followed.
#   OUT is where the vmlinux goes; without it, it stays in the cache and its path is printed.
#   --whole fetches the whole package through apt, which checks it against the signed
#   index.  Without it the package is streamed and left as soon as the vmlinux is
#   out: a fraction of it, but nothing can check the sum of a part.
#
# The mirror is the one this machine's apt uses; apt's own lists are not touched.
# Kernels and lists are kept in ${XDG_CACHE_HOME:-~/.cache}/atlasgen.
# Exit status: 0, 1 error, 3 usage, 77 no network.
set -euo pipefail

usage() {
	sed -n '5,6p' "$0" | sed 's/^# //' >&2
	exit 3
}
fail() {
	echo "get-kernel: $1" >&2
	exit "${2:-1}"
}

whole=''
if [ "${1:-}" = --whole ]; then
	whole=1
	shift
fi
if [ $# -lt 3 ] || [ $# -gt 4 ]; then usage; fi
suite=$1 arch=$2 package=$3 out=${4:-}
cache=${XDG_CACHE_HOME:-$HOME/.cache}/atlasgen
state=$cache/apt/$suite-$arch
mkdir -p "$state/lists/partial" "$state/archives/partial" "$cache/kernels"

# The URI of the archive that holds $suite: security suites live on another one than the rest.
archive_uri() {
	local uris codename
	codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-stable}")
	# Prints what apt would fetch, whichever way its sources are written; needs no network.
	uris=$(apt-get update --print-uris 2>/dev/null | sed -n "s|^'\(.*\)/dists/\(.*\)/InRelease'.*|\2 \1|p")
	case $suite in
	*-security) awk -v own="$codename" '$1 == own "-security" || $1 ~ /^(stable|oldstable)-security$/ { print $2; exit }' ;;
	*) awk -v own="$codename" '$1 == own || $1 ~ /^(stable|oldstable|testing|unstable|sid)$/ { print $2; exit }' ;;
	esac <<<"$uris"
}

write_sources() {
	local uri keyring=/usr/share/keyrings/debian-archive-keyring.gpg options="arch=$arch"
	uri=$(archive_uri)
	[ -n "$uri" ] || fail "this machine's apt sources name no archive for $suite"
	# Without that file apt falls back to its own trusted keys; signatures are checked in either case.
	[ ! -r "$keyring" ] || options="$options signed-by=$keyring"
	echo "deb [$options] $uri $suite main" >"$state/sources.list"
}

apt_options=(-o Dir::Etc::sourcelist="$state/sources.list" -o Dir::Etc::sourceparts=/dev/null
	-o Dir::State="$state" -o Dir::State::Lists="$state/lists" -o Dir::State::status="$state/status"
	-o Dir::Cache="$state" -o Dir::Cache::archives="$state/archives"
	-o APT::Architecture="$arch" -o APT::Architectures="$arch" -o Acquire::Languages=none
	-o APT::Sandbox::User="$(id -un)" -o Acquire::Retries=2
	# A suite that is archived keeps its last date for ever.
	-o Acquire::Check-Valid-Until=false)
apt_get() { apt-get "${apt_options[@]}" "$@"; }
apt_cache() { apt-cache "${apt_options[@]}" "$@"; }

no_network='Could not resolve|Could not connect|Connection (failed|timed out|refused)|Temporary failure|unreachable|Unable to connect|Cannot initiate'

have_lists() { compgen -G "$state/lists/*_Packages*" >/dev/null; }

update_lists() {
	: >>"$state/status"
	if [ -n "$(find "$state/lists" -name '*_Packages*' -mmin -720 2>/dev/null | head -1)" ]; then return; fi
	write_sources
	# apt calls a failed fetch a success with warnings, unless told otherwise.
	if apt_get -q -o APT::Update::Error-Mode=any update >"$state/log" 2>&1; then
		find "$state/lists" -name '*_Packages*' -exec touch {} +
		return
	fi
	if have_lists; then return; fi
	if grep -qE "$no_network" "$state/log"; then
		fail "no network: cannot read the package lists of $suite" 77
	fi
	fail "$suite for $arch: $(grep '^E:' "$state/log" | head -1)"
}

# FIELD PACKAGE: of the newest version there is
field() { apt_cache show --no-all-versions "$2" 2>/dev/null | awk -v key="$1:" '$1 == key { print $2; exit }'; }

list_packages() {
	apt_cache dumpavail | awk '/^Package:/ { p = $2 } /^Version:/ { v = $2 } /^Size:/ { s = $2 }
		/^$/ { if (p ~ /^linux-image-.*-dbg$/) print p, v, (s > 1000000 ? int(s / 1000000) " MB" : "(meta)"); p = "" }' | sort -Vu
}

# Meta packages are small and depend on the real one.
follow_meta() {
	local hops next
	for hops in 1 2 3; do
		[ -n "$(field Version "$package")" ] || fail "$package is not in $suite for $arch (--list names what is)"
		if [ "$(field Size "$package")" -ge 1000000 ]; then return; fi
		next=$(apt_cache depends "$package" | awk '$1 == "Depends:" && $2 ~ /^linux-image-.*-dbg$/ { print $2; exit }')
		[ -n "$next" ] || fail "$package holds no kernel and depends on none"
		package=$next
	done
	fail "$package: too many meta packages (followed $hops)"
}

# Reads a package on standard input; writes the vmlinux to $1.  One of the two
# places is a link to the other, which differs with the release; tar hands only
# regular files to the command, which ends tar once it has one.
extract_vmlinux() {
	PART=$1 dpkg-deb --fsys-tarfile - 2>/dev/null | PART=$1 tar -x --wildcards \
		--to-command='cat >"$PART.part" && mv "$PART.part" "$PART"; kill -PIPE "$PPID"' \
		'./usr/lib/debug/boot/vmlinux-*' './usr/lib/debug/lib/modules/*/vmlinux' \
		'./usr/lib/debug/usr/lib/modules/*/vmlinux' 2>/dev/null || true
}

set_proxy() {
	local APT_PROXY=''
	eval "$(apt-config shell APT_PROXY Acquire::http::Proxy)"
	if [ -n "$APT_PROXY" ] && [ "$APT_PROXY" != DIRECT ]; then export http_proxy=$APT_PROXY; fi
}

# The address apt itself would fetch the package from
package_url() { apt_get -q --print-uris download "$package" 2>/dev/null | sed -n "s/^'\([^']*\)'.*/\1/p" | head -1; }

stream_package() {
	local url status=0
	url=$(package_url)
	set_proxy
	curl -sfL --retry 2 --connect-timeout 30 "$url" 2>/dev/null >"$state/pipe" &
	local curl_pid=$!
	extract_vmlinux "$1" <"$state/pipe"
	wait "$curl_pid" || status=$?
	if [ -s "$1" ]; then return; fi
	case $status in
	5 | 6 | 7 | 28 | 35 | 52 | 56) fail "no network: $package cannot be fetched" 77 ;;
	0) fail "$package holds no vmlinux, or there is no room for it in $cache" ;;
	*) fail "$package cannot be fetched (curl status $status)" ;;
	esac
}

fetch_whole() {
	local deb
	(cd "$state/archives" && rm -f ./*.deb && apt_get -q download "$package") >"$state/log" 2>&1 || {
		if grep -qE "$no_network" "$state/log"; then fail "no network: $package cannot be fetched" 77; fi
		fail "$package: $(grep '^E:' "$state/log" | head -1)"
	}
	for deb in "$state"/archives/*.deb; do extract_vmlinux "$1" <"$deb"; done
	rm -f "$state"/archives/*.deb
	[ -s "$1" ] || fail "$package holds no vmlinux, or there is no room for it in $cache"
}

# One at a time for each suite and architecture: they share apt's state.
exec 9>"$state/lock"
flock 9
update_lists
if [ "$package" = --list ]; then
	list_packages
	exit 0
fi
follow_meta
version=$(field Version "$package")
kernel=$cache/kernels/${package}_${version//[:\/]/_}_$arch
if [ ! -s "$kernel" ]; then
	echo "fetching the vmlinux of $package $version ($(($(field Size "$package") / 1000000)) MB package)" >&2
	rm -f "$state/pipe" "$kernel".*part*
	mkfifo "$state/pipe"
	if [ -n "$whole" ] || ! command -v curl >/dev/null; then fetch_whole "$kernel"; else stream_package "$kernel"; fi
	rm -f "$state/pipe"
fi
chmod a-w "$kernel"
if [ -n "$out" ]; then
	ln -f "$kernel" "$out" 2>/dev/null || cp --reflink=auto "$kernel" "$out" || fail "cannot write $out"
	kernel=$out
fi
echo "$package $version $kernel"
