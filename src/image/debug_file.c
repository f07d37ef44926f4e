// SPDX-License-Identifier: GPL-2.0-or-later
#include "atlas/debug_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "atlas/str.h"
#include "image/debuginfod.h"
#include "image/elf_image.h"

#define SYSTEM_DIR "/usr/lib/debug"

struct search {
	const struct debug_file_wanted *wanted;
	const struct debug_file_options *options;
	struct stat self; /* of the file itself: it is not its own debug file */
	bool has_self;
	struct str looked; /* "; "-separated places and reasons */
	char *found;
};

/* Two ways may lead to one place. */
static bool was_refused(const struct search *search, const char *path)
{
	AUTO_FREE char *entry = xasprintf("%s: ", path);
	const char *at = search->looked.data ? strstr(search->looked.data, entry) : NULL;

	return at && (at == search->looked.data || str_starts(at - 2, "; "));
}

static void refuse(struct search *search, const char *path, const char *why)
{
	str_addf(&search->looked, "%s%s: %s", search->looked.length ? "; " : "", path, why);
}

static struct error *read_link(const struct section *section, bool swap, struct debug_file_wanted *wanted)
{
	const char *name = (const char *)section->data;
	size_t length = strnlen(name, section->size_bytes);
	uint64_t crc_at = (length + 1 + 3) & ~(uint64_t)3;

	if (crc_at + 4 > section->size_bytes || length == 0)
		return error_new(ERROR_INPUT, "section .gnu_debuglink at offset 0x%llx is cut short",
				 (unsigned long long)section->file_offset);
	if (strchr(name, '/'))
		return error_new(ERROR_INPUT, "section .gnu_debuglink at offset 0x%llx names a path, not a file",
				 (unsigned long long)section->file_offset);
	memcpy(&wanted->link_crc, section->data + crc_at, 4);
	if (swap)
		wanted->link_crc = __builtin_bswap32(wanted->link_crc);
	wanted->link_name = name;
	return NULL;
}

struct error *debug_file_wanted_by(struct elf_image *image, struct debug_file_wanted *wanted)
{
	struct section *section;

	*wanted = (struct debug_file_wanted){.path = image->path};
	TRY(elf_image_build_id(image, &wanted->build_id));
	TRY(elf_image_load(image, ".gnu_debuglink", &section));
	if (!section || !section->data)
		return NULL;
	return error_prefix(read_link(section, image->swap, wanted), "%s", image->path);
}

static struct error *crc_of(const char *path, uint32_t *crc)
{
	AUTO_FREE unsigned char *block = xmalloc(1 << 18);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	uLong sum = crc32(0, NULL, 0);
	ssize_t got = -1;

	if (fd < 0)
		return error_errno("cannot be read");
	while ((got = read(fd, block, 1 << 18)) > 0)
		sum = crc32(sum, block, (uInt)got);
	struct error *err = got < 0 ? error_errno("cannot be read") : NULL;

	close(fd);
	*crc = (uint32_t)sum;
	return err;
}

static struct error *check_build_id(const char *path, const char *wanted)
{
	struct elf_image image;
	const char *build_id;

	TRY(elf_image_open(path, &image));
	struct error *err = elf_image_build_id(&image, &build_id);

	if (!err && !build_id)
		err = error_new(ERROR_INPUT, "has no build id");
	else if (!err && strcmp(build_id, wanted) != 0)
		err = error_new(ERROR_INPUT, "of another build (%s)", build_id);
	elf_image_close(&image);
	return err;
}

static struct error *check_crc(const char *path, uint32_t wanted)
{
	uint32_t crc = 0;

	TRY(crc_of(path, &crc));
	if (crc != wanted)
		return error_new(ERROR_INPUT, "its CRC is %08x, %08x is wanted", crc, wanted);
	return NULL;
}

/* A regular file at `path`; symbolic links are followed, as the tree of build ids is made of them. */
static bool is_there(struct search *search, const char *path)
{
	struct stat status;

	if (stat(path, &status) != 0)
		refuse(search, path, errno == ENOENT || errno == ENOTDIR ? "not there" : strerror(errno));
	else if (!S_ISREG(status.st_mode))
		refuse(search, path, "not a regular file");
	else if (search->has_self && status.st_dev == search->self.st_dev && status.st_ino == search->self.st_ino)
		refuse(search, path, "the file itself");
	else
		return true;
	return false;
}

