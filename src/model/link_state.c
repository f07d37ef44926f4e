// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/link_state.h"

void link_init(struct link *link, const struct raw_image *raw, struct facts *facts)
{
	*link = (struct link){.raw = raw, .facts = facts};
	symbol_map_init(&link->map, raw->symbols, raw->symbol_count, raw->address_mask);
	link_map_init(&link->by_name);
	link_map_init(&link->by_place);
	link_map_init(&link->chains);
	link_map_init(&link->prototypes);
	link->sub_instance = xcalloc(raw->unit_count, sizeof(*link->sub_instance));
	link->unit_path = xcalloc(raw->unit_count, sizeof(*link->unit_path));
	link->symbol_function = xcalloc(raw->symbol_count, sizeof(*link->symbol_function));
}

void link_fini(struct link *link)
{
	symbol_map_fini(&link->map);
	link_map_fini(&link->by_name);
	link_map_fini(&link->by_place);
	link_map_fini(&link->chains);
	link_map_fini(&link->prototypes);
	for (uint32_t i = 0; i < link->raw->unit_count; i++)
		free(link->sub_instance[i]);
	free(link->sub_instance);
	free(link->unit_path);
	free(link->symbol_function);
	free(link->final_function);
	vec_free(&link->functions);
	vec_free(&link->instances);
	vec_free(&link->late_copies);
}
