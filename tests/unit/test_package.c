// SPDX-License-Identifier: GPL-2.0-or-later
/* Packages of every form, and what is broken, cut or blown up in them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "atlas/package.h"
#include "package_maker.h"

static char root[] = "/tmp/atlasgen-package-XXXXXX";

static char *write_file(const char *name, struct blob blob)
{
	char *path = xasprintf("%s/%s", root, name);

	/* Some file systems write a file to disk when it is cut to nothing and closed. */
	unlink(path);
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(blob.data, 1, blob.size_bytes, file), blob.size_bytes);
	assert_int_equal(fclose(file), 0);
	return path;
}

/* Everything a package says, as lines; `read` is false to pass the bytes by. */
static char *listing(const char *path, const struct package_options *options, bool read)
{
	static const char *const kinds[] = {"vmlinux", "module", "damaged"};
	struct package *package;
	struct package_member member;
	struct str out = {0};
	bool have = true;
	struct error *err = package_open(path, options, &package);

	if (err)
		str_addf(&out, "open: %s\n", err->text);
	while (!err && have) {
		struct package_bytes bytes = {0};

		err = package_next(package, &member, &have);
		if (err)
			str_addf(&out, "end: %s\n", err->text);
		if (err || !have)
			break;
		str_addf(&out, "%s %s", kinds[member.kind], member.path);
		struct error *broken = read ? package_read(package, &bytes) : NULL;

		if (broken)
			str_addf(&out, ": broken: %s\n", broken->text);
		else if (read)
			str_addf(&out, " %zu %.*s\n", bytes.size_bytes,
				 bytes.size_bytes < 9 ? (int)bytes.size_bytes : 9,
				 bytes.size_bytes ? (const char *)bytes.data : "");
		else
			str_addc(&out, '\n');
		assert_true(!read || broken || bytes.in_file == (member.kind == MEMBER_VMLINUX));
		error_free(broken);
		package_bytes_free(&bytes);
	}
	if (out.length < 5 || memcmp(out.data, "open:", 5) != 0) {
		uint64_t done, total;

		package_progress(package, &done, &total);
		assert_true(done <= total);
		package_close(package);
	}
	error_free(err);
	return str_take(&out);
}

static void expect(const char *name, struct blob blob, const struct package_options *options, const char *expected)
{
	AUTO_FREE char *path = write_file(name, blob);
	AUTO_FREE char *got = listing(path, options, true);

	if (strcmp(got, expected) != 0)
		fail_msg("%s:\n%s--- expected:\n%s", name, got, expected);
	free(blob.data);
}

static void expect_word(const char *name, struct blob blob, const struct package_options *options, const char *word)
{
	AUTO_FREE char *path = write_file(name, blob);
	AUTO_FREE char *got = listing(path, options, true);

	if (!strstr(got, word))
		fail_msg("%s:\n%s--- holds no:\n%s", name, got, word);
	free(blob.data);
}

/* What a debug package holds, and what else may lie in one. */
static struct made usual[] = {
	{"./", MADE_DIRECTORY, NULL, NULL, 0},
	{"./usr/lib/debug/lib/modules/6.1.0/vmlinux", MADE_SYMLINK, "../../../boot/vmlinux-6.1.0", NULL, 0},
	{"./usr/lib/debug/boot/System.map-6.1.0", MADE_FILE, NULL, "not a kernel", 12},
	{"./usr/lib/debug/boot/vmlinux-6.1.0", MADE_FILE, NULL, "kernel\n..", 7},
	{"./usr/lib/debug/lib/modules/6.1.0/kernel/dm-mod.ko", MADE_FILE, NULL, "dm", 2},
	{"./usr/lib/debug/lib/modules/6.1.0/kernel/dm-link.ko", MADE_HARDLINK,
	 "./usr/lib/debug/lib/modules/6.1.0/kernel/dm-mod.ko", NULL, 0},
	{"lib/modules/6.1.0/nvme.ko.debug", MADE_FILE, NULL, "nvme", 4},
	{"lib/modules/6.1.0/a.ko.xz", MADE_FILE, NULL, NULL, 0},  /* filled in by set_up() */
	{"lib/modules/6.1.0/b.ko.zst", MADE_FILE, NULL, NULL, 0}, /* likewise */
	{"lib/modules/6.1.0/c.ko.gz", MADE_FILE, NULL, NULL, 0},  /* likewise */
	{"lib/modules/6.1.0/modules.dep", MADE_FILE, NULL, "x.ko: y.ko", 10},
	{"/abs/olute.ko", MADE_FILE, NULL, "absolute", 8},
	{"../../up.ko", MADE_FILE, NULL, "up", 2},
	{"bell\a.ko", MADE_FILE, NULL, "bell", 4},
	{"empty.ko", MADE_FILE, NULL, NULL, 0},
	{"usr/lib/debug/lib/modules/6.1.0/vmlinux", MADE_FILE, NULL, "second", 6},
};

