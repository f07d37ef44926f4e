// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/type_dicts.h"

#include <string.h>

#include "atlas/type_pool.h"

static struct error *load_dict(struct store *store, enum statement load, struct dict *dict)
{
	dict_init(dict);
	return dict_load(store, load, dict);
}

struct error *type_dicts_get(struct store *store, struct type_dicts **dicts)
{
	if (!*dicts) {
		*dicts = xcalloc(1, sizeof(**dicts));
		TRY(load_dict(store, STATEMENT_type_names_load, &(*dicts)->names));
		TRY(load_dict(store, STATEMENT_type_words_load, &(*dicts)->words));
	}
	struct type_dicts *types = *dicts;
	uint32_t count = type_pool_count();

	if (count > types->stored_count) {
		types->stored = xrealloc(types->stored, count * sizeof(*types->stored));
		memset(types->stored + types->stored_count, 0, (count - types->stored_count) * sizeof(*types->stored));
		types->stored_count = count;
	}
	return NULL;
}

void type_dicts_free(struct type_dicts *types)
{
	if (!types)
		return;
	if (types->names.known.slots)
		intern_fini(&types->names.known);
	if (types->words.known.slots)
		intern_fini(&types->words.known);
	free(types->stored);
	free(types->base);
	free(types);
}
