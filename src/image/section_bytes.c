// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Compressed sections, expanded here rather than in libelf or libdwarf: those of
 * Debian 12 know no zstd, and fail late and oddly on it.
 */
#include "image/section_bytes.h"

#include <gelf.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

#include "atlas/str.h"

#define COMPRESS_ZSTD 2 /* ELFCOMPRESS_ZSTD, gABI of 2022 */

/* Neither format can expand further than this; a header that claims more lies. */
#define MAX_RATIO 131072u

static struct error *bad(const struct elf_image *image, const struct section *section, const char *what)
{
	return error_new(ERROR_INPUT, "%s: section %s at offset 0x%llx: %s", image->path, section->name,
			 (unsigned long long)section->file_offset, what);
}

static struct error *inflate_into(const struct elf_image *image, const struct section *section,
				  const unsigned char *from, size_t from_bytes, unsigned char *to, size_t to_bytes)
{
	z_stream stream = {.next_in = (unsigned char *)(uintptr_t)from, .avail_in = 0};
	int result = inflateInit(&stream);
	size_t out = 0;

	while (result == Z_OK) {
		size_t in_left = from_bytes - (size_t)(stream.next_in - from), out_left = to_bytes - out;

		stream.avail_in = (uInt)(in_left > 1u << 30 ? 1u << 30 : in_left);
		stream.avail_out = (uInt)(out_left > 1u << 30 ? 1u << 30 : out_left);
		stream.next_out = to + out;
		result = inflate(&stream, Z_NO_FLUSH);
		out = (size_t)(stream.next_out - to);
	}
	inflateEnd(&stream);
	if (result == Z_STREAM_END && out == to_bytes)
		return NULL;
	return bad(image, section, "its zlib data is damaged");
}

static struct error *expand(struct elf_image *image, struct section *section, unsigned type, uint64_t size,
			    uint64_t header_bytes)
{
	const unsigned char *from = section->data + header_bytes;
	size_t from_bytes = section->file_size_bytes - header_bytes;

	if (type != ELFCOMPRESS_ZLIB && type != COMPRESS_ZSTD)
		return bad(image, section, "compressed in an unknown way (neither zlib nor zstd)");
	if (size / MAX_RATIO > from_bytes)
		return bad(image, section, "its header claims a size its compressed bytes cannot hold");
	unsigned char *to = malloc(size ? size : 1);

	if (!to)
		return bad(image, section, "too large to decompress in the memory there is");
	struct error *err = NULL;

	if (type == ELFCOMPRESS_ZLIB)
		err = inflate_into(image, section, from, from_bytes, to, size);
	else if (ZSTD_decompress(to, size, from, from_bytes) != size)
		err = bad(image, section, "its zstd data is damaged");
	if (err) {
		free(to);
		return err;
	}
	section->data = to;
	section->size_bytes = size;
	section->expanded = true;
	return NULL;
}

/* `.zdebug_*`: "ZLIB", eight bytes of big-endian size, then the stream (GNU, before the gABI had a flag). */
static struct error *expand_old(struct elf_image *image, struct section *section)
{
	uint64_t size = 0;

	if (section->file_size_bytes < 12 || memcmp(section->data, "ZLIB", 4) != 0)
		return bad(image, section, "no ZLIB header");
	for (int i = 4; i < 12; i++)
		size = size << 8 | section->data[i];
	return expand(image, section, ELFCOMPRESS_ZLIB, size, 12);
}

static struct error *section_expand(struct elf_image *image, struct section *section)
{
	GElf_Chdr header;

	if (str_starts(section->name, ".zdebug_"))
		return expand_old(image, section);
	if (!(section->flags & SHF_COMPRESSED))
		return NULL;
	uint64_t header_bytes = gelf_fsize(image->elf, ELF_T_CHDR, 1, EV_CURRENT);

	if (section->file_size_bytes < header_bytes || !gelf_getchdr(elf_getscn(image->elf, section->index), &header))
		return bad(image, section, "its compression header cannot be read");
	return expand(image, section, header.ch_type, header.ch_size, header_bytes);
}

struct error *section_read(struct elf_image *image, struct section *section)
{
	size_t file_size;

	if (section->data || !section->file_size_bytes)
		return NULL;
	section->data = (const unsigned char *)elf_rawfile(image->elf, &file_size) + section->file_offset;
	return section_expand(image, section);
}

void section_forget(struct section *section)
{
	if (section->expanded)
		free((void *)(uintptr_t)section->data);
	section->data = NULL;
	section->expanded = false;
	section->size_bytes = section->file_size_bytes;
}
