// SPDX-License-Identifier: GPL-2.0-or-later
#include "dwarf/type_reader.h"

#include <pthread.h>

#include "atlas/type_pool.h"

/* What all files of the process had, by signatures of texts. */
static struct {
	pthread_mutex_t lock;
	struct known_type *known;
	size_t count, used;
} shared = {.lock = PTHREAD_MUTEX_INITIALIZER};

void type_reader_init(struct type_reader *types, struct die_reader *reader, struct type_texts *texts, bool big_endian,
		      bool by_text)
{
	*types = (struct type_reader){
		.draft = {.reader = reader, .texts = texts, .big_endian = big_endian},
		.known_count = 1024,
		.by_text = by_text,
	};
	types->known = xcalloc(types->known_count, sizeof(*types->known));
	signatures_init(&types->signatures, reader, by_text);
}

void type_reader_fini(struct type_reader *types)
{
	signatures_fini(&types->signatures);
	type_draft_fini(&types->draft);
	free(types->known);
}

static struct known_type *find(struct known_type *known, size_t count, uint64_t signature)
{
	size_t at = signature & (count - 1);

	while (known[at].signature && known[at].signature != signature)
		at = (at + 1) & (count - 1);
	return &known[at];
}

static void put(struct known_type **known, size_t *count, size_t *used, struct known_type type)
{
	if (2 * (*used + 1) > *count) {
		struct known_type *old = *known;
		size_t old_count = *count;

		*count = old_count ? 2 * old_count : 1024;
		*known = xcalloc(*count, sizeof(**known));
		for (size_t i = 0; i < old_count; i++)
			if (old[i].signature)
				*find(*known, *count, old[i].signature) = old[i];
		free(old);
	}
	struct known_type *slot = find(*known, *count, type.signature);

	*used += slot->signature == 0;
	*slot = type;
}

static bool find_shared(uint64_t signature, uint32_t *number)
{
	pthread_mutex_lock(&shared.lock);
	const struct known_type *known = shared.count ? find(shared.known, shared.count, signature) : NULL;
	bool found = known && known->signature;

	if (found)
		*number = known->number;
	pthread_mutex_unlock(&shared.lock);
	return found;
}

static void put_shared(struct known_type type)
{
	pthread_mutex_lock(&shared.lock);
	put(&shared.known, &shared.count, &shared.used, type);
	pthread_mutex_unlock(&shared.lock);
}

bool type_reader_see(struct type_reader *types, const struct die *die, uint32_t *number)
{
	uint64_t signature;
	struct error *err = signature_of(&types->signatures, die, &signature);

	if (err) {
		error_free(err);
		type_draft_read(&types->draft, die);
		*number = type_pool_add(&types->draft.type);
		return true;
	}
	signature += signature == 0;
	const struct known_type *known = find(types->known, types->known_count, signature);

	if (known->signature) {
		*number = known->number;
		return false;
	}
	if (!types->by_text || !find_shared(signature, number)) {
		type_draft_read(&types->draft, die);
		*number = type_pool_add(&types->draft.type);
		if (types->by_text)
			put_shared((struct known_type){signature, *number});
	}
	put(&types->known, &types->known_count, &types->known_used, (struct known_type){signature, *number});
	return true;
}
