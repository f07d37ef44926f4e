// SPDX-License-Identifier: GPL-2.0-or-later
/* Format: Documentation/bpf/btf.rst of the kernel. */
#include "image/btf.h"

#include <string.h>

#include "atlas/search.h"

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

static uint32_t word(const struct btf *btf, const unsigned char *at)
{
	return btf->big_endian ? (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3]
			       : (uint32_t)at[3] << 24 | (uint32_t)at[2] << 16 | (uint32_t)at[1] << 8 | at[0];
}

static struct error *bad(const char *path, const char *what)
{
	return error_new(ERROR_INPUT, "%s: BTF: %s", path, what);
}

static struct error *read_header(const char *path, const unsigned char *data, uint64_t size_bytes, struct btf *btf)
{
	if (size_bytes < HEADER_BYTES)
		return bad(path, "no header");
	btf->big_endian = data[0] == BTF_MAGIC >> 8;
	if (data[!btf->big_endian] != BTF_MAGIC >> 8 || data[btf->big_endian] != (BTF_MAGIC & 0xff))
		return bad(path, "no header");
	uint64_t header = word(btf, data + 4), types = header + word(btf, data + 8);
	uint64_t strings = header + word(btf, data + 16);

	btf->types_bytes = word(btf, data + 12);
	btf->strings_bytes = word(btf, data + 20);
	if (types > size_bytes || size_bytes - types < btf->types_bytes || strings > size_bytes ||
	    size_bytes - strings < btf->strings_bytes)
		return bad(path, "types or strings lie outside of it");
	btf->types = data + types;
	btf->strings = data + strings;
	if (btf->strings_bytes == 0 || btf->strings[btf->strings_bytes - 1])
		return bad(path, "the strings do not end");
	return NULL;
}

/* A type, and the BTF it stands in: a module's, or the one that continues. */
struct type {
	const struct btf *btf;
	const unsigned char *at;
};

static unsigned kind_of(const struct type *type)
{
	return word(type->btf, type->at + 4) >> 24 & 0x1f;
}

static unsigned members_of(const struct type *type)
{
	return word(type->btf, type->at + 4) & 0xffff;
}

static struct error *index_types(const char *path, struct btf *btf)
{
	for (uint64_t at = 0; at < btf->types_bytes;) {
		if (btf->types_bytes - at < TYPE_BYTES)
			return bad(path, "the last type is cut short");
		struct type type = {btf, btf->types + at};
		unsigned kind = kind_of(&type);

		if (kind == 0 || kind >= ARRAY_LEN(kind_sizes))
			return bad(path, "a type of an unknown kind");
		vec_add(&btf->offsets, (uint32_t)at);
		at += TYPE_BYTES + kind_sizes[kind].once + (uint64_t)kind_sizes[kind].each * members_of(&type);
		if (at > btf->types_bytes)
			return bad(path, "the last type is cut short");
	}
	return NULL;
}

struct error *btf_open(const char *path, const unsigned char *data, uint64_t size_bytes, const struct btf *base,
		       struct btf *btf)
{
	*btf = (struct btf){.base = base, .first_id = 1};
	if (base) {
		btf->first_id = base->first_id + (uint32_t)base->offsets.count;
		btf->first_string = base->first_string + base->strings_bytes;
	}
	struct error *err = read_header(path, data, size_bytes, btf);

	if (!err)
		err = index_types(path, btf);
	if (err)
		btf_close(btf);
	return err;
}

void btf_close(struct btf *btf)
{
	vec_free(&btf->offsets);
}

static bool find_type(const struct btf *btf, uint32_t id, struct type *type)
{
	while (btf && id < btf->first_id)
		btf = btf->base;
	if (!btf || id - btf->first_id >= btf->offsets.count)
		return false;
	*type = (struct type){btf, btf->types + btf->offsets.items[id - btf->first_id]};
	return true;
}

/* NULL: there is none. */
static const char *find_string(const struct btf *btf, uint32_t offset)
{
	while (btf && offset < btf->first_string)
		btf = btf->base;
	offset -= btf ? btf->first_string : 0;
	/* A string begins behind the end of another. */
	if (!btf || offset >= btf->strings_bytes || (offset && btf->strings[offset - 1]))
		return NULL;
	return (const char *)btf->strings + offset;
}

/* A type, its names and qualifiers taken off; false: void, or no such type. */
static bool resolve(const struct btf *btf, uint32_t id, struct type *type)
{
	/* Longer chains than this do not occur; a cycle of a damaged file does not hang. */
	for (int depth = 0; depth < 64 && id && find_type(btf, id, type); depth++) {
		unsigned kind = kind_of(type);

		if (kind != BTF_TYPEDEF && kind != BTF_VOLATILE && kind != BTF_CONST && kind != BTF_RESTRICT &&
		    kind != BTF_TYPE_TAG)
			return true;
		id = word(type->btf, type->at + 8);
	}
	return false;
}

