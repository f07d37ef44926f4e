// SPDX-License-Identifier: GPL-2.0-or-later
/* From the arguments of `scan` to jobs: kernels with their modules, packages, lone modules. */
#include <fcntl.h>
#include <fts.h>
#include <glob.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/scan.h"

static bool is_module_name(const char *name)
{
	static const char *const endings[] = {".ko", ".ko.xz", ".ko.zst", ".ko.gz", ".ko.debug"};

	for (size_t i = 0; i < ARRAY_LEN(endings); i++)
		if (str_ends(name, endings[i]))
			return true;
	return false;
}

struct paths {
	VEC(const char *) items;
};

static int by_name(const FTSENT **a, const FTSENT **b)
{
	return strcmp((*a)->fts_name, (*b)->fts_name);
}

/* Every module below a directory, in the order of their names. Links are not followed: `build` leads out of the tree.
 */
static void find_modules(struct arena *arena, const char *directory, struct paths *found)
{
	char *roots[] = {(char *)(uintptr_t)directory, NULL};
	FTS *walk = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, by_name);

	if (!walk)
		return;
	for (FTSENT *entry; (entry = fts_read(walk));)
		if (entry->fts_info == FTS_F && is_module_name(entry->fts_name))
			vec_add(&found->items, arena_strdup(arena, entry->fts_path));
	fts_close(walk);
}

/* Where packages and build trees keep the unstripped kernel, and where its modules then are. */
static const struct {
	const char *kernel;
	const char
		*modules[3]; /* %s: the tree, then the release named by the kernel's own path; the first that exists */
} layouts[] = {
	{"vmlinux", {""}},
	{"vmlinux-*", {"lib/modules/", "usr/lib/debug/lib/modules/"}},
	{"boot/vmlinux-*", {"usr/lib/debug/lib/modules/", "lib/modules/"}},
	{"usr/lib/debug/boot/vmlinux-*", {"usr/lib/debug/lib/modules/"}},
	{"usr/lib/debug/lib/modules/*/vmlinux", {"usr/lib/debug/lib/modules/"}},
	{"lib/modules/*/vmlinux", {"lib/modules/"}},
};

/* "6.1.0-50-cloud-amd64" of .../vmlinux-6.1.0-50-cloud-amd64 or .../6.1.0-50-cloud-amd64/vmlinux. */
static const char *release_of(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;

	if (str_starts(name, "vmlinux-"))
		return name + strlen("vmlinux-");
	const char *parent = slash ? memrchr(path, '/', (size_t)(slash - path)) : NULL;

	return parent ? arena_strndup(arena, parent + 1, (size_t)(slash - parent - 1)) : "";
}

static void add_modules(struct scan_run *run, const char *tree, const char *kernel, const char *const *places,
			struct scan_job *job)
{
	struct paths found = {0};

	for (size_t i = 0; i < 3 && places[i] && !found.items.count; i++) {
		const char *release = *places[i] ? release_of(&run->arena, kernel) : "";

		find_modules(&run->arena, arena_printf(&run->arena, "%s/%s%s", tree, places[i], release), &found);
	}
	job->module_count = found.items.count;
	job->modules = arena_alloc(&run->arena, found.items.count * sizeof(*job->modules));
	if (found.items.count)
		memcpy(job->modules, found.items.items, found.items.count * sizeof(*job->modules));
	vec_free(&found.items);
}

static void add_kernels(struct scan_run *run, const char *tree, size_t layout)
{
	glob_t found;

	if (glob(arena_printf(&run->arena, "%s/%s", tree, layouts[layout].kernel), 0, NULL, &found) != 0)
		return;
	for (size_t i = 0; i < found.gl_pathc; i++) {
		struct scan_job job = {JOB_KERNEL, arena_strdup(&run->arena, found.gl_pathv[i]), NULL, 0};

		if (!run->no_modules)
			add_modules(run, tree, job.path, layouts[layout].modules, &job);
		vec_add(&run->work, job);
	}
	globfree(&found);
}

static void add_lone(struct paths *lone, const struct paths *more)
{
	for (size_t i = 0; i < more->items.count; i++)
		vec_add(&lone->items, more->items.items[i]);
}

static struct error *add_tree(struct scan_run *run, const char *tree, struct paths *lone)
{
	size_t before = run->work.count;

	for (size_t i = 0; i < ARRAY_LEN(layouts) && run->work.count == before; i++)
		add_kernels(run, tree, i);
	if (run->work.count > before)
		return NULL;
	struct paths modules = {0};

	if (!run->no_modules)
		find_modules(&run->arena, tree, &modules);
	size_t count = modules.items.count;

	add_lone(lone, &modules);
	vec_free(&modules.items);
	if (count)
		return NULL;
	return error_new(ERROR_INPUT,
			 "%s: no vmlinux%s in this directory (looked for vmlinux, boot/vmlinux-*, usr/lib/debug/...)",
			 tree, run->no_modules ? "" : " and no module");
}

static enum elf_kind kind_of_elf(const char *path)
{
	unsigned char head[64];
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	ssize_t length = fd < 0 ? -1 : read(fd, head, sizeof(head));

	if (fd >= 0)
		close(fd);
	return length < 0 ? ELF_KIND_OTHER : scan_elf_kind(head, (size_t)length);
}

static struct error *add_input(struct scan_run *run, const char *path, struct paths *lone)
{
	enum input_kind kind = INPUT_PLAIN;
	struct stat status;

	if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
		return add_tree(run, path, lone);
	if (stat(path, &status) == 0 && S_ISREG(status.st_mode))
		TRY(input_kind_of(path, &kind));
	if (kind == INPUT_PACKAGE) {
		*vec_push(&run->work) = (struct scan_job){JOB_PACKAGE, path, NULL, 0};
		return NULL;
	}
	/* What a compressed file holds is told by its name here, and checked when it is read. */
	bool module = kind == INPUT_COMPRESSED ? is_module_name(path) : kind_of_elf(path) == ELF_KIND_MODULE;

	if (module)
		vec_add(&lone->items, path);
	else
		*vec_push(&run->work) = (struct scan_job){JOB_KERNEL, path, NULL, 0};
	return NULL;
}

struct error *scan_find_jobs(struct scan_run *run, char **inputs, size_t count)
{
	struct paths lone = {0};

	for (size_t i = 0; i < count; i++) {
		struct error *err = add_input(run, inputs[i], &lone);

		if (err) {
			run->failed++;
			error_report(err);
		}
	}
	if (lone.items.count) {
		struct scan_job job = {JOB_MODULES, lone.items.items[0], NULL, lone.items.count};

		job.modules = arena_alloc(&run->arena, lone.items.count * sizeof(*job.modules));
		memcpy(job.modules, lone.items.items, lone.items.count * sizeof(*job.modules));
		vec_add(&run->work, job);
	}
	vec_free(&lone.items);
	return NULL;
}
