// SPDX-License-Identifier: GPL-2.0-or-later
#include "image/exports.h"

#include <elf.h>
#include <string.h>

#include "image/words.h"

#define FLAG_GPL_ONLY 1 /* KSYM_FLAG_GPL_ONLY */

/* How the entries of one table look. */
struct form {
	bool relative;
	unsigned word;	/* bytes */
	unsigned words; /* in an entry: value, name and, if 3, namespace */
};

struct export_table {
	struct elf_image *image;
	struct words symbols;
	struct words crcs, flags;
	struct form form;
	bool gpl;
	bool relative_crcs; /* a CRC's place holds where it is (CONFIG_MODULE_REL_CRCS, 4.11 to 5.18) */
};

static unsigned entry_size(const struct form *form)
{
	return form->word * form->words;
}

static uint64_t entry_word(const struct export_table *table, const struct form *form, uint64_t entry, unsigned word)
{
	uint64_t offset = entry * entry_size(form) + (uint64_t)word * form->word;

	return form->relative ? words_relative(table->image, &table->symbols, offset)
			      : words_uint(table->image, &table->symbols, offset, form->word);
}

/* A string in a section of constants that ends before the section does; NULL if there is none. */
static const char *text_at(struct elf_image *image, uint64_t address)
{
	uint64_t left;
	const unsigned char *text = address ? elf_image_at(image, address, &left) : NULL;

	return text && memchr(text, 0, left) ? (const char *)text : NULL;
}

static bool in_section(const struct section *section, uint64_t address)
{
	return address >= section->address && address - section->address < section->size_bytes;
}

static bool form_fits(const struct export_table *table, const struct form *form, const struct section *strings)
{
	uint64_t count = table->symbols.size_bytes / entry_size(form);

	if (table->symbols.size_bytes % entry_size(form))
		return false;
	for (uint64_t i = 0; i < count; i++)
		if (!in_section(strings, entry_word(table, form, i, 1)))
			return false;
	return true;
}

/* Which form it is does not follow from the architecture alone: the names' words tell. */
static struct error *find_form(struct export_table *table, const char *name)
{
	const struct section *strings = elf_image_section(table->image, "__ksymtab_strings");
	unsigned word = table->image->arch.bits / 8;
	const struct form forms[] = {{true, 4, 3}, {false, word, 3}, {true, 4, 2}, {false, word, 2}};

	for (size_t i = 0; strings && i < ARRAY_LEN(forms); i++)
		if (form_fits(table, &forms[i], strings)) {
			table->form = forms[i];
			return NULL;
		}
	return error_new(ERROR_INPUT, "%s: section %s: entries of no known form (their names are not in %s)",
			 table->image->path, name, "__ksymtab_strings");
}

/* Whether the table of CRCs refers to words that are elsewhere; the first entry tells. */
static bool has_relative_crcs(struct export_table *table)
{
	const char *name = text_at(table->image, entry_word(table, &table->form, 0, 1));

	if (!name)
		return false;
	AUTO_FREE char *crc_name = xasprintf("__crc_%s", name);
	const struct elf_symbol *symbol = elf_image_find_symbol(table->image, crc_name);

	return symbol && symbol->section != SHN_ABS && symbol->section != SHN_UNDEF &&
	       (symbol->address < table->crcs.address ||
		symbol->address - table->crcs.address >= table->crcs.size_bytes);
}

static uint32_t crc_of(const struct export_table *table, uint64_t count, uint64_t entry)
{
	uint64_t width = count ? table->crcs.size_bytes / count : 0, left;

	if (!table->crcs.bytes || (width != 4 && width != 8) || table->crcs.size_bytes % count)
		return 0;
	if (!table->relative_crcs)
		return (uint32_t)words_uint(table->image, &table->crcs, entry * width, (unsigned)width);
	uint64_t at = words_relative(table->image, &table->crcs, entry * width);
	const unsigned char *bytes = at ? elf_image_at(table->image, at, &left) : NULL;
	const struct words one = {(unsigned char *)(uintptr_t)bytes, 4, at};

	return bytes && left >= 4 ? (uint32_t)words_uint(table->image, &one, 0, 4) : 0;
}

static struct error *read_entries(struct export_table *table, const char *section, struct elf_exports *exports)
{
	uint64_t count = table->symbols.size_bytes / entry_size(&table->form);

	if (table->flags.bytes && table->flags.size_bytes < count)
		return error_new(ERROR_INPUT, "%s: __kflagstab has %llu flags for %llu exports", table->image->path,
				 (unsigned long long)table->flags.size_bytes, (unsigned long long)count);
	table->relative_crcs = table->crcs.bytes && has_relative_crcs(table);
	for (uint64_t i = 0; i < count; i++) {
		const char *name = text_at(table->image, entry_word(table, &table->form, i, 1));
		const char *namespace =
			table->form.words == 3 ? text_at(table->image, entry_word(table, &table->form, i, 2)) : NULL;

		if (!name || !*name)
			return error_new(ERROR_INPUT, "%s: section %s, entry %llu: no name", table->image->path,
					 section, (unsigned long long)i);
		*vec_push(&exports->items) = (struct elf_export){
			.name = name,
			.namespace = namespace && *namespace ? namespace : NULL,
			.address = entry_word(table, &table->form, i, 0),
			.crc = crc_of(table, count, i),
			.gpl = table->gpl || (table->flags.bytes && table->flags.bytes[i] & FLAG_GPL_ONLY),
		};
	}
	return NULL;
}

static struct error *load(struct elf_image *image, const char *name, struct words *words)
{
	struct section *section = elf_image_section(image, name);

	return section ? words_of_section(image, section, words) : NULL;
}

static struct error *read_table(struct export_table *table, const char *symbols, const char *crcs,
				struct elf_exports *exports)
{
	TRY(load(table->image, symbols, &table->symbols));
	if (!table->symbols.bytes)
		return NULL;
	TRY(find_form(table, symbols));
	TRY(load(table->image, crcs, &table->crcs));
	if (!table->gpl)
		TRY(load(table->image, "__kflagstab", &table->flags));
	return read_entries(table, symbols, exports);
}

struct error *elf_exports_read(struct elf_image *image, struct elf_exports *exports)
{
	static const struct {
		const char *symbols, *crcs;
		bool gpl;
	} tables[] = {
		{"__ksymtab", "__kcrctab", false},
		{"__ksymtab_gpl", "__kcrctab_gpl", true},
		{"__ksymtab_gpl_future", "__kcrctab_gpl_future", true}, /* until 5.11 */
		{"__ksymtab_unused", "__kcrctab_unused", false},
		{"__ksymtab_unused_gpl", "__kcrctab_unused_gpl", true},
	};
	struct error *err = NULL;

	*exports = (struct elf_exports){0};
	for (size_t i = 0; i < ARRAY_LEN(tables) && !err; i++) {
		struct export_table table = {.image = image, .gpl = tables[i].gpl};

		err = read_table(&table, tables[i].symbols, tables[i].crcs, exports);
		words_fini(&table.symbols);
		words_fini(&table.crcs);
		words_fini(&table.flags);
	}
	if (err)
		elf_exports_fini(exports);
	return err;
}

void elf_exports_fini(struct elf_exports *exports)
{
	vec_free(&exports->items);
}
