# SPDX-License-Identifier: GPL-2.0-or-later
"""What `check` is given with random bytes changed, by a fixed seed: an eBPF object, a module, a baseline."""
import os
import pathlib
import random
import shutil
import subprocess
import sys

from check_mutations import mutate
from harness import FIXTURES, Bench

ROUNDS = int(os.environ.get("MUTATIONS", "300"))
TESTS = pathlib.Path(__file__).parent.parent / "cli"


def ebpf_object(bench):
    clang = shutil.which("clang")
    path = bench.dir / "prog.o"
    if not clang or subprocess.run([clang, "-target", "bpf", "-g", "-O2", "-w", "-c", TESTS / "check-bpf" / "prog.c", "-o", path],
                                   check=False).returncode:
        print("no eBPF object (clang)")
        return None
    return path.read_bytes()


def baseline(bench):
    path = bench.dir / "baseline.jsonl"
    bench.atlasgen("check", bench.write("good.txt", b"function pool_size\nfunction pool_check\n"), "--write-baseline", path, "-q")
    return path.read_bytes()


def judge(bench, what, result):
    """A verdict without a word, or one line without a verdict."""
    if result.returncode not in (0, 1, 3, 4, 12):
        bench.fault(f"{what}: status {result.returncode}", result)
    elif result.stderr and (result.returncode not in (1, 3) or len(result.stderr.splitlines()) != 1
                            or not result.stderr.startswith("atlasgen: ") or result.stdout):
        bench.fault(f"{what}: not one line, or beside a verdict", result)
    return result.returncode in (1, 3) and bool(result.stderr)


def main():
    bench = Bench()
    chance = random.Random(20260131)
    inputs = [("object", ebpf_object(bench))]
    inputs += [("module", p.read_bytes()) for p in sorted(FIXTURES.glob("amd64/lib/modules/*/kernel/*.ko"))[:1]]
    inputs += [("baseline", baseline(bench))]
    inputs = [(kind, data) for kind, data in inputs if data]
    deps = bench.write("deps.txt", b"function pool_size\nfunction pool_create\nstruct pool\n")
    refused = 0
    for i in range(ROUNDS):
        kind, data = inputs[i % len(inputs)]
        path = bench.write("mutation", mutate(chance, data))
        arguments = (deps, "--baseline-file", path) if kind == "baseline" else (path,)
        refused += judge(bench, f"{kind}, mutation {i} of {ROUNDS}", bench.atlasgen("check", *arguments))
        bench.cases += 1
    bench.atlas_is_as_before("check")
    print(f"{refused} of {ROUNDS} refused")
    return bench.finish()


if __name__ == "__main__":
    sys.exit(main())
