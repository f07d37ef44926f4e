# SPDX-License-Identifier: GPL-2.0-or-later
"""Just enough ELF to damage one place of a little-endian 64-bit file."""
import struct

SECTION = struct.Struct("<IIQQQQIIQQ")  # name, type, flags, addr, offset, size, link, info, addralign, entsize
FIELDS = ("name", "type", "flags", "addr", "offset", "size", "link", "info", "addralign", "entsize")


class Elf:
    def __init__(self, data):
        self.data = bytearray(data)
        self.table, = struct.unpack_from("<Q", data, 0x28)
        self.count, self.names = struct.unpack_from("<HH", data, 0x3C)
        self.sections = {}
        strings = self.header(self.names)["offset"]
        for i in range(self.count):
            start = strings + self.header(i)["name"]
            name = bytes(self.data[start:self.data.index(0, start)]).decode()
            self.sections[name] = i

    def header(self, index):
        return dict(zip(FIELDS, SECTION.unpack_from(self.data, self.table + index * SECTION.size)))

    def section(self, name):
        return self.header(self.sections[name])

    def bytes_of(self, name):
        s = self.section(name)
        return bytes(self.data[s["offset"]:s["offset"] + s["size"]])

    def set(self, name, **fields):
        index = self.sections[name]
        header = self.header(index) | fields
        SECTION.pack_into(self.data, self.table + index * SECTION.size, *(header[f] for f in FIELDS))
        return self

    def poke(self, name, offset, data):
        at = self.section(name)["offset"] + offset
        self.data[at:at + len(data)] = data
        return self

    def boundaries(self):
        """Offsets where something begins or ends."""
        found = {0, 4, 16, 52, 64, self.table, len(self.data)}
        for i in range(self.count):
            header = self.header(i)
            found |= {header["offset"], header["offset"] + header["size"], self.table + i * SECTION.size}
        return sorted(o for o in found if o <= len(self.data))
