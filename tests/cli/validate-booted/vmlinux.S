// SPDX-License-Identifier: GPL-2.0-or-later
// A kernel with a function of each kind that tracer and kprobes tell apart.
	.macro function name
	.globl	\name
	.type	\name, @function
\name:
	.endm
	.macro site number
\number:
	call	__fentry__
	.endm

	.text
	.globl	_stext, _etext
_stext:
	function traced
	site	1
	ret
	.size	traced, . - traced
	.balign	16
	function quiet
	ret
	.size	quiet, . - quiet
	.balign	16
	// A weak definition that lost: its place is left, its name is not.
	site	2
	ret
	.balign	16
	function after
	site	3
	ret
	.size	after, . - after
	.balign	16
__noinstr_text_start:
low_label:
	nop
	function low
	ret
	.size	low, . - low
	.balign	16
__noinstr_text_end:
	function forbidden
	site	4
	ret
	.size	forbidden, . - forbidden
	.balign	16
listed_label:
	nop
	.balign	16
plain_label:
	nop
	.balign	16
	function __fentry__
	ret
	.size	__fentry__, . - __fentry__
	function register_kprobe
	ret
	.size	register_kprobe, . - register_kprobe
	function within_notrace_func
	ret
	.size	within_notrace_func, . - within_notrace_func
_etext:

	.section .rodata
	.globl	linux_banner
	.balign	8
__start_mcount_loc:
	.quad	1b, 2b, 3b, 4b
__stop_mcount_loc:
__start_kprobe_blacklist:
	.quad	forbidden, listed_label
__stop_kprobe_blacklist:
	.type	linux_banner, @object
linux_banner:
	.asciz	"Linux version 6.1.0-99-amd64 (a@b) (gcc-12) #1 SMP Debian 6.1.176-1 (2026-01-01)\n"
	.size	linux_banner, . - linux_banner
	.section .note.GNU-stack
