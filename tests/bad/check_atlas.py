# SPDX-License-Identifier: GPL-2.0-or-later
"""Atlas files that cannot be used, disks that are full, and a scan that is killed."""
import os
import pathlib
import resource
import shutil
import sqlite3
import subprocess
import sys
import time

from harness import ATLASGEN, FIXTURES, Bench, digest

READERS = (("images",), ("show", "pool_create"), ("query", "@functions"), ("export",), ("generate", "-o", "pages"),
           ("diff", "*", "*"))


def facts(bench, atlas):
    return bench.atlasgen("export", atlas=atlas).stdout


def check_unusable(bench, what, atlas, words=()):
    """No verb accepts it, none changes it."""
    before = digest(atlas)
    for verb in (("scan", bench.good), *READERS, ("remove", "*"), ("label", "*", "x")):
        result = bench.atlasgen(*verb, atlas=atlas)
        bench.judge(f"{what}, {verb[0]}", result, words=(atlas.name, *words))
        if digest(atlas) != before:
            bench.fault(f"{what}: {verb[0]} changed it")


def check_other_files(bench):
    check_unusable(bench, "text for an atlas", bench.write("notes.db", b"not a database\n" * 100))
    check_unusable(bench, "a kernel for an atlas", pathlib.Path(shutil.copy(bench.good, bench.dir / "kernel.db")))
    other = bench.dir / "other.db"
    with sqlite3.connect(other) as database:
        database.execute("CREATE TABLE birds(name TEXT)")
    check_unusable(bench, "another program's database", other)
    for version in (0, 999999):
        schema = pathlib.Path(shutil.copy(bench.atlas, bench.dir / f"schema-{version}.db"))
        with sqlite3.connect(schema) as database:
            database.execute(f"PRAGMA user_version = {version}")
        check_unusable(bench, f"schema {version}", schema, words=("schema",))
    cut = bench.write("cut.db", bench.atlas.read_bytes()[:5000])
    before = digest(cut)
    for verb in READERS:
        bench.judge(f"cut atlas, {verb[0]}", bench.atlasgen(*verb, atlas=cut), may_succeed=True)
    if digest(cut) != before:
        bench.fault("reading a cut atlas changed it")


def check_absent(bench):
    absent = bench.dir / "absent.db"
    for verb in READERS:
        bench.judge(f"no atlas, {verb[0]}", bench.atlasgen(*verb, atlas=absent), words=("absent.db",))
    if absent.exists():
        bench.fault("a reading verb made an atlas")
    bench.judge("no directory", bench.atlasgen("scan", bench.good, atlas=bench.dir / "no" / "atlas.db"), words=("atlas.db",))
    bench.judge("a directory for an atlas", bench.atlasgen("scan", bench.good, atlas=bench.dir))


def as_nobody():
    if os.geteuid() == 0:
        os.setgid(65534)
        os.setuid(65534)


def check_read_only(bench):
    place = bench.dir / "locked"
    place.mkdir()
    atlas = pathlib.Path(shutil.copy(bench.atlas, place / "atlas.db"))
    program = pathlib.Path(shutil.copy(ATLASGEN, place / "atlasgen"))
    shutil.copy(bench.good, place / "vmlinux")
    program.chmod(0o755)
    atlas.chmod(0o444)
    place.chmod(0o555)
    for at in (bench.dir, place):
        at.chmod(at.stat().st_mode | 0o055)
    try:
        subprocess.run([program, "--version"], preexec_fn=as_nobody, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        print("read-only atlas: another user cannot run the program here")
        return
    before = digest(atlas)

    def scan(*verb):
        return subprocess.run([program, "--atlas", atlas, *verb], capture_output=True, text=True, preexec_fn=as_nobody,
                              check=False)

    bench.judge("read-only atlas", scan("scan", "--replace", place / "vmlinux"), words=("atlas.db",))
    result = scan("images", "-q")
    if result.returncode or not result.stdout:
        bench.fault("a read-only atlas cannot be read", result)
    if digest(atlas) != before:
        bench.fault("read-only atlas: changed")
    place.chmod(0o755)


def small_files(limit_bytes):
    def limits():
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, limit_bytes))
    return limits


