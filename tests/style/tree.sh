#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What the tree holds: text only, small files, no unfinished places, licences
# named, no host names or machine's paths, shell scripts without faults.
set -u
cd "${SOURCE_DIR:-$(dirname "$0")/../..}" || exit 1
bad=0
fault() { echo "$1"; bad=1; }

if git rev-parse --is-inside-work-tree >/dev/null 2>&1; then
	mapfile -t files < <(git ls-files --cached --others --exclude-standard | sort)
else
	mapfile -t files < <(find . -type f -not -path './build*/*' -not -path './out/*' -not -path './site/*' -not -path './pages/*' \
		-not -path './.git/*' -not -path './vmlinux*' -not -path './*.jsonl' -not -name '*.db' | sed 's|^\./||' | sort)
fi
[ "${#files[@]}" -gt 0 ] || { echo "no files"; exit 1; }

for f in "${files[@]}"; do
	[ -f "$f" ] || continue
	size=$(stat -c %s "$f")
	[ "$size" -le 1048576 ] || fault "$f: $size bytes, at most 1 MiB"
	[ "$size" -eq 0 ] || LC_ALL=C grep -qI '' "$f" || fault "$f: not a text file"
	case $f in
	*.c | *.h | *.sh | *.py | *.sql | */CMakeLists.txt | CMakeLists.txt)
		head -3 "$f" | grep -q 'SPDX-License-Identifier: GPL-2.0-or-later' || fault "$f: no licence line" ;;
	esac
done

# The patterns are written so that they do not match this file.
pattern='deb\.debia[n]\.org|security\.debia[n]\.org|/var/tm[p]/[a-z]|/hom[e]/[a-z]|/roo[t]/[a-z]|/wor[k]/'
grep -nIE "$pattern" -- "${files[@]}" && fault "names of one machine or of a package host"
grep -nIE '\b(TOD[O]|FIXM[E]|XX[X]|HAC[K])\b' -- "${files[@]}" && fault "unfinished places"

if command -v shellcheck >/dev/null; then
	mapfile -t scripts < <(grep -lE -m1 '^#!/usr/bin/env bash|^#!/bin/(ba)?sh' -- "${files[@]}")
	shellcheck -x -S warning "${scripts[@]}" || fault "shellcheck finds faults"
fi
[ "$bad" != 0 ] || echo "${#files[@]} files"
exit "$bad"
