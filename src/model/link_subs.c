// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Subprogram DIEs to functions and instances.
 *
 * An external name is one entry for the whole image, a static one an entry per
 * (name, declaration, unit).  Entries keep the order in which the DWARF first
 * names them.  Further definitions of an external name that have code of their
 * own (a weak one that lost, a copy for the EFI stub) are instances as well.
 */
#include <string.h>

#include "model/link_entries.h"
#include "model/link_offsets.h"
#include "model/link_prototypes.h"
#include "model/link_stages.h"

/* How far a DIE's origin may lead on; compilers write one step, two with a specification. */
#define MAX_ORIGINS 4

struct place {
	uint32_t function, line;
	str_id file, unit_path;
};

static uint64_t place_hash(const struct place *place)
{
	return hash_u64(hash_u64((uint64_t)place->function << 32 | place->file) ^
			((uint64_t)place->line << 32 | place->unit_path));
}

struct place_search {
	const struct link *link;
	const struct place *place;
};

static bool same_place(const void *context, uint32_t number)
{
	const struct place_search *search = context;
	const struct link_instance *instance = &search->link->instances.items[number];

	/* copy_of holds the unit path until the instance is tied to a symbol. */
	return instance->fact.function == search->place->function && instance->fact.decl_file == search->place->file &&
	       instance->fact.decl_line == search->place->line && instance->fact.copy_of == search->place->unit_path;
}

/* The entry of a static function, made when it is first named. */
static uint32_t static_instance(struct link *link, const struct place *place)
{
	struct place_search search = {link, place};
	uint64_t hash = place_hash(place);
	uint32_t instance = link_map_find(&link->by_place, hash, same_place, &search);

	if (instance != NO_INDEX)
		return instance;
	instance = link_add_instance(link, place->function, 0);
	link->instances.items[instance].fact.decl_file = place->file;
	link->instances.items[instance].fact.decl_line = place->line;
	link->instances.items[instance].fact.copy_of = place->unit_path;
	link_map_put(&link->by_place, hash, instance);
	return instance;
}

/* Declaration of a DIE: its own, else of what it specifies, else its unit. */
static void declared_at(struct link *link, uint32_t unit, const struct raw_sub *sub, str_id *file, uint32_t *line)
{
	for (int step = 0; step < MAX_ORIGINS && !sub->decl_file && sub->origin != NO_OFFSET; step++) {
		struct sub_ref ref = link_find_sub(link, unit, sub->origin);

		if (ref.unit == NO_INDEX)
			break;
		sub = link_raw_sub(link, ref);
	}
	*file = sub->decl_file ? intern(&link->facts->strings, sub->decl_file) : link->unit_path[unit];
	*line = sub->decl_file ? sub->decl_line : 0;
}

static const struct raw_sub *named_sub(const struct link *link, uint32_t unit, const struct raw_sub *sub)
{
	for (int step = 0; step < MAX_ORIGINS && !sub->name && sub->origin != NO_OFFSET; step++) {
		struct sub_ref ref = link_find_sub(link, unit, sub->origin);

		if (ref.unit == NO_INDEX)
			return NULL;
		sub = link_raw_sub(link, ref);
	}
	return sub->name ? sub : NULL;
}

static void note_prototype(struct link *link, const struct raw_sub *sub, uint32_t instance)
{
	struct link_instance *at = &link->instances.items[instance];
	struct link_function *function = &link->functions.items[at->fact.function];

	if (!sub->prototype)
		return;
	uint32_t prototype = link_prototype(link, sub->prototype);

	if (at->fact.prototype == NO_INDEX)
		at->fact.prototype = prototype;
	if (function->fact.prototype == NO_INDEX || (!function->named && sub->prototype->all_named)) {
		function->fact.prototype = prototype;
		function->named = sub->prototype->all_named;
	}
}

/* An instance of its own for code of an external name that stands in another unit than the first. */
static uint32_t further_definition(struct link *link, uint32_t unit, uint32_t first, const struct raw_sub *sub)
{
	uint32_t function = link->instances.items[first].fact.function;

	for (uint32_t i = first; i != NO_INDEX; i = link->instances.items[i].next)
		if (link->instances.items[i].code_unit == unit &&
		    link->instances.items[i].fact.flags & INSTANCE_EXTERNAL)
			return i;
	uint32_t instance = link_add_instance(link, function, INSTANCE_EXTERNAL | INSTANCE_DEFINED);
	struct link_instance *at = &link->instances.items[instance];

	at->fact.file = link->unit_path[unit];
	at->fact.dw_inline = sub->dw_inline;
	if (link->raw->units[unit].language == LANGUAGE_ASM)
		at->fact.flags |= INSTANCE_ASM;
	declared_at(link, unit, sub, &at->fact.decl_file, &at->fact.decl_line);
	return instance;
}

struct plain_search {
	const struct link *link;
	const char *name;
};

static bool named_exactly(void *context, uint32_t symbol)
{
	const struct plain_search *search = context;

	return strcmp(search->link->raw->symbols[symbol].name, search->name) == 0;
}

/* Whether a symbol named exactly as the function holds the address. */
static bool is_plain(const struct link *link, uint32_t function, uint64_t address)
{
	struct plain_search search = {link,
				      intern_text(&link->facts->strings, link->functions.items[function].fact.name)};

	return symbol_map_at(&link->map, address, named_exactly, &search);
}

