# SPDX-License-Identifier: GPL-2.0-or-later
"""Findings of `diff` drawn at random, held against other readers of the same two kernels: changes of structs against
pahole, changes of functions against llvm-dwarfdump and readelf.

usage: confirm_diff.py OLD_VMLINUX NEW_VMLINUX REPORT_JSON [COUNT [SEED]]

Prints what was confirmed, contradicted (a fault: exit status 1) and what the other reader cannot tell.
"""
import collections
import json
import random
import re
import subprocess
import sys

STRUCT_RULES = {
    "type-added", "type-removed", "type-size-changed", "member-added", "member-removed", "member-renamed",
    "member-offset-changed", "member-type-changed", "member-qualifier-changed", "member-size-changed", "member-bits-changed",
}
FUNCTION_RULES = {
    "function-added-to-vmlinux", "function-removed-from-vmlinux", "function-renamed", "function-became-macro", "function-moved",
    "param-added", "param-removed", "param-reordered", "param-type-changed", "param-qualifier-changed", "param-renamed",
    "return-type-changed", "return-qualifier-changed", "function-became-static", "function-became-global",
    "inlined-everywhere", "no-longer-inlined-everywhere", "transformed", "no-longer-transformed", "symbol-lost", "symbol-gained",
}


def change_of(message):
    """Before and after of a message, None where it has neither."""
    text = re.sub(r" \(module \S+\)$", "", message)
    both = re.search(r": was (.*), now (.*)$", text)
    if both:
        return both.groups()
    one = re.search(r": (.*)$", text)
    return (one.group(1), one.group(1)) if one else (None, None)


# ---------------------------------------------------------------- pahole

MEMBER = re.compile(r"^\t+(.*?);\s+/\*\s*(\d+)(?::\s*(\d+))?\s+(\d+)\s*\*/")
CLOSE = re.compile(r"^\t+\}\s*(?:__attribute__\(\(\w+\)\)\s*)?(.*?)\s*(?:__attribute__.*)?;\s*/\*\s*(\d+)\s+(\d+)\s*\*/")


def squeeze(text):
    """Without blanks; an array without a size is one of none."""
    return re.sub(r"\s+", "", text).replace("[]", "[0]")


def split_declaration(text):
    """A member's name and type: "int (*open)(struct file *)" is open and int(*)(structfile*)."""
    text = re.sub(r"__attribute__\(\(.*\)\)", "", text).strip()
    bits = re.search(r":(\d+)$", text)
    if bits:
        text = text[:bits.start()]
    pointer = re.search(r"\(\s*\*+\s*(\w+)", text)
    name = pointer or re.search(r"(\w+)((?:\[[^\]]*\])*)$", text)
    if not name:
        return None, None, 0
    start, end = name.span(1)
    return name.group(1), squeeze(text[:start] + text[end:]), int(bits.group(1)) if bits else 0


class Layout:
    def __init__(self, lines):
        self.members, self.size = {}, None
        inside = []  # members of each struct that is open, without its name yet
        current = []
        for line in lines:
            if re.match(r"^\t+.*\{\s*(/\*.*\*/)?$", line):
                inside.append(current)
                current = []
                continue
            close = CLOSE.match(line)
            if close and inside:
                name = re.match(r"\w*", close.group(1)).group(0)
                nested, current = current, inside.pop()
                if name:
                    current.append((name, None, int(close.group(2)) * 8, int(close.group(3)), 0))
                current += [(f"{name}.{n}" if name else n, *rest) for n, *rest in nested]
                continue
            member = MEMBER.match(line)
            if member:
                name, type_text, bits = split_declaration(member.group(1))
                place = int(member.group(2)) * 8 + int(member.group(3) or 0)
                if name:
                    current.append((name, type_text, place, int(member.group(4)), bits))
            size = re.match(r"^\t/\* size: (\d+)", line)
            if size and not inside:
                self.size = int(size.group(1))
        for name, *rest in current:
            self.members.setdefault(name, rest)


def read_layout(vmlinux, wanted):
    """pahole's own encoding of the DWARF, which the kernel's build put into .BTF; None if there is no such type."""
    got = subprocess.run(["pahole", "-F", "btf", "-C", wanted, vmlinux], capture_output=True, text=True, check=False)
    lines = got.stdout.splitlines()
    if not any(re.match(r"^(typedef )?(struct|union)\b", line) for line in lines):
        return None
    return Layout(lines)


def read_layouts(vmlinux, names):
    return {name: read_layout(vmlinux, name) for name in sorted(names)}


def place_of(text):
    byte, _, bit = text.partition(":")
    return int(byte) * 8 + int(bit or 0)


def number(text):
    return int(re.match(r"\d+", text).group(0)) if text[0].isdigit() else 0


def member_type(text):
    """The atlas puts every const in front, as published: `T *const *` is `const T **`."""
    return len(re.findall("const", text)), squeeze(text.replace("const", "")).replace("(void)", "()")


