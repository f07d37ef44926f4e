// SPDX-License-Identifier: GPL-2.0-or-later
/* Format: Documentation/bpf/btf.rst of the kernel. */
#include "image/btf.h"

#include <string.h>

#include "image/relocation_entry.h"

#define BTF_MAGIC	  0xeb9f
#define HEADER_BYTES	  24
#define TYPE_BYTES	  12
#define MAX_BPF_FUNC_ARGS 12
#define REGISTER_ARGS	  6 /* what every trampoline takes; more depend on architecture and release */

enum btf_kind {
	BTF_STRUCT = 4,
	BTF_UNION = 5,
	BTF_TYPEDEF = 8,
	BTF_VOLATILE = 9,
	BTF_CONST = 10,
	BTF_RESTRICT = 11,
	BTF_FUNC = 12,
	BTF_FUNC_PROTO = 13,
	BTF_TYPE_TAG = 18,
};

/* Bytes behind a type, for each of its `vlen` members and once. */
static const struct {
	uint8_t each, once;
} kind_sizes[] = {
	{0, 0}, {0, 4}, {0, 0}, {0, 12}, {12, 0}, {12, 0}, {8, 0}, {0, 0}, {0, 0}, {0, 0},
	{0, 0}, {0, 0}, {0, 0}, {8, 0},	 {0, 4},  {12, 0}, {0, 0}, {0, 4}, {0, 0}, {12, 0},
};

struct btf {
	struct elf_image *image;
	const unsigned char *types, *strings;
	uint32_t types_bytes, strings_bytes;
	VEC(uint32_t) offsets; /* of each type, from id 1 */
};

static uint32_t word(const struct btf *btf, const unsigned char *at)
{
	return (uint32_t)relocation_uint(btf->image, at, 4);
}

static struct error *bad(const struct btf *btf, const char *what)
{
	return error_new(ERROR_INPUT, "%s: section .BTF: %s", btf->image->path, what);
}

static struct error *read_header(struct btf *btf, const struct section *section)
{
	const unsigned char *data = section->data;

	if (section->size_bytes < HEADER_BYTES || relocation_uint(btf->image, data, 2) != BTF_MAGIC)
		return bad(btf, "no BTF header");
	uint64_t header = word(btf, data + 4), types = header + word(btf, data + 8);
	uint64_t strings = header + word(btf, data + 16);

	btf->types_bytes = word(btf, data + 12);
	btf->strings_bytes = word(btf, data + 20);
	if (types > section->size_bytes || section->size_bytes - types < btf->types_bytes ||
	    strings > section->size_bytes || section->size_bytes - strings < btf->strings_bytes)
		return bad(btf, "types or strings lie outside of it");
	btf->types = data + types;
	btf->strings = data + strings;
	if (btf->strings_bytes == 0 || btf->strings[btf->strings_bytes - 1])
		return bad(btf, "the strings do not end");
	return NULL;
}

static unsigned kind_of(const struct btf *btf, uint32_t offset)
{
	return word(btf, btf->types + offset + 4) >> 24 & 0x1f;
}

static unsigned members_of(const struct btf *btf, uint32_t offset)
{
	return word(btf, btf->types + offset + 4) & 0xffff;
}

static struct error *index_types(struct btf *btf)
{
	for (uint64_t at = 0; at < btf->types_bytes;) {
		if (btf->types_bytes - at < TYPE_BYTES)
			return bad(btf, "the last type is cut short");
		unsigned kind = kind_of(btf, (uint32_t)at);

		if (kind == 0 || kind >= ARRAY_LEN(kind_sizes))
			return bad(btf, "a type of an unknown kind");
		vec_add(&btf->offsets, (uint32_t)at);
		at += TYPE_BYTES + kind_sizes[kind].once +
		      (uint64_t)kind_sizes[kind].each * members_of(btf, (uint32_t)at);
		if (at > btf->types_bytes)
			return bad(btf, "the last type is cut short");
	}
	return NULL;
}

