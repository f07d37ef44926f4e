// SPDX-License-Identifier: GPL-2.0-or-later
#include "dwarf/dwarf_image.h"
struct error *libdwarf_reader_new(const struct dwarf_image *image, struct elf_image *elf, struct die_reader **reader)
{
	(void)elf;
	(void)reader;
	return error_new(ERROR_USAGE, "%s: libdwarf", image->path);
}
