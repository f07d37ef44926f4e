// SPDX-License-Identifier: GPL-2.0-or-later
/* Prototypes are stored once, whatever number of units repeats them. */
#include "model/link_prototypes.h"

#include <string.h>

struct prototype_key {
	const struct facts *facts;
	const str_id *ids; /* return type, then name and declaration of each parameter */
	uint32_t params;
};

static bool same_prototype(const void *context, uint32_t number)
{
	const struct prototype_key *key = context;
	const struct fact_prototype *have = &key->facts->prototypes.items[number];
	const struct fact_param *params = key->facts->params.items + have->first_param;

	if (have->returns != key->ids[0] || have->params != key->params)
		return false;
	for (uint32_t i = 0; i < have->params; i++)
		if (params[i].name != key->ids[1 + 2 * i] || params[i].decl != key->ids[2 + 2 * i])
			return false;
	return true;
}

static uint32_t add_prototype(struct facts *facts, const struct prototype_key *key)
{
	*vec_push(&facts->prototypes) = (struct fact_prototype){
		.returns = key->ids[0],
		.first_param = (uint32_t)facts->params.count,
		.params = key->params,
	};
	for (uint32_t i = 0; i < key->params; i++)
		*vec_push(&facts->params) = (struct fact_param){key->ids[1 + 2 * i], key->ids[2 + 2 * i]};
	return (uint32_t)facts->prototypes.count - 1;
}

uint32_t link_prototype(struct link *link, const struct raw_prototype *raw)
{
	struct intern *strings = &link->facts->strings;
	str_id few[1 + 2 * 16], *ids = raw->count <= 16 ? few : xcalloc(1 + 2 * (size_t)raw->count, sizeof(*ids));

	ids[0] = intern(strings, raw->returns);
	for (uint32_t i = 0; i < raw->count; i++) {
		ids[1 + 2 * i] = intern(strings, raw->params[i].name ? raw->params[i].name : "(anon)");
		ids[2 + 2 * i] = intern(strings, raw->params[i].decl);
	}
	struct prototype_key key = {link->facts, ids, raw->count};
	size_t bytes = (1 + 2 * (size_t)raw->count) * sizeof(*ids);
	uint64_t hash = hash_u64((uint64_t)hash_bytes(ids, bytes) << 32 | raw->count);
	uint32_t prototype = link_map_find(&link->prototypes, hash, same_prototype, &key);

	if (prototype == NO_INDEX) {
		prototype = add_prototype(link->facts, &key);
		link_map_put(&link->prototypes, hash, prototype);
	}
	if (ids != few)
		free(ids);
	return prototype;
}
