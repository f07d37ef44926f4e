// SPDX-License-Identifier: GPL-2.0-or-later
#include "source/index_layout.h"

#include <string.h>

#include "atlas/embed.h"
#include "atlas/intern.h"

/* To be raised with every change of what is found or how it is written. */
#define FACTS_EDITION 3

uint64_t layout_hash(const void *bytes, size_t length)
{
	const unsigned char *p = bytes;
	uint64_t a = 0x9e3779b97f4a7c15ULL ^ length, b = 0xc4ceb9fe1a85ec53ULL;

	for (; length >= 16; p += 16, length -= 16) {
		uint64_t x, y;

		memcpy(&x, p, 8);
		memcpy(&y, p + 8, 8);
		a = (a ^ x) * 0xff51afd7ed558ccdULL;
		b = (b ^ y) * 0x9fb21c651e98df25ULL;
		a ^= a >> 29;
		b ^= b >> 31;
	}
	unsigned char tail[16] = {0};
	uint64_t x, y;

	if (length)
		memcpy(tail, p, length);
	memcpy(&x, tail, 8);
	memcpy(&y, tail + 8, 8);
	return hash_u64(hash_u64(a ^ x) ^ (b ^ y));
}

uint64_t layout_program(void)
{
	uint64_t hash = hash_u64(FACTS_EDITION);

	for (size_t i = 0; embedded_name(i); i++) {
		size_t length;
		const char *text = embedded(embedded_name(i), &length);

		if (strncmp(embedded_name(i), "data/source_", 12) == 0)
			hash = hash_u64(hash ^ layout_hash(text, length));
	}
	return hash;
}

void layout_entry(struct codec *codec, struct index_entry *entry)
{
	code_text(codec, &entry->path);
	code_u64(codec, &entry->at);
	code_u64(codec, &entry->length);
	code_u64(codec, &entry->expanded);
	code_u64(codec, &entry->check);
	code_u64(codec, &entry->size_bytes);
	code_u64(codec, &entry->time_ns);
	code_u64(codec, &entry->content);
	code_u64(codec, &entry->c_state);
}
