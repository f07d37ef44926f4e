// SPDX-License-Identifier: GPL-2.0-or-later
#include "dwarf/type_text.h"

#include <string.h>

#include "dwarf/constants.h"

/* No declaration of the kernel nests deeper; a loop of references does. */
#define MAX_NESTING 100u

#define NO_DIE UINT64_MAX

static struct error *text_at(struct type_texts *types, uint64_t offset, unsigned nesting, struct type_text *type);

void type_texts_init(struct type_texts *types, struct die_reader *reader, struct intern *strings)
{
	*types = (struct type_texts){.reader = reader, .strings = strings, .slot_count = 256};
	types->slots = xcalloc(types->slot_count, sizeof(*types->slots));
}

void type_texts_reset(struct type_texts *types)
{
	if (types->used)
		memset(types->slots, 0, types->slot_count * sizeof(*types->slots));
	types->used = 0;
}

void type_texts_fini(struct type_texts *types)
{
	free(types->slots);
	str_free(&types->scratch);
}

static struct type_text *find_slot(const struct type_texts *types, uint64_t offset)
{
	size_t mask = types->slot_count - 1;
	size_t at = hash_u64(offset) & mask;

	while (types->slots[at].text && types->slots[at].offset != offset)
		at = (at + 1) & mask;
	return &types->slots[at];
}

static void remember(struct type_texts *types, const struct type_text *type)
{
	if (2 * (types->used + 1) > types->slot_count) {
		struct type_text *old = types->slots;
		size_t count = types->slot_count;

		types->slot_count *= 2;
		types->slots = xcalloc(types->slot_count, sizeof(*types->slots));
		for (size_t i = 0; i < count; i++)
			if (old[i].text)
				*find_slot(types, old[i].offset) = old[i];
		free(old);
	}
	*find_slot(types, type->offset) = *type;
	types->used++;
}

static const char *keep(struct type_texts *types, const struct str *text)
{
	return intern_text(types->strings, intern_n(types->strings, text->data, text->length));
}

/* The type of a DIE, with the nesting counted. */
static struct error *inner_type(struct type_texts *types, const struct die *die, unsigned nesting,
				struct type_text *type)
{
	if (die_has(die, AT_TYPE))
		return text_at(types, die->value[AT_TYPE].number, nesting + 1, type);
	*type = (struct type_text){.offset = NO_DIE, .text = "void", .shape = SHAPE_PLAIN};
	return NULL;
}

static struct error *qualified(struct type_texts *types, const struct die *die, const char *qualifier, unsigned nesting,
			       struct str *out)
{
	struct type_text inner;

	TRY(inner_type(types, die, nesting, &inner));
	str_addf(out, "%s %s", qualifier, inner.text);
	return NULL;
}

static struct error *pointer(struct type_texts *types, const struct die *die, unsigned nesting, struct type_text *type,
			     struct str *out)
{
	struct type_text inner;

	TRY(inner_type(types, die, nesting, &inner));
	if (inner.shape == SHAPE_FUNCTION) {
		str_addn(out, inner.text, inner.split);
		str_add(out, "(*)");
		str_add(out, inner.text + inner.split);
		type->shape = SHAPE_FUNCTION_POINTER;
		type->split = inner.split;
		return NULL;
	}
	str_add(out, inner.text);
	str_add(out, inner.shape == SHAPE_POINTER || inner.shape == SHAPE_FUNCTION_POINTER ? "*" : " *");
	type->shape = SHAPE_POINTER;
	return NULL;
}

struct bounds {
	uint64_t elements;
	bool any;
};

static struct error *add_bound(void *context, const struct die *child)
{
	struct bounds *bounds = context;
	uint64_t elements = 0;

	if (child->tag != DW_TAG_subrange_type)
		return NULL;
	if (die_has(child, AT_COUNT))
		elements = child->value[AT_COUNT].number;
	else if (die_has(child, AT_UPPER_BOUND))
		elements = child->value[AT_UPPER_BOUND].number + 1;
	/* GCC writes an upper bound of -1 for a member without elements. */
	bounds->elements = bounds->any ? bounds->elements * elements : elements;
	bounds->any = true;
	return NULL;
}

static struct error *array(struct type_texts *types, const struct die *die, unsigned nesting, struct type_text *type,
			   struct str *out)
{
	struct bounds bounds = {0};
	struct type_text inner;

	TRY(inner_type(types, die, nesting, &inner));
	TRY(types->reader->ops->children(types->reader, die->offset, add_bound, &bounds));
	str_add(out, inner.text);
	type->shape = SHAPE_ARRAY;
	type->split = (uint32_t)out->length;
	str_addf(out, "[%llu]", (unsigned long long)(uint32_t)bounds.elements);
	return NULL;
}

