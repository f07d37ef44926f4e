// SPDX-License-Identifier: GPL-2.0-or-later
#include "dwarf/layout.h"

#include "dwarf/constants.h"
#include "dwarf/field_path.h"
#include "dwarf/type_text.h"

/* Structs nest less deep, and none has as many members; a loop of references does not end otherwise. */
#define MAX_NESTING 32u
#define MAX_MEMBERS 20000u

struct layouts {
	struct die_reader *reader;
	struct type_texts types;
	struct str text;
	unsigned members;
	VEC(struct die) found; /* definitions of one unit */
	bool (*wanted)(void *context, const char *name);
	struct error *(*each)(void *context, const struct layout *layout, bool *more);
	void *context;
};

static bool is_aggregate(const struct die *die)
{
	return die->tag == DW_TAG_structure_type || die->tag == DW_TAG_union_type;
}

/* Where a struct is being written: its own place in the outermost one. */
struct place {
	struct layouts *all;
	uint64_t offset;
	const char *prefix; /* "lock.rlock." */
	unsigned nesting;
};

static struct error *add_members(const struct place *place, uint64_t offset);

/* A member that is a struct itself: what stands in it. */
static struct error *add_nested(const struct place *place, const struct die *member, const char *name, uint64_t at)
{
	struct layouts *all = place->all;
	uint64_t offset = member->value[AT_TYPE].number;
	struct die die;

	for (unsigned step = 0; step < MAX_NESTING; step++) {
		TRY(all->reader->ops->at(all->reader, offset, &die));
		bool wrapped = die.tag == DW_TAG_typedef || die.tag == DW_TAG_const_type ||
			       die.tag == DW_TAG_volatile_type || die.tag == DW_TAG_atomic_type;

		if (!wrapped || !die_has(&die, AT_TYPE))
			break;
		offset = die.value[AT_TYPE].number;
	}
	if (!is_aggregate(&die) || place->nesting >= MAX_NESTING)
		return NULL;
	AUTO_FREE char *prefix = *name ? xasprintf("%s%s.", place->prefix, name) : xstrdup(place->prefix);
	struct place inner = {all, at, prefix, place->nesting + 1};

	return add_members(&inner, die.offset);
}

static struct error *add_member(void *context, const struct die *member)
{
	const struct place *place = context;
	struct layouts *all = place->all;
	const char *name = die_text(member, AT_NAME);
	uint64_t at = place->offset + die_number(member, AT_DATA_MEMBER_LOCATION, 0), size;
	struct type_text type;

	if (member->tag != DW_TAG_member || !die_has(member, AT_TYPE) || ++all->members > MAX_MEMBERS)
		return NULL;
	TRY(type_of(&all->types, member, &type));
	TRY(type_size(all->reader, member->value[AT_TYPE].number, &size));
	str_addf(&all->text, "%llu %llu ", (unsigned long long)at, (unsigned long long)size);
	if (die_has(member, AT_BIT_SIZE))
		str_addf(&all->text, "bits %llu+%llu ",
			 (unsigned long long)die_number(member, AT_DATA_BIT_OFFSET,
							die_number(member, AT_BIT_OFFSET, 0)),
			 (unsigned long long)member->value[AT_BIT_SIZE].number);
	str_addf(&all->text, "%s%s %s\n", place->prefix, name ? name : "(anon)", type.text);
	return add_nested(place, member, name ? name : "", at);
}

static struct error *add_members(const struct place *place, uint64_t offset)
{
	struct place own = *place;

	return place->all->reader->ops->children(place->all->reader, offset, add_member, &own);
}

static struct error *keep_wanted(void *context, const struct die *child)
{
	struct layouts *all = context;
	const char *name = die_text(child, AT_NAME);

	if (is_aggregate(child) && name && !die_number(child, AT_DECLARATION, 0) && all->wanted(all->context, name))
		vec_add(&all->found, *child);
	return NULL;
}

static struct error *hand_over(struct layouts *all, const struct die *die, bool *more)
{
	struct layout layout = {.name = die_text(die, AT_NAME), .size_bytes = die_number(die, AT_BYTE_SIZE, 0)};
	struct place place = {all, 0, "", 0};

	str_clear(&all->text);
	all->members = 0;
	str_addf(&all->text, "%llu\n", (unsigned long long)layout.size_bytes);
	TRY(add_members(&place, die->offset));
	layout.text = all->text.data;
	return all->each(all->context, &layout, more);
}

static struct error *read_unit(struct layouts *all, uint32_t index, bool *more)
{
	struct die die;
	bool has_die;

	type_texts_reset(&all->types);
	all->found.count = 0;
	TRY(all->reader->ops->open_unit(all->reader, index, &die, &has_die));
	if (!has_die || !die.has_children)
		return NULL;
	TRY(all->reader->ops->children(all->reader, die.offset, keep_wanted, all));
	for (size_t i = 0; i < all->found.count && *more; i++)
		TRY(hand_over(all, &all->found.items[i], more));
	return NULL;
}

struct error *struct_layouts(const struct dwarf_image *image, struct intern *strings,
			     bool (*wanted)(void *context, const char *name),
			     struct error *(*each)(void *context, const struct layout *layout, bool *more),
			     void *context)
{
	struct layouts all = {.reader = own_reader_new(image), .wanted = wanted, .each = each, .context = context};
	struct error *err = NULL;
	bool more = true;

	all.reader->param_depth = NO_PARAM_DEPTH;
	type_texts_init(&all.types, all.reader, strings);
	for (uint32_t i = 0; i < image->units.count && !err && more; i++)
		err = read_unit(&all, i, &more);
	type_texts_fini(&all.types);
	str_free(&all.text);
	vec_free(&all.found);
	all.reader->ops->close(all.reader);
	return err;
}
