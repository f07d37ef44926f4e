/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a kernel has besides its code: tables of exports and of probes, as its own macros make them (x86-64). */
#ifndef KERNEL_H
#define KERNEL_H

#define KEEP __attribute__((noinline, noclone, used))

/* EXPORT(SYMBOL, "_gpl" or "", "NAMESPACE" or "", CRC) */
#define EXPORT(symbol, gpl, namespace, crc)                                                                       \
	__asm__(".pushsection __ksymtab_strings,\"aMS\",%progbits,1\n"                                                \
		".Lname_" #symbol ": .asciz \"" #symbol "\"\n"                                                    \
		".Lspace_" #symbol ": .asciz \"" namespace "\"\n"                                                 \
		".popsection\n.pushsection __ksymtab" gpl ",\"a\"\n.balign 4\n"                                                    \
		".long " #symbol " - ., .Lname_" #symbol " - ., .Lspace_" #symbol " - .\n"                        \
		".popsection\n.pushsection __kcrctab" gpl ",\"a\"\n.balign 4\n.long " #crc "\n.popsection\n")

/* Between these two: SITE() of the functions that can be traced, then BLACKLIST() of those that must not be. */
#define SITES_BEGIN __asm__(".section .init.data,\"aw\"\n.balign 8\n.globl __start_mcount_loc\n__start_mcount_loc:\n")
#define SITE(symbol) __asm__(".quad " #symbol "\n")
#define SITES_END                                                                                                 \
	__asm__(".globl __stop_mcount_loc\n__stop_mcount_loc:\n.globl __start_kprobe_blacklist\n"                 \
		"__start_kprobe_blacklist:\n")
#define BLACKLIST(symbol) __asm__(".quad " #symbol "\n")
#define BLACKLIST_END __asm__(".globl __stop_kprobe_blacklist\n__stop_kprobe_blacklist:\n.text\n")

/* What a kernel that has kprobes, or kprobe.multi, or fentry defines. */
#define HAS_KPROBES                                                                                               \
	KEEP int register_kprobe(void *p) { return p != 0; }                                                      \
	KEEP int within_notrace_func(void *p) { return p != 0; }
#define HAS_KPROBE_MULTI                                                                                          \
	KEEP int bpf_kprobe_multi_link_attach(void *p) { return p != 0; }                                         \
	KEEP int register_fprobe_ips(void *p) { return p != 0; }
#define HAS_TRAMPOLINE                                                                                            \
	KEEP int arch_prepare_bpf_trampoline(void *p) { return p != 0; }                                          \
	KEEP int register_ftrace_direct(void *p) { return p != 0; }

#endif
