# SPDX-License-Identifier: GPL-2.0-or-later
"""A kernel cut at many places: every boundary of a section, and every 97 bytes."""
import sys

from elf import Elf
from harness import Bench

STEP_BYTES = 97


def main():
    bench = Bench()
    data = bench.good.read_bytes()
    boundaries = Elf(data).boundaries()
    cuts = {cut + by for cut in boundaries for by in (-1, 0, 1)} | set(range(0, len(data), STEP_BYTES))
    for cut in sorted(c for c in cuts if 0 <= c < len(data)):
        bench.refuse(f"cut at {cut} of {len(data)}", bench.write("cut", data[:cut]))
    return bench.finish()


if __name__ == "__main__":
    sys.exit(main())
