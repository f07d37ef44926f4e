#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Runs one test of `diff`: run.sh DIRECTORY
#
# DIRECTORY/old.c and new.c are made into two small kernels, which are scanned
# into one atlas and compared.  The report of each format must be the same
# as DIRECTORY/expected.FORMAT (text, markdown, json, sarif, junit, github).
# Where they exist:
#   old.second.c, new.second.c, second.c    a second unit of the kernel; .S: of assembler
#   options     further options of `diff`, a line each
#   status      the exit status, else 12
#   old.flags, new.flags, flags   further options of the compiler
#   old.module.c, new.module.c    a module test_mod beside the kernel
#   prepare     a bash script run before the scan, beside old/vmlinux and new/vmlinux
# Status 77 skips.  UPDATE_GOLDEN=1 writes all expectations from what was seen.
set -euo pipefail
dir=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
cc=x86_64-linux-gnu-gcc
command -v $cc >/dev/null || { echo "$cc is not installed (scripts/install-deps.sh cross)"; exit 77; }
work=$(mktemp -d "${TMPDIR:-/tmp}/atlasgen-diff.XXXXXX")
trap 'rm -rf "$work"' EXIT
cd "$work"
unset ATLAS
export LC_ALL=C.UTF-8 TZ=UTC SOURCE_DATE_EPOCH=1700000000

lines() { [ ! -f "$1" ] || grep -v '^#' "$1" || true; }
words() { lines "$1" | tr '\n' ' '; }

# build NAME VERSION: $dir/NAME.c with the banner as NAME/vmlinux
build() {
	local name=$1 version=$2 id
	id=$(printf '%s' "$name" | sha1sum | cut -c1-40)
	mkdir "$name"
	cp "$dir/$name.c" "$name/test.c"
	for second in second.c "$name.second.c"; do
		[ ! -f "$dir/$second" ] || cp "$dir/$second" "$name/second.c"
	done
	[ ! -f "$dir/$name.second.S" ] || cp "$dir/$name.second.S" "$name/second.S"
	cat >"$name/banner.c" <<-END
		const char linux_banner[] = "Linux version $version-amd64 (debian-kernel@lists.debian.org) (gcc-12 (Debian 12.2.0-14) 12.2.0, "
			"GNU ld (GNU Binutils for Debian) 2.40) #1 SMP PREEMPT_DYNAMIC Debian $version-1 (2026-07-02)\n";
	END
	# shellcheck disable=SC2046
	(cd "$name" && $cc -w -std=gnu17 -O2 -gdwarf-5 -ffreestanding -fno-pic -fno-stack-protector \
		-fno-asynchronous-unwind-tables -fno-common -nostdlib -static -I"$here" \
		"-fdebug-prefix-map=$PWD=debian/build/build_amd64_none_amd64" "-fdebug-prefix-map=$here=include" \
		-Wl,--build-id=0x"$id" -Wl,-e,0 -Wl,--no-warn-rwx-segments $(words "$dir/flags") $(words "$dir/$name.flags") \
		-o vmlinux test.c $(compgen -G 'second.[cS]' || true) banner.c)
}

# module NAME VERSION: $dir/NAME.module.c in a tree as packages have it
module() {
	local name=$1 version=$2 at=$1/lib/modules/$2-amd64/kernel
	[ -f "$dir/$name.module.c" ] || return 0
	mkdir -p "$at"
	cp "$dir/$name.module.c" "$name/test_mod.c"
	(cd "$name" && $cc -w -std=gnu17 -O2 -gdwarf-5 -ffreestanding -fno-pic -fno-stack-protector \
		-fno-asynchronous-unwind-tables -I"$here" "-DRELEASE=\"$version-amd64\"" \
		"-fdebug-prefix-map=$PWD=debian/build/build_amd64_none_amd64" "-fdebug-prefix-map=$here=include" \
		-c test_mod.c -o test_mod.o)
	$cc -nostdlib -r -o "$at/test_mod.ko" "$name/test_mod.o"
}

build old 6.1.1
build new 6.2.1
module old 6.1.1
module new 6.2.1
if [ -f "$dir/prepare" ]; then
	bash -euo pipefail "$dir/prepare" || exit $?
fi
"$ATLASGEN" --atlas two.db scan -q old
"$ATLASGEN" --atlas two.db scan -q new

mapfile -t options < <(lines "$dir/options")
wanted=12
[ ! -f "$dir/status" ] || wanted=$(<"$dir/status")
bad=0
for format in text markdown json sarif junit github; do
	status=0
	"$ATLASGEN" --atlas two.db diff "${options[@]}" --report "$format" '6.1.1-*' '6.2.1-*' >"out.$format" || status=$?
	if [ "$status" != "$wanted" ]; then
		echo "$format: exit status $status, expected $wanted"
		bad=1
	fi
	if [ -n "${UPDATE_GOLDEN:-}" ]; then
		cp "out.$format" "$dir/expected.$format"
	else
		diff -u --label "expected.$format" --label "$format" "$dir/expected.$format" "out.$format" || bad=1
	fi
done
exit "$bad"
