# SPDX-License-Identifier: GPL-2.0-or-later
"""Pages and style sheet before the W3C's validator and before axe-core, both from npm, fetched when the test runs.

Skipped where npm, java or the network is missing.  A directory with node_modules may be given in SITE_TOOLS.
"""
import os
import pathlib
import shutil
import subprocess
import sys

import sites
from browser import Browser

KINDS = ["index.html", "about.html", "function/index.html", "function/m/index.html", "function/m/mempool_alloc.html",
         "struct/index.html", "struct/m/index.html", "struct/m/mempool.html", "struct/m/mempool_t.html", "source/index.html", "source/mm/index.html", "source/mm/mempool.c.html", "image/index.html",
         "image/6.1-generic-amd64.html", "diff/index.html", "diff/5.10-generic-amd64..6.1-generic-amd64.html"]
LARGE_KINDS = ["function/k/kfree.html", "function/k/kfree.more/6.1-generic-amd64/2.html", "function/t/tiny.html",
               "function/t/tiny.more/6.1-generic-amd64/2.html", "function/u/index-4.html"]


def tools(directory):
    given = os.environ.get("SITE_TOOLS")
    if given:
        return pathlib.Path(given) / "node_modules"
    if not shutil.which("npm") or not shutil.which("java"):
        sites.skip("npm or java is not installed")
    got = subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", directory,
                          "vnu-jar", "axe-core"], capture_output=True, text=True, timeout=300)
    if got.returncode:
        sites.skip("npm could not fetch vnu-jar and axe-core")
    return directory / "node_modules"


def validate(modules, site, pages):
    jar = next(modules.glob("vnu-jar/**/vnu.jar"))
    args = ["java", "-jar", jar, "--errors-only", "--also-check-css", *pages, site / "assets/style.css"]
    got = subprocess.run(list(map(str, args)), capture_output=True, text=True)
    print("\n".join(got.stderr.splitlines()[:20]))
    print(f"validator: {len(pages)} pages, {len(got.stderr.splitlines())} complaints")
    return got.returncode != 0


def accessible(modules, browser, site, kinds, scheme, width):
    axe = (modules / "axe-core/axe.min.js").read_text(encoding="utf-8")
    wrong = 0
    browser.devtools("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    browser.devtools("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 500)
    for kind in kinds:
        browser.open(site / kind)
        browser.run("document.querySelectorAll('details').forEach(d => d.open = true)")
        browser.run(axe)
        found = browser.run_async("const done = arguments[arguments.length - 1]; axe.run().then(r => done(r))")
        assert len(found["passes"]) > 8, "axe looked at nothing"
        for fault in found["violations"]:
            wrong += 1
            print(f"{kind} ({scheme}, {width}): {fault['id']}: {fault['help']}: {fault['nodes'][0]['html'][:160]}")
    print(f"axe-core, {scheme}, {width} wide: {len(kinds)} pages, {wrong} faults")
    return wrong


def main():
    wrong = 0
    with sites.scratch() as directory:
        directory = pathlib.Path(directory)
        modules = tools(directory)
        (directory / "plain").mkdir()
        (directory / "hostile").mkdir()
        site = sites.make_site(directory / "plain", sites.plain_facts(), "--base-url", "https://example.org/atlas")
        hostile = sites.make_site(directory / "hostile", sites.hostile_facts())
        wrong += validate(modules, site, sites.pages(site))
        wrong += validate(modules, hostile, sites.pages(hostile))
        (directory / "large").mkdir()
        large = sites.make_site(directory / "large", sites.large_facts())
        wrong += validate(modules, large, [large / kind for kind in LARGE_KINDS])
        with Browser() as browser:
            for scheme, width in (("light", 1280), ("dark", 1280), ("light", 390)):
                wrong += accessible(modules, browser, site, KINDS, scheme, width)
                wrong += accessible(modules, browser, large, LARGE_KINDS, scheme, width)
    return wrong != 0


if __name__ == "__main__":
    sys.exit(main())
