// SPDX-License-Identifier: GPL-2.0-or-later
#include "manifest.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "writer.h"

#define FILE_NAME ".atlasgen-pages"

static const char magic[16] = "atlasgen pages\n1";

/* A record: these, the page's link, its files (struct file_head and the path), its notes. */
struct record_head {
	uint32_t link_bytes, files_bytes, notes_bytes, reserved;
	page_key key;
};

struct file_head {
	uint32_t path_bytes, reserved;
	int64_t size, seconds, nanoseconds;
};

struct manifest {
	char *dir;
	bool use;
	struct str old;	   /* the whole file, checked */
	VEC(size_t) slots; /* offsets of records in it, by hash of the link; 0: none */
	struct str made;   /* this process's records */
	int handed_over;   /* the workers' records: a file in memory; -1: none */
};

/* A record inside `old`, which was checked when it was read. */
struct record {
	struct record_head head;
	const char *link, *files, *notes;
};

static size_t record_bytes(struct record_head head)
{
	return sizeof(head) + (size_t)head.link_bytes + head.files_bytes + head.notes_bytes;
}

static struct record record_at(const struct manifest *manifest, size_t offset)
{
	struct record record;

	memcpy(&record.head, manifest->old.data + offset, sizeof(record.head));
	record.link = manifest->old.data + offset + sizeof(record.head);
	record.files = record.link + record.head.link_bytes;
	record.notes = record.files + record.head.files_bytes;
	return record;
}

static void read_file(const char *path, struct str *text)
{
	char buffer[1 << 16];
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	ssize_t got = fd < 0 ? 0 : 1;

	while (got > 0) {
		got = read(fd, buffer, sizeof(buffer));
		if (got > 0)
			str_addn(text, buffer, (size_t)got);
	}
	if (got < 0)
		str_clear(text);
	if (fd >= 0)
		close(fd);
}

/* Records end where their digest begins. */
static size_t records_end(const struct manifest *manifest)
{
	return manifest->old.length - sizeof(digest);
}

static bool is_whole(const struct manifest *manifest)
{
	digest found;

	if (manifest->old.length < sizeof(magic) + sizeof(found) ||
	    memcmp(manifest->old.data, magic, sizeof(magic)) != 0)
		return false;
	memcpy(&found, manifest->old.data + records_end(manifest), sizeof(found));
	if (found != digest_bytes(DIGEST_START, manifest->old.data, records_end(manifest)))
		return false;
	for (size_t at = sizeof(magic); at < records_end(manifest);) {
		struct record_head head;

		if (records_end(manifest) - at < sizeof(head))
			return false;
		memcpy(&head, manifest->old.data + at, sizeof(head));
		if (records_end(manifest) - at < record_bytes(head))
			return false;
		at += record_bytes(head);
	}
	return true;
}

static size_t slot_of(const struct manifest *manifest, const char *link, size_t length)
{
	size_t mask = manifest->slots.count - 1, at = (size_t)digest_bytes(DIGEST_START, link, length) & mask;

	for (; manifest->slots.items[at]; at = (at + 1) & mask) {
		struct record record = record_at(manifest, manifest->slots.items[at]);

		if (record.head.link_bytes == length && memcmp(record.link, link, length) == 0)
			break;
	}
	return at;
}

static void index_records(struct manifest *manifest)
{
	size_t count = 0, room = 16;

	for (size_t at = sizeof(magic); at < records_end(manifest); count++)
		at += record_bytes(record_at(manifest, at).head);
	while (room < 2 * count)
		room *= 2;
	while (manifest->slots.count < room)
		vec_add(&manifest->slots, 0);
	for (size_t at = sizeof(magic); at < records_end(manifest);) {
		struct record record = record_at(manifest, at);

		manifest->slots.items[slot_of(manifest, record.link, record.head.link_bytes)] = at;
		at += record_bytes(record.head);
	}
}

struct manifest *manifest_open(const char *dir, bool use)
{
	struct manifest *made = xcalloc(1, sizeof(*made));
	AUTO_FREE char *path = xasprintf("%s/" FILE_NAME, dir);