def check_struct(result, old, new):
    """True, False, or None where pahole does not tell."""
    rule = result["rule"]
    base, _, path = result["subject"].partition(".")
    before, after = old.get(base), new.get(base)
    was, now = change_of(result["message"])
    if rule == "type-added":
        return before is None and after is not None
    if rule == "type-removed":
        return before is not None and after is None
    if not before or not after:
        return None
    if rule == "type-size-changed":
        return (before.size, after.size) == (number(was), number(now))
    a, b = before.members.get(path), after.members.get(path)
    if rule == "member-added":
        return a is None and b is not None
    if rule == "member-removed":
        return a is not None and b is None
    if rule == "member-renamed":
        other = after.members.get(now)
        return a is not None and b is None and other is not None and a[1:] == other[1:]
    if not a or not b:
        return None
    if rule == "member-offset-changed":
        return (a[1], b[1]) == (place_of(was), place_of(now))
    if rule == "member-size-changed":
        return (a[2], b[2]) == (number(was), number(now))
    if rule == "member-bits-changed":
        return (a[3], b[3]) == (number(was), number(now))
    if a[0] is None or b[0] is None or "(anon)" in was + now:
        return None
    return (member_type(a[0]), member_type(b[0])) == (member_type(was), member_type(now))


# ---------------------------------------------------------------- llvm-dwarfdump and readelf

def plain_type(text):
    """llvm-dwarfdump leaves out struct, union and enum."""
    return squeeze(re.sub(r"\b(struct|union|enum)\b", "", text or "void"))


class Function:
    def __init__(self):
        self.external = self.declaration = False
        self.inline = self.file = None
        self.returns, self.params = "void", []


def read_functions(vmlinux, names):
    """The DW_TAG_subprograms of each name."""
    command = ["llvm-dwarfdump", "-c", "-r", "1"] + [f"--name={name}" for name in sorted(names)] + [vmlinux]
    functions, function, param, wanted = collections.defaultdict(list), None, None, False
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as dump:
        for line in dump.stdout:
            tag = re.match(r"^0x[0-9a-f]+:( +)(DW_TAG_\w+|NULL)", line)
            if tag:
                depth = len(tag.group(1))
                wanted, param = depth == 1 and tag.group(2) == "DW_TAG_subprogram", None
                if wanted:
                    function = Function()
                elif depth == 1:
                    function = None
                elif function and tag.group(2) == "DW_TAG_formal_parameter":
                    param = ["", "void"]
                    function.params.append(param)
                elif function and tag.group(2) == "DW_TAG_unspecified_parameters":
                    function.params.append(["...", "..."])
                continue
            attribute = re.match(r'^\s+(DW_AT_\w+)\s+\((.*)\)$', line)
            if not attribute or not function or not (wanted or param):
                continue
            name, value = attribute.groups()
            quoted = re.search(r'"(.*)"', value)
            text = quoted.group(1) if quoted else value
            if param:
                if name == "DW_AT_name":
                    param[0] = text
                elif name == "DW_AT_type":
                    param[1] = text
            elif name == "DW_AT_name":
                functions[text].append(function)
            elif name == "DW_AT_external":
                function.external = True
            elif name == "DW_AT_declaration":
                function.declaration = True
            elif name == "DW_AT_inline":
                function.inline = value
            elif name == "DW_AT_decl_file":
                function.file = re.sub(r"^debian/build/[^/]*/|^\./", "", text)
            elif name == "DW_AT_type":
                function.returns = text
    return functions


def read_symbols(vmlinux):
    got = subprocess.run(["readelf", "-sW", vmlinux], capture_output=True, text=True, check=True)
    return {fields[7] for fields in map(str.split, got.stdout.splitlines()) if len(fields) == 8 and fields[3] == "FUNC"}


class Side:
    """What the other readers say of one kernel; `renamed` has the names that renamed functions go by in it."""

    def __init__(self, vmlinux, names, renamed):
        self.functions = read_functions(vmlinux, names)
        self.symbols = read_symbols(vmlinux)
        for name, other in renamed.items():
            self.functions[name] = self.functions[other]
            self.symbols.update(name + s[len(other):] for s in list(self.symbols) if s == other or s.startswith(other + "."))

    def has(self, name):
        return any(not f.declaration for f in self.functions[name]) or name in self.symbols

    def is_global(self, name):
        """Of what assembler defines the DWARF has a declaration at most."""
        defined = [f for f in self.functions[name] if not f.declaration]
        return any(f.external for f in defined) if defined else name in self.symbols and \
            any(f.external for f in self.functions[name])

    def param_types(self, name):
        """Of each definition: its parameters as name and type."""
        return [[(n, plain_type(t)) for n, t in f.params] for f in self.functions[name]]

    def files(self, name):
        return {f.file for f in self.functions[name] if not f.declaration}

    def clones(self, name):
        return {s for s in self.symbols if s.startswith(name + ".") and not s.startswith(name + ".cold")}


def parameter(text):
    """Name and type of "struct pool *pool", "int (*each)(void *)"."""
    name, type_text, _ = split_declaration(re.sub(r"\b(struct|union|enum)\s+", "", text))
    return name, type_text


def has_param(side, name, text):
    wanted = parameter(text)
    return any(wanted in params for params in side.param_types(name))