def check_full(bench):
    """A limit on file sizes stands for a full disk; with the right to mount, a real one is filled as well."""
    other = FIXTURES / "amd64-dwarf4" / "vmlinux"
    size = bench.atlas.stat().st_size
    for limit in (1024, 8192, size // 4, size // 2):  # a small image may fit without making the file longer
        result = bench.atlasgen("scan", other, limits=small_files(limit))
        bench.judge(f"files of at most {limit} bytes", result)
        bench.atlasgen("images")  # rolls a hot journal back
        bench.atlas_is_as_before(f"files of at most {limit} bytes")
    if os.geteuid() == 0:
        check_full_disk(bench, other)


def check_full_disk(bench, other):
    place = bench.dir / "disk"
    place.mkdir()
    kilobytes = bench.atlas.stat().st_size // 1024 + 24
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "none", place], capture_output=True,
                             check=False)
    if mounted.returncode:
        print("no right to mount: a full disk is not tried")
        return
    try:
        atlas = pathlib.Path(shutil.copy(bench.atlas, place / "atlas.db"))
        before = facts(bench, atlas)
        bench.judge("full disk", bench.atlasgen("scan", other, atlas=atlas), words=("atlas.db",))
        if facts(bench, atlas) != before:
            bench.fault("full disk: the atlas says something else")
        bench.judge("full disk, pages", bench.atlasgen("generate", "-o", place / "pages", atlas=atlas), words=("pages",))
    finally:
        subprocess.run(["umount", place], check=False)


def make_package(bench):
    """A kernel and its modules, packed: one transaction, however long it takes to read."""
    variant = FIXTURES / "amd64-dwarf4"
    release = next((variant / "lib" / "modules").iterdir()).name
    tree = bench.dir / "tree"
    boot, modules = tree / "usr/lib/debug/boot", tree / "usr/lib/debug/lib/modules" / release
    boot.mkdir(parents=True)
    shutil.copy(variant / "vmlinux", boot / f"vmlinux-{release}")
    shutil.copytree(variant / "lib" / "modules" / release, modules)
    package = bench.dir / "killed.tar.xz"
    subprocess.run(["tar", "-C", tree, "-cJf", package, "./usr"], check=True)
    return package


def check_killed_at(bench, other, modules):
    """kill -9 after growing delays until a scan ends by itself; the atlas is the old one or the new one."""
    old = bench.atlasgen("images", "-q").stdout
    killed = 0
    for step in range(60):
        atlas = bench.dir / "killed.db"
        shutil.copy(bench.atlas, atlas)
        child = subprocess.Popen([ATLASGEN, "--atlas", atlas, "scan", other], stdout=subprocess.DEVNULL,
                                 stderr=subprocess.DEVNULL)
        time.sleep(step * 0.002)
        child.kill()
        status = child.wait()
        killed += status != 0
        bench.cases += 1
        names = bench.atlasgen("images", "-q", atlas=atlas)
        if names.returncode or (names.stdout != old and len(names.stdout.split()) != 2):
            bench.fault(f"killed after {step * 2} ms: images {names.stdout!r}", names)
        with sqlite3.connect(atlas) as database:
            if database.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                bench.fault(f"killed after {step * 2} ms: the atlas is damaged")
            found = database.execute("SELECT count(*) FROM object WHERE name <> 'vmlinux'").fetchone()[0]
            if found != (modules if names.stdout != old else 0):
                bench.fault(f"killed after {step * 2} ms: {found} modules")
        again = bench.atlasgen("scan", other, atlas=atlas)
        if again.returncode:
            bench.fault(f"killed after {step * 2} ms: cannot be scanned again", again)
        if status == 0 and step > 20:
            break
    print(f"{other.name}: {killed} scans killed")
    if not killed:
        bench.fault("no scan was killed in time: this test tests nothing")


def check_killed(bench):
    check_killed_at(bench, FIXTURES / "amd64-dwarf4" / "vmlinux", 0)
    check_killed_at(bench, make_package(bench), 2)


def check_two_writers(bench):
    other = FIXTURES / "amd64-dwarf4" / "vmlinux"
    atlas = bench.dir / "two.db"
    children = [subprocess.Popen([ATLASGEN, "--atlas", atlas, "scan", image], stderr=subprocess.PIPE, text=True)
                for image in (bench.good, other)]
    said = [child.communicate()[1] for child in children]
    bench.cases += 1
    if any(child.returncode for child in children) or len(bench.atlasgen("images", "-q", atlas=atlas).stdout.split()) != 2:
        bench.fault(f"two scans into one new atlas: {said}")


def check_same_name(bench):
    """Another build of one name is refused, and taken with --replace or --label."""
    image = pathlib.Path(shutil.copy(bench.good, bench.dir / "rebuilt"))
    data = bytearray(image.read_bytes())
    build_id = bytes.fromhex(bench.facts_before.split('"build_id":"', 1)[1][:40])
    at = data.index(build_id)
    data[at] ^= 0xFF
    image.write_bytes(data)
    bench.refuse("another build of one name", image, words=("--replace", "--label"))
    result = bench.atlasgen("scan", "--label", "mine", image)
    names = bench.atlasgen("images", "-q").stdout.split()
    if result.returncode or len(names) != 2:
        bench.fault(f"a second build with a label: {names}", result)
    bench.restore()


def main():
    bench = Bench()
    os.chdir(bench.dir)
    check_other_files(bench)
    check_absent(bench)
    check_read_only(bench)
    check_full(bench)
    check_killed(bench)
    check_two_writers(bench)
    check_same_name(bench)
    return bench.finish()


if __name__ == "__main__":
    sys.exit(main())
