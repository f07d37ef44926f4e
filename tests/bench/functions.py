# SPDX-License-Identifier: GPL-2.0-or-later
"""Functions of `atlasgen source --json TREE` (standard input) beside those of ctags, file by file.

usage: functions.py TAGS [COUNT]    in the tree; prints COUNT of those only one of them lists

A function that a macro makes counts as the same if ctags lists the macro or its argument.
"""
import collections
import json
import os
import random
import sys


def read_tags(path):
    tags = collections.defaultdict(dict)
    with open(path, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            fields = line.rstrip("\n").split("\t")
            if line.startswith("!") or len(fields) < 4:
                continue
            number = next((field[5:] for field in fields if field.startswith("line:")), "0")
            tags[os.path.normpath(fields[1])][fields[0]] = int(number)
    return tags


def names_of(function):
    return {function["name"], function["macro"], function["macro_name"]} - {None}


def compare(facts, tags):
    """Lists of (path, name, line): in ctags only, in ours only; and how many in both."""
    theirs, ours, both = [], [], 0
    for line in facts:
        file = json.loads(line)
        listed = tags.pop(file["path"], {})
        known = set().union(*(names_of(function) for function in file["functions"]))
        both += sum(name in known for name in listed)
        theirs += [(file["path"], name, number) for name, number in listed.items() if name not in known]
        ours += [(file["path"], function["name"], function["line"]) for function in file["functions"]
                 if not names_of(function) & listed.keys()]
    return theirs, ours, both


def show(title, found, count):
    print(f"{title}: {len(found)}")
    for path, name, line in sorted(random.Random(1).sample(found, min(count, len(found)))):
        with open(path, encoding="utf-8", errors="replace") as text:
            lines = text.read().split("\n")
        print(f"  {path}:{line} {name}: {lines[line - 1].strip()[:80]}")


def main():
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    theirs, ours, both = compare(sys.stdin, read_tags(sys.argv[1]))
    print(f"functions  {both} names in files that both list")
    show("only ctags", theirs, count)
    show("only atlasgen", ours, count)


if __name__ == "__main__":
    main()
