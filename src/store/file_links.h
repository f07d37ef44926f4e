/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Counts by pairs of ids. */
#ifndef STORE_FILE_LINKS_H
#define STORE_FILE_LINKS_H

#include <stddef.h>
#include <stdint.h>

#include "atlas/file_facts.h"
#include "atlas/mem.h"

/* A slot whose `left` is 0 is empty. */
struct pair_counts {
	struct pair_count *slots;
	size_t slot_count, used;
};

void pair_counts_init(struct pair_counts *counts);
void pair_counts_fini(struct pair_counts *counts);
/* `left` is not 0. */
void pair_counts_add(struct pair_counts *counts, uint32_t left, uint32_t right, uint32_t calls, uint32_t inlined);
/* All of them, by left and right, in the arena. */
struct pair_count *pair_counts_sorted(const struct pair_counts *counts, struct arena *arena);
/* A copy by right and left. */
struct pair_count *pair_counts_turned(const struct pair_count *sorted, size_t count, struct arena *arena);

#endif