	made->dir = xstrdup(dir);
	made->use = use;
	made->handed_over = use ? memfd_create("atlasgen-pages", MFD_CLOEXEC) : -1;
	if (use && made->handed_over >= 0)
		fcntl(made->handed_over, F_SETFL, O_APPEND);
	if (use)
		read_file(path, &made->old);
	if (use && is_whole(made))
		index_records(made);
	return made;
}

void manifest_close(struct manifest *manifest)
{
	if (!manifest)
		return;
	if (manifest->handed_over >= 0)
		close(manifest->handed_over);
	free(manifest->dir);
	vec_free(&manifest->slots);
	str_free(&manifest->old);
	str_free(&manifest->made);
	free(manifest);
}

static bool look(const struct manifest *manifest, const char *path, size_t length, struct file_head *head)
{
	AUTO_FREE char *full = xasprintf("%s/%.*s", manifest->dir, (int)length, path);
	struct stat status;

	if (lstat(full, &status) != 0 || !S_ISREG(status.st_mode))
		return false;
	*head = (struct file_head){
		.path_bytes = (uint32_t)length,
		.size = status.st_size,
		.seconds = status.st_mtim.tv_sec,
		.nanoseconds = status.st_mtim.tv_nsec,
	};
	return true;
}

static bool files_are_there(const struct manifest *manifest, const struct record *record)
{
	const char *at = record->files, *end = record->notes;

	while (at < end) {
		struct file_head then, now;

		if ((size_t)(end - at) < sizeof(then))
			return false;
		memcpy(&then, at, sizeof(then));
		at += sizeof(then);
		if ((size_t)(end - at) < then.path_bytes || !look(manifest, at, then.path_bytes, &now) ||
		    memcmp(&then, &now, sizeof(then)) != 0)
			return false;
		at += then.path_bytes;
	}
	return true;
}

static void append(struct str *text, const struct str *more)
{
	if (more->length)
		str_addn(text, more->data, more->length);
}

bool manifest_current(struct manifest *manifest, const char *link, page_key key, const void **notes, size_t *length)
{
	if (!manifest->use || !manifest->slots.count || key == NO_KEY)
		return false;
	size_t offset = manifest->slots.items[slot_of(manifest, link, strlen(link))];

	if (!offset)
		return false;
	struct record record = record_at(manifest, offset);

	if (record.head.key != key || !files_are_there(manifest, &record))
		return false;
	*notes = record.notes;
	*length = record.head.notes_bytes;
	str_addn(&manifest->made, manifest->old.data + offset, record_bytes(record.head));
	return true;
}

void manifest_page_init(struct manifest_page *page, const char *link, page_key key)
{
	page->key = key;
	page->lost = false;
	str_clear(&page->link);
	str_add(&page->link, link);
	str_clear(&page->files);
}

void manifest_page_file(const struct manifest *manifest, struct manifest_page *page, const char *path)
{
	struct file_head head;

	if (!manifest->use || page->key == NO_KEY)
		return;
	if (!look(manifest, path, strlen(path), &head)) {
		page->lost = true;
		return;
	}
	str_addn(&page->files, (const char *)&head, sizeof(head));
	str_add(&page->files, path);
}

void manifest_page_end(struct manifest *manifest, struct manifest_page *page, const void *notes, size_t length)
{
	struct record_head head = {
		.link_bytes = (uint32_t)page->link.length,
		.files_bytes = (uint32_t)page->files.length,
		.notes_bytes = (uint32_t)length,
		.key = page->key,
	};

	if (!manifest->use || page->key == NO_KEY || page->lost)
		return;
	str_addn(&manifest->made, (const char *)&head, sizeof(head));
	append(&manifest->made, &page->link);
	append(&manifest->made, &page->files);
	if (length)
		str_addn(&manifest->made, notes, length);
}

void manifest_page_fini(struct manifest_page *page)
{
	str_free(&page->link);
	str_free(&page->files);
}

/* Each in one piece: what several processes append does not mix. */
void manifest_hand_over(struct manifest *manifest)
{
	size_t length = manifest->made.length;

	if (!length || manifest->handed_over < 0)
		return;
	ssize_t put = write(manifest->handed_over, manifest->made.data, length);

	/* Half a record makes the whole unreadable, which costs the next run time and nothing else. */
	(void)put;
	str_clear(&manifest->made);
}

static struct error *take_over(struct manifest *manifest, struct str *text)
{
	struct stat status;

