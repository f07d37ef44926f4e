// SPDX-License-Identifier: GPL-2.0-or-later
#include "dwarf/declared.h"

#include "dwarf/constants.h"

struct declarations {
	struct die_reader *reader;
	struct type_texts types;
	VEC(struct type_text) params;
	bool variadic;
	const char *unit;
	struct error *(*each)(void *context, const struct declared_function *declared);
	void *context;
};

static struct error *add_param(void *context, const struct die *child)
{
	struct declarations *all = context;
	struct type_text type;

	if (child->tag == DW_TAG_unspecified_parameters)
		all->variadic = true;
	if (child->tag != DW_TAG_formal_parameter)
		return NULL;
	TRY(type_of(&all->types, child, &type));
	vec_add(&all->params, type);
	return NULL;
}

static struct error *hand_over(struct declarations *all, const struct die *die)
{
	struct declared_function declared = {.name = die_text(die, AT_NAME), .unit = all->unit, .types = &all->types};

	all->params.count = 0;
	all->variadic = false;
	TRY(type_of(&all->types, die, &declared.returns));
	if (die->has_children)
		TRY(all->reader->ops->children(all->reader, die->offset, add_param, all));
	declared.params = all->params.items;
	declared.param_count = all->params.count;
	declared.variadic = all->variadic;
	return all->each(all->context, &declared);
}

static struct error *read_unit(struct declarations *all, uint32_t index)
{
	bool have;
	struct die die;

	type_texts_reset(&all->types);
	TRY(all->reader->ops->open_unit(all->reader, index, &die, &have));
	if (!have)
		return NULL;
	all->unit = die_text(&die, AT_NAME);
	for (;;) {
		TRY(all->reader->ops->next(all->reader, &die, &have));
		if (!have)
			return NULL;
		if (die.tag == DW_TAG_subprogram && die_number(&die, AT_DECLARATION, 0) && die_text(&die, AT_NAME))
			TRY(hand_over(all, &die));
	}
}

struct error *declared_functions(const struct dwarf_image *image, struct intern *strings,
				 struct error *(*each)(void *context, const struct declared_function *declared),
				 void *context)
{
	struct declarations all = {.reader = own_reader_new(image), .each = each, .context = context};
	struct error *err = NULL;

	all.reader->param_depth = NO_PARAM_DEPTH;
	type_texts_init(&all.types, all.reader, strings);
	for (uint32_t i = 0; i < image->units.count && !err; i++)
		err = read_unit(&all, i);
	type_texts_fini(&all.types);
	vec_free(&all.params);
	all.reader->ops->close(all.reader);
	return err;
}
