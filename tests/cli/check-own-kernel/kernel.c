// SPDX-License-Identifier: GPL-2.0-or-later
/* Defines what modules import with other words for the same types. */
#include <linux/shared.h>

const char linux_banner[] = "Linux version 6.1.0-99-amd64 (gcc) #1 SMP Debian 6.1.200-1 (2026-01-01)";

struct bucket {
	void *head;
	long lock;
} buckets;

__attribute__((noinline)) int shared_set(const char *const name, grade_t grade)
{
	return name[grade];
}

void module_layout(void)
{
}

void start(void)
{
	buckets.lock = shared_set("", 0);
}

#define NAME(name, text) ".L" #name ": .asciz \"" text "\"\n"
#define ENTRY(name) ".long " #name " - .\n.long .Lname_" #name " - .\n.long 0\n"
__asm__(".section __ksymtab_strings, \"aMS\", @progbits, 1\n" NAME(name_shared_set, "shared_set")
	NAME(name_module_layout, "module_layout") ".section __ksymtab, \"a\"\n.balign 4\n"
	ENTRY(shared_set) ENTRY(module_layout) ".section __kcrctab, \"a\"\n.long 0x11, 0x33\n.text\n");
