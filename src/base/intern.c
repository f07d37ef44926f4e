// SPDX-License-Identifier: GPL-2.0-or-later
#include "atlas/intern.h"

#include <string.h>

uint64_t hash_u64(uint64_t value)
{
	/* The finaliser of MurmurHash3: every input bit reaches every output bit. */
	value ^= value >> 33;
	value *= 0xff51afd7ed558ccdULL;
	value ^= value >> 33;
	value *= 0xc4ceb9fe1a85ec53ULL;
	return value ^ value >> 33;
}

uint32_t hash_bytes(const void *bytes, size_t length)
{
	const unsigned char *p = bytes;
	uint64_t hash = 0x9e3779b97f4a7c15ULL ^ length;

	for (; length >= 8; p += 8, length -= 8) {
		uint64_t word;

		memcpy(&word, p, 8);
		hash = (hash ^ word) * 0xff51afd7ed558ccdULL;
		hash ^= hash >> 32;
	}
	uint64_t tail = 0;

	if (length)
		memcpy(&tail, p, length);
	return (uint32_t)hash_u64(hash ^ tail);
}

void intern_init(struct intern *table)
{
	memset(table, 0, sizeof(*table));
	*vec_push(&table->entries) = (struct intern_entry){0};
	table->slot_count = 1024;
	table->slots = xcalloc(table->slot_count, sizeof(*table->slots));
}

void intern_fini(struct intern *table)
{
	arena_fini(&table->texts);
	vec_free(&table->entries);
	free(table->slots);
	table->slots = NULL;
}

static uint32_t *find_slot(const struct intern *table, const char *text, size_t length, uint32_t hash)
{
	size_t mask = table->slot_count - 1;

	for (size_t at = hash & mask;; at = (at + 1) & mask) {
		uint32_t id = table->slots[at];

		if (id == 0)
			return &table->slots[at];
		const struct intern_entry *entry = &table->entries.items[id];

		if (entry->hash == hash && entry->length == length && memcmp(entry->text, text, length) == 0)
			return &table->slots[at];
	}
}

static void grow_slots(struct intern *table)
{
	size_t count = table->slot_count * 2;
	uint32_t *slots = xcalloc(count, sizeof(*slots));

	for (uint32_t id = 1; id < table->entries.count; id++) {
		size_t at = table->entries.items[id].hash & (count - 1);

		while (slots[at])
			at = (at + 1) & (count - 1);
		slots[at] = id;
	}
	free(table->slots);
	table->slots = slots;
	table->slot_count = count;
}

static str_id intern_with(struct intern *table, const char *text, size_t length, int copy)
{
	uint32_t hash = hash_bytes(text, length);
	uint32_t *slot = find_slot(table, text, length, hash);

	if (*slot)
		return *slot;
	str_id id = (str_id)table->entries.count;

	*slot = id;
	*vec_push(&table->entries) = (struct intern_entry){
		.text = copy ? arena_strndup(&table->texts, text, length) : text,
		.length = (uint32_t)length,
		.hash = hash,
	};
	if (table->entries.count * 2 > table->slot_count)
		grow_slots(table);
	return id;
}

str_id intern_n(struct intern *table, const char *text, size_t length)
{
	return intern_with(table, text, length, 1);
}

str_id intern(struct intern *table, const char *text)
{
	return text ? intern_with(table, text, strlen(text), 1) : 0;
}

str_id intern_static(struct intern *table, const char *text)
{
	return text ? intern_with(table, text, strlen(text), 0) : 0;
}

str_id intern_find(const struct intern *table, const char *text)
{
	size_t length = strlen(text);

	return *find_slot(table, text, length, hash_bytes(text, length));
}

const char *intern_text(const struct intern *table, str_id id)
{
	return table->entries.items[id].text;
}
