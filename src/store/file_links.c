// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/file_links.h"

#include <stdlib.h>
#include <string.h>

#include "atlas/intern.h"

void pair_counts_init(struct pair_counts *counts)
{
	*counts = (struct pair_counts){.slot_count = 1 << 12};
	counts->slots = xcalloc(counts->slot_count, sizeof(*counts->slots));
}

void pair_counts_fini(struct pair_counts *counts)
{
	free(counts->slots);
}

static struct pair_count *find(const struct pair_counts *counts, uint32_t left, uint32_t right)
{
	size_t mask = counts->slot_count - 1, at = hash_u64((uint64_t)left << 32 | right) & mask;

	while (counts->slots[at].left && (counts->slots[at].left != left || counts->slots[at].right != right))
		at = (at + 1) & mask;
	return &counts->slots[at];
}

static void grow(struct pair_counts *counts)
{
	struct pair_counts old = *counts;

	counts->slot_count *= 2;
	counts->slots = xcalloc(counts->slot_count, sizeof(*counts->slots));
	for (size_t i = 0; i < old.slot_count; i++)
		if (old.slots[i].left)
			*find(counts, old.slots[i].left, old.slots[i].right) = old.slots[i];
	free(old.slots);
}

void pair_counts_add(struct pair_counts *counts, uint32_t left, uint32_t right, uint32_t calls, uint32_t inlined)
{
	if (2 * (counts->used + 1) > counts->slot_count)
		grow(counts);
	struct pair_count *slot = find(counts, left, right);

	counts->used += slot->left == 0;
	slot->left = left;
	slot->right = right;
	slot->calls += calls;
	slot->inlined += inlined;
}

static int by_left(const void *a, const void *b)
{
	const struct pair_count *x = a, *y = b;

	if (x->left != y->left)
		return x->left < y->left ? -1 : 1;
	return x->right < y->right ? -1 : x->right > y->right;
}

static int by_right(const void *a, const void *b)
{
	const struct pair_count *x = a, *y = b;

	if (x->right != y->right)
		return x->right < y->right ? -1 : 1;
	return x->left < y->left ? -1 : x->left > y->left;
}

struct pair_count *pair_counts_sorted(const struct pair_counts *counts, struct arena *arena)
{
	struct pair_count *sorted = arena_alloc(arena, (counts->used + 1) * sizeof(*sorted));
	size_t count = 0;

	for (size_t i = 0; i < counts->slot_count; i++)
		if (counts->slots[i].left)
			sorted[count++] = counts->slots[i];
	qsort(sorted, count, sizeof(*sorted), by_left);
	return sorted;
}

struct pair_count *pair_counts_turned(const struct pair_count *sorted, size_t count, struct arena *arena)
{
	struct pair_count *turned = arena_alloc(arena, (count + 1) * sizeof(*turned));

	if (count)
		memcpy(turned, sorted, count * sizeof(*turned));
	qsort(turned, count, sizeof(*turned), by_right);
	return turned;
}
