// SPDX-License-Identifier: GPL-2.0-or-later
/* `validate --code`: vmlinux and modules, each read again from where it was scanned. */
#include <stdio.h>
#include <string.h>

#include "atlas/progress.h"
#include "atlas/store.h"
#include "atlas/str.h"
#include "atlas/validate.h"
#include "cli/object_file.h"
#include "cli/validate.h"

struct run {
	struct store *store;
	const struct image *image;
	const struct validate_options *options;
	const struct object *objects;
	struct code_report *reports; /* one an object */
	bool *done;		     /* per object: its report is made */
	size_t count;
	size_t failed; /* could not be checked though a file is known */
	struct progress progress;
};

static bool is_vmlinux(const struct object *object)
{
	return strcmp(object->name, "vmlinux") == 0;
}

static void not_checked(struct run *run, size_t index, const char *why)
{
	const struct object *object = &run->objects[index];
	const struct code_question question = {run->image->name, object->name, object->path, NULL, 0, NULL};

	code_report_unread(&question, why, &run->reports[index]);
	run->done[index] = true;
}

static struct error *ask(struct run *run, size_t index, const char *path, const struct package_bytes *bytes,
			 struct arena *arena)
{
	const struct object *object = &run->objects[index];
	struct recorded_calls calls;

	TRY(store_calls(run->store, arena, run->image, object->name, &calls));
	if (!calls.call_count && is_vmlinux(object))
		return error_new(ERROR_INPUT, "%s: the atlas knows no calls of it (evidence: DWARF is needed)",
				 run->image->name);
	if (!calls.build_id && is_vmlinux(object))
		calls.build_id = run->image->build_id;
	const struct code_question question = {run->image->name, object->name,	    path,
					       bytes->data,	 bytes->size_bytes, &calls};

	return validate_code(&question, &run->reports[index]);
}

/* One object against the file at `path`, or what is in memory of it.  An error means that it could not be checked. */
static struct error *check(struct run *run, size_t index, const char *path, const struct package_bytes *bytes)
{
	struct arena arena;

	arena_init(&arena);
	struct error *err = ask(run, index, path, bytes, &arena);

	arena_fini(&arena);
	run->done[index] |= !err;
	return err;
}

/* What a module lacks costs that module; without vmlinux, or the one asked for, there is no verdict. */
static struct error *keep_going(struct run *run, size_t index, struct error *err)
{
	if (!err || run->count == 1 || is_vmlinux(&run->objects[index]))
		return err;
	not_checked(run, index, err->text);
	error_free(err);
	run->failed++;
	return NULL;
}

static struct error *check_file(struct run *run, size_t index, const char *path)
{
	enum package_member_kind kind = is_vmlinux(&run->objects[index]) ? MEMBER_VMLINUX : MEMBER_MODULE;
	struct object_file file;

	TRY(object_file_open(path, kind, &file));
	struct error *err = check(run, index, path, &file.bytes);

	object_file_close(&file);
	return err;
}

static bool find_member(const struct run *run, const char *package, const char *member, size_t *index)
{
	size_t length = strlen(package);

	for (*index = 0; *index < run->count; ++*index) {
		const char *path = run->objects[*index].path;

		if (!run->done[*index] && path && strncmp(path, package, length) == 0 && path[length] == '!' &&
		    strcmp(path + length + 1, member) == 0)
			return true;
	}
	return false;
}

static struct error *check_member(struct run *run, struct package *package, const char *path, size_t index)
{
	struct package_bytes bytes = {0};
	struct error *err = package_read(package, &bytes);

	if (!err)
		err = check(run, index, run->objects[index].path, &bytes);
	package_bytes_free(&bytes);
	progress_show(&run->progress, "%s: %s", path, run->objects[index].name);
	return keep_going(run, index, err);
}

/* All that is left to check in one package, in one go. */
static struct error *check_package(struct run *run, const char *path)
{
	struct package *package;
	struct package_member member;
	struct error *err = NULL;
	bool have = true;
	size_t index;

	TRY(package_open(path, NULL, &package));
	while (!err && !(err = package_next(package, &member, &have)) && have)
		if (find_member(run, path, member.path, &index))
			err = check_member(run, package, path, index);
	package_close(package);
	return err;
}

