# SPDX-License-Identifier: GPL-2.0-or-later
"""The site opened from disk: search, sorting, filtering, permalinks, dark mode; quiet console, no request elsewhere; hostile names do nothing.

usage: check_browser.py [SITE [NAME]]      a site that is there, by its function NAME (mempool_alloc); without one, sites are made
"""
import pathlib
import sys

import sites
from browser import Browser

PHONE, AT_MOST = 390, 25  # width; pages of one kind that are looked at
ENTER, DOWN = "\ue007", "\ue015"
wrong = 0


def check(ok, what):
    global wrong
    print(("ok: " if ok else "WRONG: ") + what)
    wrong += not ok


def page_of(site, name):
    return site / f"function/{name.lstrip('_')[:1].lower()}/{name}.html"


def find_by_typing(browser, site, typed, name):
    browser.open(site / "index.html")
    browser.do("/actions", {"actions": [{"type": "key", "id": "k", "actions": [{"type": "keyDown", "value": "/"}, {"type": "keyUp", "value": "/"}]}]})
    check(browser.run("return document.activeElement.id") == "search-input", "/ goes to the search")
    browser.type("#search-input", typed)
    first = "const r = document.querySelector('#search-results li'); return r && r.textContent"
    browser.wait(first + " === arguments[0]", name + "function")
    check(browser.run(first) == name + "function", f"typing finds {name} first: {browser.run(first)}")
    browser.type("#search-input", ENTER)
    place = browser.wait("return location.pathname.endsWith(arguments[0])", "/" + str(page_of(site, name).relative_to(site)))
    check(bool(place), "enter opens its page")


def check_search(browser, site):
    find_by_typing(browser, site, "mempool_al", "mempool_alloc")
    browser.type("#search-input", "pool_")
    browser.wait("return document.querySelectorAll('#search-results li').length > 1")
    browser.type("#search-input", DOWN)
    chosen = browser.run("return document.querySelector('#search-results li[aria-selected=true]').id")
    check(chosen == "result-1", "the arrow goes down, and part of a name finds")
    browser.run("const i = document.querySelector('#search-input'); i.value = 'mm/mempool.c'; i.dispatchEvent(new Event('input'))")
    browser.wait("return document.querySelectorAll('#search-results li').length == 1")
    browser.type("#search-input", ENTER)
    check(bool(browser.wait("return location.pathname.endsWith('/source/mm/mempool.c.html')")), "a source file is found, too")
    browser.run("const i = document.querySelector('#search-input'); i.value = 'mempool_t'; i.dispatchEvent(new Event('input')); i.focus()")
    browser.wait("const r = document.querySelector('#search-results li'); return r && r.textContent.includes('struct')")
    browser.type("#search-input", ENTER)
    check(bool(browser.wait("return location.pathname.endsWith('/struct/m/mempool_t.html')")), "and a type")
    browser.run("const i = document.querySelector('#search-input'); i.value = 'zzzzqq'; i.dispatchEvent(new Event('input')); i.focus()")
    check(bool(browser.wait("return document.querySelector('.search [role=status]').textContent == 'nothing found'")),
          "what is not there is said to be not there")


def column(browser, number):
    return browser.run("return [...document.querySelectorAll('details.image[open] table.sortable tbody tr')]"
                       ".filter(r => !r.hidden).map(r => r.cells[arguments[0]].textContent)", number)


def check_table(browser, site):
    browser.open(site / "function/m/mempool_alloc.html")
    names = column(browser, 0)
    header = "details.image[open] table.sortable thead th:first-child button"
    browser.click(header)
    check(column(browser, 0) == sorted(names) and len(names) == 13, "sorting by name")
    browser.click(header)
    check(column(browser, 0) == sorted(names, reverse=True), "and the other way round")
    browser.type("details.image[open] .filter", "user_07")
    check(column(browser, 0) == ["user_07"], "filtering")


VISIBLE = """const rows = [...document.querySelectorAll('table.sortable tbody tr')].filter(r => !r.hidden);"""


def check_verdicts(browser, site):
    """The select of a list chooses the functions whose row says so, and no other."""
    lists = sorted((page for page in sites.pages(site / "function") if page.parent.parent.name == "function" and page.name == "index.html"),
                   key=lambda page: page.read_text(encoding="utf-8").count("data-attach="))
    browser.open(lists[-1])
    options = browser.run("return [...document.querySelectorAll('select.filter option')].map(o => [o.value, o.textContent])")
    total = browser.run(VISIBLE + "return rows.length")
    few = 0
    for word, text in options:
        found = browser.run("const s = document.querySelector('select.filter'); s.value = arguments[0]; s.dispatchEvent(new Event('change'));" +
                            VISIBLE + "return rows.map(r => r.dataset.attach.split(' '))", word)
        few += len(found) < total
        if "undefined" in text:
            check(False, f"the script has no words for {word}")
        if word and not (all(word in words for words in found) and found and text.endswith(f" ({len(found)})")):
            check(False, f"{lists[-1].relative_to(site)}: {text} shows {len(found)} of {total}")
        if not word and len(found) != total:
            check(False, f"{text} shows {len(found)} of {total}")
    check(len(options) > 2 and few, f"{len(options)} choices of verdicts, {few} of them show fewer than {total} rows")