static const char usual_listing[] = "vmlinux usr/lib/debug/boot/vmlinux-6.1.0 7 kernel\n\n"
				    "module usr/lib/debug/lib/modules/6.1.0/kernel/dm-mod.ko 2 dm\n"
				    "module lib/modules/6.1.0/nvme.ko.debug 4 nvme\n"
				    "module lib/modules/6.1.0/a.ko.xz 7 xz data\n"
				    "module lib/modules/6.1.0/b.ko.zst 9 zstd data\n"
				    "module lib/modules/6.1.0/c.ko.gz 9 gzip data\n"
				    "module /abs/olute.ko 8 absolute\n"
				    "module ../../up.ko 2 up\n"
				    "module bell\\x07.ko 4 bell\n"
				    "module empty.ko 0 \n"
				    "vmlinux usr/lib/debug/lib/modules/6.1.0/vmlinux 6 second\n";

static const struct {
	int filter;
	const char *ending;
} filters[] = {
	{ARCHIVE_FILTER_NONE, ""},    {ARCHIVE_FILTER_XZ, ".xz"},     {ARCHIVE_FILTER_ZSTD, ".zst"},
	{ARCHIVE_FILTER_GZIP, ".gz"}, {ARCHIVE_FILTER_BZIP2, ".bz2"}, {ARCHIVE_FILTER_LZMA, ".lzma"},
};

static struct blob usual_tar(int filter)
{
	return make_archive("gnutar", filter, usual, ARRAY_LEN(usual));
}

static struct blob usual_cpio(int filter)
{
	return make_archive("newc", filter, usual, ARRAY_LEN(usual));
}

static void every_form(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(filters); i++) {
		expect("a.tar", usual_tar(filters[i].filter), NULL, usual_listing);
		expect("a.deb", make_deb(usual_tar(filters[i].filter), filters[i].ending), NULL, usual_listing);
		expect("a.rpm", make_rpm(usual_cpio(filters[i].filter)), NULL, usual_listing);
	}
}

/* RPM packages hold the bytes of a file with several names at the last of them. */
static void names_of_one_file(void **state)
{
	(void)state;
	struct made made[] = {
		{"./lib/modules/6.1.0/build/vmlinux", MADE_NAME_OF_TWO, NULL, NULL, 0},
		{"./usr/lib/debug/lib/modules/6.1.0/vmlinux", MADE_NAME_OF_TWO, NULL, "kernel", 6},
	};

	expect("names.rpm", make_rpm(make_archive("newc", ARCHIVE_FILTER_ZSTD, made, ARRAY_LEN(made))), NULL,
	       "vmlinux usr/lib/debug/lib/modules/6.1.0/vmlinux 6 kernel\n");
}

static void bytes_not_asked_for(void **state)
{
	(void)state;
	struct blob deb = make_deb(usual_tar(ARCHIVE_FILTER_XZ), ".xz");
	AUTO_FREE char *path = write_file("unread.deb", deb);
	AUTO_FREE char *got = listing(path, NULL, false);

	assert_non_null(strstr(got, "module ../../up.ko\n"));
	assert_non_null(strstr(got, "vmlinux usr/lib/debug/lib/modules/6.1.0/vmlinux\n"));
	free(deb.data);
}

static void one_byte_ahead(void **state)
{
	(void)state;
	struct package_options options = {.ahead_bytes = 1};

	expect("ahead.deb", make_deb(usual_tar(ARCHIVE_FILTER_XZ), ".xz"), &options, usual_listing);
}

static void no_modules(void **state)
{
	(void)state;
	struct package_options options = {.no_modules = true};

	expect("first.deb", make_deb(usual_tar(ARCHIVE_FILTER_XZ), ".xz"), &options,
	       "vmlinux usr/lib/debug/boot/vmlinux-6.1.0 7 kernel\n\n");
}

