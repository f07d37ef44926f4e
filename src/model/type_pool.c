// SPDX-License-Identifier: GPL-2.0-or-later
#include "atlas/type_pool.h"

#include <pthread.h>
#include <string.h>

#include "atlas/intern.h"

/* Numbers never move: blocks of definitions, so that reading needs no lock once a number is known. */
#define BLOCK_BITS 12u
#define BLOCK_SIZE (1u << BLOCK_BITS)
#define MAX_BLOCKS (1u << 18)

static struct {
	pthread_mutex_t lock;
	struct arena arena;
	struct intern strings;
	struct type *blocks[MAX_BLOCKS];
	uint32_t count;
	uint32_t *slots; /* number + 1, open addressing by hash */
	size_t slot_count;
} pool = {.lock = PTHREAD_MUTEX_INITIALIZER};

static uint64_t mix(uint64_t hash, uint64_t value)
{
	hash = (hash ^ value) * 0x9e3779b97f4a7c15ULL;
	return hash ^ hash >> 29;
}

static uint64_t mix_text(uint64_t hash, const char *text)
{
	if (!text)
		return mix(hash, 0x100);
	for (; *text; text++)
		hash = (hash ^ (unsigned char)*text) * 0x100000001b3ULL;
	return mix(hash, 0x101);
}

uint64_t type_hash(const struct type *type)
{
	uint64_t hash = mix(type->kind, (uint64_t)type->declared << 1 | type->is_unsigned);

	hash = mix_text(hash, type->name);
	hash = mix_text(hash, type->text);
	hash = mix(mix(hash, type->size_bytes), type->align_bytes);
	for (uint32_t i = 0; i < type->member_count; i++) {
		const struct type_member *member = &type->members[i];

		hash = mix_text(mix_text(hash, member->name), member->type);
		hash = mix(mix(hash, member->offset_bits), member->size_bytes);
		hash = mix(hash, (uint64_t)member->bit_size << 32 | member->nested);
		hash = mix(hash, (uint64_t)member->parent << 1 | member->behind);
	}
	for (uint32_t i = 0; i < type->enumerator_count; i++) {
		const struct type_enumerator *enumerator = &type->enumerators[i];

		hash = mix(mix_text(hash, enumerator->name), (uint64_t)enumerator->value);
		hash = mix(hash, enumerator->member);
	}
	return hash_u64(hash);
}

static bool same_text(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same_member(const struct type_member *a, const struct type_member *b)
{
	return a->offset_bits == b->offset_bits && a->size_bytes == b->size_bytes && a->bit_size == b->bit_size &&
	       a->parent == b->parent && a->nested == b->nested && a->behind == b->behind &&
	       same_text(a->name, b->name) && same_text(a->type, b->type);
}

bool type_equal(const struct type *a, const struct type *b)
{
	if (a->kind != b->kind || a->declared != b->declared || a->is_unsigned != b->is_unsigned ||
	    a->size_bytes != b->size_bytes || a->align_bytes != b->align_bytes || a->member_count != b->member_count ||
	    a->enumerator_count != b->enumerator_count || !same_text(a->name, b->name) || !same_text(a->text, b->text))
		return false;
	for (uint32_t i = 0; i < a->member_count; i++)
		if (!same_member(&a->members[i], &b->members[i]))
			return false;
	for (uint32_t i = 0; i < a->enumerator_count; i++)
		if (a->enumerators[i].value != b->enumerators[i].value ||
		    a->enumerators[i].member != b->enumerators[i].member ||
		    !same_text(a->enumerators[i].name, b->enumerators[i].name))
			return false;
	return true;
}

bool type_is_vaguer(const struct type *type, const struct type *other)
{
	if (type->declared || other->declared)
		return type->declared && !other->declared;
	return type->kind == TYPE_TYPEDEF && !type->size_bytes && other->size_bytes && !type->member_count &&
	       !other->member_count && same_text(type->text, other->text);
}

static const char *keep(const char *text)
{
	return text ? intern_text(&pool.strings, intern(&pool.strings, text)) : NULL;
}

static void copy_parts(struct type *type)
{
	struct type_member *members = arena_alloc(&pool.arena, type->member_count * sizeof(*members));
	struct type_enumerator *enumerators = arena_alloc(&pool.arena, type->enumerator_count * sizeof(*enumerators));

	for (uint32_t i = 0; i < type->member_count; i++) {
		members[i] = type->members[i];
		members[i].name = keep(members[i].name);
		members[i].type = keep(members[i].type);
	}
	for (uint32_t i = 0; i < type->enumerator_count; i++) {
		enumerators[i] = type->enumerators[i];
		enumerators[i].name = keep(enumerators[i].name);
	}
	type->members = members;
	type->enumerators = enumerators;
	type->name = keep(type->name);
	type->text = keep(type->text);
}

static struct type *at(uint32_t number)
{
	return &pool.blocks[number >> BLOCK_BITS][number & (BLOCK_SIZE - 1)];
}

static uint32_t *find_slot(uint64_t hash, const struct type *type)
{
	size_t mask = pool.slot_count - 1;

	for (size_t i = hash & mask;; i = (i + 1) & mask) {
		uint32_t *slot = &pool.slots[i];

		if (!*slot || (type && at(*slot - 1)->hash == hash && type_equal(at(*slot - 1), type)))
			return slot;
	}
}

static void grow(void)
{
	free(pool.slots);
	pool.slot_count = pool.slot_count ? 2 * pool.slot_count : 16384;
	pool.slots = xcalloc(pool.slot_count, sizeof(*pool.slots));
	for (uint32_t i = 0; i < pool.count; i++)
		*find_slot(at(i)->hash, NULL) = i + 1;
}

static uint32_t add(const struct type *draft, uint64_t hash)
{
	if (2 * ((size_t)pool.count + 1) > pool.slot_count)
		grow();
	uint32_t *slot = find_slot(hash, draft);

	if (*slot)
		return *slot - 1;
	if (!pool.count)
		intern_init(&pool.strings);
	if (!pool.blocks[pool.count >> BLOCK_BITS])
		pool.blocks[pool.count >> BLOCK_BITS] = xcalloc(BLOCK_SIZE, sizeof(struct type));
	struct type *type = at(pool.count);

	*type = *draft;
	type->hash = hash;
	type->id = 0;
	copy_parts(type);
	*slot = ++pool.count;
	return pool.count - 1;
}

uint32_t type_pool_add(const struct type *draft)
{
	uint64_t hash = type_hash(draft);

	pthread_mutex_lock(&pool.lock);
	uint32_t number = add(draft, hash);

	pthread_mutex_unlock(&pool.lock);
	return number;
}

const struct type *type_pool_get(uint32_t number)
{
	return at(number);
}

uint32_t type_pool_count(void)
{
	pthread_mutex_lock(&pool.lock);
	uint32_t count = pool.count;

	pthread_mutex_unlock(&pool.lock);
	return count;
}
