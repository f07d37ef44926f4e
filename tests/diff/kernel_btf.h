/* SPDX-License-Identifier: GPL-2.0-or-later */
/* BTF as the kernel's own link leaves it, with functions only: each takes an int and returns one. */
#ifndef KERNEL_BTF_H
#define KERNEL_BTF_H

/* Subsections of .BTF: the header, the types, the strings. */
#define BTF_PART(number, text) __asm__(".pushsection .BTF, " #number ", \"a\"\n" text ".popsection\n")

/* Between these two: BTF_FUNC() of the functions that it tells of. */
#define BTF_BEGIN                                                                                                 \
	BTF_PART(0, ".short 0xeb9f\n.byte 1, 0\n.long 24, 0, .Lbtf_strings - .Lbtf_types\n"                       \
		    ".long .Lbtf_strings - .Lbtf_types, .Lbtf_end - .Lbtf_strings\n");                            \
	BTF_PART(1, ".Lbtf_types:\n.long .Lbtf_int - .Lbtf_strings, 1 << 24, 4, 0x01000020\n"                     \
		    ".long 0, 13 << 24 | 1, 1, 0, 1\n");                                                          \
	BTF_PART(2, ".Lbtf_strings: .byte 0\n.Lbtf_int: .asciz \"int\"\n")
#define BTF_FUNC(symbol)                                                                                          \
	BTF_PART(1, ".long .Lbtf_" #symbol " - .Lbtf_strings, 12 << 24 | 1, 2\n");                                \
	BTF_PART(2, ".Lbtf_" #symbol ": .asciz \"" #symbol "\"\n")
#define BTF_END BTF_PART(2, ".Lbtf_end:\n")

#endif
