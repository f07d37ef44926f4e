# SPDX-License-Identifier: GPL-2.0-or-later
"""Every link within the site resolves, ids are unique, no page has an inline script or loads anything from elsewhere, none is huge.

usage: check_links.py [SITE]      without one, sites are made: a plain, a hostile and a large one

A site may have a hundred thousand pages, so that pages are read by several processes and by a pattern for tags; pages of small sites are
read by an HTML parser besides, which has to find the same links.
"""
import collections
import functools
import html
import html.parser
import multiprocessing
import os
import pathlib
import posixpath
import re
import sys
import urllib.parse

import sites

ELSEWHERE = ("https://elixir.bootlin.com/linux/v", "https://git.kernel.org/pub/scm/linux/kernel/git/stable/linux.git/tree/",
             "https://example.org/atlas/")
PAGE_BYTES = 1 << 20
SMALL = 2000
TAG = re.compile(r'<([A-Za-z][A-Za-z0-9]*)((?:\s+[^\s=>"/]+(?:="[^"]*")?)*)\s*/?>')
ATTRIBUTE = re.compile(r'\s([^\s=>"/]+)(?:="([^"]*)")?')
FORBIDDEN = ("img", "iframe", "object", "embed", "style", "form")

root, files = None, frozenset()  # in every process: the site's directory, and its files


class Parser(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.tags = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, [(name, value or "") for name, value in attrs]))


def tags_of(text):
    for tag, attributes in TAG.findall(text):
        if attributes:
            yield tag.lower(), [(name.lower(), html.unescape(value) if "&" in value else value) for name, value in ATTRIBUTE.findall(attributes)]
        else:
            yield tag.lower(), []


def faults_of(tag, attributes):
    for name, _ in attributes:
        if name.startswith("on") or name == "style":
            yield f"inline {name} in <{tag}>"
    if tag == "script" and not dict(attributes).get("src", "").endswith("assets/script.js"):
        yield "a script that is not the site's"
    if tag in FORBIDDEN:
        yield f"<{tag}>"


@functools.lru_cache(maxsize=400000)
def resolve(directory, link):
    """(file, fragment, fault) of a link on a page in a directory of the site; no file: it leads elsewhere, as it may."""
    if link.startswith(ELSEWHERE):
        return None, "", None
    parts = urllib.parse.urlsplit(link)
    if parts.scheme or parts.netloc or parts.query:
        return None, "", f"leads elsewhere: {link}"
    target = posixpath.normpath(posixpath.join(directory, urllib.parse.unquote(parts.path))) if parts.path else ""
    fault = f"dead link: {link}" if parts.path and target not in files else None
    return target, urllib.parse.unquote(parts.fragment), fault


def check_page(name):
    """(name, links, ids that others may point to, links to ids of other pages, faults)"""
    data = (root / name).read_bytes()
    text = data.decode("utf-8")
    directory = posixpath.dirname(name)
    ids, own, far, wrong, links, scripts = set(), [], [], [], 0, 0
    tags = list(tags_of(text))
    if len(files) < SMALL and tags != Parser(text).tags:
        wrong.append("an HTML parser sees other tags")
    for tag, attributes in tags:
        scripts += tag == "script"
        if attributes or tag in FORBIDDEN or tag == "script":
            wrong += faults_of(tag, attributes)
        for key, value in attributes:
            if key == "id":
                if value in ids:
                    wrong.append(f"id {value} twice")
                ids.add(value)
            elif key in ("href", "src"):
                links += 1
                target, fragment, fault = resolve(directory, value)
                if fault:
                    wrong.append(fault)
                elif fragment and target in ("", name):
                    own.append(fragment)
                elif fragment and target:
                    far.append((target, fragment))
    wrong += [f"dead fragment: #{fragment}" for fragment in own if fragment not in ids]
    if scripts != 1:
        wrong.append(f"{scripts} scripts")
    if not text.startswith("<!DOCTYPE html>") or not text.endswith("</html>\n"):
        wrong.append("not a whole page")
    if links < 6:
        wrong.append("hardly any link: the checker or the page is broken")
    if len(data) > PAGE_BYTES:
        wrong.append(f"{len(data)} bytes")
    return name, links, far, wrong


def ids_of(name):
    text = (root / name).read_text(encoding="utf-8")
    return name, {value for _, attributes in tags_of(text) for key, value in attributes if key == "id"}


def check(site):
    global root, files
    root = site.resolve()
    names = [str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()]
    files = frozenset(names)
    pages = sorted(name for name in names if name.endswith(".html"))
    assert pages, "no pages"
    resolve.cache_clear()
    count, wrong, far = 0, 0, collections.defaultdict(list)

    def complain(name, what):
        nonlocal wrong
        wrong += 1
        if wrong <= 20:
            print(f"{name}: {what}")

    with multiprocessing.get_context("fork").Pool(min(os.cpu_count(), 8)) as pool:
        for name, links, others, faults in pool.imap_unordered(check_page, pages, 200):
            count += links
            for fault in faults:
                complain(name, fault)
            for target, fragment in others:
                far[target].append((fragment, name))
        for target, ids in pool.imap_unordered(ids_of, far, 50):
            for fragment, name in far[target]:
                if fragment not in ids:
                    complain(name, f"dead fragment: {target}#{fragment}")
    print(f"{site}: {count} links of {len(pages)} pages, {wrong} wrong")
    return wrong


def check_long(site):
    """What is too long for a page is on others, whole."""
    wrong = 0
    for name, pattern, count in (("k/kfree", r">user_\d{4}<", sites.CALLERS), ("t/tiny", r">reader_\d{3}_\d+<", 30 * sites.UNITS),
                                 ("t/tiny", r"fs/unit_\d{3}\.c \(", sites.UNITS)):
        folder = site / "function" / name
        pages = [folder.with_name(folder.name + ".html"), *folder.with_name(folder.name + ".more").glob("*/*.html")]
        found = set().union(*(re.findall(pattern, page.read_text(encoding="utf-8")) for page in pages))
        print(f"{name}: {len(found)} of {count} on {len(pages)} pages")
        wrong += len(found) != count or len(pages) < 3
    lists = list((site / "function/u").glob("index*.html"))
    found = sum(len(re.findall(r">user_\d{4}</a>", page.read_text(encoding="utf-8"))) for page in lists)
    print(f"letter u: {found} names on {len(lists)} pages")
    return wrong + (found != sites.CALLERS or len(lists) != 4)


def main():
    if len(sys.argv) > 1:
        return check(pathlib.Path(sys.argv[1])) != 0
    wrong = 0
    for images in (sites.plain_facts(), sites.hostile_facts()):
        with sites.scratch() as directory:
            wrong += check(sites.make_site(directory, images, "--base-url", "https://example.org/atlas"))
    with sites.scratch() as directory:
        site = sites.make_site(directory, sites.large_facts())
        wrong += check(site) + check_long(site)
    return wrong != 0


if __name__ == "__main__":
    sys.exit(main())
