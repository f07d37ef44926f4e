// SPDX-License-Identifier: GPL-2.0-or-later
/* The order of the steps from raw units to facts. */
#include "model/link.h"

#include "model/link_stages.h"
#include "model/link_state.h"

static const char *producer_of(const struct raw_image *raw)
{
	for (uint32_t i = 0; i < raw->unit_count; i++)
		if (raw->units[i].language == LANGUAGE_C && raw->units[i].producer)
			return raw->units[i].producer;
	return NULL;
}

/* The files that were compiled, each once; what the linker made of nothing has no path. */
static void link_units(const struct raw_image *raw, struct facts *facts)
{
	struct intern seen;

	intern_init(&seen);
	for (uint32_t i = 0; i < raw->unit_count; i++) {
		const char *path = raw->units[i].path;

		if (!*path || *path == '<' || intern_find(&seen, path))
			continue;
		intern(&seen, path);
		vec_add(&facts->units, ((struct fact_unit){.file = intern(&facts->strings, path)}));
	}
	facts->objects.items[0].units_read = facts->units.count != 0;
	intern_fini(&seen);
}

void link_facts(const struct raw_image *raw, struct facts *facts)
{
	const char *producer = producer_of(raw);
	struct link link;

	*vec_push(&facts->objects) = (struct fact_object){
		.name = intern(&facts->strings, raw->object),
		.path = intern(&facts->strings, raw->path),
		.build_id = intern(&facts->strings, raw->build_id),
		.evidence = (uint8_t)raw->evidence,
		.taken_data = raw->taken_data,
		.taken_code = raw->taken_code,
		.types_read = raw->evidence == EVIDENCE_DWARF,
	};
	for (uint32_t i = 0; i < raw->section_count; i++)
		*vec_push(&facts->sections) = (struct fact_section){
			.base = raw->sections[i].base,
			.size_bytes = raw->sections[i].size_bytes,
			.name = intern(&facts->strings, raw->sections[i].name),
		};
	if (producer && !facts->image.producer)
		facts->image.producer = xstrdup(producer);
	link_init(&link, raw, facts);
	link_symbols(&link);
	link_subs(&link);
	link_tie(&link);
	link_sites(&link);
	link_code(&link);
	link_order(&link);
	link_taken(&link);
	link_units(raw, facts);
	link_types(&link);
	link_fini(&link);
}
