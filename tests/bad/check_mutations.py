# SPDX-License-Identifier: GPL-2.0-or-later
"""Random bytes changed, by a fixed seed: what stays readable may be read."""
import os
import random
import sys

from harness import FIXTURES, Bench

ROUNDS = int(os.environ.get("MUTATIONS", "300"))
VARIANTS = ("amd64", "amd64-dwarf4", "amd64-zlib", "amd64-zstd", "s390x", "armhf")


def mutate(chance, data):
    data = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16, 64))):
        at = chance.randrange(len(data))
        how = chance.randrange(4)
        if how == 0:
            data[at] = chance.randrange(256)
        elif how == 1:
            data[at] ^= 1 << chance.randrange(8)
        elif how == 2:
            data[at] = chance.choice((0, 0x7F, 0x80, 0xFF))
        else:
            length = chance.randrange(1, 16)
            from_ = chance.randrange(len(data))
            data[at:at + length] = data[from_:from_ + length]
    return data


def main():
    bench = Bench()
    chance = random.Random(20240229)
    images = [p.read_bytes() for v in VARIANTS if (p := FIXTURES / v / "vmlinux").exists()]
    refused = 0
    for i in range(ROUNDS):
        path = bench.write("mutation", mutate(chance, images[i % len(images)]))
        decoder = ("--decoder", "libdwarf") if i % 4 == 3 else ()
        faults = bench.faults
        refused += bench.survive(f"mutation {i} of {ROUNDS}", path, *decoder).returncode != 0
        if bench.faults > faults and os.environ.get("KEEP"):
            path.rename(os.path.join(os.environ["KEEP"], f"mutation-{i}"))
    print(f"{refused} of {ROUNDS} refused")
    return bench.finish()


if __name__ == "__main__":
    sys.exit(main())
