// SPDX-License-Identifier: GPL-2.0-or-later
#include "check/dependency.h"

#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "atlas/package.h"
#include "atlas/str.h"
#include "atlas/table.h"

#define ENUM_TEXT(id, text) [id] = (text),
static const char *const kind_texts[] = {DEPENDENCY_KINDS(ENUM_TEXT)};
static const char *const value_texts[] = {STATE_VALUES(ENUM_TEXT)};
#undef ENUM_TEXT

const char *dependency_kind_text(enum dependency_kind kind)
{
	return kind_texts[kind];
}

bool dependency_kind_parse(const char *word, enum dependency_kind *kind)
{
	for (int i = 0; i < DEPENDENCY_KIND_COUNT; i++) {
		if (str_eq(word, kind_texts[i])) {
			*kind = (enum dependency_kind)i;
			return true;
		}
	}
	return false;
}

const char *state_value_text(enum state_value value)
{
	return value_texts[value];
}

enum state_value state_value_spelled(enum state_value value)
{
	if (value == VALUE_BARE_RETURNS)
		return VALUE_RETURNS;
	if (value == VALUE_BARE_PARAMETERS)
		return VALUE_PARAMETERS;
	return value == VALUE_BARE_TYPE ? VALUE_TYPE : value;
}

void dependencies_fini(struct dependencies *dependencies)
{
	vec_free(&dependencies->items);
	vec_free(&dependencies->notes);
	arena_fini(&dependencies->arena);
}

struct dependency *dependency_add(struct dependencies *dependencies, enum dependency_kind kind, const char *subject,
				  const char *file, uint32_t line)
{
	struct dependency *made = vec_push(&dependencies->items);

	*made = (struct dependency){
		.kind = kind,
		.subject = arena_strdup(&dependencies->arena, subject),
		.file = file,
		.line = line,
	};
	return made;
}

static int compare(const void *left, const void *right)
{
	const struct dependency *a = left, *b = right;
	int order = strcmp(a->subject, b->subject);

	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	if (order)
		return order;
	order = strcmp(a->file ? a->file : "", b->file ? b->file : "");
	return order ? order : (a->line > b->line) - (a->line < b->line);
}

/* One that is needed stands for all of its name, wherever it is named first. */
static void merge(struct dependency *into, const struct dependency *other)
{
	if (!other->optional && (into->optional || !other->own.alternative)) {
		into->own.alternative = other->own.alternative;
		into->why = other->why;
		into->file = other->file;
		into->line = other->line;
	}
	into->optional = into->optional && other->optional;
}

/* By kind and subject. */
static void dependencies_sort(struct dependencies *dependencies)
{
	struct dependency *items = dependencies->items.items;
	size_t kept = 0;

	if (dependencies->items.count < 2)
		return;
	qsort(items, dependencies->items.count, sizeof(*items), compare);
	for (size_t i = 1; i < dependencies->items.count; i++) {
		if (items[i].kind == items[kept].kind && str_eq(items[i].subject, items[kept].subject))
			merge(&items[kept], &items[i]);
		else
			items[++kept] = items[i];
	}
	dependencies->items.count = kept + 1;
}

static unsigned half_word(const unsigned char *bytes, size_t at, bool big)
{
	return big ? (unsigned)bytes[at] << 8 | bytes[at + 1] : (unsigned)bytes[at + 1] << 8 | bytes[at];
}

/* How many bytes an ELF file at `bytes` takes by its own header, at most `left`: its section headers stand last. */
static size_t elf_length(const unsigned char *bytes, size_t left)
{
	Elf64_Ehdr header;

	memcpy(&header, bytes, sizeof(header));
	uint64_t end = header.e_shoff + (uint64_t)header.e_shentsize * header.e_shnum;

	return header.e_shoff <= left && end <= left ? (size_t)end : left;
}