/* The offset of a type, its names and qualifiers taken off; false: void, or no such type. */
static bool resolve(const struct btf *btf, uint32_t id, uint32_t *offset)
{
	/* Longer chains than this do not occur; a cycle of a damaged file does not hang. */
	for (int depth = 0; depth < 64 && id && id <= btf->offsets.count; depth++) {
		*offset = btf->offsets.items[id - 1];
		unsigned kind = kind_of(btf, *offset);

		if (kind != BTF_TYPEDEF && kind != BTF_VOLATILE && kind != BTF_CONST && kind != BTF_RESTRICT &&
		    kind != BTF_TYPE_TAG)
			return true;
		id = word(btf, btf->types + *offset + 8);
	}
	return false;
}

static bool is_aggregate(const struct btf *btf, uint32_t id)
{
	uint32_t offset;

	if (!resolve(btf, id, &offset))
		return false;
	return kind_of(btf, offset) == BTF_STRUCT || kind_of(btf, offset) == BTF_UNION;
}

static void judge_prototype(const struct btf *btf, uint32_t id, struct btf_func *func)
{
	uint32_t offset;

	if (!resolve(btf, id, &offset) || kind_of(btf, offset) != BTF_FUNC_PROTO) {
		func->refused = true;
		return;
	}
	const unsigned char *params = btf->types + offset + TYPE_BYTES;
	unsigned count = members_of(btf, offset);

	func->refused = count > MAX_BPF_FUNC_ARGS || is_aggregate(btf, word(btf, btf->types + offset + 8));
	func->doubtful = count > REGISTER_ARGS;
	for (unsigned i = 0; i < count; i++) {
		uint32_t type = word(btf, params + (size_t)8 * i + 4);

		func->refused = func->refused || type == 0;
		func->doubtful = func->doubtful || is_aggregate(btf, type);
	}
}

static bool is_denied(const struct btf *btf, const unsigned char *set, uint32_t count, uint32_t id)
{
	for (uint32_t i = 0; i < count; i++)
		if (word(btf, set + (size_t)4 * i) == id)
			return true;
	return false;
}

/* The ids of the verifier's BTF_SET(btf_id_deny). */
static const unsigned char *deny_list(const struct btf *btf, uint32_t *count)
{
	const struct elf_symbol *symbol = elf_image_find_symbol(btf->image, "btf_id_deny");
	uint64_t left;
	const unsigned char *set = symbol ? elf_image_at(btf->image, symbol->address, &left) : NULL;

	*count = 0;
	if (!set || left < 4 || (left - 4) / 4 < word(btf, set))
		return NULL;
	*count = word(btf, set);
	return set + 4;
}

static int by_name(const void *a, const void *b)
{
	const struct btf_func *x = a, *y = b;

	return strcmp(x->name, y->name);
}

static struct error *collect(const struct btf *btf, struct btf_funcs *funcs)
{
	uint32_t denied;
	const unsigned char *set = deny_list(btf, &denied);

	for (size_t i = 0; i < btf->offsets.count; i++) {
		uint32_t offset = btf->offsets.items[i], name = word(btf, btf->types + offset);

		if (kind_of(btf, offset) != BTF_FUNC)
			continue;
		if (name >= btf->strings_bytes)
			return bad(btf, "a name lies outside the strings");
		struct btf_func func = {.name = (const char *)btf->strings + name, .id = (uint32_t)i + 1};

		judge_prototype(btf, word(btf, btf->types + offset + 8), &func);
		func.denied = is_denied(btf, set, denied, func.id);
		vec_add(&funcs->items, func);
	}
	if (funcs->items.count)
		qsort(funcs->items.items, funcs->items.count, sizeof(*funcs->items.items), by_name);
	return NULL;
}

struct error *btf_funcs_read(struct elf_image *image, struct btf_funcs *funcs)
{
	struct btf btf = {.image = image};
	struct section *section;

	*funcs = (struct btf_funcs){0};
	TRY(elf_image_load(image, ".BTF", &section));
	if (!section || !section->data)
		return NULL;
	struct error *err = read_header(&btf, section);

	if (!err)
		err = index_types(&btf);
	if (!err)
		err = collect(&btf, funcs);
	vec_free(&btf.offsets);
	funcs->present = true;
	funcs->unread = err != NULL;
	error_free(err);
	return NULL;
}

void btf_funcs_fini(struct btf_funcs *funcs)
{
	vec_free(&funcs->items);
}
