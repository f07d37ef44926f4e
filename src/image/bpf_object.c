// SPDX-License-Identifier: GPL-2.0-or-later
/* Format of .BTF.ext: Documentation/bpf/btf.rst of the kernel. */
#include "image/bpf_object.h"

#include <elf.h>
#include <string.h>

#include "atlas/str.h"
#include "image/elf_uint.h"

#define BTF_MAGIC    0xeb9f
#define INFO_HEADER  8 /* of a section's records: its name and their count */
#define LINE_BYTES   16
#define CORE_BYTES   16
#define CORE_HEADER  32 /* a .BTF.ext header that long has CO-RE relocations */
#define PLAIN_HEADER 24

/* .BTF.ext being read. */
struct info {
	struct bpf_object *object;
	const struct elf_image *image;
	const unsigned char *data;
	uint64_t size_bytes;
};

static uint32_t word(const struct info *info, uint64_t at)
{
	return (uint32_t)elf_uint(info->image, info->data + at, 4);
}

static struct error *bad(const struct info *info, const char *what, uint64_t offset)
{
	return error_new(ERROR_INPUT, "%s: section .BTF.ext, offset 0x%llx: %s", info->image->path,
			 (unsigned long long)offset, what);
}

static void take_line(struct info *info, const char *section, uint64_t at)
{
	vec_add(&info->object->lines, ((struct bpf_line){
					      .section = section,
					      .offset = word(info, at),
					      .file = btf_string(&info->object->btf, word(info, at + 4)),
					      .line = word(info, at + 12) >> 10,
				      }));
}

static void take_relocation(struct info *info, const char *section, uint64_t at)
{
	vec_add(&info->object->relocations, ((struct bpf_relocation){
						    .section = section,
						    .offset = word(info, at),
						    .type = word(info, at + 4),
						    .access = btf_string(&info->object->btf, word(info, at + 8)),
						    .kind = word(info, at + 12),
						    .function = UINT32_MAX,
					    }));
}

/* One run of records: their size, then for each section its name, a count, and as many records. */
static struct error *read_records(struct info *info, uint64_t at, uint64_t length, uint32_t least,
				  void (*take)(struct info *info, const char *section, uint64_t at))
{
	uint64_t end = at + length;

	if (length == 0)
		return NULL;
	if (end > info->size_bytes || length < 4)
		return bad(info, "its records lie outside of it", at);
	uint32_t size = word(info, at);

	if (size < least || size % 4)
		return bad(info, "a record size that is none", at);
	for (at += 4; at < end;) {
		if (end - at < INFO_HEADER)
			return bad(info, "the last section is cut short", at);
		const char *section = btf_string(&info->object->btf, word(info, at));
		uint32_t count = word(info, at + 4);

		at += INFO_HEADER;
		if ((end - at) / size < count)
			return bad(info, "the last section is cut short", at);
		for (uint32_t i = 0; i < count; i++, at += size)
			take(info, section, at);
	}
	return NULL;
}

static struct error *read_info(struct elf_image *image, struct bpf_object *object)
{
	struct section *section;

	TRY(elf_image_load(image, ".BTF.ext", &section));
	if (!section || !section->data)
		return NULL;
	struct info info = {object, image, section->data, section->size_bytes};

	if (info.size_bytes < PLAIN_HEADER || elf_uint(image, info.data, 2) != BTF_MAGIC)
		return bad(&info, "no header", 0);
	uint64_t header = word(&info, 4);

	if (header < PLAIN_HEADER || header > info.size_bytes)
		return bad(&info, "a header length that is none", 4);
	TRY(read_records(&info, header + word(&info, 16), word(&info, 20), LINE_BYTES, take_line));
	if (header < CORE_HEADER)
		return NULL;
	return read_records(&info, header + word(&info, 24), word(&info, 28), CORE_BYTES, take_relocation);
}

