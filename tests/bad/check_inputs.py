# SPDX-License-Identifier: GPL-2.0-or-later
"""Files that are no kernel image, or not one that can be read."""
import gzip
import os
import pathlib
import shutil
import struct
import subprocess
import sys

from elf import Elf
from harness import FIXTURES, Bench, run

USER_PROGRAM = """
static int helper(int n) { return n * 3; }
int main(int argc, char **argv) { (void)argv; return helper(argc) & 1; }
"""


def bz_image(kernel):
    """A compressed kernel as boot loaders get it: a setup header, code, a gzip stream."""
    setup = bytearray(1024)
    setup[0x1FE:0x200] = b"\x55\xaa"
    setup[0x202:0x206] = b"HdrS"
    struct.pack_into("<H", setup, 0x206, 0x020F)
    return bytes(setup) + b"\x90" * 512 + gzip.compress(kernel, mtime=0) + b"\x00" * 64


def check_no_kernel(bench):
    bench.refuse("compressed kernel", bench.write("vmlinuz", bz_image(bench.good.read_bytes())), words=("compressed",))
    bench.refuse("gzip of nothing", bench.write("vmlinux.gz", gzip.compress(b"", mtime=0)))
    bench.refuse("gzip cut short", bench.write("cut.gz", gzip.compress(bench.good.read_bytes(), mtime=0)[:5000]))
    bench.refuse("text", bench.write("notes.txt", b"This is not a kernel.\n"), words=("ELF",))
    bench.refuse("empty file", bench.write("empty", b""))
    bench.refuse("half a magic", bench.write("half", b"\x7fEL"))
    bench.refuse("missing file", bench.dir / "not-there")
    (bench.dir / "nothing-in-it").mkdir()
    bench.refuse("empty directory", bench.dir / "nothing-in-it", words=("vmlinux",))
    os.mkfifo(bench.dir / "fifo")
    bench.refuse("named pipe", bench.dir / "fifo")
    bench.refuse("device", "/dev/null")


def check_user_programs(bench):
    program = pathlib.Path(shutil.which("true"))
    bench.refuse("stripped program", program, words=("symtab",))
    source = bench.write("user.c", USER_PROGRAM.encode())
    made = run("cc", "-g", "-o", str(bench.dir / "user"), str(source))
    if made.returncode == 0:
        bench.refuse("user's program", bench.dir / "user", words=("linux_banner",))
        run("cc", "-g", "-c", "-o", str(bench.dir / "user.o"), str(source))
        bench.refuse("object file", bench.dir / "user.o", words=("vermagic",))


def check_headers(bench):
    stripped = bench.dir / "stripped"
    subprocess.run(["strip", "-o", stripped, bench.good], check=True)
    bench.refuse("no .symtab", stripped, words=("symtab",))
    good = bench.good.read_bytes()

    def poked(name, offset, data):
        changed = bytearray(good)
        changed[offset:offset + len(data)] = data
        return bench.write(name, changed)

    bench.refuse("unknown machine", poked("machine", 18, b"\x2a\x2a"), words=("machine",))
    bench.refuse("known machine, but none of ours", poked("sparc", 18, struct.pack("<H", 43)), words=("machine",))
    bench.refuse("class 9", poked("class", 4, b"\x09"))
    bench.refuse("byte order 7", poked("order", 5, b"\x07"))
    bench.refuse("no section headers", poked("nosections", 0x28, bytes(8)))
    bench.refuse("section headers outside", poked("outside", 0x28, struct.pack("<Q", 1 << 40)))
    bench.refuse("section headers of 3 bytes", poked("entsize", 0x3A, b"\x03\x00"))


def check_banner(bench):
    elf = Elf(bench.good.read_bytes())
    at = elf.data.index(b"Linux version ")
    elf.data[at:at + 13] = b"\xff\xfe\x01NoVersion"[:13].ljust(13, b"\x02")
    bench.refuse("banner without a version", bench.write("banner", elf.data), words=("linux_banner",))


def check_packaged_vmlinuz(bench):
    """The real form, where some kernel is installed."""
    for vmlinuz in sorted(pathlib.Path("/boot").glob("vmlinuz-*"))[:1]:
        bench.refuse("installed vmlinuz", vmlinuz)


def check_other_images_stay(bench):
    """One bad input among good ones: the good ones are read, the bad one is named, the status is 1."""
    other = FIXTURES / "amd64-dwarf4" / "vmlinux"
    atlas = bench.dir / "several.db"
    bad = bench.write("among", b"\x7fELF not really")
    result = bench.atlasgen("scan", "-q", bad, other, bench.good, atlas=atlas)
    bench.judge("a bad one among good ones", result, words=("among",))
    names = bench.atlasgen("images", "-q", atlas=atlas).stdout.split()
    if len(names) != 2:
        bench.fault(f"a bad one among good ones: the atlas holds {names}")


def main():
    bench = Bench()
    check_no_kernel(bench)
    check_user_programs(bench)
    check_headers(bench)
    check_banner(bench)
    check_packaged_vmlinuz(bench)
    check_other_images_stay(bench)
    return bench.finish()


if __name__ == "__main__":
    sys.exit(main())
