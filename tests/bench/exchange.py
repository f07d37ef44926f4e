#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Times import and export of one image.

usage: tests/bench/exchange.py [STREAM]

STREAM is a facts stream (.xz is expanded); without one, a kernel of 72,000
functions and half a million sites is made up.  The program is $ATLASGEN, else
build/atlasgen.  Prints the best of three runs, and fails if what is exported is
not what was imported.
"""
import lzma
import os
import pathlib
import random
import sys
import tempfile
import time

RUNS = 3
FUNCTIONS = 72_000
SITES_PER_FUNCTION = 7
HEADER = ('{"kind":"image","format":"atlas-facts","format_version":1,"version":"6.1.0","flavor":"bench",'
          '"arch":"amd64","evidence":"dwarf"}\n')


def made_up(to):
    """A stream as export writes it, so that it has to come back byte for byte."""
    dice = random.Random(1)
    paths = [f"drivers/part{i % 61}/unit_{i}.c" for i in range(3000)]
    names = [f"{paths[i % 3000][8:14]}_function_{i}" for i in range(FUNCTIONS)]
    homes = [paths[i % 3000] for i in range(FUNCTIONS)]
    to.write(HEADER)
    for i, name in enumerate(names):
        sites = []
        for _ in range(dice.randrange(2 * SITES_PER_FUNCTION + 1)):
            caller = dice.randrange(FUNCTIONS)
            if caller == i:
                continue
            sites.append(f'{{"caller":"{homes[caller]}:{names[caller]}","line":{dice.randrange(1, 4000)},'
                         f'"address":"0x{0xffffffff81000000 + dice.randrange(1 << 25):x}"}}')
        address = f"0x{0xffffffff81000000 + i * 64:x}"
        to.write(f'{{"kind":"function","name":"{name}","prototype":{{"returns":"int","params":[{{"name":"dev",'
                 f'"decl":"struct device *dev"}},{{"name":"n","decl":"unsigned long n"}}]}},"instances":[{{"file":'
                 f'"{homes[i]}","address":"{address}","decl":"{homes[i]}:{i % 4000 + 1}","external":false,'
                 f'"inlined":false,"inline_callers":[],"direct_callers":[{",".join(sites)}]}}],"symbols":[{{"name":'
                 f'"{name}","address":"{address}","size":64,"binding":"LOCAL"}}]}}\n')


def expand(stream, to):
    opener = lzma.open if stream.endswith(".xz") else open
    with opener(stream, "rt", encoding="utf-8") as source:
        for line in source:
            to.write(line)


def run(*command):
    """-> (seconds, peak RSS in MiB)"""
    begin = time.monotonic()
    child = os.posix_spawnp(command[0], command, os.environ)
    _, status, usage = os.wait4(child, 0)
    if status != 0:
        sys.exit(f"{' '.join(command)}: status {os.waitstatus_to_exitcode(status)}")
    return time.monotonic() - begin, usage.ru_maxrss / 1024


def best(what, prepare, *command):
    results = []
    for _ in range(RUNS):
        prepare()
        results.append(run(*command))
    print(f"{what:8} {min(r[0] for r in results):6.2f} s  {max(r[1] for r in results):5.0f} MiB peak RSS")


def measure(program, folder, stream):
    source, atlas, out = folder / "in.jsonl", folder / "atlas.db", folder / "out.jsonl"
    with open(source, "w", encoding="utf-8") as to:
        expand(stream, to) if stream else made_up(to)
    print(f"stream   {source.stat().st_size / 2**20:6.1f} MiB")
    best("import", lambda: atlas.unlink(missing_ok=True), program, "--atlas", str(atlas), "import", "-q", str(source))
    print(f"atlas    {atlas.stat().st_size / 2**20:6.1f} MiB")
    best("export", lambda: None, program, "--atlas", str(atlas), "export", "-o", str(out))
    if not stream and source.read_bytes() != out.read_bytes():
        return "what came out is not what went in"
    # A stream of another writer is compared after one round.
    run(program, "--atlas", str(atlas), "import", "-q", "--replace", str(out))
    run(program, "--atlas", str(atlas), "export", "-o", str(source))
    return None if source.read_bytes() == out.read_bytes() else "a second round changes the stream"


def main():
    program = os.environ.get("ATLASGEN", "build/atlasgen")
    with tempfile.TemporaryDirectory(prefix="atlasgen-bench.") as folder:
        sys.exit(measure(program, pathlib.Path(folder), sys.argv[1] if len(sys.argv) > 1 else None))


if __name__ == "__main__":
    main()