/* What of a package is not in it any more gets no second pass over it. */
static struct error *check_packed(struct run *run, size_t first, const char *package)
{
	TRY(check_package(run, package));
	if (run->done[first])
		return NULL;
	return keep_going(
		run, first,
		error_new(ERROR_INPUT, "%s: the package has no such member any more", run->objects[first].path));
}

static struct error *check_object(struct run *run, size_t index)
{
	const struct object *object = &run->objects[index];
	const char *path = run->options->file ? run->options->file : object->path;

	progress_show(&run->progress, "%zu of %zu: %s", index + 1, run->count, object->name);
	if (!path && (is_vmlinux(object) || run->count == 1))
		return error_new(ERROR_INPUT, "%s: was imported, so where its %s is is not known; give it with --file",
				 run->image->name, object->name);
	if (!path) {
		not_checked(run, index, "imported, so where its file is is not known");
		return NULL;
	}
	AUTO_FREE char *package = object_file_package(path);

	/* One member alone is found by object_file_open(), which stops there. */
	if (package && run->count > 1)
		return check_packed(run, index, package);
	return keep_going(run, index, check_file(run, index, path));
}

static struct error *print(const struct run *run)
{
	bool modules = run->count > 1;
	struct json_writer json;

	if (run->options->json) {
		jw_to_file(&json, stdout);
		code_report_json(&run->reports[0], modules ? run->reports + 1 : NULL, run->count - 1, &json);
		return jw_finish(&json);
	}
	code_report_text(&run->reports[0], run->options->all, stdout);
	if (modules)
		code_modules_text(run->reports + 1, run->count - 1, run->options->all, stdout);
	return NULL;
}

static struct error *judge(const struct run *run, int *status)
{
	uint64_t confirmed = 0, contradicted = 0;

	for (size_t i = 0; i < run->count; i++) {
		confirmed += code_report_confirmed(&run->reports[i]);
		contradicted += run->reports[i].sites[SITE_CONTRADICTED];
	}
	*status = contradicted ? STATUS_CHANGE : 0;
	if (contradicted)
		return NULL;
	if (!confirmed)
		return error_new(ERROR_INPUT, "%s: none of its calls could be checked", run->image->name);
	if (run->failed)
		return error_new(ERROR_INPUT, "%s: %zu module%s could not be checked", run->image->name, run->failed,
				 run->failed == 1 ? "" : "s");
	return NULL;
}

static struct error *check_all(struct run *run, int *status)
{
	struct error *err = NULL;

	for (size_t i = 0; i < run->count && !err; i++)
		if (!run->done[i])
			err = check_object(run, i);
	progress_clear(&run->progress);
	if (!err)
		err = print(run);
	return err ? err : judge(run, status);
}

/* All objects; the one of --module; with --file, which can be one only, vmlinux. */
static struct error *choose_objects(struct run *run, struct arena *arena)
{
	const char *name = run->options->module;
	const struct object *one;

	if (!name && run->options->file)
		name = "vmlinux";
	if (!name || strcmp(name, "all") == 0)
		return store_objects(run->store, arena, run->image, &run->objects, &run->count);
	TRY(store_object(run->store, arena, run->image, name, &one));
	if (!one)
		return error_new(ERROR_INPUT, "%s: the atlas has no module '%s' of this image", run->image->name, name);
	run->objects = one;
	run->count = 1;
	return NULL;
}

static struct error *run_checks(struct run *run, struct arena *arena, int *status)
{
	TRY(store_find_image(run->store, arena, run->options->image, &run->image));
	TRY(choose_objects(run, arena));
	if (run->options->file && run->count > 1)
		return error_new(ERROR_USAGE, "validate: --file is one file; say which with --module NAME");
	run->reports = xcalloc(run->count, sizeof(*run->reports));
	run->done = xcalloc(run->count, sizeof(*run->done));
	struct error *err = check_all(run, status);

	for (size_t i = 0; i < run->count; i++)
		if (run->done[i])
			code_report_fini(&run->reports[i]);
	free(run->reports);
	free(run->done);
	return err;
}

struct error *validate_calls(const struct globals *globals, const struct validate_options *options, int *status)
{
	struct run run = {.options = options};
	struct arena arena;

	TRY(store_open(globals->atlas_path, STORE_READ, &run.store));
	arena_init(&arena);
	progress_init(&run.progress, false);
	struct error *err = run_checks(&run, &arena, status);

	arena_fini(&arena);
	store_close(run.store);
	return err;
}
