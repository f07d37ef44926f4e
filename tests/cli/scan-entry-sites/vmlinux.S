// SPDX-License-Identifier: GPL-2.0-or-later
// Functions with and without the tracer's NOPs, which stand in them or (BEFORE) begin 8 bytes before them.
	.macro function name, bytes
	.globl	\name
	.type	\name, %function
\name:
	.skip	\bytes
	.size	\name, . - \name
	.endm
	.macro traced name, bytes, number
\number:
#ifdef BEFORE
	.skip	8
#endif
	function \name, \bytes
	.endm

	.text
	.balign	16
	.globl	_stext, _etext
_stext:
	// Nothing comes back from it: it ends with its NOPs, and the next one begins.
	traced	never_returns, 8, 1
	function behind_never_returns, 8
	.balign	16
	traced	plain, 16, 2
	function behind_plain, 16
	traced	last, 16, 3
	function before_dropped, 16
	// A weak definition that lost: its site is left, its name is not.
4:
	.skip	24
	function behind_dropped, 16
_etext:

	.section .rodata
	.globl	linux_banner
	.balign	8
__start_mcount_loc:
	.quad	1b, 2b, 3b, 4b
__stop_mcount_loc:
	.type	linux_banner, %object
linux_banner:
	.asciz	"Linux version 6.12.0-99-generic (a@b) (gcc-14) #1 SMP Debian 6.12.107-1 (2026-01-01)\n"
	.size	linux_banner, . - linux_banner
	.section .note.GNU-stack
