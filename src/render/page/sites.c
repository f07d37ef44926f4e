// SPDX-License-Identifier: GPL-2.0-or-later
#include "sites.h"

#include <stdio.h>
#include <string.h>

#include "atlas/intern.h"
#include "atlas/str.h"
#include "keys.h"
#include "render/words/text.h"

/* More line numbers than this tell nobody anything. */
#define LINES_SHOWN 8

/* Sites of one caller, reached in one way. */
struct bunch {
	const struct site *first;
	const char *function;
	const char *ways; /* "tail call; through a, b" or "" */
	size_t sites;
	uint32_t lines[LINES_SHOWN];
	size_t line_count; /* may be more than are kept */
};

/* Bunches by the hash of their texts; open addressing. */
struct gathering {
	struct arena *arena;
	struct bunch *bunches;
	size_t count;
	uint32_t *slots; /* bunch number + 1 */
	size_t slot_count;
	uint32_t *function_slots; /* the same by function alone, to count these */
	size_t functions;
};

/* "mm/x.c:f [dm_mod]" */
static const char *site_function_text(struct arena *arena, const struct site *site)
{
	const char *function = text_function(arena, site->name);
	bool module = site->object && strcmp(site->object, "vmlinux") != 0;
	size_t path = site->path ? strlen(site->path) + 1 : 0, name = strlen(function);
	size_t object = module ? strlen(site->object) + 3 : 0;
	char *text = arena_alloc(arena, path + name + object + 1);

	if (path) {
		memcpy(text, site->path, path - 1);
		text[path - 1] = ':';
	}
	memcpy(text + path, function, name + 1);
	if (module)
		snprintf(text + path + name, object + 1, " [%s]", site->object);
	return text_visible(arena, text);
}

static void add_way(struct str *text, const char *way)
{
	str_add(text, text->length ? "; " : "");
	str_add(text, way);
}

static const char *ways_text(struct arena *arena, const struct site *site)
{
	if (site->kind != EDGE_TAIL && site->kind != EDGE_CODE && !(site->flags & EDGE_COPY) && !site->through_count &&
	    !site->as)
		return "";
	AUTO_STR struct str text = {0};

	if (site->kind == EDGE_TAIL)
		add_way(&text, "tail call");
	if (site->kind == EDGE_CODE)
		add_way(&text, "seen in the machine code only");
	if (site->flags & EDGE_COPY)
		add_way(&text, "via its out-of-line copy");
	for (uint32_t i = 0; i < site->through_count; i++) {
		if (i == 0)
			add_way(&text, "through ");
		else
			str_add(&text, ", ");
		str_add(&text, text_function(arena, site->through[i]));
	}
	if (site->as) {
		add_way(&text, "recorded as ");
		str_add(&text, site->as);
	}
	return text_visible(arena, arena_strndup(arena, text.data, text.length));
}

static size_t slots_for(size_t count)
{
	size_t slots = 16;

	while (slots < count * 2)
		slots *= 2;
	return slots;
}

static void count_function(struct gathering *gathering, size_t bunch, uint32_t hash)
{
	const char *function = gathering->bunches[bunch].function;
	size_t mask = gathering->slot_count - 1, at = hash & mask;

	for (; gathering->function_slots[at]; at = (at + 1) & mask)
		if (strcmp(gathering->bunches[gathering->function_slots[at] - 1].function, function) == 0)
			return;
	gathering->function_slots[at] = (uint32_t)bunch + 1;
	gathering->functions++;
}

static struct bunch *find_bunch(struct gathering *gathering, const char *function, const char *ways)
{
	size_t mask = gathering->slot_count - 1;
	uint32_t function_hash = hash_bytes(function, strlen(function));
	size_t at = (function_hash ^ hash_bytes(ways, strlen(ways)) * 31) & mask;

	for (; gathering->slots[at]; at = (at + 1) & mask) {
		struct bunch *bunch = &gathering->bunches[gathering->slots[at] - 1];

		if (strcmp(bunch->function, function) == 0 && strcmp(bunch->ways, ways) == 0)
			return bunch;
	}
	size_t number = gathering->count++;

	gathering->slots[at] = (uint32_t)number + 1;
	gathering->bunches[number] = (struct bunch){.function = function, .ways = ways};
	count_function(gathering, number, function_hash);
	return &gathering->bunches[number];
}

