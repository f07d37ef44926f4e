# SPDX-License-Identifier: GPL-2.0-or-later
"""How a refusal must look: exactly one line on standard error that starts with
"atlasgen: ", status 1, no signal, and an atlas that is as it was before."""
import hashlib
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile

ATLASGEN = os.environ["ATLASGEN"]
FIXTURES = pathlib.Path(os.environ["FIXTURES"])
GOOD = FIXTURES / "amd64" / "vmlinux"
TIME_LIMIT_SECONDS = 60


def run(*arguments, limits=None):
    try:
        return subprocess.run(arguments, capture_output=True, text=True, errors="replace", stdin=subprocess.DEVNULL,
                              timeout=TIME_LIMIT_SECONDS, preexec_fn=limits, check=False)
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(arguments, 124, "", f"no end after {TIME_LIMIT_SECONDS} seconds")


def skip(reason):
    print(reason)
    sys.exit(77)


def digest(path):
    """Of the file and what SQLite may leave beside it."""
    path = pathlib.Path(path)
    parts = []
    for suffix in ("", "-journal", "-wal"):
        beside = path.with_name(path.name + suffix)
        if beside.exists() and (suffix == "" or beside.stat().st_size):
            parts.append(suffix + hashlib.sha256(beside.read_bytes()).hexdigest())
    return parts


class Bench:
    """A directory with an atlas that holds one good image, and the count of what went wrong."""

    def __init__(self, good=GOOD):
        if not good.exists():
            skip(f"{good.parent.name}: not built here (no compiler)")
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="atlasgen-bad."))
        self.atlas = self.dir / "atlas.db"
        self.good = good
        self.faults = 0
        self.cases = 0
        result = self.atlasgen("scan", good)
        if result.returncode:
            print(f"the good image is refused: {result.stderr}")
            sys.exit(1)
        self.before = digest(self.atlas)
        self.facts_before = self.atlasgen("export").stdout

    def atlasgen(self, *arguments, atlas=None, limits=None):
        return run(ATLASGEN, "--atlas", atlas or self.atlas, *arguments, limits=limits)

    def fault(self, what, result=None):
        self.faults += 1
        print(f"FAULT {what}")
        if result is not None:
            print(f"  status {result.returncode}, standard error:\n    " + "\n    ".join(result.stderr.splitlines()[:12]))

    def atlas_is_as_before(self, what):
        if digest(self.atlas) != self.before:
            self.fault(f"{what}: the atlas was changed")
            self.restore()

    def restore(self):
        self.atlas.unlink(missing_ok=True)
        self.atlasgen("scan", self.good)
        self.before = digest(self.atlas)

    def judge(self, what, result, words=(), may_succeed=False):
        """`words`: each must stand in the line, whatever the case."""
        self.cases += 1
        lines = result.stderr.splitlines()
        if result.returncode < 0 or result.returncode > 128:
            name = signal.Signals(abs(result.returncode)).name if result.returncode < 0 else result.returncode
            self.fault(f"{what}: died of {name}", result)
        elif "Sanitizer" in result.stderr or "runtime error:" in result.stderr:
            self.fault(f"{what}: a sanitizer speaks", result)
        elif result.returncode == 0 and may_succeed:
            if any(not line.startswith("atlasgen: ") for line in lines):
                self.fault(f"{what}: a warning without its program", result)
        elif result.returncode != 1:
            self.fault(f"{what}: status is not 1", result)
        elif len(lines) != 1 or not lines[0].startswith("atlasgen: "):
            self.fault(f"{what}: not one line of atlasgen's", result)
        elif missing := [w for w in words if w.lower() not in lines[0].lower()]:
            self.fault(f"{what}: does not say {missing}", result)

    def refuse(self, what, path, *options, words=()):
        """Scanning `path` must be refused with one line that names it."""
        result = self.atlasgen("scan", *options, path)
        self.judge(what, result, words=(os.path.basename(str(path)), *words))
        self.atlas_is_as_before(what)

    def survive(self, what, path, *options):
        """Scanning `path` may be refused, or succeed; never more than that."""
        atlas = self.dir / "survive.db"
        shutil.copy(self.atlas, atlas)
        before = digest(atlas)
        result = self.atlasgen("scan", "--replace", *options, path, atlas=atlas)
        self.judge(what, result, may_succeed=True)
        if result.returncode != 0 and digest(atlas) != before:
            self.fault(f"{what}: refused, and yet the atlas was changed", result)
        return result

    def write(self, name, data):
        path = self.dir / name
        path.write_bytes(data)
        return path

    def finish(self):
        subprocess.run(["chmod", "-R", "u+w", str(self.dir)], check=False)
        shutil.rmtree(self.dir)
        print(f"{self.cases} cases, {self.faults} faults")
        return 1 if self.faults else 0