struct params {
	struct type_texts *types;
	struct str *out;
	unsigned nesting;
	bool any;
};

static struct error *add_param(void *context, const struct die *child)
{
	struct params *params = context;
	struct type_text type = {.text = "void"};

	if (child->tag == DW_TAG_formal_parameter)
		TRY(inner_type(params->types, child, params->nesting, &type));
	else if (child->tag != DW_TAG_unspecified_parameters)
		return NULL;
	if (params->any)
		str_add(params->out, ", ");
	params->any = true;
	str_add(params->out, type.text);
	return NULL;
}

static struct error *function_type(struct type_texts *types, const struct die *die, unsigned nesting,
				   struct type_text *type, struct str *out)
{
	struct params params = {types, out, nesting, false};
	struct type_text returns;

	TRY(inner_type(types, die, nesting, &returns));
	str_add(out, returns.text);
	type->shape = SHAPE_FUNCTION;
	type->split = (uint32_t)out->length;
	str_addc(out, '(');
	TRY(types->reader->ops->children(types->reader, die->offset, add_param, &params));
	str_addc(out, ')');
	return NULL;
}

static void named(const struct die *die, const char *keyword, struct str *out)
{
	const char *name = die_text(die, AT_NAME);

	str_add(out, keyword);
	str_add(out, name ? name : "(anon)");
}

static struct error *describe(struct type_texts *types, const struct die *die, unsigned nesting, struct type_text *type,
			      struct str *out)
{
	switch (die->tag) {
	case DW_TAG_structure_type:
	case DW_TAG_class_type:
		named(die, "struct ", out);
		return NULL;
	case DW_TAG_union_type:
		named(die, "union ", out);
		return NULL;
	case DW_TAG_enumeration_type:
		named(die, "enum ", out);
		return NULL;
	case DW_TAG_const_type:
		return qualified(types, die, "const", nesting, out);
	case DW_TAG_volatile_type:
		return qualified(types, die, "volatile", nesting, out);
	case DW_TAG_restrict_type:
		return qualified(types, die, "restrict", nesting, out);
	case DW_TAG_atomic_type:
		return qualified(types, die, "_Atomic", nesting, out);
	case DW_TAG_pointer_type:
	case DW_TAG_reference_type:
	case DW_TAG_rvalue_reference_type:
		return pointer(types, die, nesting, type, out);
	case DW_TAG_array_type:
		return array(types, die, nesting, type, out);
	case DW_TAG_subroutine_type:
		return function_type(types, die, nesting, type, out);
	case DW_TAG_unspecified_type:
		str_add(out, "void");
		return NULL;
	default:
		named(die, "", out);
		return NULL;
	}
}

static struct error *text_at(struct type_texts *types, uint64_t offset, unsigned nesting, struct type_text *type)
{
	struct type_text *known = find_slot(types, offset);
	struct die die;

	if (known->text) {
		*type = *known;
		return NULL;
	}
	if (nesting > MAX_NESTING)
		return error_new(ERROR_INPUT, "section .debug_info, offset 0x%llx: a type that refers to itself",
				 (unsigned long long)offset);
	TRY(types->reader->ops->at(types->reader, offset, &die));
	AUTO_STR struct str out = {0};

	*type = (struct type_text){.offset = offset, .shape = SHAPE_PLAIN};
	TRY(describe(types, &die, nesting, type, &out));
	type->text = keep(types, &out);
	remember(types, type);
	return NULL;
}

struct error *type_of(struct type_texts *types, const struct die *die, struct type_text *type)
{
	return inner_type(types, die, 0, type);
}

const char *type_declare(struct type_texts *types, const struct type_text *type, const char *name)
{
	struct str *out = &types->scratch;

	str_clear(out);
	switch ((enum type_shape)type->shape) {
	case SHAPE_POINTER:
		str_add(out, type->text);
		str_add(out, name);
		break;
	case SHAPE_FUNCTION_POINTER:
		str_addn(out, type->text, type->split);
		str_addf(out, " (*%s)", name);
		str_add(out, type->text + type->split + strlen("(*)"));
		break;
	case SHAPE_FUNCTION:
	case SHAPE_ARRAY:
		str_addn(out, type->text, type->split);
		str_addf(out, " %s", name);
		str_add(out, type->text + type->split);
		break;
	case SHAPE_PLAIN:
		str_add(out, type->text);
		str_addc(out, ' ');
		str_add(out, name);
		break;
	}
	return keep(types, out);
}