static void add_site(struct gathering *gathering, const struct site *site)
{
	struct bunch *bunch =
		find_bunch(gathering, site_function_text(gathering->arena, site), ways_text(gathering->arena, site));

	if (bunch->sites++ == 0)
		bunch->first = site;
	if (!site->line)
		return;
	for (size_t i = 0; i < bunch->line_count && i < LINES_SHOWN; i++)
		if (bunch->lines[i] == site->line)
			return;
	if (bunch->line_count < LINES_SHOWN)
		bunch->lines[bunch->line_count] = site->line;
	bunch->line_count++;
}

static void add_line_list(struct str *text, const struct bunch *bunch)
{
	for (size_t i = 0; i < bunch->line_count && i < LINES_SHOWN; i++) {
		str_add(text, i ? ", " : "");
		str_add_u64(text, bunch->lines[i]);
	}
	if (bunch->line_count > LINES_SHOWN)
		str_addf(text, " and %zu more", bunch->line_count - LINES_SHOWN);
}

static void add_lines(struct str *text, const struct bunch *bunch)
{
	add_way(text, bunch->line_count == 1 ? "line " : "lines ");
	add_line_list(text, bunch);
}

static const char *bunch_text(struct arena *arena, const struct bunch *bunch)
{
	AUTO_STR struct str more = {0};

	if (*bunch->ways)
		str_add(&more, bunch->ways);
	if (bunch->sites > 1)
		add_way(&more, arena_printf(arena, "%zu sites", bunch->sites));
	if (bunch->line_count)
		add_lines(&more, bunch);
	return more.length ? arena_printf(arena, "%s (%s)", bunch->function, more.data) : bunch->function;
}

static struct gathering gather(struct arena *arena, const struct site *sites, size_t count, size_t *self)
{
	size_t slots = slots_for(count);
	struct gathering gathering = {
		.arena = arena,
		.bunches = arena_alloc(arena, count * sizeof(struct bunch)),
		.slots = arena_zalloc(arena, slots * sizeof(uint32_t)),
		.slot_count = slots,
		.function_slots = arena_zalloc(arena, slots * sizeof(uint32_t)),
	};

	*self = 0;
	for (size_t i = 0; i < count; i++) {
		if (sites[i].flags & EDGE_SELF)
			++*self;
		else
			add_site(&gathering, &sites[i]);
	}
	return gathering;
}

struct site_lines site_lines_new(struct arena *arena, const struct site *sites, size_t count)
{
	struct site_lines result = {0};
	struct gathering gathering = gather(arena, sites, count, &result.sum.self);

	result.lines = arena_alloc(arena, (gathering.count + 1) * sizeof(*result.lines));
	for (size_t i = 0; i < gathering.count; i++)
		result.lines[i] = bunch_text(arena, &gathering.bunches[i]);
	result.count = gathering.count;
	result.sum.sites = count - result.sum.self;
	result.sum.callers = gathering.functions;
	return result;
}

static const char *line_list(struct arena *arena, const struct bunch *bunch)
{
	AUTO_STR struct str text = {0};

	add_line_list(&text, bunch);
	return text.length ? arena_strndup(arena, text.data, text.length) : "";
}

struct site_rows site_rows_new(struct arena *arena, const struct site *sites, size_t count)
{
	struct site_rows result = {0};
	struct gathering gathering = gather(arena, sites, count, &result.sum.self);
	struct site_row *rows = arena_alloc(arena, (gathering.count + 1) * sizeof(*rows));

	for (size_t i = 0; i < gathering.count; i++) {
		const struct bunch *bunch = &gathering.bunches[i];

		rows[i] = (struct site_row){bunch->first, bunch->ways, line_list(arena, bunch), bunch->sites};
	}
	result.rows = rows;
	result.count = gathering.count;
	result.sum.sites = count - result.sum.self;
	result.sum.callers = gathering.functions;
	return result;
}

struct object *sites_object(struct arena *arena, struct object *object, template_key key, const struct site_sum *sum)
{
	if (sum->self)
		object_text(
			object, key == KEY_inlined_callers ? KEY_inlined_self : KEY_calls_self,
			arena_printf(arena, "%zu site%s in its own body, not listed", sum->self, plural(sum->self)));
	if (sum->sites == 0)
		return NULL;
	struct object *list = object_object(object, key);

	object_text(list, KEY_count,
		    arena_printf(arena, "%zu site%s in %zu function%s", sum->sites, plural(sum->sites), sum->callers,
				 plural(sum->callers)));
	return list;
}
