# SPDX-License-Identifier: GPL-2.0-or-later
"""Section headers, units, abbreviations and references that lie."""
import struct
import subprocess
import sys

from elf import Elf
from harness import FIXTURES, Bench

DEBUG_SECTIONS = (".debug_info", ".debug_abbrev", ".debug_str", ".debug_line", ".debug_line_str", ".debug_rnglists")
DECODERS = ((), ("--decoder", "libdwarf"))
SHF_COMPRESSED = 0x800


def section_lies(good):
    """name -> file, each with one header that cannot be true."""
    huge = 1 << 62
    for section in (".symtab", ".strtab", ".shstrtab", ".debug_info", ".debug_abbrev"):
        yield f"{section} ends outside", Elf(good).set(section, size=len(good) * 2)
        yield f"{section} begins outside", Elf(good).set(section, offset=len(good) + 1)
        yield f"{section} wraps", Elf(good).set(section, offset=(1 << 64) - 16, size=32)
        yield f"{section} is huge", Elf(good).set(section, size=huge)
    info = Elf(good).section(".debug_info")
    yield "overlap of .debug_abbrev", Elf(good).set(".debug_abbrev", offset=info["offset"] + 1, size=info["size"] - 2)
    yield "overlap of .symtab", Elf(good).set(".symtab", offset=info["offset"], size=info["size"] // 24 * 24)
    yield ".symtab entries of 7 bytes", Elf(good).set(".symtab", entsize=7)
    yield ".symtab linked nowhere", Elf(good).set(".symtab", link=999)
    for section in DEBUG_SECTIONS:
        yield f"{section} without a compression header", Elf(good).set(section, flags=SHF_COMPRESSED, size=8)
        elf = Elf(good).set(section, flags=SHF_COMPRESSED)
        yield f"{section} of a false compression", elf.poke(section, 0, struct.pack("<IIQQ", 77, 0, 1 << 20, 1))
        elf = Elf(good).set(section, flags=SHF_COMPRESSED)
        yield f"{section} that expands to all there is", elf.poke(section, 0, struct.pack("<IIQQ", 1, 0, 1 << 60, 1))
        elf = Elf(good).set(section, flags=SHF_COMPRESSED)
        yield f"{section} of false zstd", elf.poke(section, 0, struct.pack("<IIQQ", 2, 0, 1 << 16, 1))


def unit_lies(good):
    """The first unit header: length, version, type, address size, abbreviation offset (DWARF 5)."""
    def poke(offset, fmt, value):
        return Elf(good).poke(".debug_info", offset, struct.pack(fmt, value))

    yield "unit longer than the section", poke(0, "<I", 0x7FFFFFF0)
    yield "unit of length 1", poke(0, "<I", 1)
    yield "unit with a reserved length", poke(0, "<I", 0xFFFFFFF5)
    yield "unit of 64-bit DWARF without end", poke(0, "<I", 0xFFFFFFFF)
    yield "unit of version 77", poke(4, "<H", 77)
    yield "unit of version 0", poke(4, "<H", 0)
    yield "unit of type 99", poke(6, "<B", 99)
    yield "addresses of 3 bytes", poke(7, "<B", 3)
    yield "addresses of 255 bytes", poke(7, "<B", 255)
    yield "abbreviations outside", poke(8, "<I", 0x7FFFFFFF)
    yield "abbreviations at the last byte", poke(8, "<I", Elf(good).section(".debug_abbrev")["size"] - 1)
    yield "an abbreviation that is not there", poke(12, "<H", 0x7FFF)


def abbreviation_lies(good):
    size = Elf(good).section(".debug_abbrev")["size"]
    yield "abbreviations without end", Elf(good).poke(".debug_abbrev", 0, b"\x81" * size)
    yield "numbers of ten thousand bits", Elf(good).poke(".debug_abbrev", 0, b"\xff" * size)
    yield "only zeros", Elf(good).poke(".debug_abbrev", 0, bytes(size))
    yield "unknown forms", Elf(good).poke(".debug_abbrev", 3, b"\x03\x7e")
    yield "indirect forms", Elf(good).poke(".debug_abbrev", 3, b"\x03\x16\x25\x16\x13\x16")
    yield "one code twice", Elf(good).poke(".debug_abbrev", 0, bytes([1, 0x11, 1, 0, 0]) * (size // 5))


def range_lies(good):
    """Functions in pieces whose lists of ranges stand behind the end of their section (DWARF 4)."""
    yield "range lists outside", Elf(good).set(".debug_ranges", size=8)


def reference_loops(good):
    """Every 4-byte reference of .debug_info that leads to A leads to B instead, and from B to A."""
    info = Elf(good).bytes_of(".debug_info")
    unit_length, = struct.unpack_from("<I", info, 0)
    for target in range(0x20, min(unit_length, 0x400), 7):
        changed = bytearray(info)
        for at in range(12, len(info) - 4):
            value, = struct.unpack_from("<I", info, at)
            if 0xC < value < unit_length and info[at + 3] == 0 and info[at + 2] == 0 and value % 5 == target % 5:
                struct.pack_into("<I", changed, at, target)
        yield f"references to {target:#x}", Elf(good).poke(".debug_info", 0, bytes(changed))


def check(bench, cases, must_refuse=False):
    for what, elf in cases:
        path = bench.write("lie", elf.data)
        for decoder in DECODERS:
            name = " ".join((what, *decoder))
            if must_refuse:
                bench.refuse(name, path, *decoder)
            else:
                bench.survive(name, path, *decoder)


def check_self_reference(bench):
    """A type that is a pointer to itself, and an abstract origin that is its own, by the assembler."""
    source = bench.dir.joinpath("loop.s")
    source.write_text(LOOP_SOURCE)
    made = subprocess.run(["cc", "-nostdlib", "-static", "-Wl,-e,looped", "-o", bench.dir / "loop", source],
                          capture_output=True, check=False)
    if made.returncode:
        print("no assembler for the reference loops: " + made.stderr.decode(errors="replace"))
        return
    for decoder in DECODERS:
        result = bench.survive("types and origins in circles " + " ".join(decoder), bench.dir / "loop", *decoder)
        if result.returncode == 0 and "looped" not in bench.atlasgen("query", "@functions", "--csv",
                                                                     atlas=bench.dir / "survive.db").stdout:
            bench.fault("the function beside the circles is lost", result)


LOOP_SOURCE = """
	.globl linux_banner
	.section .rodata
	.type linux_banner, %object
linux_banner:
	.asciz "Linux version 6.1.0-50-amd64 (x@example.org) (gcc-12) #1 SMP Debian 6.1.999-1 (2026-07-02)\\n"
	.size linux_banner, . - linux_banner
	.text
	.globl looped
	.type looped, %function
looped:
	.space 16
	.size looped, . - looped
	.section .debug_abbrev, "", %progbits
	.byte 1, 0x11, 1, 0x03, 8, 0x13, 11, 0, 0	# unit: name, language
	.byte 2, 0x2e, 1, 0x03, 8, 0x3f, 25, 0x49, 0x13, 0x11, 1, 0x12, 6, 0, 0	# subprogram: name, external, type, pc
	.byte 3, 0x05, 0, 0x03, 8, 0x49, 0x13, 0, 0	# parameter: name, type
	.byte 4, 0x0f, 0, 0x49, 0x13, 0, 0	# pointer: type
	.byte 5, 0x26, 0, 0x49, 0x13, 0, 0	# const: type
	.byte 6, 0x2e, 0, 0x31, 0x13, 0x11, 1, 0x12, 6, 0, 0	# subprogram: abstract origin, pc
	.byte 7, 0x1d, 1, 0x31, 0x13, 0x11, 1, 0x12, 6, 0, 0	# inlined: abstract origin, pc
	.byte 8, 0x15, 1, 0x49, 0x13, 0, 0	# subroutine type: type
	.byte 0
	.section .debug_info, "", %progbits
	.long 2f - 1f
1:	.short 5
	.byte 1, 8
	.long 0
0:	.uleb128 1
	.asciz "kernel/loop.c"
	.byte 0x0c
	.uleb128 2
	.asciz "looped"
	.long 3f - 0b + 12	# a pointer to itself
	.quad looped
	.long 16
	.uleb128 3
	.asciz "a"
	.long 4f - 0b + 12	# const of const of itself
	.uleb128 3
	.asciz "b"
	.long 6f - 0b + 12	# a function that returns a pointer to itself
	.uleb128 7
	.long 7f - 0b + 12	# inlined: origin is itself
	.quad looped
	.long 4
	.byte 0
	.byte 0
3:	.uleb128 4
	.long 3b - 0b + 12
4:	.uleb128 5
	.long 5f - 0b + 12
5:	.uleb128 5
	.long 4b - 0b + 12
6:	.uleb128 8
	.long 8f - 0b + 12
	.byte 0
7:	.uleb128 6
	.long 9f - 0b + 12
	.quad looped
	.long 16
8:	.uleb128 4
	.long 6b - 0b + 12
9:	.uleb128 6
	.long 7b - 0b + 12
	.quad looped
	.long 16
	.byte 0
2:
	.section .note.GNU-stack, "", %progbits
"""


def main():
    bench = Bench()
    good = bench.good.read_bytes()
    check(bench, section_lies(good))
    check(bench, unit_lies(good), must_refuse=True)
    check(bench, abbreviation_lies(good))
    check(bench, reference_loops(good))
    check_self_reference(bench)
    old = FIXTURES / "amd64-dwarf4" / "vmlinux"
    if old.exists():
        check(bench, range_lies(old.read_bytes()), must_refuse=True)
        check(bench, reference_loops(old.read_bytes()))
        check(bench, abbreviation_lies(old.read_bytes()))
    return bench.finish()


if __name__ == "__main__":
    sys.exit(main())
