# SPDX-License-Identifier: GPL-2.0-or-later
"""Two runs give the same bytes; a further one rewrites nothing but what changed; nothing is written outside DIR."""
import pathlib
import shutil
import sys

import sites


MANIFEST = ".atlasgen-pages"


def contents(root):
    """Of all files but the one that says how they were left."""
    return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file() and p.name != MANIFEST}


def times(root):
    return {str(p.relative_to(root)): p.stat().st_mtime_ns for p in root.rglob("*") if p.is_file()}


def check(ok, what):
    print(("ok: " if ok else "WRONG: ") + what)
    return 0 if ok else 1


def check_same(directory):
    images = list(sites.plain_facts())
    atlas = sites.make_atlas(directory, images[:2])
    base = ("--base-url", "https://example.org/atlas/")
    one = sites.generate(atlas, directory / "one", *base)
    two = sites.generate(atlas, directory / "two", "-j", "1", *base)
    wrong = check(contents(one) == contents(two), "two runs, the same bytes")
    before = times(one)
    sites.generate(atlas, one, *base)
    wrong += check(times(one) == before, "a second run leaves every file alone")
    stream = directory / "third.jsonl"
    stream.write_text("".join(sites.json.dumps(row) + "\n" for row in images[2]), encoding="utf-8")
    sites.run("--atlas", atlas, "import", "-q", stream)
    sites.generate(atlas, one, *base)
    after = times(one)
    changed = {name for name in after if before.get(name) != after[name]}
    wrong += check("function/m/mempool_alloc.html" in changed, "a new image changes the page of its function")
    wrong += check("assets/style.css" not in changed and "about.html" not in changed, "and leaves alone what it has no part in")
    sites.generate(atlas, directory / "three", *base)
    wrong += check(contents(one) == contents(directory / "three"), "what grew equals what was made at once")
    small = sites.generate(atlas, directory / "small", "--family", "mempool")
    names = {p.name for p in small.glob("function/*/*.html")} - {"index.html"}
    wrong += check(names == {"mempool_alloc.html", "mempool_free.html"}, "--family makes a small site")
    return wrong