static void closed_early(void **state)
{
	(void)state;
	struct blob deb = make_deb(usual_tar(ARCHIVE_FILTER_XZ), ".xz");
	AUTO_FREE char *path = write_file("early.deb", deb);
	struct package_options options = {.ahead_bytes = 1};
	struct package_member member;
	struct package *package;
	bool have;

	assert_null(package_open(path, &options, &package));
	package_close(package);
	assert_null(package_open(path, &options, &package));
	assert_null(package_next(package, &member, &have));
	assert_true(have);
	package_close(package);
	free(deb.data);
}

static void kinds(void **state)
{
	(void)state;
	static const char elf[] = "\177ELF and so on";
	struct made plain = {"x.o", MADE_FILE, NULL, elf, sizeof(elf)};
	struct {
		struct blob blob;
		enum input_kind kind;
	} cases[] = {
		{make_deb(usual_tar(ARCHIVE_FILTER_XZ), ".xz"), INPUT_PACKAGE},
		{make_rpm(usual_cpio(ARCHIVE_FILTER_XZ)), INPUT_PACKAGE},
		{usual_tar(ARCHIVE_FILTER_NONE), INPUT_PACKAGE},
		{usual_tar(ARCHIVE_FILTER_ZSTD), INPUT_PACKAGE},
		{make_archive("arbsd", ARCHIVE_FILTER_NONE, &plain, 1), INPUT_PACKAGE},
		{make_compressed(ARCHIVE_FILTER_XZ, elf, sizeof(elf)), INPUT_COMPRESSED},
		{make_compressed(ARCHIVE_FILTER_GZIP, elf, sizeof(elf)), INPUT_COMPRESSED},
		{make_compressed(ARCHIVE_FILTER_NONE, elf, sizeof(elf)), INPUT_PLAIN},
		{make_compressed(ARCHIVE_FILTER_NONE, elf, 3), INPUT_PLAIN},
		{make_compressed(ARCHIVE_FILTER_NONE, elf, 0), INPUT_PLAIN},
		/* Cut within its first bytes: whoever reads it will say so. */
		{make_compressed(ARCHIVE_FILTER_NONE, "\xfd\x37zXZ\0.", 7), INPUT_COMPRESSED},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_FREE char *path = write_file("kind", cases[i].blob);
		enum input_kind kind;

		assert_null(input_kind_of(path, &kind));
		assert_int_equal(kind, cases[i].kind);
		free(cases[i].blob.data);
	}
}

static void not_a_package(void **state)
{
	(void)state;
	struct made readme = {"usr/share/doc/README", MADE_FILE, NULL, "hello", 5};
	struct blob text = {(unsigned char *)xstrdup("plain text, which is no archive at all"), 38};

	expect_word("lib.a", make_archive("arbsd", ARCHIVE_FILTER_NONE, &readme, 1), NULL, "no Debian package");
	expect_word("text", text, NULL, "Unrecognized archive format");
	expect_word("doc.deb", make_deb(make_archive("ustar", ARCHIVE_FILTER_XZ, &readme, 1), ".xz"), NULL, "end: ");
	expect_word("doc.tar", make_archive("ustar", ARCHIVE_FILTER_NONE, &readme, 1), NULL,
		    "no kernel in this package: neither a vmlinux nor a module among 1 member");
	AUTO_FREE char *got = listing("/nonexistent.deb", NULL, true);

	assert_string_equal(got, "open: /nonexistent.deb: No such file or directory\n");
	AUTO_FREE char *directory = listing(root, NULL, true);

	assert_non_null(strstr(directory, "not a regular file"));
}

/* Lines of `got` that are whole must be those of the usual listing; and there must be an error, once. */
static void check_prefix(const char *what, size_t cut, const char *got)
{
	const char *end = strstr(got, "end: ") ?: strstr(got, "open: ");

	if (!end || strchr(end, '\n')[1])
		fail_msg("%s cut at %zu is no error, or more than one:\n%s", what, cut, got);
	if (strncmp(got, usual_listing, (size_t)(end - got)) != 0)
		fail_msg("%s cut at %zu gives what was never in it:\n%s", what, cut, got);
}

static void cut_at(const char *name, struct blob whole, size_t cut)
{
	AUTO_FREE char *path = write_file(name, (struct blob){whole.data, cut});
	AUTO_FREE char *got = listing(path, NULL, true);

	check_prefix(name, cut, got);
}

