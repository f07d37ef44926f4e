// SPDX-License-Identifier: GPL-2.0-or-later
/* Format: Documentation/bpf/btf.rst of the kernel. */
#include "image/btf_types.h"

#include "image/elf_uint.h"

#define BTF_MAGIC    0xeb9f
#define HEADER_BYTES 24
#define TYPE_BYTES   12

/* Bytes behind a type, for each of its members and once. */
static const struct {
	uint8_t each, once;
} sizes[BTF_TYPE_KIND_COUNT] = {
	[BTF_TYPE_INT] = {0, 4},     [BTF_TYPE_ARRAY] = {0, 12},   [BTF_TYPE_STRUCT] = {12, 0},
	[BTF_TYPE_UNION] = {12, 0},  [BTF_TYPE_ENUM] = {8, 0},	   [BTF_TYPE_FUNC_PROTO] = {8, 0},
	[BTF_TYPE_VAR] = {0, 4},     [BTF_TYPE_DATASEC] = {12, 0}, [BTF_TYPE_DECL_TAG] = {0, 4},
	[BTF_TYPE_ENUM64] = {12, 0},
};

static uint32_t word(const struct btf_types *btf, const unsigned char *at)
{
	return (uint32_t)elf_uint(btf->image, at, 4);
}

static struct error *bad(const struct btf_types *btf, const char *what, uint64_t offset)
{
	return error_new(ERROR_INPUT, "%s: section .BTF, offset 0x%llx: %s", btf->image->path,
			 (unsigned long long)offset, what);
}

static struct error *read_header(struct btf_types *btf, const struct section *section)
{
	const unsigned char *data = section->data;

	if (section->size_bytes < HEADER_BYTES || elf_uint(btf->image, data, 2) != BTF_MAGIC)
		return bad(btf, "no BTF header", 0);
	uint64_t header = word(btf, data + 4), types = header + word(btf, data + 8);
	uint64_t strings = header + word(btf, data + 16);

	btf->types_bytes = word(btf, data + 12);
	btf->strings_bytes = word(btf, data + 20);
	if (types > section->size_bytes || section->size_bytes - types < btf->types_bytes ||
	    strings > section->size_bytes || section->size_bytes - strings < btf->strings_bytes)
		return bad(btf, "types or strings lie outside of it", 8);
	btf->types = data + types;
	btf->strings = data + strings;
	if (btf->strings_bytes == 0 || btf->strings[btf->strings_bytes - 1])
		return bad(btf, "the strings do not end", strings);
	return NULL;
}

static struct error *index_types(struct btf_types *btf)
{
	for (uint64_t at = 0; at < btf->types_bytes;) {
		if (btf->types_bytes - at < TYPE_BYTES)
			return bad(btf, "the last type is cut short", at);
		uint32_t info = word(btf, btf->types + at + 4);
		unsigned kind = info >> 24 & 0x1f;

		if (kind == BTF_TYPE_VOID || kind >= BTF_TYPE_KIND_COUNT)
			return bad(btf, "a type of an unknown kind", at);
		vec_add(&btf->offsets, (uint32_t)at);
		at += TYPE_BYTES + sizes[kind].once + (uint64_t)sizes[kind].each * (info & 0xffff);
		if (at > btf->types_bytes)
			return bad(btf, "the last type is cut short", at);
	}
	return NULL;
}

struct error *btf_types_open(struct elf_image *image, struct btf_types *btf)
{
	struct section *section;

	*btf = (struct btf_types){.image = image};
	TRY(elf_image_load(image, ".BTF", &section));
	if (!section || !section->data)
		return NULL;
	struct error *err = read_header(btf, section);

	if (!err)
		err = index_types(btf);
	if (err)
		btf_types_close(btf);
	return err;
}

void btf_types_close(struct btf_types *btf)
{
	vec_free(&btf->offsets);
}

const char *btf_string(const struct btf_types *btf, uint32_t offset)
{
	return offset < btf->strings_bytes ? (const char *)btf->strings + offset : "";
}

struct btf_type btf_type(const struct btf_types *btf, uint32_t id)
{
	if (id == 0 || id > btf->offsets.count)
		return (struct btf_type){.name = ""};
	const unsigned char *at = btf->types + btf->offsets.items[id - 1];
	uint32_t info = word(btf, at + 4);

	return (struct btf_type){
		.kind = (enum btf_type_kind)(info >> 24 & 0x1f),
		.name = btf_string(btf, word(btf, at)),
		.count = info & 0xffff,
		.flag = info >> 31,
		.of = word(btf, at + 8),
		.more = at + TYPE_BYTES,
	};
}

static bool is_wrapper(enum btf_type_kind kind, bool typedefs)
{
	return kind == BTF_TYPE_VOLATILE || kind == BTF_TYPE_CONST || kind == BTF_TYPE_RESTRICT ||
	       kind == BTF_TYPE_TYPE_TAG || (typedefs && kind == BTF_TYPE_TYPEDEF);
}

struct btf_type btf_plain(const struct btf_types *btf, uint32_t *id, bool typedefs)
{
	struct btf_type type = btf_type(btf, *id);

	/* Longer chains than this do not occur; a cycle of a damaged file does not hang. */
	for (int depth = 0; depth < 64 && is_wrapper(type.kind, typedefs); depth++) {
		*id = type.of;
		type = btf_type(btf, *id);
	}
	return type;
}

struct btf_member btf_member(const struct btf_types *btf, const struct btf_type *type, uint32_t n)
{
	const unsigned char *at = type->more + (size_t)12 * n;

	return (struct btf_member){btf_string(btf, word(btf, at)), word(btf, at + 4)};
}

const char *btf_enumerator(const struct btf_types *btf, const struct btf_type *type, uint32_t n, int64_t *value)
{
	bool wide = type->kind == BTF_TYPE_ENUM64;
	const unsigned char *at = type->more + (size_t)(wide ? 12 : 8) * n;
	uint32_t low = word(btf, at + 4);

	if (wide)
		*value = (int64_t)((uint64_t)word(btf, at + 8) << 32 | low);
	else
		*value = type->flag ? (int64_t)(int32_t)low : (int64_t)low;
	return btf_string(btf, word(btf, at));
}

uint32_t btf_element(const struct btf_types *btf, const struct btf_type *type)
{
	return word(btf, type->more);
}

uint32_t btf_section_entry(const struct btf_types *btf, const struct btf_type *type, uint32_t n)
{
	return word(btf, type->more + (size_t)12 * n);
}
