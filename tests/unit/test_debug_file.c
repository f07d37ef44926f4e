// SPDX-License-Identifier: GPL-2.0-or-later
/* Where debug files are looked for, and what is refused there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include <elf.h>
#include <zlib.h>

#include "atlas/debug_file.h"
#include "atlas/mem.h"
#include "atlas/str.h"
#include "image/elf_image.h"

#define BUILD_ID "0123456789abcdef0123456789abcdef01234567"
#define OTHER_ID "ffff456789abcdef0123456789abcdef01234567"

static char root[] = "/tmp/atlasgen-debug-file-XXXXXX";

static char *at(const char *path)
{
	return xasprintf("%s%s", root, path);
}

static void make_dirs(const char *path)
{
	AUTO_FREE char *copy = xstrdup(path);

	for (char *slash = copy + 1; (slash = strchr(slash, '/')); slash++) {
		*slash = '\0';
		mkdir(copy, 0700);
		*slash = '/';
	}
}

static void write_file(const char *path, const void *bytes, size_t size)
{
	AUTO_FREE char *full = at(path);

	make_dirs(full);
	FILE *file = fopen(full, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, size, file), size);
	assert_int_equal(fclose(file), 0);
}

/* The smallest object with a build id, and a debug link if `link` is given. */
struct object {
	Elf64_Ehdr header;
	struct {
		Elf64_Nhdr head;
		char name[4];
		unsigned char id[20];
	} note;
	char link[32];
	char names[64];
	Elf64_Sym symbol;
	Elf64_Shdr sections[6];
};

static uint32_t add_name(struct object *object, size_t *length, const char *name)
{
	uint32_t place = (uint32_t)*length;

	strcpy(object->names + place, name);
	*length += strlen(name) + 1;
	return place;
}

static void fill_sections(struct object *object, size_t link_bytes)
{
	size_t length = 1;
	Elf64_Shdr *s = object->sections;

	s[1] = (Elf64_Shdr){.sh_name = add_name(object, &length, ".note.gnu.build-id"), .sh_type = SHT_NOTE};
	s[1].sh_offset = offsetof(struct object, note);
	s[1].sh_size = sizeof(object->note);
	s[2] = (Elf64_Shdr){.sh_name = add_name(object, &length, ".symtab"), .sh_type = SHT_SYMTAB, .sh_link = 3};
	s[2].sh_offset = offsetof(struct object, symbol);
	s[2].sh_size = s[2].sh_entsize = sizeof(object->symbol);
	s[3] = (Elf64_Shdr){.sh_name = add_name(object, &length, ".shstrtab"), .sh_type = SHT_STRTAB};
	s[3].sh_offset = offsetof(struct object, names);
	s[3].sh_size = sizeof(object->names);
	s[4] = (Elf64_Shdr){.sh_name = add_name(object, &length, ".gnu_debuglink"), .sh_type = SHT_PROGBITS};
	s[4].sh_offset = offsetof(struct object, link);
	s[4].sh_size = link_bytes;
}

static void make_object(const char *build_id, const char *link, uint32_t crc, size_t link_bytes, struct object *object)
{
	*object = (struct object){.note.head = {4, 20, NT_GNU_BUILD_ID}, .note.name = "GNU"};
	memcpy(object->header.e_ident, ELFMAG "\x02\x01\x01", 7);
	object->header.e_type = ET_REL;
	object->header.e_machine = EM_X86_64;
	object->header.e_version = EV_CURRENT;
	object->header.e_ehsize = sizeof(object->header);
	object->header.e_shoff = offsetof(struct object, sections);
	object->header.e_shentsize = sizeof(Elf64_Shdr);
	object->header.e_shnum = 5;
	object->header.e_shstrndx = 3;
	for (int i = 0; i < 20; i++)
		assert_int_equal(sscanf(build_id + 2 * i, "%2hhx", &object->note.id[i]), 1);
	strcpy(object->link, link);
	memcpy(object->link + ((strlen(link) + 4) & ~(size_t)3), &crc, 4);
	fill_sections(object, link_bytes);
	object->sections[5] = (Elf64_Shdr){0};
}

