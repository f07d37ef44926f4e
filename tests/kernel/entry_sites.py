#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Holds an atlas against the table of traceable functions, as readelf and the bytes of the same vmlinux have it.

    entry_sites.py ATLASGEN ATLAS VMLINUX

Each entry must be of one function at most, no function may have two, and the functions that have one
must be those the atlas knows to have one: no other, and none less.  Prints counts; ends with 1 if anything differs.
"""
import bisect
import csv
import struct
import subprocess
import sys

BEFORE = 8
# Where the table may point 8 bytes before the function.
BEFORE_ARCHES = ("AArch64", "RISC-V")


def lines(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()


def header(vmlinux):
    values = dict(line.strip().split(":", 1) for line in lines("readelf", "-hW", vmlinux) if ":" in line)
    order = ">" if "big endian" in values["Data"] else "<"
    return values["Machine"].strip(), order + ("Q" if "ELF64" in values["Class"] else "I")


def symbols(vmlinux):
    """Ends of functions by address, and addresses of the table's bounds."""
    functions, bounds, inside = {}, {}, False
    for line in lines("readelf", "-sW", vmlinux):
        if line.startswith("Symbol table"):
            inside = ".symtab" in line
        fields = line.replace("[<localentry>: ", "[").split()
        if not inside or len(fields) < 8 or not fields[0].rstrip(":").isdigit():
            continue
        address, size, name = int(fields[1], 16), int(fields[2], 0), fields[-1]
        if fields[3] in ("FUNC", "IFUNC") and "UND" not in fields[6:8]:
            functions[address] = max(functions.get(address, 0), address + max(size, 1))
        if name in ("__start_mcount_loc", "__stop_mcount_loc"):
            bounds[name] = address
    return functions, bounds["__start_mcount_loc"], bounds["__stop_mcount_loc"]


def table(vmlinux, start, stop, word):
    for line in lines("readelf", "-SW", vmlinux):
        fields = line.split("]", 1)[-1].split()
        if len(fields) < 6 or not line.lstrip().startswith("[") or fields[1] not in ("PROGBITS", "NOBITS"):
            continue
        address, offset, size = (int(field, 16) for field in fields[2:5])
        if address <= start < address + size:
            with open(vmlinux, "rb") as file:
                file.seek(offset + start - address)
                return [value for value, in struct.iter_unpack(word, file.read(stop - start))]
    sys.exit(f"{vmlinux}: no section holds the table")


def relocated(vmlinux, start, stop):
    """The table of a kernel that moves itself: what relocations write there; empty without them."""
    found = []
    for line in lines("readelf", "-rW", vmlinux):
        fields = line.split()
        if len(fields) >= 4 and "RELATIV" in fields[2] and start <= int(fields[0], 16) < stop:
            found.append(int(fields[-1], 16) & (1 << 64) - 1)
    return found


def owners(functions, sites):
    """For each entry the function around it, None without one; functions within functions are told."""
    starts, found, nested = sorted(functions), [], 0
    for site in sites:
        at = bisect.bisect_right(starts, site) - 1
        around = [start for start in starts[max(0, at - 8):at + 1] if site < functions[start]]
        nested += len(around) > 1
        found.append(around[-1] if around else None)
    return found, nested


def of_atlas(atlasgen, atlas):
    sql = ("SELECT DISTINCT printf('%x', s.address) FROM symbol s JOIN attach a ON a.id = s.attach WHERE a.evidence & 2")
    return {int(row[0], 16) for row in list(csv.reader(lines(atlasgen, "--atlas", atlas, "query", "--csv", sql)))[1:]}


def main(atlasgen, atlas, vmlinux):
    machine, word = header(vmlinux)
    functions, start, stop = symbols(vmlinux)
    sites = sorted(site for site in relocated(vmlinux, start, stop) or table(vmlinux, start, stop, word) if site)
    inside = sum(owner is not None for owner in owners(functions, sites)[0])
    before = sum(site + BEFORE in functions for site in sites) if machine in BEFORE_ARCHES else 0
    shift = BEFORE if before > inside else 0
    found, nested = owners(functions, [site + shift for site in sites])
    having = [owner for owner in found if owner is not None]
    atlas_has = of_atlas(atlasgen, atlas)
    print(f"{len(sites)} entries, {shift} bytes before their functions: {len(having)} in {len(set(having))} functions, "
          f"{len(sites) - len(having)} in none; the atlas: {len(atlas_has)}")
    wrong, lost = atlas_has - set(having), set(having) - atlas_has
    for address in sorted(wrong | lost)[:10]:
        print(f"{address:x}: {'no entry' if address in wrong else 'an entry the atlas does not know'}")
    return not sites or nested or len(having) != len(set(having)) or wrong or lost


if __name__ == "__main__":
    sys.exit(1 if main(*sys.argv[1:]) else 0)
