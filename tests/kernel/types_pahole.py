#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Holds the structs of an atlas against what pahole reads from the same file.

    types_pahole.py ATLASGEN ATLAS IMAGE PAHOLE_TEXT [SAMPLE]

PAHOLE_TEXT is the output of `pahole -F dwarf --structs VMLINUX`.  Compared are
size, and of every member that has a name its name, offset and bits; pahole
shows one definition of a name, so it must be one of the atlas's.  SAMPLE
structs are drawn (the same ones each time), or all are taken.  Prints counts,
and what differs; ends with 1 if anything does.
"""
import collections
import json
import random
import re
import subprocess
import sys

MEMBER = re.compile(r"^\t+(.*?)\s*/\*\s*(\d+)(?::\s*(\d+))?\s+\d*\s*\*/\s*$")
TAGGED = re.compile(r"^(struct|union)\s+\w+$")


def without_attributes(text):
    while "__attribute__" in text:
        start = text.index("__attribute__")
        depth, end = 0, start + len("__attribute__")
        while end < len(text):
            depth += {"(": 1, ")": -1}.get(text[end], 0)
            end += 1
            if depth == 0:
                break
        text = text[:start] + text[end:]
    return text.strip()


def member_of(declaration):
    """Name and bits of a member as pahole writes it; no name for an anonymous one."""
    text = without_attributes(declaration).rstrip(";").strip()
    bits = None
    found = re.match(r"^(.*?)\s*:\s*(\d+)$", text)
    if found:
        text, bits = found.group(1), int(found.group(2))
    found = re.search(r"\(\*+\s*(?:const\s+)?(\w+)\s*(?:\[[^\]]*\])*\)\s*\(", text)
    if found:
        return found.group(1), bits
    if TAGGED.match(text):  # an unnamed member of a named type
        return None, bits
    text = re.sub(r"(\[[^\]]*\])+$", "", text).strip()
    found = re.search(r"(\w+)$", text)
    return (found.group(1) if found else None), bits


def read_pahole(path):
    """(kind, name) -> [size, members]; the first of a name."""
    structs, current = {}, None
    for line in open(path, errors="replace"):
        line = line.rstrip("\n")
        found = re.match(r"^(struct|union)\s+(\w+)\s*\{", line)
        if found:
            current = [found.group(1), found.group(2), None, []]
        elif current and line.startswith("}"):
            structs.setdefault((current[0], current[1]), current[2:])
            current = None
        elif current and line.startswith("\t/* size: "):
            current[2] = int(re.match(r"\t/\* size: (\d+)", line).group(1))
        elif current:
            found = MEMBER.match(line)
            if not found or found.group(1).startswith("/*"):
                continue
            name, bits = member_of(found.group(1))
            if name and bits is None:
                current[3].append((name, int(found.group(2))))
            elif name:
                current[3].append((name, int(found.group(2)) * 8 + int(found.group(3) or 0), bits))
    return structs


def read_atlas(atlasgen, atlas, image):
    """(kind, name) -> the definitions vmlinux has, each (size, members)."""
    def rows(sql):
        text = subprocess.run([atlasgen, "--atlas", atlas, "query", "--json", sql],
                              capture_output=True, text=True, check=True).stdout
        answer = json.loads(text)
        return answer["rows"] if isinstance(answer, dict) else answer

    where = f"WHERE image = '{image}' AND module = 'vmlinux' AND kind IN ('struct', 'union')"
    definitions = {}
    for row in rows(f"SELECT kind, name, size, type_name_id AS t, variant AS v FROM v_type {where} AND defined = 'yes'"):
        definitions[row["t"], row["v"]] = (row["kind"], row["name"], row["size"], [])
    lent = set()  # in an unnamed member of a named type: pahole leaves those to that type
    for row in rows("SELECT type_name_id AS t, variant AS v, position, member, type, offset, bit, bits, parent "
                    f"FROM v_type_member {where} ORDER BY 1, 2, 3"):
        key = row["t"], row["v"], row["position"]
        if (row["t"], row["v"], row["parent"]) in lent or (row["member"] is None and "(anon)" not in row["type"]):
            lent.add(key)
            continue
        if row["member"] is None:
            continue
        place = (row["member"], row["offset"]) if row["bits"] is None else \
            (row["member"], row["offset"] * 8 + row["bit"], row["bits"])
        definitions[row["t"], row["v"]][3].append(place)
    result = collections.defaultdict(list)
    for kind, name, size, members in definitions.values():
        result[kind, name].append((size, members))
    return result


def differs(wanted, found):
    size, members = wanted
    reason = "not in the atlas"
    for other_size, other_members in found:
        mine, theirs = sorted(other_members, key=str), sorted(members, key=str)
        if other_size == size and mine == theirs:
            return None
        reason = (f"size {other_size}, pahole {size}; atlas only {[m for m in mine if m not in theirs][:5]}, "
                  f"pahole only {[m for m in theirs if m not in mine][:5]}")
    return reason


def main():
    atlasgen, atlas, image, text = sys.argv[1:5]
    pahole, atlas_types = read_pahole(text), read_atlas(atlasgen, atlas, image)
    names = sorted(pahole)
    if len(sys.argv) > 5:
        names = random.Random(1).sample(names, min(len(names), int(sys.argv[5])))
    faults, members = 0, 0
    for kind, name in names:
        reason = differs(pahole[kind, name], atlas_types.get((kind, name), []))
        members += len(pahole[kind, name][1])
        if reason:
            faults += 1
            print(f"{kind} {name}: {reason}")
    print(f"{len(names) - faults} of {len(names)} structs agree, {members} members looked at")
    return faults != 0


sys.exit(main())
