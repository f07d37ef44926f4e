/* SPDX-License-Identifier: GPL-2.0-or-later */
#define FUNCTION(name, n) \
	.globl name; .type name, @function; name: lea n(%rdi), %eax; ret; .size name, . - name

	.text
	FUNCTION(becomes_assembler, 2)
	FUNCTION(stays_assembler, 4)
	.section .note.GNU-stack, "", @progbits
