// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/dicts.h"

#include "store/chain_dict.h"
#include "store/prototype_dict.h"
#include "store/type_dicts.h"

static struct error *load_all(struct store *store, struct dicts *dicts)
{
	TRY(dict_load(store, STATEMENT_names_load, &dicts->names));
	TRY(dict_load(store, STATEMENT_paths_load, &dicts->paths));
	TRY(dict_load(store, STATEMENT_labels_load, &dicts->labels));
	TRY(load_prototypes(store, &dicts->prototypes));
	dicts->old_names = dicts->names.stored;
	return load_chains(store, &dicts->chains);
}

struct error *dicts_get(struct store *store, struct dicts **dicts)
{
	if (!store->dicts) {
		store->dicts = xcalloc(1, sizeof(*store->dicts));
		dict_init(&store->dicts->names);
		dict_init(&store->dicts->paths);
		dict_init(&store->dicts->prototypes);
		dict_init(&store->dicts->chains);
		dict_init(&store->dicts->labels);
		TRY(load_all(store, store->dicts));
	}
	*dicts = store->dicts;
	return NULL;
}

void dicts_forget(struct store *store)
{
	struct dicts *dicts = store->dicts;

	if (!dicts)
		return;
	intern_fini(&dicts->names.known);
	intern_fini(&dicts->paths.known);
	intern_fini(&dicts->prototypes.known);
	intern_fini(&dicts->chains.known);
	intern_fini(&dicts->labels.known);
	type_dicts_free(dicts->types);
	free(dicts);
	store->dicts = NULL;
}
