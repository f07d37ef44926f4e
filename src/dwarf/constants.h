/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The numbers of the DWARF standard (version 5, sections 7.5 and 7.25) and the GNU extensions we meet. */
#ifndef DWARF_CONSTANTS_H
#define DWARF_CONSTANTS_H

#include <dwarf.h>

/* libdwarf's dwarf.h has the rest; these are the ones Debian 12's lacks. */
#ifndef DW_LANG_Rust
#define DW_LANG_Rust 0x1c
#endif
#ifndef DW_LANG_Mips_Assembler
#define DW_LANG_Mips_Assembler 0x8001
#endif
/* DWARF 6 draft: what newer assemblers write. */
#define LANG_ASSEMBLY 0x31

#endif
