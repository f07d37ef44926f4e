/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The tables from which a kernel knows what it may trace and probe: entry sites
 * (mcount or patchable entries), the kprobe blacklist, and ranges of code with
 * rules of their own.
 */
#ifndef IMAGE_PROBE_TABLES_H
#define IMAGE_PROBE_TABLES_H

#include "image/elf_image.h"

enum code_place {
	CODE_NOINSTR = 1 << 0, /* .noinstr.text */
	CODE_KPROBES = 1 << 1, /* .kprobes.text */
	CODE_ENTRY = 1 << 2,   /* entry code and what else the architecture forbids */
	CODE_INIT = 1 << 3,    /* freed after boot, or after a module was loaded */
};

struct code_range {
	uint64_t start, end;
	uint8_t place; /* enum code_place */
};

struct addresses {
	VEC(uint64_t) items; /* ascending */
};

/*
 * A site is the place of the table, but where the compiler puts all of them before their
 * functions: there it is moved to the entry, so that it lies in its function and in no other.
 */
struct probe_tables {
	struct addresses sites, blacklist;
	VEC(struct code_range) ranges;
	bool has_sites; /* there is such a table, though it may be empty */
};

struct error *probe_tables_read(struct elf_image *image, struct probe_tables *tables) MUST_CHECK;
void probe_tables_fini(struct probe_tables *tables);

/* Whether an entry site lies in the function at [address, address + size). */
bool probe_tables_traced(const struct probe_tables *tables, uint64_t address, uint64_t size_bytes);
/* Whether one lies in [end, next), code without a symbol between a function and the next name. */
bool probe_tables_traced_behind(const struct probe_tables *tables, uint64_t end, uint64_t next);
bool probe_tables_blacklisted(const struct probe_tables *tables, uint64_t address, uint64_t size_bytes);
/* enum code_place of the ranges that hold it. */
uint8_t probe_tables_place(const struct probe_tables *tables, uint64_t address);

#endif
