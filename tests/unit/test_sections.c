// SPDX-License-Identifier: GPL-2.0-or-later
/* Bytes of sections: a damaged one is refused each time it is asked for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <elf.h>
#include <string.h>

#include "atlas/str.h"
#include "image/elf_image.h"

struct file {
	Elf64_Ehdr header;
	Elf64_Shdr sections[4];
	Elf64_Sym symbols[2];
	char names[32];
	unsigned char packed[24];
};

/* A section of the GNU form: "ZLIB", eight bytes of size, a stream. */
static void make(struct file *file, const char *stream, size_t stream_bytes)
{
	static const char names[] = "\0.zdebug_str\0.strtab\0.symtab";

	*file = (struct file){
		.header = {.e_ident = {ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3, ELFCLASS64, ELFDATA2LSB, EV_CURRENT},
			   .e_type = ET_EXEC,
			   .e_machine = EM_X86_64,
			   .e_version = EV_CURRENT,
			   .e_shoff = offsetof(struct file, sections),
			   .e_ehsize = sizeof(Elf64_Ehdr),
			   .e_shentsize = sizeof(Elf64_Shdr),
			   .e_shnum = 4,
			   .e_shstrndx = 2},
		.sections = {[1] = {.sh_name = 1,
				    .sh_type = SHT_PROGBITS,
				    .sh_offset = offsetof(struct file, packed),
				    .sh_size = sizeof(file->packed)},
			     [2] = {.sh_name = 13,
				    .sh_type = SHT_STRTAB,
				    .sh_offset = offsetof(struct file, names),
				    .sh_size = sizeof(names)},
			     [3] = {.sh_name = 21,
				    .sh_type = SHT_SYMTAB,
				    .sh_offset = offsetof(struct file, symbols),
				    .sh_size = sizeof(file->symbols),
				    .sh_entsize = sizeof(Elf64_Sym),
				    .sh_link = 2}},
		.packed = {'Z', 'L', 'I', 'B', [11] = 3},
	};
	memcpy(file->names, names, sizeof(names));
	memcpy(file->packed + 12, stream, stream_bytes);
}

/* What one and the same opened file says at each of two times; NULL: its bytes are "abc". */
static void ask_twice(const struct file *file, const char *expected)
{
	struct elf_image image;

	assert_null(elf_image_open_memory("file", file, sizeof(*file), &image));
	for (int time = 0; time < 2; time++) {
		struct section *section;
		struct error *err = elf_image_load(&image, ".debug_str", &section);

		if (expected) {
			assert_non_null(err);
			assert_string_equal(err->text, expected);
		} else {
			assert_null(err);
			assert_int_equal(section->size_bytes, 3);
			assert_memory_equal(section->data, "abc", 3);
		}
		error_free(err);
	}
	elf_image_close(&image);
}

static void damaged(void **state)
{
	static const char whole[] = "\x78\x9c\x4b\x4c\x4a\x06\x00\x02\x4d\x01\x27";
	AUTO_STR struct str expected = {0};
	struct file file;

	(void)state;
	make(&file, whole, sizeof(whole) - 1);
	ask_twice(&file, NULL);
	file.packed[16] ^= 0xff;
	str_addf(&expected, "file: section .zdebug_str at offset 0x%zx: its zlib data is damaged",
		 offsetof(struct file, packed));
	ask_twice(&file, expected.data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(damaged)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