/* Whether BTF lists an extern symbol of that name, and in which section. */
static void classify_extern(const struct btf_types *btf, struct bpf_extern *symbol)
{
	for (uint32_t id = 1; id <= btf->offsets.count; id++) {
		struct btf_type section = btf_type(btf, id);

		if (section.kind != BTF_TYPE_DATASEC)
			continue;
		for (uint32_t i = 0; i < section.count; i++) {
			struct btf_type entry = btf_type(btf, btf_section_entry(btf, &section, i));

			if (!str_eq(entry.name, symbol->name))
				continue;
			symbol->section = section.name;
			symbol->function = entry.kind == BTF_TYPE_FUNC;
			return;
		}
	}
}

static void read_symbols(const struct elf_image *image, struct bpf_object *object)
{
	for (size_t i = 0; i < image->symbol_count; i++) {
		const struct elf_symbol *symbol = &image->symbols[i];

		if (symbol->section == SHN_UNDEF && *symbol->name) {
			struct bpf_extern made = {
				.name = symbol->name, .section = "", .weak = symbol->binding == STB_WEAK};

			classify_extern(&object->btf, &made);
			vec_add(&object->externs, made);
		} else if (symbol->type == STT_FUNC && symbol->section < image->section_count) {
			const struct section *section = &image->sections[symbol->section];
			uint64_t start = symbol->address - section->address;

			vec_add(&object->functions, ((struct bpf_function){section->name, symbol->name, start,
									   start + symbol->size_bytes}));
		}
	}
}

static int by_place(const char *a, uint64_t at_a, const char *b, uint64_t at_b)
{
	int order = strcmp(a, b);

	return order ? order : (at_a > at_b) - (at_a < at_b);
}

static int function_order(const void *left, const void *right)
{
	const struct bpf_function *a = left, *b = right;

	return by_place(a->section, a->start, b->section, b->start);
}

static int line_order(const void *left, const void *right)
{
	const struct bpf_line *a = left, *b = right;

	return by_place(a->section, a->offset, b->section, b->offset);
}

static void tie_relocations(struct bpf_object *object)
{
	for (size_t i = 0; i < object->relocations.count; i++) {
		struct bpf_relocation *relocation = &object->relocations.items[i];

		for (size_t f = 0; f < object->functions.count; f++) {
			const struct bpf_function *function = &object->functions.items[f];

			if (str_eq(function->section, relocation->section) && function->start <= relocation->offset &&
			    relocation->offset < function->end)
				relocation->function = (uint32_t)f;
		}
	}
}

static void sort(struct bpf_object *object)
{
	if (object->functions.count)
		qsort(object->functions.items, object->functions.count, sizeof(*object->functions.items),
		      function_order);
	if (object->lines.count)
		qsort(object->lines.items, object->lines.count, sizeof(*object->lines.items), line_order);
	tie_relocations(object);
}

struct error *bpf_object_open(struct elf_image *image, struct bpf_object *object)
{
	*object = (struct bpf_object){0};
	TRY(btf_types_open(image, &object->btf));
	if (!object->btf.types)
		return error_new(
			ERROR_INPUT,
			"%s: an eBPF object without BTF (section .BTF): it does not say what it needs; compile "
			"it with clang -g",
			image->path);
	struct error *err = read_info(image, object);

	if (!err) {
		read_symbols(image, object);
		sort(object);
	} else {
		bpf_object_close(object);
	}
	return err;
}

void bpf_object_close(struct bpf_object *object)
{
	btf_types_close(&object->btf);
	vec_free(&object->functions);
	vec_free(&object->relocations);
	vec_free(&object->lines);
	vec_free(&object->externs);
}

const struct bpf_line *bpf_line_at(const struct bpf_object *object, const char *section, uint64_t offset)
{
	const struct bpf_line *best = NULL;

	for (size_t i = 0; i < object->lines.count; i++) {
		const struct bpf_line *line = &object->lines.items[i];

		if (str_eq(line->section, section) && line->offset <= offset && line->line)
			best = line;
	}
	return best;
}