def put(directory, atlas, rows):
    stream = directory / "changed.jsonl"
    stream.write_text("".join(sites.json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    sites.run("--atlas", atlas, "import", "-q", "--replace", stream)


def check_changes(directory):
    """What a run leaves out equals what a run from nothing makes, whatever changed in the atlas or in the directory."""
    images = list(sites.plain_facts())
    atlas = sites.make_atlas(directory, images)
    site = sites.generate(atlas, directory / "site", "--no-graphs")
    wrong = 0

    def again(what, *touched, untouched=()):
        nonlocal wrong
        before = times(site)
        sites.generate(atlas, site, "--no-graphs")
        fresh = directory / "fresh"
        shutil.rmtree(fresh, ignore_errors=True)
        wrong += check(contents(site) == contents(sites.generate(atlas, fresh, "--no-graphs")), f"{what}: as made from nothing")
        after = times(site)
        changed = {name for name in after if before.get(name) != after[name]}
        wrong += check(set(touched) <= changed and not changed & set(untouched), f"{what}: rewritten: {sorted(changed - {MANIFEST})[:8]}")

    page, other = "function/m/mempool_alloc.html", "function/o/only_here.html"
    alloc = next(row for row in images[1] if row.get("name") == "mempool_alloc")
    callers = alloc["instances"][0]["direct_callers"]
    callers.append("lib/x.c:only_here")
    put(directory, atlas, images[1])
    again("one more caller", page, untouched=("function/m/mempool_free.html", "about.html"))
    callers[-1] = "lib/x.c:nobody_knows"
    put(directory, atlas, images[1])
    again("a caller without a page", page, untouched=("function/m/mempool_free.html",))
    images[1].append(sites.function("nobody_knows", "lib/x.c", 0xb000, []))
    put(directory, atlas, images[1])
    again("that gets one", page, "function/n/nobody_knows.html", "source/lib/x.c.html", "function/index.html")
    alloc["symbols"][0]["size"] += 1
    put(directory, atlas, images[1])
    again("a symbol's size", page, untouched=(other,))
    sites.run("--atlas", atlas, "label", "6.1-generic-arm64", "mine")
    again("a label", page, other, "index.html")
    sites.run("--atlas", atlas, "remove", "5.10-generic-amd64")
    again("an image less", page, other, "index.html")
    gone = site / "function/n/nobody_knows.html"
    gone.write_text("mine now", encoding="utf-8")
    put(directory, atlas, images[1][:-1])
    sites.generate(atlas, site, "--no-graphs")
    wrong += check(gone.read_text(encoding="utf-8") == "mine now", "a page that somebody changed is not removed")
    gone.unlink()
    gone.parent.rmdir()
    again("a function less")

    for name in (page, "index.html", "assets/search/index.js", "source/mm/index.html"):
        (site / name).unlink()
        again(f"{name} deleted", name, untouched=(other,))
        with open(site / name, "a", encoding="utf-8") as file:
            file.write("by hand")
        again(f"{name} edited", name, untouched=(other,))
    (site / page).unlink()
    (site / page).mkdir()
    (site / page).rmdir()
    again("a page that was a directory", page)
    return wrong


def check_manifest(directory):
    """Pages are left out at all; and damage to what says so costs nothing but time."""
    atlas = sites.make_atlas(directory, sites.plain_facts())
    site = sites.generate(atlas, directory / "site")
    whole = contents(site)
    page = site / "function/m/mempool_alloc.html"
    status, manifest = page.stat(), (site / MANIFEST).read_bytes()
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("mempool_t", "mempool_u"), encoding="utf-8")
    sites.os.utime(page, ns=(status.st_atime_ns, status.st_mtime_ns))
    sites.generate(atlas, site)
    wrong = check("mempool_u" in page.read_text(encoding="utf-8"), "what looks as it was left is not made again")
    steps = range(0, len(manifest), len(manifest) // 40)
    for at in steps:
        (site / MANIFEST).write_bytes(manifest[:at] + bytes([manifest[at] ^ 0x41]) + manifest[at + 1:] if at % 3 else manifest[:at])
        sites.generate(atlas, site)
        if contents(site) != whole:
            wrong += check(False, f"manifest damaged at {at}: other pages")
    (site / MANIFEST).unlink()
    (site / MANIFEST).symlink_to("/dev/zero")
    sites.generate(atlas, site)
    wrong += check(contents(site) == whole, f"a manifest damaged in {len(steps)} ways and one that is a link: the same pages")
    return wrong


def check_outside(directory):
    site = sites.make_site(directory, sites.hostile_facts())
    outside = [p for p in directory.rglob("*") if p.is_file() and site not in p.parents and p.parent != directory]
    wrong = check(not outside, f"nothing outside the site {outside}")
    made = list(site.glob("function/*/*.html"))
    wrong += check(len([p for p in made if p.name != "index.html"]) == len(set(sites.HOSTILE)), "a page for each hostile name")
    types = [p for p in site.glob("struct/*/*.html") if p.name != "index.html"]
    wrong += check(len(types) == len(set(sites.HOSTILE)), f"and for each hostile type {len(types)}")
    texts = [p.read_text(encoding="utf-8") for p in sites.pages(site)]
    wrong += check(not any("\u202e" in text for text in texts), "no mark that turns the reading direction")
    wrong += check(not any(sites.SCRIPT in text for text in texts), "no tag from a name")
    wrong += check(sum("&lt;script&gt;window.hit" in text for text in texts) > 5, "its text is shown")
    return wrong


def main():
    wrong = 0
    for part in (check_same, check_changes, check_manifest, check_outside):
        with sites.scratch() as directory:
            wrong += part(pathlib.Path(directory))
    return wrong != 0


if __name__ == "__main__":
    sys.exit(main())