def check_params(rule, name, was, now, old, new):
    if rule == "param-added":
        return has_param(new, name, now) and not has_param(old, name, now)
    if rule == "param-removed":
        return has_param(old, name, was) and not has_param(new, name, was)
    if rule == "param-reordered":
        names = [[n for n, _ in params] for params in old.param_types(name)], [[n for n, _ in params] for params in new.param_types(name)]
        return was.split(", ") in names[0] and now.split(", ") in names[1]
    if "(anon)" in was + now:
        return None
    return has_param(old, name, was) and has_param(new, name, now)


def check_code(rule, name, old, new):
    if rule == "inlined-everywhere":
        return (name in old.symbols or bool(old.clones(name))) and name not in new.symbols and \
            not new.clones(name) and any(f.inline for f in new.functions[name])
    if rule == "no-longer-inlined-everywhere":
        return name not in old.symbols and any(f.inline for f in old.functions[name]) and \
            (name in new.symbols or bool(new.clones(name)))
    if rule == "transformed":
        return not old.clones(name) and bool(new.clones(name))
    if rule == "no-longer-transformed":
        return bool(old.clones(name)) and not new.clones(name)
    before = name in old.symbols or bool(old.clones(name))
    after = name in new.symbols or bool(new.clones(name))
    return (before and not after) if rule == "symbol-lost" else (after and not before)


def check_function(result, old, new):
    """True, False, or None where the other readers do not tell."""
    rule, name = result["rule"], result["subject"]
    was, now = change_of(result["message"])
    if rule == "function-added-to-vmlinux":
        return not old.has(name) and new.has(name)
    if rule == "function-removed-from-vmlinux":
        return old.has(name) and not new.has(name)
    if rule in ("function-renamed", "function-became-macro"):
        other = new_name(result)
        return old.has(name) and not new.has(name) and new.has(other) and not old.has(other)
    if rule == "function-moved":
        return was in old.files(name) and now in new.files(name) and now not in old.files(name)
    if rule.startswith("param-"):
        return check_params(rule, name, was, now, old, new)
    if rule.startswith("return-"):
        return plain_type(was) in {plain_type(f.returns) for f in old.functions[name]} and \
            plain_type(now) in {plain_type(f.returns) for f in new.functions[name]}
    if rule in ("function-became-static", "function-became-global"):
        gone, come = (old, new) if rule.endswith("static") else (new, old)
        return gone.is_global(name) and not come.is_global(name)
    return check_code(rule, name, old, new)


def new_name(result):
    found = re.match(r"is now (?:a macro over )?([^\s:,]+)", result["message"])
    return found.group(1) if found else ""


def draw(results, rules, count, chance):
    """One of each rule in turn, so that the frequent ones do not crowd out the others."""
    heaps = {rule: [r for r in results if r.get("rule") == rule and "one of " not in r["message"]] for rule in sorted(rules)}
    drawn = []
    for heap in heaps.values():
        chance.shuffle(heap)
    while len(drawn) < count and any(heaps.values()):
        for heap in heaps.values():
            if heap and len(drawn) < count:
                drawn.append(heap.pop())
    return drawn


def tell(title, drawn, verdict):
    counts = collections.Counter()
    for result in drawn:
        holds = verdict(result)
        word = "cannot tell" if holds is None else "confirmed" if holds else "CONTRADICTED"
        counts[word] += 1
        if word != "confirmed":
            print(f"{word}: {result['kind']} {result['subject']}: {result['message']} [{result['rule']}]")
    print(f"{title}: {len(drawn)} drawn, " + ", ".join(f"{n} {word}" for word, n in sorted(counts.items())))
    return counts["CONTRADICTED"] == 0 and counts["confirmed"] > len(drawn) // 2


def main():
    old, new, report = sys.argv[1:4]
    count = int(sys.argv[4]) if len(sys.argv) > 4 else 50
    chance = random.Random(int(sys.argv[5]) if len(sys.argv) > 5 else 20260702)
    with open(report, encoding="utf-8") as file:
        results = [r for r in json.load(file)["results"] if r["outcome"] == "finding"]
    structs = draw([r for r in results if r["kind"] in ("struct", "union", "field")], STRUCT_RULES, count, chance)
    names = {r["subject"].partition(".")[0] for r in structs}
    layouts = read_layouts(old, names), read_layouts(new, names)
    good = tell("structs, pahole", structs, lambda r: check_struct(r, *layouts))
    functions = draw([r for r in results if r["kind"] == "function"], FUNCTION_RULES, count, chance)
    names = {r["subject"] for r in functions}
    # What else is told of a renamed function is told under its old name.
    renamed = {r["subject"]: new_name(r) for r in results if new_name(r) and r["subject"] in names}
    pairs = {r["subject"]: r for r in functions if new_name(r)}
    names |= set(renamed.values())
    sides = Side(old, names, {}), Side(new, names, {n: o for n, o in renamed.items() if n not in pairs})
    good = tell("functions, llvm-dwarfdump and readelf", functions, lambda r: check_function(r, *sides)) and good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
