/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Interning: one small number for each distinct byte string.
 * Number 0 is "no string" and reads back as NULL.  The table copies what it is
 * given unless told that the bytes outlive it.
 */
#ifndef ATLAS_INTERN_H
#define ATLAS_INTERN_H

#include <stddef.h>
#include <stdint.h>

#include "atlas/mem.h"

typedef uint32_t str_id;

struct intern {
	struct arena texts;
	VEC(struct intern_entry) entries;
	uint32_t *slots;
	size_t slot_count;
};

struct intern_entry {
	const char *text; /* NUL-terminated */
	uint32_t length;
	uint32_t hash;
};

void intern_init(struct intern *table);
void intern_fini(struct intern *table);
/* NULL gives 0. */
str_id intern(struct intern *table, const char *text);
str_id intern_n(struct intern *table, const char *text, size_t length);
/* `text` must be NUL-terminated and outlive the table. */
str_id intern_static(struct intern *table, const char *text);
/* 0 where the text was never interned. */
str_id intern_find(const struct intern *table, const char *text);
/* NULL for 0.  Borrowed until the table ends. */
const char *intern_text(const struct intern *table, str_id id);

uint32_t hash_bytes(const void *bytes, size_t length);
uint64_t hash_u64(uint64_t value);

#endif
