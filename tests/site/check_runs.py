# SPDX-License-Identifier: GPL-2.0-or-later
"""Two runs give the same bytes; a further one rewrites nothing but what changed; nothing is written outside DIR."""
import pathlib
import sys

import sites


def contents(root):
    return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file()}


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


def check_outside(directory):
    site = sites.make_site(directory, sites.hostile_facts())
    outside = [p for p in directory.rglob("*") if p.is_file() and site not in p.parents and p.parent != directory]
    wrong = check(not outside, f"nothing outside the site {outside}")
    made = list(site.glob("function/*/*.html"))
    wrong += check(len([p for p in made if p.name != "index.html"]) == len(set(sites.HOSTILE)), "a page for each hostile name")
    texts = [p.read_text(encoding="utf-8") for p in sites.pages(site)]
    wrong += check(not any("\u202e" in text for text in texts), "no mark that turns the reading direction")
    wrong += check(not any(sites.SCRIPT in text for text in texts), "no tag from a name")
    wrong += check(sum("&lt;script&gt;window.hit" in text for text in texts) > 5, "its text is shown")
    return wrong


def main():
    wrong = 0
    for part in (check_same, check_outside):
        with sites.scratch() as directory:
            wrong += part(pathlib.Path(directory))
    return wrong != 0


if __name__ == "__main__":
    sys.exit(main())