static bool is_bpf(const unsigned char *bytes, size_t left)
{
	return left >= sizeof(Elf64_Ehdr) && memcmp(bytes, ELFMAG, SELFMAG) == 0 && bytes[EI_CLASS] == ELFCLASS64 &&
	       half_word(bytes, 16, bytes[EI_DATA] == ELFDATA2MSB) == ET_REL &&
	       half_word(bytes, 18, bytes[EI_DATA] == ELFDATA2MSB) == EM_BPF;
}

/* A program runs on kernels of its own architecture; one of 32 bits on those of 64 bits, too: any is looked at. */
static const char *program_arch(const unsigned char *bytes, struct arena *arena)
{
	bool big = bytes[EI_DATA] == ELFDATA2MSB;
	const char *name = NULL;
	struct table table;

	if (bytes[EI_CLASS] != ELFCLASS64)
		return NULL;
	table_load(&table, "arches", 5);
	for (size_t i = 0; i < table.rows.count; i++) {
		const char **field = table.rows.items[i].fields;

		if ((unsigned)atoi(field[1]) == half_word(bytes, 18, big) && str_eq(field[2], "64") &&
		    str_eq(field[3], big ? "big" : "little"))
			name = arena_strdup(arena, field[0]);
	}
	table_fini(&table);
	return name;
}

/* A program made with libbpf's skeletons holds its eBPF objects as data. */
static struct error *read_embedded(const char *path, const unsigned char *bytes, size_t size_bytes,
				   struct dependencies *dependencies)
{
	size_t found = 0;

	for (size_t at = 1; at + sizeof(Elf64_Ehdr) < size_bytes; at++) {
		if (bytes[at] != ELFMAG0 || !is_bpf(bytes + at, size_bytes - at))
			continue;
		size_t length = elf_length(bytes + at, size_bytes - at);
		/* Where it stands need not be aligned, which libelf asks for. */
		AUTO_FREE void *copy = memcpy(xmalloc(length), bytes + at, length);

		TRY(error_prefix(bpf_read(path, copy, length, dependencies), "the eBPF object at offset 0x%zx", at));
		found++;
		at += length - 1;
	}
	if (!found)
		return error_new(
			ERROR_INPUT,
			"%s: an ELF file that is no module, no eBPF object and holds none; check wants a list, "
			"a module (.ko) or an eBPF object",
			path);
	dependencies->arch = program_arch(bytes, &dependencies->arena);
	dependencies->what = found == 1 ? "the eBPF object in a program" : "the eBPF objects in a program";
	return NULL;
}

static struct error *read_bytes(const char *path, const struct package_bytes *bytes, struct dependencies *dependencies)
{
	const unsigned char *data = bytes->data;

	if (bytes->size_bytes < 20 || memcmp(data, ELFMAG, SELFMAG) != 0) {
		dependencies->what = "a list";
		return list_read(path, (const char *)data, bytes->size_bytes, dependencies);
	}
	if (is_bpf(data, bytes->size_bytes)) {
		dependencies->what = "an eBPF object";
		return bpf_read(path, data, bytes->size_bytes, dependencies);
	}
	if (half_word(data, 16, data[EI_DATA] == ELFDATA2MSB) == ET_REL) {
		dependencies->what = "a module";
		return module_read(path, data, bytes->size_bytes, dependencies);
	}
	return read_embedded(path, data, bytes->size_bytes, dependencies);
}

struct error *dependencies_read(const char *path, struct dependencies *dependencies)
{
	struct package_bytes bytes;

	*dependencies = (struct dependencies){0};
	arena_init(&dependencies->arena);
	TRY(file_bytes_open(path, MEMBER_MODULE, NULL, &bytes));
	struct error *err = read_bytes(path, &bytes, dependencies);

	package_bytes_free(&bytes);
	if (err)
		return err;
	if (!dependencies->items.count)
		return error_new(ERROR_INPUT, "%s: names no dependency", path);
	dependencies_sort(dependencies);
	return NULL;
}