/* Gives `instance` the code at `sub`; returns the instance that has it in the end. */
static uint32_t note_code(struct link *link, uint32_t unit, uint32_t instance, const struct raw_sub *sub)
{
	struct link_instance *at = &link->instances.items[instance];

	if (!(sub->flags & RAW_HAS_PC))
		return instance;
	if (at->code_unit != NO_INDEX && at->code_unit != unit && at->fact.flags & INSTANCE_EXTERNAL) {
		instance = further_definition(link, unit, instance, sub);
		at = &link->instances.items[instance];
	}
	bool plain = is_plain(link, at->fact.function, sub->pc);

	/* Of several copies (clones) the one under the plain symbol is the function's, else the first. */
	if (at->code_unit != NO_INDEX && (at->plain || !plain))
		return instance;
	at->code_unit = unit;
	at->plain = plain;
	at->fact.address = sub->pc;
	at->fact.flags |= INSTANCE_HAS_ADDRESS;
	return instance;
}

static void note_definition(struct link *link, uint32_t unit, uint32_t instance, const struct raw_sub *sub)
{
	struct link_instance *at = &link->instances.items[instance];

	if (sub->flags & RAW_HAS_INLINE && !at->inline_known) {
		at->inline_known = true;
		at->fact.dw_inline = sub->dw_inline;
	}
	if (at->fact.flags & INSTANCE_DEFINED)
		return;
	at->fact.flags |= INSTANCE_DEFINED;
	at->fact.file = link->unit_path[unit];
	declared_at(link, unit, sub, &at->fact.decl_file, &at->fact.decl_line);
	if (link->raw->units[unit].language == LANGUAGE_ASM)
		at->fact.flags |= INSTANCE_ASM;
}

/* A DIE that is no copy: finds or makes its entry and adds what it says. */
static uint32_t link_sub(struct link *link, uint32_t unit, const struct raw_sub *sub)
{
	const struct raw_sub *named = named_sub(link, unit, sub);
	struct place place;

	if (!named)
		return NO_INDEX;
	enum language language = link->raw->units[unit].language;
	uint32_t function = link_function(link, intern(&link->facts->strings, named->name), language);
	struct link_function *owner = &link->functions.items[function];
	uint32_t instance;

	if (named->readable && !owner->fact.readable)
		owner->fact.readable = intern(&link->facts->strings, named->readable);
	if ((sub->flags | named->flags) & RAW_EXTERNAL) {
		instance = link_external_instance(link, function);
	} else {
		place = (struct place){.function = function, .unit_path = link->unit_path[unit]};
		declared_at(link, unit, sub, &place.file, &place.line);
		instance = static_instance(link, &place);
	}
	if (named->linkage && !link->instances.items[instance].fact.linkage)
		link->instances.items[instance].fact.linkage = intern(&link->facts->strings, named->linkage);
	if (sub->flags & RAW_DECLARATION)
		return instance;
	/* The language of a function is that of its first definition. */
	if (!(link->instances.items[instance].fact.flags & INSTANCE_DEFINED) &&
	    instance == link->functions.items[function].first)
		link->functions.items[function].fact.language = (uint8_t)language;
	uint32_t with_code = note_code(link, unit, instance, sub);

	note_definition(link, unit, instance, sub);
	note_prototype(link, sub, with_code);
	return with_code;
}

/* A copy adds its code to the entry of its origin. */
static bool link_copy(struct link *link, uint32_t unit, uint32_t index)
{
	const struct raw_sub *sub = &link->raw->units[unit].subs.items[index];
	struct sub_ref ref = {unit, index};

	for (int step = 0; step < MAX_ORIGINS; step++) {
		ref = link_find_sub(link, ref.unit, link_raw_sub(link, ref)->origin);
		if (ref.unit == NO_INDEX)
			return true;
		if (!(link_raw_sub(link, ref)->flags & RAW_COPY))
			break;
	}
	if (!link->sub_instance[ref.unit])
		return false;
	uint32_t instance = link->sub_instance[ref.unit][ref.sub];

	link->sub_instance[unit][index] = instance == NO_INDEX ? NO_INDEX : note_code(link, unit, instance, sub);
	return true;
}

static void link_unit(struct link *link, uint32_t unit)
{
	const struct raw_unit *raw = &link->raw->units[unit];
	uint32_t *instances = xmalloc((raw->subs.count + 1) * sizeof(*instances));

	link->unit_path[unit] = intern(&link->facts->strings, raw->path);
	for (uint32_t i = 0; i < raw->subs.count; i++)
		instances[i] =
			raw->subs.items[i].flags & RAW_COPY ? NO_INDEX : link_sub(link, unit, &raw->subs.items[i]);
	link->sub_instance[unit] = instances;
	for (uint32_t i = 0; i < raw->subs.count; i++)
		if (raw->subs.items[i].flags & RAW_COPY && !link_copy(link, unit, i))
			*vec_push(&link->late_copies) = (struct link_copy){unit, i};
}

void link_subs(struct link *link)
{
	for (uint32_t unit = 0; unit < link->raw->unit_count; unit++)
		link_unit(link, unit);
	for (size_t i = 0; i < link->late_copies.count; i++)
		link_copy(link, link->late_copies.items[i].unit, link->late_copies.items[i].sub);
}