static bool is_aggregate(const struct btf *btf, uint32_t id)
{
	struct type type;

	return resolve(btf, id, &type) && (kind_of(&type) == BTF_STRUCT || kind_of(&type) == BTF_UNION);
}

/* False: it has none. */
static bool judge_prototype(const struct btf *btf, uint32_t id, struct btf_func *func)
{
	struct type type;

	if (!resolve(btf, id, &type) || kind_of(&type) != BTF_FUNC_PROTO)
		return false;
	const unsigned char *params = type.at + TYPE_BYTES;

	func->params = (uint16_t)members_of(&type);
	func->refused = func->params > MAX_BPF_FUNC_ARGS || is_aggregate(btf, word(btf, type.at + 8));
	func->doubtful = func->params > REGISTER_ARGS;
	for (unsigned i = 0; i < func->params; i++) {
		uint32_t param = word(btf, params + (size_t)8 * i + 4);

		func->refused = func->refused || param == 0;
		func->doubtful = func->doubtful || is_aggregate(btf, param);
	}
	return true;
}

const char *btf_param_name(const struct btf *btf, const struct btf_func *func, unsigned index)
{
	struct type type;

	if (index >= func->params || !find_type(btf, func->id, &type) || !resolve(btf, word(btf, type.at + 8), &type) ||
	    index >= members_of(&type))
		return "";
	const char *name = find_string(btf, word(btf, type.at + TYPE_BYTES + (size_t)8 * index));

	return name ? name : "";
}

static bool is_denied(const struct btf *btf, const unsigned char *set, uint32_t count, uint32_t id)
{
	for (uint32_t i = 0; i < count; i++)
		if (word(btf, set + (size_t)4 * i) == id)
			return true;
	return false;
}

/* The ids of the verifier's BTF_SET(btf_id_deny). */
static const unsigned char *deny_list(const struct btf *btf, struct elf_image *image, uint32_t *count)
{
	const struct elf_symbol *symbol = image ? elf_image_find_symbol(image, "btf_id_deny") : NULL;
	uint64_t left;
	const unsigned char *set = symbol ? elf_image_at(image, symbol->address, &left) : NULL;

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

static bool is_name(const char *text)
{
	size_t length = strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.$");

	return length && !text[length] && !(*text >= '0' && *text <= '9');
}

/* `image`: whose own BTF it is, for the deny list; NULL: a module's, or a file's. */
static struct error *collect(const char *path, struct elf_image *image, struct btf_funcs *funcs)
{
	const struct btf *btf = &funcs->btf;
	uint32_t denied;
	const unsigned char *set = deny_list(btf, image, &denied);

	for (size_t i = 0; i < btf->offsets.count; i++) {
		struct type type = {btf, btf->types + btf->offsets.items[i]};
		struct btf_func func = {.id = btf->first_id + (uint32_t)i};

		if (kind_of(&type) != BTF_FUNC)
			continue;
		func.name = find_string(btf, word(btf, type.at));
		if (!func.name)
			return bad(path, "a name lies outside the strings");
		/* A module's that continues another build's shows here at the latest. */
		if (!judge_prototype(btf, word(btf, type.at + 8), &func) || (btf->base && !is_name(func.name)))
			return bad(path, "a function without a name or a prototype");
		func.denied = is_denied(btf, set, denied, func.id);
		vec_add(&funcs->items, func);
	}
	if (funcs->items.count)
		qsort(funcs->items.items, funcs->items.count, sizeof(*funcs->items.items), by_name);
	return NULL;
}

struct error *btf_funcs_of(const char *path, const unsigned char *data, uint64_t size_bytes, struct btf_funcs *funcs)
{
	*funcs = (struct btf_funcs){.present = true};
	TRY(btf_open(path, data, size_bytes, NULL, &funcs->btf));
	struct error *err = collect(path, NULL, funcs);

	if (err)
		btf_funcs_fini(funcs);
	return err;
}

struct error *btf_funcs_read(struct elf_image *image, const struct btf *base, struct btf_funcs *funcs)
{
	struct section *section;

	*funcs = (struct btf_funcs){0};
	TRY(elf_image_load(image, ".BTF", &section));
	if (!section || !section->data)
		return NULL;
	funcs->present = true;
	struct error *err = btf_open(image->path, section->data, section->size_bytes, base, &funcs->btf);

	if (!err)
		err = collect(image->path, base ? NULL : image, funcs);
	funcs->unread = err != NULL;
	error_free(err);
	return NULL;
}

void btf_funcs_fini(struct btf_funcs *funcs)
{
	vec_free(&funcs->items);
	btf_close(&funcs->btf);
}

size_t btf_funcs_find(const struct btf_funcs *funcs, const char *name, const struct btf_func **first)
{
	size_t low = lower_bound(at, funcs->items.count, strcmp(funcs->items.items[at].name, name) < 0), end = low;

	*first = funcs->items.count ? funcs->items.items + low : NULL;
	while (end < funcs->items.count && strcmp(funcs->items.items[end].name, name) == 0)
		end++;
	return end - low;
}