static void truncated(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(filters); i++) {
		struct blob deb = make_deb(usual_tar(filters[i].filter), filters[i].ending);
		struct blob rpm = make_rpm(usual_cpio(filters[i].filter));

		for (size_t cut = 1; cut < deb.size_bytes; cut += cut < 300 || deb.size_bytes < 4000 ? 1 : 37)
			cut_at("cut.deb", deb, cut);
		for (size_t cut = 4; cut < rpm.size_bytes; cut++)
			cut_at("cut.rpm", rpm, cut);
		free(deb.data);
		free(rpm.data);
	}
}

/* What a checksum covers is never changed without an error, though gzip's comes last. */
static void flipped(void **state)
{
	(void)state;
	for (size_t i = 1; i < 4; i += 2) {
		struct blob tar = usual_tar(filters[i].filter);

		for (size_t at = 12; at < tar.size_bytes; at += 3) {
			tar.data[at] ^= 0x10;
			AUTO_FREE char *path = write_file("flip.tar", tar);
			AUTO_FREE char *got = listing(path, NULL, true);

			tar.data[at] ^= 0x10;
			if (strcmp(got, usual_listing) != 0 && !strstr(got, "end: ") && !strstr(got, "open: "))
				fail_msg("%s changed at %zu:\n%s", filters[i].ending, at, got);
			if (filters[i].filter == ARCHIVE_FILTER_XZ && strcmp(got, usual_listing) != 0)
				check_prefix("flipped", at, got);
		}
		free(tar.data);
	}
}

/* Each line of a reading has an error that names the member, and the next one comes all the same. */
static void broken_members(void **state)
{
	(void)state;
	struct blob xz = make_compressed(ARCHIVE_FILTER_XZ, "0123456789", 10);
	struct blob gz = make_compressed(ARCHIVE_FILTER_GZIP, "0123456789", 10);
	struct made made[] = {
		{"cut.ko.xz", MADE_FILE, NULL, xz.data, xz.size_bytes - 9},
		{"crc.ko.gz", MADE_FILE, NULL, gz.data, gz.size_bytes},
		{"boot/vmlinux-empty", MADE_FILE, NULL, NULL, 0},
		{"good.ko", MADE_FILE, NULL, "good", 4},
	};

	gz.data[gz.size_bytes - 6] ^= 1;
	struct blob tar = make_archive("ustar", ARCHIVE_FILTER_NONE, made, ARRAY_LEN(made));
	AUTO_FREE char *path = write_file("broken.tar", tar);
	AUTO_FREE char *got = listing(path, NULL, true);
	AUTO_FREE char *expected = xasprintf(
		"module cut.ko.xz: broken: %s: cut.ko.xz: its xz data is cut short (%zu bytes, which give 10)\n"
		"module crc.ko.gz: broken: %s: crc.ko.gz: its gzip data is damaged: its checksum does not "
		"match (near byte %zu of it)\n"
		"vmlinux boot/vmlinux-empty: broken: %s: boot/vmlinux-empty: is empty\n"
		"module good.ko 4 good\n",
		path, xz.size_bytes - 9, path, gz.size_bytes - 4, path);

	assert_string_equal(got, expected);
	free(tar.data);
	free(xz.data);
	free(gz.data);
}

static void damaged_header(void **state)
{
	(void)state;
	struct made made[] = {
		{"one.ko", MADE_FILE, NULL, "one", 3},
		{"two.ko", MADE_FILE, NULL, "two", 3},
		{"three.ko", MADE_FILE, NULL, "three", 5},
	};
	struct blob tar = make_archive("ustar", ARCHIVE_FILTER_NONE, made, ARRAY_LEN(made));

	tar.data[1024 + 2] ^= 1; /* in the name of the second */
	AUTO_FREE char *path = write_file("header.tar", tar);
	AUTO_FREE char *got = listing(path, NULL, true);

	assert_true(str_starts(got, "module one.ko 3 one\ndamaged (member with a damaged header): broken: "));
	assert_true(str_ends(got, "\nmodule three.ko 5 three\n"));
	free(tar.data);
}

