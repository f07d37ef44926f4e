// SPDX-License-Identifier: GPL-2.0-or-later
#include "atlas/facts.h"

#include <string.h>

void facts_init(struct facts *facts)
{
	memset(facts, 0, sizeof(*facts));
	intern_init(&facts->strings);
}

void facts_fini(struct facts *facts)
{
	image_name_fini(&facts->image);
	intern_fini(&facts->strings);
	vec_free(&facts->objects);
	vec_free(&facts->sections);
	vec_free(&facts->functions);
	vec_free(&facts->instances);
	vec_free(&facts->edges);
	vec_free(&facts->chains);
	vec_free(&facts->symbols);
	vec_free(&facts->prototypes);
	vec_free(&facts->params);
	vec_free(&facts->taken);
	vec_free(&facts->exports);
	vec_free(&facts->units);
	vec_free(&facts->initcalls);
	vec_free(&facts->types);
	vec_free(&facts->type_units);
}

size_t facts_count_read(const struct facts *facts)
{
	size_t count = 0;

	for (size_t i = 0; i < facts->functions.count; i++)
		count += !(facts->functions.items[i].flags & FUNCTION_MENTIONED);
	return count;
}

uint32_t facts_object_of(const struct facts *facts, uint32_t index)
{
	const struct fact_function *function = &facts->functions.items[index];

	if (function->instances)
		return facts->instances.items[function->first_instance].object;
	return function->symbols ? facts->symbols.items[function->first_symbol].object : 0;
}