static void write_object(const char *path, const char *build_id)
{
	struct object object;

	make_object(build_id, "x", 0, 8, &object);
	write_file(path, &object, sizeof(object));
}

static char *find(struct debug_file_wanted wanted, const char *dir, char **why)
{
	AUTO_FREE char *full = at(dir);
	const char *dirs[] = {full};
	struct debug_file_options options = {dirs, 1, false};
	char *found = NULL;
	struct error *err = debug_file_find(&wanted, &options, &found);

	*why = err ? xstrdup(err->text) : NULL;
	error_free(err);
	assert_true(!found != !*why);
	return found;
}

static void expect(struct debug_file_wanted wanted, const char *dir, const char *path)
{
	AUTO_FREE char *full = at(path);
	char *why;
	AUTO_FREE char *found = find(wanted, dir, &why);

	if (why)
		fail_msg("%s", why);
	assert_string_equal(found, full);
}

static void refused(struct debug_file_wanted wanted, const char *dir, const char *path, const char *reason)
{
	AUTO_FREE char *said = xasprintf("%s%s: %s", root, path, reason);
	char *why;
	AUTO_FREE char *found = find(wanted, dir, &why);

	assert_null(found);
	if (!strstr(why, said))
		fail_msg("'%s' says nothing of '%s'", why, said);
	free(why);
}

static void build_id_tree(void **state)
{
	(void)state;
	struct debug_file_wanted wanted = {.build_id = BUILD_ID};
	const char *place = "/a/.build-id/01/23456789abcdef0123456789abcdef01234567.debug";

	refused(wanted, "/a", place, "not there");
	write_object(place, OTHER_ID);
	refused(wanted, "/a", place, "of another build (" OTHER_ID ")");
	write_file(place, "text", 4);
	refused(wanted, "/a", place, "not an ELF file");
	write_object(place, BUILD_ID);
	expect(wanted, "/a", place);
}

static void nothing_known(void **state)
{
	(void)state;
	char *why;
	struct debug_file_wanted wanted = {.build_id = NULL};

	assert_null(find(wanted, "/a", &why));
	assert_non_null(strstr(why, "neither build id nor .gnu_debuglink"));
	free(why);
}

static void debug_link(void **state)
{
	(void)state;
	AUTO_FREE char *self = at("/b/lib/dm.ko");
	struct debug_file_wanted wanted = {.path = self, .link_name = "dm.debug", .link_crc = 0x12345678};
	AUTO_FREE char *in_tree = xasprintf("/tree%s/b/lib/dm.debug", root);

	write_file("/b/lib/dm.ko", "stripped", 8);
	refused(wanted, "/tree", "/b/lib/dm.debug", "not there");
	write_file("/b/lib/dm.debug", "debug", 5);
	refused(wanted, "/tree", "/b/lib/dm.debug", "its CRC is ");
	wanted.link_crc = (uint32_t)crc32(0, (const unsigned char *)"debug", 5);
	expect(wanted, "/tree", "/b/lib/dm.debug");
	wanted.link_crc = (uint32_t)crc32(0, (const unsigned char *)"hidden", 6);
	write_file("/b/lib/.debug/dm.debug", "hidden", 6);
	expect(wanted, "/tree", "/b/lib/.debug/dm.debug");
	wanted.link_crc = (uint32_t)crc32(0, (const unsigned char *)"tree", 4);
	write_file(in_tree, "tree", 4);
	expect(wanted, "/tree", in_tree);
}

static void link_to_itself(void **state)
{
	(void)state;
	AUTO_FREE char *self = at("/c/dm.ko");
	struct debug_file_wanted wanted = {.path = self, .link_name = "dm.ko"};

	write_file("/c/dm.ko", "self", 4);
	wanted.link_crc = (uint32_t)crc32(0, (const unsigned char *)"self", 4);
	refused(wanted, "/tree", "/c/dm.ko", "the file itself");
}

static void same_place(void **state)
{
	(void)state;
	AUTO_FREE char *self = at("/d/dm.ko");
	AUTO_FREE char *same = xasprintf("/place%s/d/dm.ko", root);
	AUTO_FREE char *debug = xasprintf("/place%s/d/dm.ko.debug", root);
	struct debug_file_wanted wanted = {.path = self, .build_id = BUILD_ID};

	write_object("/d/dm.ko", BUILD_ID);
	write_object(same, OTHER_ID);
	refused(wanted, "/place", same, "of another build");
	write_object(debug, BUILD_ID);
	expect(wanted, "/place", debug);
	write_object(same, BUILD_ID);
	expect(wanted, "/place", same);
}