/* Takes `path` if it is the debug file; `by_link`: a file without a build id is known by its CRC. */
static void try_path(struct search *search, const char *path, bool by_link)
{
	const struct debug_file_wanted *wanted = search->wanted;

	if (search->found || was_refused(search, path) || !is_there(search, path))
		return;
	struct error *err = NULL;

	if (by_link)
		err = check_crc(path, wanted->link_crc);
	if (!err && wanted->build_id)
		err = check_build_id(path, wanted->build_id);
	if (!err) {
		search->found = xstrdup(path);
		return;
	}
	refuse(search, path, str_starts(err->text, path) ? err->text + strlen(path) + 2 : err->text);
	error_free(err);
}

static const char *dir_at(const struct search *search, size_t i)
{
	return i < search->options->dir_count ? search->options->dirs[i] : SYSTEM_DIR;
}

static void by_build_id(struct search *search)
{
	const char *build_id = search->wanted->build_id;

	if (!build_id || strlen(build_id) < 3)
		return;
	for (size_t i = 0; i <= search->options->dir_count; i++) {
		AUTO_FREE char *path =
			xasprintf("%s/.build-id/%.2s/%s.debug", dir_at(search, i), build_id, build_id + 2);

		try_path(search, path, false);
	}
}

static void by_link(struct search *search, const char *directory)
{
	const char *name = search->wanted->link_name;
	AUTO_FREE char *beside = xasprintf("%s/%s", directory, name);
	AUTO_FREE char *hidden = xasprintf("%s/.debug/%s", directory, name);

	try_path(search, beside, true);
	try_path(search, hidden, true);
	for (size_t i = 0; i <= search->options->dir_count; i++) {
		AUTO_FREE char *path = xasprintf("%s%s/%s", dir_at(search, i), directory, name);

		try_path(search, path, true);
	}
}

/*
 * Distributions put the debug file of /lib/modules/R/x.ko at DIR/lib/modules/R/x.ko,
 * also where /lib is a link to /usr/lib, or the module stands in an unpacked package
 * or is a member of one (PACKAGE!lib/modules/R/x.ko).  NULL: no such place.
 */
static const char *usual_place(const char *path)
{
	static const char *const starts[] = {"lib/modules/", "boot/"};

	for (size_t i = 0; i < ARRAY_LEN(starts); i++)
		for (const char *at = strstr(path, starts[i]); at; at = strstr(at + 1, starts[i]))
			if (at == path || at[-1] == '/' || at[-1] == '!')
				return at;
	return NULL;
}

/* Only a build id can tell that a file of the same name is of the same build. */
static void by_place(struct search *search, const char *path)
{
	static const char *const packed[] = {".xz", ".zst", ".gz"};
	int length = (int)strlen(path);

	for (size_t i = 0; i < ARRAY_LEN(packed); i++)
		if (str_ends(path, packed[i]))
			length -= (int)strlen(packed[i]);
	for (size_t i = 0; i <= search->options->dir_count; i++) {
		AUTO_FREE char *same = xasprintf("%s/%.*s", dir_at(search, i), length, path);
		AUTO_FREE char *debug = xasprintf("%s.debug", same);

		try_path(search, same, false);
		try_path(search, debug, false);
	}
}

static void by_path(struct search *search)
{
	const char *given = search->wanted->path;
	AUTO_FREE char *path = given ? realpath(given, NULL) : NULL;

	search->has_self = path && stat(path, &search->self) == 0;
	if (path && search->wanted->link_name) {
		AUTO_FREE char *directory = xstrndup(path, (size_t)(strrchr(path, '/') - path));

		by_link(search, directory);
	}
	if (!given || !search->wanted->build_id)
		return;
	if (path)
		by_place(search, path + 1);
	const char *place = usual_place(path ? path : given);

	if (place)
		by_place(search, place);
}

static void by_server(struct search *search)
{
	char *path = NULL;

	if (search->found || !search->options->debuginfod)
		return;
	if (!search->wanted->build_id) {
		refuse(search, "debuginfod", "the file has no build id to ask for");
		return;
	}
	struct error *err = debuginfod_fetch(search->wanted->build_id, &path);

	if (err) {
		refuse(search, "debuginfod", err->text);
		error_free(err);
		return;
	}
	try_path(search, path, false);
	free(path);
}

struct error *debug_file_find(const struct debug_file_wanted *wanted, const struct debug_file_options *options,
			      char **path)
{
	struct search search = {.wanted = wanted, .options = options};
	struct error *err = NULL;

	by_build_id(&search);
	by_path(&search);
	by_server(&search);
	if (search.found)
		*path = search.found;
	else
		err = error_new(ERROR_INPUT, "no debug file: %s",
				search.looked.length ? search.looked.data
						     : "neither build id nor .gnu_debuglink say what to look for");
	str_free(&search.looked);
	return err;
}
