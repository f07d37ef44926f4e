// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * File tables of line programs (DWARF 5, 6.2.4; before version 5 directory 0 is
 * the compilation directory and files count from 1).
 */
#include "dwarf/constants.h"
#include "dwarf/own_reader.h"

#define MAX_FORMATS 16u

struct entry_format {
	uint64_t content, form;
};

struct line_header {
	const struct own_reader *reader;
	struct bytes b;
	uint8_t offset_bytes;
};

void line_table_free(struct line_table *lines)
{
	vec_free(&lines->directories);
	vec_free(&lines->files);
}

static void read_old_tables(struct line_table *lines, struct bytes *b)
{
	vec_add(&lines->directories, NULL);
	for (;;) {
		const char *name = bytes_string(b);

		if (b->overrun || !*name)
			break;
		vec_add(&lines->directories, name);
	}
	*vec_push(&lines->files) = (struct source_file){0};
	for (;;) {
		const char *name = bytes_string(b);

		if (b->overrun || !*name)
			break;
		uint64_t directory = bytes_uleb(b);

		bytes_uleb(b); /* modification time */
		bytes_uleb(b); /* length */
		*vec_push(&lines->files) = (struct source_file){
			.directory = directory < lines->directories.count ? lines->directories.items[directory] : NULL,
			.name = name,
		};
	}
}

static struct error *read_path(struct line_header *header, uint64_t form, const char **text)
{
	const struct dwarf_image *image = header->reader->image;

	switch (form) {
	case DW_FORM_string:
		*text = bytes_string(&header->b);
		return NULL;
	case DW_FORM_line_strp:
		return dwarf_string(image, DWARF_LINE_STR, bytes_uint(&header->b, header->offset_bytes), text);
	case DW_FORM_strp:
		return dwarf_string(image, DWARF_STR, bytes_uint(&header->b, header->offset_bytes), text);
	default:
		return dwarf_error(image, DWARF_LINE, bytes_offset(&header->b), "a file name in an unknown form");
	}
}

static uint64_t read_index(struct line_header *header, uint64_t form)
{
	switch (form) {
	case DW_FORM_udata:
		return bytes_uleb(&header->b);
	case DW_FORM_data1:
		return bytes_u8(&header->b);
	case DW_FORM_data2:
		return bytes_u16(&header->b);
	case DW_FORM_data4:
		return bytes_u32(&header->b);
	default:
		header->b.overrun = true;
		return 0;
	}
}

static struct error *read_entry(struct line_header *header, const struct entry_format *formats, unsigned count,
				const char **path, uint64_t *directory)
{
	*path = NULL;
	*directory = 0;
	for (unsigned i = 0; i < count; i++) {
		if (formats[i].content == DW_LNCT_path)
			TRY(read_path(header, formats[i].form, path));
		else if (formats[i].content == DW_LNCT_directory_index)
			*directory = read_index(header, formats[i].form);
		else if (formats[i].form == DW_FORM_data16)
			bytes_skip(&header->b, 16);
		else
			form_skip(header->reader->unit, &header->b, formats[i].form);
	}
	return NULL;
}

static struct error *read_formats(struct line_header *header, struct entry_format *formats, unsigned *count)
{
	*count = bytes_u8(&header->b);
	if (*count > MAX_FORMATS)
		return dwarf_error(header->reader->image, DWARF_LINE, bytes_offset(&header->b),
				   "too many entry formats");
	for (unsigned i = 0; i < *count; i++) {
		formats[i].content = bytes_uleb(&header->b);
		formats[i].form = bytes_uleb(&header->b);
	}
	return NULL;
}

static struct error *read_new_tables(struct line_table *lines, struct line_header *header)
{
	struct entry_format formats[MAX_FORMATS];
	const char *path;
	uint64_t directory;
	unsigned count;

	TRY(read_formats(header, formats, &count));
	/* Each entry takes a byte at least, so a count that lies ends at the end of the section. */
	for (uint64_t left = bytes_uleb(&header->b); left && !header->b.overrun && count; left--) {
		TRY(read_entry(header, formats, count, &path, &directory));
		/* Directory 0 is the compilation directory itself. */
		if (lines->directories.count == 0)
			path = NULL;
		vec_add(&lines->directories, path);
	}
	TRY(read_formats(header, formats, &count));
	for (uint64_t left = bytes_uleb(&header->b); left && !header->b.overrun && count; left--) {
		TRY(read_entry(header, formats, count, &path, &directory));
		*vec_push(&lines->files) = (struct source_file){
			.directory = directory < lines->directories.count ? lines->directories.items[directory] : NULL,
			.name = path,
		};
	}
	return NULL;
}

/* From the header's length to the standard opcodes' operands; the program begins where the length says. */
static void read_parameters(struct line_table *lines, struct bytes *b, unsigned offset_bytes)
{
	uint64_t length = bytes_uint(b, offset_bytes);

	lines->program = *b;
	bytes_skip(&lines->program, length);
	lines->min_instruction = bytes_u8(b);
	if (lines->version >= 4)
		bytes_skip(b, 1); /* operations per instruction: VLIW machines only */
	bytes_skip(b, 1);	  /* default is_stmt */
	lines->line_base = (int8_t)bytes_u8(b);
	lines->line_range = bytes_u8(b);
	lines->opcode_base = bytes_u8(b);
	for (unsigned i = 1; i < lines->opcode_base; i++)
		lines->operands[i] = bytes_u8(b);
}

static struct error *read_header(const struct own_reader *reader, struct line_table *lines)
{
	const struct section *section = &reader->image->sections[DWARF_LINE];
	uint64_t start = reader->bases.line_offset;

	if (start >= section->size_bytes)
		return dwarf_error(reader->image, DWARF_LINE, start, "a line program outside the section");
	struct line_header header = {
		.reader = reader,
		.b = {section->data, section->data + start, section->data + section->size_bytes, reader->image->swap,
		      false},
		.offset_bytes = 4,
	};
	struct bytes *b = &header.b;
	uint64_t length = bytes_u32(b);

	if (length == 0xffffffff) {
		length = bytes_u64(b);
		header.offset_bytes = 8;
	}
	if (length > (uint64_t)(b->end - b->at))
		return dwarf_error(reader->image, DWARF_LINE, start, "a line program longer than the section");
	b->end = b->at + length;
	lines->version = bytes_u16(b);
	if (lines->version < 2 || lines->version > 5)
		return dwarf_error(reader->image, DWARF_LINE, start, "a line program whose version is none of 2 to 5");
	if (lines->version == 5)
		bytes_skip(b, 2);
	read_parameters(lines, b, header.offset_bytes);
	if (lines->version == 5)
		TRY(read_new_tables(lines, &header));
	else
		read_old_tables(lines, b);
	if (b->overrun)
		return dwarf_error(reader->image, DWARF_LINE, start,
				   "a file table that runs past the end of its line program");
	return NULL;
}

struct error *own_line_table(struct own_reader *reader)
{
	struct line_table *lines = &reader->lines;

	if (lines->read)
		return NULL;
	lines->directories.count = lines->files.count = 0;
	lines->program = (struct bytes){0};
	lines->read = true;
	return reader->bases.has_line ? read_header(reader, lines) : NULL;
}

struct error *own_file(struct die_reader *base, uint64_t index, struct source_file *file)
{
	struct own_reader *reader = (struct own_reader *)base;

	TRY(own_line_table(reader));
	*file = index < reader->lines.files.count ? reader->lines.files.items[index] : (struct source_file){0};
	return NULL;
}
