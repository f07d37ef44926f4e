#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# From nothing to pages: installs what is needed, builds, gets two real Debian
# debug kernels, scans them and writes the pages of the balloon and mempool
# family with their index.
#
# usage: scripts/quickstart.sh [OUTDIR]      (default: ./out)
#   KERNELS="SUITE:ARCH:PACKAGE ..." chooses other kernels; `scripts/get-kernel.sh SUITE ARCH --list` names them.
set -euo pipefail
cd "$(dirname "$0")/.."
out=${1:-out}
kernels=${KERNELS:-bookworm:amd64:linux-image-cloud-amd64-dbg trixie:amd64:linux-image-cloud-amd64-dbg}

scripts/install-deps.sh build kernels
echo "building"
scripts/build.sh build
mkdir -p "$out"

images=()
for kernel in $kernels; do
	IFS=: read -r suite arch package <<<"$kernel"
	line=$(scripts/get-kernel.sh "$suite" "$arch" "$package")
	images+=("${line##* }")
done
echo "scanning ${#images[@]} kernels into $out/atlas.db"
build/atlasgen --atlas "$out/atlas.db" scan "${images[@]}"
echo "writing pages"
build/atlasgen --atlas "$out/atlas.db" generate --format md -o "$out/pages" '*[Bb][Aa][Ll][Ll][Oo][Oo][Nn]*' \
	'*[Mm][Ee][Mm][Pp][Oo][Oo][Ll]*'
build/atlasgen --atlas "$out/atlas.db" images

cat <<EOT

Look at  $out/pages/function/index.md               the index, by letter
     or  $out/pages/function/m/mempool_alloc.md     one page a function
Ask      build/atlasgen --atlas $out/atlas.db show mempool_alloc
         build/atlasgen --atlas $out/atlas.db query @callers --name 'mempool_*'
EOT
