// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/link_entries.h"

#include "atlas/str.h"

/* Calls that must not survive optimisation: declarations of the compiler's error attribute, no functions. */
#define ASSERT_PREFIX "__compiletime_assert_"

struct name_key {
	const struct link *link;
	str_id name;
};

static bool same_name(const void *context, uint32_t number)
{
	const struct name_key *key = context;

	return key->link->functions.items[number].fact.name == key->name;
}

uint32_t link_find_function(const struct link *link, str_id name)
{
	struct name_key key = {link, name};

	return link_map_find(&link->by_name, hash_u64(name), same_name, &key);
}

uint32_t link_function(struct link *link, str_id name, enum language language)
{
	uint32_t function = link_find_function(link, name);

	if (function != NO_INDEX)
		return function;
	function = (uint32_t)link->functions.count;
	*vec_push(&link->functions) = (struct link_function){
		.fact = {.name = name, .prototype = NO_INDEX, .language = (uint8_t)language},
		.first = NO_INDEX,
		.last = NO_INDEX,
		.external = NO_INDEX,
		.dropped = str_starts(intern_text(&link->facts->strings, name), ASSERT_PREFIX),
	};
	link_map_put(&link->by_name, hash_u64(name), function);
	return function;
}

uint32_t link_add_instance(struct link *link, uint32_t function, uint8_t flags)
{
	uint32_t instance = (uint32_t)link->instances.count;
	struct link_function *owner = &link->functions.items[function];

	*vec_push(&link->instances) = (struct link_instance){
		.fact = {.function = function, .prototype = NO_INDEX, .symbol = NO_INDEX, .flags = flags},
		.next = NO_INDEX,
		.code_unit = NO_INDEX,
	};
	if (owner->last == NO_INDEX)
		owner->first = instance;
	else
		link->instances.items[owner->last].next = instance;
	owner->last = instance;
	return instance;
}

uint32_t link_external_instance(struct link *link, uint32_t function)
{
	if (link->functions.items[function].external == NO_INDEX)
		link->functions.items[function].external = link_add_instance(link, function, INSTANCE_EXTERNAL);
	return link->functions.items[function].external;
}

uint32_t link_caller_in_unit(struct link *link, uint32_t unit, uint32_t instance)
{
	str_id path = link->unit_path[unit];
	uint32_t function = link->instances.items[instance].fact.function;

	if (link->instances.items[instance].fact.file == path)
		return instance;
	for (uint32_t i = link->functions.items[function].first; i != NO_INDEX; i = link->instances.items[i].next)
		if (link->instances.items[i].fact.file == path)
			return i;
	uint32_t mentioned = link_add_instance(link, function, INSTANCE_MENTIONED);

	link->instances.items[mentioned].fact.file = path;
	return mentioned;
}
