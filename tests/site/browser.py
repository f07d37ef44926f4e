# SPDX-License-Identifier: GPL-2.0-or-later
"""Just enough of a WebDriver client to drive Debian's chromium."""
import json
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

import sites

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--force-prefers-reduced-motion"]
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


class Browser:
    def __init__(self, width=1280, height=1000):
        program, driver = shutil.which("chromium"), shutil.which("chromedriver")
        if not program or not driver:
            sites.skip("chromium and chromium-driver are not installed (scripts/install-deps.sh site)")
        self.profile = tempfile.TemporaryDirectory(prefix="atlasgen-chromium.")
        self.driver = subprocess.Popen([driver, "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.address = None
        for line in self.driver.stdout:
            if "started successfully on port" in line:
                self.address = f"http://127.0.0.1:{line.rsplit(' ', 1)[1].strip().rstrip('.')}"
                break
        options = {"binary": program, "args": FLAGS + [f"--user-data-dir={self.profile.name}", f"--window-size={width},{height}"]}
        capabilities = {"goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
                        "timeouts": {"script": 300000, "pageLoad": 300000}}
        self.session = None
        answer = self.call("POST", "/session", {"capabilities": {"alwaysMatch": capabilities}})
        self.session = f"/session/{answer['sessionId']}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.call("DELETE", self.session)
        finally:
            self.driver.terminate()
            self.driver.wait()
            self.driver.stdout.close()
            self.profile.cleanup()

    def call(self, method, path, body=None):
        request = urllib.request.Request(self.address + path, method=method,
                                         data=json.dumps(body).encode() if body is not None else None,
                                         headers={"Content-Type": "application/json"})
        try:
            with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=300) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(error.read().decode()[:500]) from error

    def do(self, path, body=None):
        return self.call("POST", self.session + path, body or {})

    def open(self, page, fragment=""):
        self.do("/url", {"url": page.resolve().as_uri() + fragment})

    def run(self, script, *args):
        return self.do("/execute/sync", {"script": script, "args": list(args)})

    def run_async(self, script):
        return self.do("/execute/async", {"script": script, "args": []})

    def type(self, selector, text):
        element = self.do("/element", {"using": "css selector", "value": selector})[ELEMENT]
        self.do(f"/element/{element}/value", {"text": text})

    def click(self, selector):
        element = self.do("/element", {"using": "css selector", "value": selector})[ELEMENT]
        self.do(f"/element/{element}/click")

    def devtools(self, command, **parameters):
        return self.do("/goog/cdp/execute", {"cmd": command, "params": parameters})

    def log(self, kind):
        return self.do("/se/log", {"type": kind})

    def wait(self, script, *args, seconds=20):
        """Until the script's value is true; the last value."""
        end = time.monotonic() + seconds
        while True:
            value = self.run(script, *args)
            if value or time.monotonic() > end:
                return value
            time.sleep(0.05)

    def requests(self):
        """What pages asked for since this was last called."""
        urls = []
        for entry in self.log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                urls.append(message["params"]["request"]["url"])
        return urls

    def errors(self):
        return [entry["message"] for entry in self.log("browser") if entry["level"] in ("SEVERE", "WARNING")]
