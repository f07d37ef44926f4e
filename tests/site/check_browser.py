# SPDX-License-Identifier: GPL-2.0-or-later
"""The site opened from disk: search, sorting, filtering, permalinks, dark mode; quiet console, no request elsewhere; hostile names do nothing."""
import pathlib
import sys

import sites
from browser import Browser

ENTER, DOWN = "\ue007", "\ue015"
wrong = 0


def check(ok, what):
    global wrong
    print(("ok: " if ok else "WRONG: ") + what)
    wrong += not ok


def check_search(browser, site):
    browser.open(site / "index.html")
    browser.do("/actions", {"actions": [{"type": "key", "id": "k", "actions": [{"type": "keyDown", "value": "/"}, {"type": "keyUp", "value": "/"}]}]})
    check(browser.run("return document.activeElement.id") == "search-input", "/ goes to the search")
    browser.type("#search-input", "mempool_al")
    first = browser.wait("const r = document.querySelector('#search-results li'); return r && r.firstChild.textContent")
    check(first == "mempool_alloc", f"typing finds mempool_alloc first: {first}")
    browser.type("#search-input", ENTER)
    place = browser.wait("return location.pathname.endsWith('/function/m/mempool_alloc.html') && location.pathname")
    check(bool(place), "enter opens its page")
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


def check_permalink(browser, site):
    anchor = browser.run("return [...document.querySelectorAll('details.image:not([open]) .inside')].pop().id")
    browser.open(site / "function/s/submit.html")
    browser.open(site / "function/m/mempool_alloc.html", "#" + anchor)
    seen = browser.wait("const e = document.getElementById(arguments[0]), b = e.getBoundingClientRect();"
                        "return e.closest('details').open && b.height > 0 && b.top < innerHeight", anchor)
    check(bool(seen), f"a permalink opens and shows its image: {anchor}")


def luminance(browser):
    return browser.run("return getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/g).slice(0, 3)"
                       ".reduce((a, b) => a + Number(b), 0)")


def check_looks(browser, site):
    browser.open(site / "function/m/mempool_alloc.html")
    light = luminance(browser)
    browser.devtools("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}])
    dark = luminance(browser)
    browser.devtools("Emulation.setEmulatedMedia", features=[])
    check(light > 600 and dark < 150, f"light and dark: {light}, {dark}")
    browser.devtools("Emulation.setDeviceMetricsOverride", width=390, height=800, deviceScaleFactor=1, mobile=True)
    for page in sites.pages(site):
        browser.open(page)
        width = browser.run("return document.documentElement.scrollWidth")
        if width > 390:
            check(False, f"{page.relative_to(site)} is {width} wide on a phone")
    browser.devtools("Emulation.clearDeviceMetricsOverride")


def check_without_scripts(browser, site):
    browser.devtools("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(site / "function/m/mempool_alloc.html")
    browser.devtools("Emulation.setScriptExecutionDisabled", value=False)
    text = browser.do("/element", {"using": "css selector", "value": "main"})
    text = browser.call("GET", f"{browser.session}/element/{list(text.values())[0]}/text")
    check("user_07" in text and "mempool_t" in text, "without scripts the page tells the same")


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


def main():
    parts = [(sites.plain_facts(), (check_search, check_table, check_permalink, check_looks, check_without_scripts)),
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
