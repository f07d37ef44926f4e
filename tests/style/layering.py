# SPDX-License-Identifier: GPL-2.0-or-later
"""Holds the #include lines of src/ and include/ to the architecture.

A public header include/atlas/X.h belongs to the layer named in HEADERS (or
in its own first lines: "/* layer: NAME */"); anything unknown is an error, so
that a new header has to say where it belongs.
"""
import pathlib
import re
import sys

# layer -> layers it may use directly besides itself
MAY_USE = {
    "base": set(),
    "model": {"base"},
    "image": {"base"},
    "dwarf": {"image", "model", "base"},
    "exchange": {"model", "base"},
    "scan": {"dwarf", "image", "model", "base"},
    "store": {"model", "base"},
    "output": {"base", "model", "store"},
    "render": {"model", "store", "base"},
    "cli": {"render", "output", "store", "exchange", "scan", "model", "base"},
    "main": {"cli", "base"},
}

# public header -> layer
HEADERS = {
    "error": "base", "mem": "base", "str": "base", "intern": "base", "embed": "base",
    "image_name": "model", "facts": "model", "function": "model", "classify": "model",
    "scan": "scan", "store": "store", "render": "render", "cli": "cli",
}

# foreign header -> the one directory that may include it
FOREIGN = {
    "libdwarf.h": "dwarf", "dwarf.h": "dwarf", "sqlite3.h": "store", "cmark.h": "render",
    "libelf.h": "image", "gelf.h": "image", "jansson.h": None, "zstd.h": "image", "zlib.h": "image",
}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
LAYER = re.compile(r"/\* layer: (\w+) \*/")


def layer_of_header(path):
    mark = LAYER.search(path.read_text()[:2000])
    return mark.group(1) if mark else HEADERS.get(path.stem)


def layer_of(path):
    parts = path.parts
    if parts[0] == "include":
        return layer_of_header(path)
    return parts[1] if len(parts) > 2 else "main"


def target_layer(source, name):
    """The layer an include of ours leads to, or None if it is not ours."""
    for root in (pathlib.Path("include"), pathlib.Path("src"), source.parent):
        path = root / name
        if path.is_file():
            return layer_of(path.resolve().relative_to(pathlib.Path.cwd()))
    return None


def check(source):
    mine = layer_of(source)
    if mine not in MAY_USE:
        yield f"{source}: belongs to no known layer (tests/style/layering.py lists them)"
        return
    for number, line in enumerate(source.read_text().splitlines(), 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        name = match.group(2)
        owner = FOREIGN.get(pathlib.Path(name).name)
        if owner and owner != mine:
            yield f"{source}:{number}: only src/{owner} includes {name}"
        layer = target_layer(source, name)
        if layer and layer != mine and layer not in MAY_USE[mine]:
            yield f"{source}:{number}: {mine} may not include {name} ({layer})"


def main():
    sources = [p for root in ("src", "include") for p in sorted(pathlib.Path(root).rglob("*.[ch]"))]
    if not sources:
        print("no sources found")
        return 1
    faults = [fault for source in sources for fault in check(source)]
    print("\n".join(faults) if faults else f"{len(sources)} files keep the layers")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