def check_list(browser, site, name):
    """Sorting and filtering of the list that has the function."""
    browser.open(page_of(site, name).with_name("index.html"))
    names = VISIBLE + "return rows.map(r => r.cells[0].textContent)"
    before = browser.run(names)
    expected = browser.run("return arguments[0].sort((a, b) => a.localeCompare(b))", before)
    button = "table.sortable thead th:first-child button"
    browser.click(button)
    check(browser.run(names) == expected and len(expected) > 7, f"sorting {len(expected)} names")
    browser.click(button)
    check(browser.run(names) == expected[::-1] and browser.run("return !!document.querySelector('th[aria-sort=descending]')"),
          "and the other way round")
    browser.type("input.filter", name)
    wanted = browser.run("return [...document.querySelectorAll('table.sortable tbody tr')]"
                         ".filter(r => r.textContent.toLowerCase().includes(arguments[0].toLowerCase())).length", name)
    found = browser.run(names)
    check(name in found and len(found) == wanted < len(before), f"filtering: {len(found)} of {len(before)}")


def check_permalink(browser, site, name="mempool_alloc"):
    browser.open(page_of(site, name))
    anchor = browser.run("return [...document.querySelectorAll('details.image:not([open]) .inside')].pop().id")
    browser.open(site / "index.html")
    browser.open(page_of(site, name), "#" + anchor)
    seen = browser.wait("const e = document.getElementById(arguments[0]), b = e.getBoundingClientRect();"
                        "return e.closest('details').open && b.height > 0 && b.top < innerHeight", anchor)
    check(bool(seen), f"a permalink opens and shows its image: {anchor}")


def luminance(browser):
    return browser.run("return getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/g).slice(0, 3)"
                       ".reduce((a, b) => a + Number(b), 0)")


def largest(site):
    """Of each folder at the top the largest pages: all of a small site."""
    kinds = {}
    for page in sites.pages(site):
        kinds.setdefault(page.relative_to(site).parts[0], []).append(page)
    for found in kinds.values():
        yield from sorted(found, key=lambda page: page.stat().st_size)[-AT_MOST:]


def check_looks(browser, site, name="mempool_alloc"):
    browser.open(page_of(site, name))
    light = luminance(browser)
    browser.devtools("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}])
    dark = luminance(browser)
    browser.devtools("Emulation.setEmulatedMedia", features=[])
    check(light > 600 and dark < 150, f"light and dark: {light}, {dark}")
    browser.devtools("Emulation.setDeviceMetricsOverride", width=PHONE, height=800, deviceScaleFactor=1, mobile=True)
    for page in largest(site):
        browser.open(page)
        width = browser.run("return document.documentElement.scrollWidth")
        if width > PHONE:
            check(False, f"{page.relative_to(site)} is {width} wide on a phone")
        over = browser.run("return [...document.querySelectorAll('tbody th')].filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.textContent)")
        if over:
            check(False, f"{page.relative_to(site)}: heads of rows reach into the next column on a phone: {over[:3]}")
    browser.devtools("Emulation.clearDeviceMetricsOverride")


def check_without_scripts(browser, site, name="mempool_alloc", words=("user_07", "mempool_t")):
    browser.devtools("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(page_of(site, name))
    browser.devtools("Emulation.setScriptExecutionDisabled", value=False)
    text = browser.do("/element", {"using": "css selector", "value": "main"})
    text = browser.call("GET", f"{browser.session}/element/{list(text.values())[0]}/text")
    check(all(word in text for word in words), "without scripts the page tells the same")


def check_hostile(browser, site):
    for page in sites.pages(site):
        browser.open(page)
        if browser.run("return window.hit || document.querySelectorAll('script').length != 1"):
            check(False, f"{page}: a name became markup")
    browser.open(site / "index.html")
    browser.type("#search-input", "window.hit")
    browser.wait("return document.querySelectorAll('#search-results li').length > 2")
    check(browser.run("return !window.hit && document.querySelectorAll('#search-results li *:not(.what)').length == 0"),
          "results of the search are text")
    browser.type("#search-input", ENTER)
    check(bool(browser.wait("return location.pathname.includes('/function/')")), "and lead to a page")


def quiet(browser):
    errors, urls = browser.errors(), browser.requests()
    check(not errors, f"no console error {errors[:3]}")
    elsewhere = [url for url in urls if not url.startswith(("file:", "data:", "chrome:"))]
    check(len(urls) > 5 and not elsewhere, f"{len(urls)} requests, none leaves the machine {elsewhere[:3]}")


def check_given(browser, site, name):
    """Of a site that is there no more is known than the function's name."""
    find_by_typing(browser, site, name, name)
    check_list(browser, site, name)
    check_verdicts(browser, site)
    check_permalink(browser, site, name)
    check_looks(browser, site, name)
    check_without_scripts(browser, site, name, (name, "At a glance"))
    quiet(browser)


def main():
    if len(sys.argv) > 1:
        with Browser() as browser:
            check_given(browser, pathlib.Path(sys.argv[1]).resolve(), sys.argv[2] if len(sys.argv) > 2 else "mempool_alloc")
        return wrong != 0
    parts = [(sites.plain_facts(), (check_search, check_table, check_verdicts, check_permalink, check_looks, check_without_scripts)),
             (sites.hostile_facts(), (check_hostile,))]
    with Browser() as browser:
        for images, checks in parts:
            with sites.scratch() as directory:
                site = sites.make_site(pathlib.Path(directory), images)
                for part in checks:
                    part(browser, site)
                quiet(browser)
    return wrong != 0


if __name__ == "__main__":
    sys.exit(main())