/* A compressed module of an unpacked package, and the debug package unpacked elsewhere. */
static void unpacked_packages(void **state)
{
	(void)state;
	AUTO_FREE char *self = at("/p/usr/lib/modules/6.1.0/dm.ko.xz");
	struct debug_file_wanted wanted = {.path = self, .build_id = BUILD_ID};

	write_file("/p/usr/lib/modules/6.1.0/dm.ko.xz", "compressed", 10);
	refused(wanted, "/dbg/usr/lib/debug", "/dbg/usr/lib/debug/lib/modules/6.1.0/dm.ko", "not there");
	write_object("/dbg/usr/lib/debug/lib/modules/6.1.0/dm.ko", BUILD_ID);
	expect(wanted, "/dbg/usr/lib/debug", "/dbg/usr/lib/debug/lib/modules/6.1.0/dm.ko");
	wanted.path = "no/such.deb!lib/modules/6.1.0/dm.ko";
	expect(wanted, "/dbg/usr/lib/debug", "/dbg/usr/lib/debug/lib/modules/6.1.0/dm.ko");
}

static void no_server(void **state)
{
	(void)state;
	struct debug_file_wanted wanted = {.build_id = BUILD_ID};
	struct debug_file_options options = {.debuginfod = true};
	char *found = NULL;

	unsetenv("DEBUGINFOD_URLS");
	struct error *err = debug_file_find(&wanted, &options, &found);

	assert_non_null(err);
	assert_non_null(strstr(err->text, "debuginfod: no server to ask: DEBUGINFOD_URLS is not set"));
	error_free(err);
	/* Nothing listens on port 1: the library, if there is one, says so. */
	AUTO_FREE char *cache = at("/cache");

	setenv("DEBUGINFOD_CACHE_PATH", cache, 1);
	setenv("DEBUGINFOD_URLS", "http://127.0.0.1:1/", 1);
	err = debug_file_find(&wanted, &options, &found);
	assert_non_null(err);
	assert_non_null(strstr(err->text, "debuginfod: "));
	error_free(err);
}

static void wanted_by_image(void **state)
{
	(void)state;
	AUTO_FREE char *path = at("/e/dm.ko");
	struct debug_file_wanted wanted;
	struct elf_image image;
	struct object object;
	static const struct {
		const char *link;
		size_t bytes;
		const char *why; /* NULL: good */
	} cases[] = {{"dm.debug", 16, NULL},
		     {"dm.debug", 12, "is cut short"},
		     {"dm.debug", 8, "is cut short"},
		     {"../../x", 12, "names a path"},
		     {"", 8, "is cut short"}};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		make_object(BUILD_ID, cases[i].link, 0x89abcdef, cases[i].bytes, &object);
		write_file("/e/dm.ko", &object, sizeof(object));
		struct error *err = elf_image_open(path, &image);

		assert_null(err);
		err = debug_file_wanted_by(&image, &wanted);
		if (cases[i].why) {
			assert_non_null(err);
			assert_non_null(strstr(err->text, cases[i].why));
			error_free(err);
		} else {
			assert_null(err);
			assert_string_equal(wanted.build_id, BUILD_ID);
			assert_string_equal(wanted.link_name, "dm.debug");
			assert_int_equal(wanted.link_crc, 0x89abcdef);
		}
		elf_image_close(&image);
	}
}

static int set_up(void **state)
{
	(void)state;
	return mkdtemp(root) ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	AUTO_FREE char *command = xasprintf("rm -rf '%s'", root);

	return system(command);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(build_id_tree), cmocka_unit_test(nothing_known),
		cmocka_unit_test(debug_link),	 cmocka_unit_test(link_to_itself),
		cmocka_unit_test(same_place),	 cmocka_unit_test(unpacked_packages),
		cmocka_unit_test(no_server),	 cmocka_unit_test(wanted_by_image),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