	if (manifest->handed_over < 0 || fstat(manifest->handed_over, &status) != 0 || status.st_size == 0)
		return NULL;
	size_t size = (size_t)status.st_size;
	void *bytes = mmap(NULL, size, PROT_READ, MAP_SHARED, manifest->handed_over, 0);

	if (bytes == MAP_FAILED)
		return error_errno("what the workers wrote");
	str_addn(text, bytes, size);
	munmap(bytes, size);
	return NULL;
}

/* What records of the new manifest, or of the old one, call a file. */
struct file {
	const char *path; /* not terminated */
	struct file_head head;
};

typedef VEC(struct file) file_list;

static void list_files(const char *at, const char *end, file_list *files)
{
	while ((size_t)(end - at) >= sizeof(struct file_head)) {
		struct file file = {at + sizeof(file.head), {0}};

		memcpy(&file.head, at, sizeof(file.head));
		if ((size_t)(end - file.path) < file.head.path_bytes)
			return;
		vec_add(files, file);
		at = file.path + file.head.path_bytes;
	}
}

/* Of all records from `at` to `end`, which are whole. */
static void list_all(const char *at, const char *end, file_list *files)
{
	while ((size_t)(end - at) >= sizeof(struct record_head)) {
		struct record_head head;

		memcpy(&head, at, sizeof(head));
		if ((size_t)(end - at) < record_bytes(head))
			return;
		const char *first = at + sizeof(head) + head.link_bytes;

		list_files(first, first + head.files_bytes, files);
		at += record_bytes(head);
	}
}

static int by_path(const void *left, const void *right)
{
	const struct file *a = left, *b = right;
	uint32_t length = a->head.path_bytes < b->head.path_bytes ? a->head.path_bytes : b->head.path_bytes;
	int order = memcmp(a->path, b->path, length);

	return order ? order : (a->head.path_bytes > b->head.path_bytes) - (a->head.path_bytes < b->head.path_bytes);
}

/* The manifest is a file like any other in a directory that may be anybody's. */
static bool stays_inside(const char *path)
{
	return *path && *path != '/' && strcmp(path, "..") != 0 && !str_starts(path, "../") && !strstr(path, "/../") &&
	       !str_ends(path, "/..");
}

static void remove_file(const struct manifest *manifest, const struct file *file)
{
	AUTO_FREE char *path = xstrndup(file->path, file->head.path_bytes);
	AUTO_FREE char *full = xasprintf("%s/%s", manifest->dir, path);
	struct file_head now;

	if (strlen(path) != file->head.path_bytes || !stays_inside(path) ||
	    !look(manifest, path, file->head.path_bytes, &now) || memcmp(&now, &file->head, sizeof(now)) != 0 ||
	    unlink(full) != 0)
		return;
	/* Fails where others are left in it. */
	char *slash = strrchr(full, '/');

	*slash = '\0';
	(void)rmdir(full);
}

/* Files that the last run wrote, that nobody touched since, and that are no longer in the site. */
static void sweep(const struct manifest *manifest, const struct str *records)
{
	file_list old = {0}, new = {0};

	list_all(manifest->old.data + sizeof(magic), manifest->old.data + records_end(manifest), &old);
	list_all(records->data + sizeof(magic), records->data + records->length, &new);
	if (new.count)
		qsort(new.items, new.count, sizeof(*new.items), by_path);
	for (size_t i = 0; i < old.count; i++)
		if (!new.count || !bsearch(&old.items[i], new.items, new.count, sizeof(*new.items), by_path))
			remove_file(manifest, &old.items[i]);
	vec_free(&old);
	vec_free(&new);
}

struct error *manifest_write(struct manifest *manifest, bool whole_site)
{
	AUTO_FREE char *path = xasprintf("%s/" FILE_NAME, manifest->dir);
	AUTO_STR struct str text = {0};

	if (!manifest->use)
		return NULL;
	str_addn(&text, magic, sizeof(magic));
	TRY(take_over(manifest, &text));
	append(&text, &manifest->made);
	if (whole_site && manifest->slots.count)
		sweep(manifest, &text);
	digest all = digest_bytes(DIGEST_START, text.data, text.length);

	str_addn(&text, (const char *)&all, sizeof(all));
	return writer_write(path, &text);
}