static void size_limit(void **state)
{
	(void)state;
	AUTO_FREE unsigned char *zeros = xcalloc(1, 300000);
	struct blob packed = make_compressed(ARCHIVE_FILTER_XZ, zeros, 300000);
	struct made made[] = {
		{"boot/vmlinux-1", MADE_FILE, NULL, zeros, 200001},
		{"plain.ko", MADE_FILE, NULL, zeros, 200001},
		{"packed.ko.xz", MADE_FILE, NULL, packed.data, packed.size_bytes},
		{"exact.ko", MADE_FILE, NULL, zeros, 200000},
	};
	struct package_options options = {.limits.max_member_bytes = 200000};
	AUTO_FREE char *path = xasprintf("%s/limit.tar", root);
	AUTO_FREE char *expected = xasprintf(
		"vmlinux boot/vmlinux-1: broken: %s: boot/vmlinux-1: larger than the 200000 bytes a member may have "
		"(--max-member-size)\n"
		"module plain.ko: broken: %s: plain.ko: larger than the 200000 bytes a member may have "
		"(--max-member-size)\n"
		"module packed.ko.xz: broken: %s: packed.ko.xz: expands beyond the 200000 bytes a member may have "
		"(--max-member-size)\n"
		"module exact.ko 200000 \n",
		path, path, path);

	expect("limit.tar", make_archive("ustar", ARCHIVE_FILTER_NONE, made, ARRAY_LEN(made)), &options, expected);
	free(packed.data);
}

/* 80 MiB of nothing, in a module and in what nobody wants. */
static void bombs(void **state)
{
	(void)state;
	size_t size = 80u << 20;
	AUTO_FREE unsigned char *zeros = xcalloc(1, size);
	struct blob packed = make_compressed(ARCHIVE_FILTER_ZSTD, zeros, size);
	struct made module[] = {{"bomb.ko.zst", MADE_FILE, NULL, packed.data, packed.size_bytes},
				{"good.ko", MADE_FILE, NULL, "good", 4}};
	struct made waste[] = {{"waste", MADE_FILE, NULL, zeros, size}, {"good.ko", MADE_FILE, NULL, "good", 4}};
	struct package_options options = {.limits.max_member_bytes = 1u << 30};

	expect_word("bomb.tar", make_archive("ustar", ARCHIVE_FILTER_NONE, module, 2), NULL,
		    "expands more than 1000-fold");
	expect_word("bomb.tar", make_archive("ustar", ARCHIVE_FILTER_NONE, module, 2), NULL, "module good.ko 4 good\n");
	expect_word("bomb.tar", make_archive("ustar", ARCHIVE_FILTER_NONE, module, 2), &options,
		    "module bomb.ko.zst 83886080 ");
	expect_word("waste.tar", make_archive("ustar", ARCHIVE_FILTER_ZSTD, waste, 2), NULL, "end: ");
	expect("waste.tar", make_archive("ustar", ARCHIVE_FILTER_ZSTD, waste, 2), &options, "module good.ko 4 good\n");
	free(packed.data);
}

/* The holes of a sparse member are zeros. */
static void sparse(void **state)
{
	(void)state;
	static const char data[20000] = {[8192] = 'x', [8193] = 'y'};
	struct blob tar;
	struct archive *archive = maker_open("pax", ARCHIVE_FILTER_NONE, &tar);
	struct archive_entry *entry = archive_entry_new();

	archive_entry_set_pathname(entry, "boot/vmlinux-sparse");
	archive_entry_set_filetype(entry, AE_IFREG);
	archive_entry_set_size(entry, sizeof(data));
	archive_entry_sparse_add_entry(entry, 8192, 512);
	made_ok(archive, archive_write_header(archive, entry));
	assert_int_equal(archive_write_data(archive, data, sizeof(data)), sizeof(data));
	archive_entry_free(entry);
	maker_close(archive);

	AUTO_FREE char *path = write_file("sparse.tar", tar);
	struct package_member member;
	struct package_bytes bytes;
	struct package *package;
	bool have;

	assert_true(tar.size_bytes < sizeof(data));
	assert_null(package_open(path, NULL, &package));
	assert_null(package_next(package, &member, &have));
	assert_true(have);
	assert_null(package_read(package, &bytes));
	package_close(package);
	assert_int_equal(bytes.size_bytes, sizeof(data));
	assert_memory_equal(bytes.data, data, sizeof(data));
	/* Discarding takes whole pages out of the file and its mapping, nothing else. */
	package_bytes_discard(&bytes, 4097, 12000);
	assert_int_equal(bytes.data[8192], 0);
	package_bytes_free(&bytes);
	free(tar.data);
}

