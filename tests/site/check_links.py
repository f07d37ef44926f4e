# SPDX-License-Identifier: GPL-2.0-or-later
"""Every link within the site resolves, ids are unique, and no page has an inline script or loads anything from elsewhere.

usage: check_links.py [SITE]      without one, sites are made: a plain and a hostile one
"""
import html.parser
import pathlib
import sys
import urllib.parse

import sites

ELSEWHERE = ("https://elixir.bootlin.com/linux/v", "https://git.kernel.org/pub/scm/linux/kernel/git/stable/linux.git/tree/",
             "https://example.org/atlas/")


class Page(html.parser.HTMLParser):
    """What a page has: ids, links, and what is wrong with it by itself."""

    def __init__(self, path):
        super().__init__(convert_charrefs=True)
        self.ids, self.links, self.wrong = set(), [], []
        self.scripts = 0
        text = path.read_bytes().decode("utf-8")
        self.feed(text)
        self.close()
        if self.scripts != 1:
            self.wrong.append(f"{self.scripts} scripts")
        if not text.startswith("<!DOCTYPE html>") or not text.endswith("</html>\n"):
            self.wrong.append("not a whole page")

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name.startswith("on") or name == "style":
                self.wrong.append(f"inline {name} in <{tag}>")
            if name == "id":
                if value in self.ids:
                    self.wrong.append(f"id {value} twice")
                self.ids.add(value)
            if name in ("href", "src"):
                self.links.append(value)
        if tag == "script":
            self.scripts += 1
            if not dict(attrs).get("src", "").endswith("assets/script.js"):
                self.wrong.append("a script that is not the site's")
        if tag in ("img", "iframe", "object", "embed", "style", "form"):
            self.wrong.append(f"<{tag}>")


def check(site):
    root = site.resolve()
    read = {}
    wrong = 0

    def page_of(path):
        if path not in read:
            page = Page(path)
            read[path] = (page.ids, page.links, page.wrong)
        return read[path]

    def complain(path, what):
        nonlocal wrong
        wrong += 1
        if wrong <= 20:
            print(f"{path.relative_to(root)}: {what}")

    count = 0
    for path in sites.pages(root):
        _, links, faults = page_of(path)
        for fault in faults:
            complain(path, fault)
        for link in links:
            count += 1
            if link.startswith(ELSEWHERE):
                continue
            parts = urllib.parse.urlsplit(link)
            if parts.scheme or parts.netloc or parts.query:
                complain(path, f"leads elsewhere: {link}")
                continue
            target = (path.parent / urllib.parse.unquote(parts.path)).resolve() if parts.path else path
            if root not in target.parents or not target.is_file():
                complain(path, f"dead link: {link}")
            elif parts.fragment and urllib.parse.unquote(parts.fragment) not in page_of(target)[0]:
                complain(path, f"dead fragment: {link}")
        if len(links) < 6:
            complain(path, "hardly any link: the checker or the page is broken")
        if len(read) > 20000:
            read.clear()
    print(f"{site}: {count} links of {len(sites.pages(root))} pages, {wrong} wrong")
    return wrong


def main():
    if len(sys.argv) > 1:
        return check(pathlib.Path(sys.argv[1])) != 0
    wrong = 0
    for images in (sites.plain_facts(), sites.hostile_facts()):
        with sites.scratch() as directory:
            wrong += check(sites.make_site(directory, images, "--base-url", "https://example.org/atlas"))
    return wrong != 0


if __name__ == "__main__":
    sys.exit(main())
