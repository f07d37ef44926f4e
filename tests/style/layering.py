# SPDX-License-Identifier: GPL-2.0-or-later
"""Holds the #include lines of src/ and include/ to the architecture.

A public header include/atlas/X.h belongs to the layer it names itself in a
line "/* layer: NAME */", else to the one HEADERS names, else to the directory
of src/ that holds X.c.
"""
import pathlib
import re
import sys

# layer -> layers it may use directly besides itself
MAY_USE = {
    "base": set(),
    "model": {"base"},
    "code": {"base"},
    "image": {"base"},
    "text": {"code", "image", "base"},
    "package": {"base"},
    "source": {"package", "base"},
    "dwarf": {"image", "model", "base"},
    "exchange": {"model", "base"},
    "scan": {"text", "code", "dwarf", "image", "package", "model", "base"},
    "store": {"model", "base"},
    "output": {"base", "model", "store"},
    "report": {"base"},
    "render": {"model", "store", "base"},  # what the program asks for: include/atlas/render.h
    "render/template": {"base"},
    "render/words": {"render", "model", "store", "base"},
    "render/page": {"render/words", "render/template", "render", "model", "store", "base"},
    "render/function": {"render/page", "render/words", "render/template", "render", "model", "store", "base"},
    "render/type": {"render/page", "render/words", "render/template", "render", "model", "store", "base"},
    "render/source": {"render/page", "render/words", "render/template", "render", "source", "model", "store", "base"},
    "render/site": {"render/function", "render/type", "render/source", "render/page", "render/words", "render/template",
                    "render", "source", "model", "store", "base"},
    "render/show": {"render/page", "render/words", "render", "model", "store", "base"},
    "check": {"report", "store", "scan", "dwarf", "image", "package", "model", "base"},
    "validate": {"text", "code", "scan", "dwarf", "image", "store", "model", "base"},
    "diff": {"report", "store", "model", "base"},
    "cli": {"check", "diff", "report", "validate", "render", "render/show", "output", "store", "exchange", "scan", "source", "package", "model", "base"},
    "main": {"cli", "base"},
}

# public header -> layer, where no source file of its name tells
HEADERS = {
    "function": "model", "scan": "scan", "store": "store", "render": "render", "cli": "cli", "output": "output",
    "exchange": "exchange", "image": "model", "template": "render/template",
}

# foreign header -> the one directory that may include it, or the ones
FOREIGN = {
    "libdwarf.h": "dwarf", "dwarf.h": "dwarf", "sqlite3.h": "store", "cmark.h": {"render/template", "render/site"},
    "libelf.h": "image", "gelf.h": "image", "jansson.h": None, "zstd.h": {"image", "package", "source"}, "zlib.h": {"image", "package"},
    "archive.h": "package", "archive_entry.h": "package", "lzma.h": "package", "api.h": "source",
}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def layer_of_header(path):
    mark = re.search(r"^/\* layer: (\w+) \*/$", path.read_text(), re.MULTILINE)
    if mark:
        return mark.group(1)
    if path.stem in HEADERS:
        return HEADERS[path.stem]
    homes = {layer_of(source) for source in pathlib.Path("src").rglob(f"{path.stem}.c")} - {"cli"}
    return homes.pop() if len(homes) == 1 else None


def layer_of(path):
    parts = path.parts
    if parts[0] == "include":
        return layer_of_header(path)
    return "/".join(parts[1:-1]) or "main"


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
        owners = {owner} if isinstance(owner, str) else owner
        if owners and mine not in owners:
            yield f"{source}:{number}: only src/{', src/'.join(sorted(owners))} includes {name}"
        layer = target_layer(source, name)
        if layer and layer != mine and layer not in MAY_USE[mine]:
            yield f"{source}:{number}: {mine} may not include {name} ({layer})"


def check_page():
    """docs/architecture.md has the same arrows."""
    text = pathlib.Path("docs/architecture.md").read_text()
    told = {layer: set(uses.split(", ")) for layer, uses in re.findall(r"^    ([\w/]+) +-> (.+)$", text, re.MULTILINE)}
    for layer in sorted((MAY_USE.keys() | told.keys()) - {"base", "main"}):
        if told.get(layer) != MAY_USE.get(layer):
            yield f"docs/architecture.md: {layer} -> {told.get(layer)}, but here {MAY_USE.get(layer)}"


def main():
    sources = [p for root in ("src", "include") for p in sorted(pathlib.Path(root).rglob("*.[ch]"))]
    if not sources:
        print("no sources found")
        return 1
    faults = [fault for source in sources for fault in check(source)] + list(check_page())
    print("\n".join(faults) if faults else f"{len(sources)} files keep the layers")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