static void check_file(struct blob blob, const char *text, const char *why)
{
	AUTO_FREE char *path = write_file("file", blob);
	struct package_bytes bytes = {0};
	struct error *err = file_bytes_open(path, MEMBER_MODULE, NULL, &bytes);

	if (why) {
		assert_non_null(err);
		if (!str_starts(err->text, path) || !strstr(err->text, why))
			fail_msg("'%s' is not '%s'", err->text, why);
	} else {
		assert_null(err);
		assert_int_equal(bytes.size_bytes, strlen(text));
		assert_memory_equal(bytes.data, text, bytes.size_bytes);
	}
	error_free(err);
	package_bytes_free(&bytes);
	free(blob.data);
}

static struct blob joined(struct blob a, struct blob b)
{
	memcpy(a.data + a.size_bytes, b.data, b.size_bytes);
	a.size_bytes += b.size_bytes;
	free(b.data);
	return a;
}

static struct blob cut(struct blob blob, size_t by)
{
	blob.size_bytes -= by;
	return blob;
}

static void plain_files(void **state)
{
	(void)state;
	check_file(make_compressed(ARCHIVE_FILTER_NONE, "abc", 3), "abc", NULL);
	check_file(make_compressed(ARCHIVE_FILTER_NONE, "", 0), "", NULL);
	for (size_t i = 1; i < 4; i++) {
		int filter = filters[i].filter;

		check_file(make_compressed(filter, "abc", 3), "abc", NULL);
		check_file(joined(make_compressed(filter, "abc", 3), make_compressed(filter, "def", 3)), "abcdef",
			   NULL);
		check_file(cut(make_compressed(filter, "abc", 3), 1), NULL, "data is cut short");
		check_file(joined(make_compressed(filter, "abc", 3),
				  make_compressed(ARCHIVE_FILTER_NONE, "garbage that follows", 20)),
			   NULL, "data is damaged");
	}
}

static void kernel_file(void **state)
{
	(void)state;
	struct blob blob = make_compressed(ARCHIVE_FILTER_XZ, "kernel", 6);
	AUTO_FREE char *path = write_file("vmlinux.xz", blob);
	struct package_bytes bytes;
	char read_back[6];

	assert_null(file_bytes_open(path, MEMBER_VMLINUX, NULL, &bytes));
	assert_true(bytes.in_file);
	assert_int_equal(pread(bytes.fd, read_back, sizeof(read_back), 0), 6);
	assert_memory_equal(read_back, "kernel", 6);
	bytes.data[0] = 'K';
	assert_int_equal(pread(bytes.fd, read_back, 1, 0), 1);
	assert_int_equal(read_back[0], 'k');
	package_bytes_free(&bytes);
	free(blob.data);
}

static int set_up(void **state)
{
	static const struct {
		size_t at;
		int filter;
		const char *text;
	} packed[] = {{7, ARCHIVE_FILTER_XZ, "xz data"},
		      {8, ARCHIVE_FILTER_ZSTD, "zstd data"},
		      {9, ARCHIVE_FILTER_GZIP, "gzip data"}};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(packed); i++) {
		struct blob blob = make_compressed(packed[i].filter, packed[i].text, strlen(packed[i].text));

		usual[packed[i].at].data = blob.data;
		usual[packed[i].at].size_bytes = blob.size_bytes;
	}
	return mkdtemp(root) ? 0 : -1;
}

static int tear_down(void **state)
{
	AUTO_FREE char *command = xasprintf("rm -rf '%s'", root);

	(void)state;
	for (size_t i = 7; i < 10; i++)
		free((void *)(uintptr_t)usual[i].data);
	return system(command);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_form),
		cmocka_unit_test(names_of_one_file),
		cmocka_unit_test(bytes_not_asked_for),
		cmocka_unit_test(one_byte_ahead),
		cmocka_unit_test(no_modules),
		cmocka_unit_test(closed_early),
		cmocka_unit_test(kinds),
		cmocka_unit_test(not_a_package),
		cmocka_unit_test(truncated),
		cmocka_unit_test(flipped),
		cmocka_unit_test(broken_members),
		cmocka_unit_test(damaged_header),
		cmocka_unit_test(size_limit),
		cmocka_unit_test(bombs),
		cmocka_unit_test(sparse),
		cmocka_unit_test(plain_files),
		cmocka_unit_test(kernel_file),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
