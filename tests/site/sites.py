# SPDX-License-Identifier: GPL-2.0-or-later
"""Sites to look at: facts of two small families, one of them hostile, and the pages made from them."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ATLASGEN = os.environ.get("ATLASGEN", "build/atlasgen")
SCRIPT = "<script>window.hit=1</script>"
HOSTILE = [
    SCRIPT,
    '"><img src=x onerror=window.hit=1>',
    "'onmouseover='window.hit=1",
    "../../../outside",
    "..",
    "a/b\\c",
    "new\nline\ttab",
    "\u202eright to left\u202c",
    "&amp;&lt;b&gt;",
    "{{name}}",
    "index",
    "*/</style><script>window.hit=1</script>",
    "x" * 4000,
    "#frag?query=1%2e%2e",
    "\\u003cscript\\u003e\"+window.hit+\"",
]


def skip(why):
    print(why)
    sys.exit(77)


def function(name, file, address, callers, params=(), line=1, attach=None):
    return {
        "kind": "function",
        "name": name,
        "prototype": {"returns": "void *", "params": [{"name": p.split()[-1].lstrip("*"), "decl": p} for p in params]},
        "instances": [{"file": file, "address": hex(address), "decl": f"{file}:{line}", "external": True, "inlined": False,
                       "inline_callers": [], "direct_callers": callers}],
        "symbols": [{"name": name, "address": hex(address), "size": 64 + line, "binding": "GLOBAL",
                     **({} if attach is None else {"attach": attach})}],
    }


def image(version, arch="amd64", **more):
    return {"kind": "image", "format": "atlas-facts", "format_version": 1, "version": version, "flavor": "generic",
            "arch": arch, **more}


def struct(name, file, size, members):
    return {"kind": "type", "type": "struct", "name": name, "size": size, "decl": f"{file}:16",
            "members": [{"name": member, "type": text, "offset": 8 * i, "size": 8} for i, (member, text) in enumerate(members)]}


def plain_facts():
    """Three images; mempool_alloc changes a parameter and gets callers.  ftrace reaches every second caller."""
    for number, (version, arch) in enumerate([("5.10", "amd64"), ("6.1", "amd64"), ("6.1", "arm64")]):
        pool = "mempool_t *pool" if number else "struct mempool *pool"
        rows = [image(version, arch), {"kind": "object", "gates": ["sites"]}]
        callers = [f"block/bio.c:user_{i:02}" for i in range(12 + number)]
        rows.append(function("mempool_alloc", "mm/mempool.c", 0x1000, callers, [pool, "gfp_t gfp_mask"], 390 + number))
        rows.append(function("mempool_free", "mm/mempool.c", 0x2000, callers[:3], ["void *element", pool], 480))
        rows += [function(f"user_{i:02}", "block/bio.c", 0x3000 + 16 * i, ["block/blk.c:submit"], [], i + 1, ["site"] if i % 2 else [])
                 for i in range(12 + number)]
        rows.append(function("submit", "block/blk.c", 0x9000, []))
        if number == 1:
            rows.append(function("only_here", "lib/x.c", 0xa000, []))
        rows.append({"kind": "types", "known": ["vmlinux"]})
        members = [("lock", "spinlock_t"), ("elements", "void **"), ("next", "struct mempool *")][:2 + (number == 1)]
        rows.append(struct("mempool", "include/linux/mempool.h", 8 * len(members), members))
        rows.append({"kind": "type", "type": "typedef", "name": "mempool_t", "target": "struct mempool", "size": 8 * len(members),
                     "decl": "include/linux/mempool.h:30"})
        yield rows


CALLERS, UNITS = 3100, 94


def large_facts():
    """A function with more callers, and one with more instances, than a page has room for; more names than a list's page."""
    rows = [image("6.1")]
    callers = [f"drivers/net/n{i % 40}.c:user_{i:04}" for i in range(CALLERS)]
    rows.append(function("kfree", "mm/slab.c", 0x1000, callers))
    small = function("tiny", "include/linux/tiny.h", 0x2000, [])
    small["instances"] = [{"file": f"fs/unit_{i:03}.c", "decl": "include/linux/tiny.h:7", "external": False, "inlined": True,
                           "inline_callers": [f"fs/unit_{i:03}.c:reader_{i:03}_{j}" for j in range(30)], "direct_callers": []}
                          for i in range(UNITS)]
    small["symbols"] = []
    rows.append(small)
    rows += [function(f"user_{i:04}", f"drivers/net/n{i % 40}.c", 0x10000 + 64 * i, []) for i in range(CALLERS)]
    yield rows


def hostile_facts():
    rows = [image("6.1", release=SCRIPT), image("6.2", banner=HOSTILE[1])]
    for head in rows:
        lines = [head]
        for i, name in enumerate(HOSTILE):
            lines.append(function(name, HOSTILE[-1 - i], 0x1000 + 64 * i, [f"{HOSTILE[i - 1]}:{other}" for other in HOSTILE],
                                  [f"{name} *{name}"]))
        lines.append({"kind": "types", "known": ["vmlinux"]})
        lines += [struct(name, HOSTILE[-1 - i], 16, [(HOSTILE[i - 1], f"struct {name} *"), (name, HOSTILE[i - 2])])
                  for i, name in enumerate(HOSTILE)]
        yield lines


def run(*args, **kwargs):
    return subprocess.run([ATLASGEN, *map(str, args)], check=True, capture_output=True, text=True, **kwargs)


def make_atlas(directory, images):
    atlas = directory / "a.db"
    for i, rows in enumerate(images):
        stream = directory / f"{i}.jsonl"
        stream.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        run("--atlas", atlas, "import", "-q", stream)
    return atlas


def generate(atlas, out, *more, epoch="1700000000"):
    run("--atlas", atlas, "generate", "-q", "--format", "html", "-o", out, *more,
        env={**os.environ, "SOURCE_DATE_EPOCH": epoch})
    return out


def scratch():
    return tempfile.TemporaryDirectory(prefix="atlasgen-site.")


def make_site(directory, images, *more):
    directory = pathlib.Path(directory)
    return generate(make_atlas(directory, images), directory / "below" / "site", *more)


def pages(site):
    found = sorted(site.rglob("*.html"))
    assert found, "no pages"
    return found
