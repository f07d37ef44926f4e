// SPDX-License-Identifier: GPL-2.0-or-later
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "atlas/cli.h"
#include "atlas/exchange.h"
#include "atlas/store.h"
#include "atlas/type_store.h"

/* The default: of an atlas with one image that one. */
#define ANY_IMAGE "*"

struct export
{
	const char *image_pattern;
	const char *out_path; /* NULL: standard output */
	struct globs names;
};

static const struct option export_options[] = {
	{"image", required_argument, NULL, 'i'},
	{"output", required_argument, NULL, 'o'},
	{0},
};

static struct error *parse_options(struct export *export, int argc, char **argv)
{
	int option;

	while ((option = getopt_long(argc, argv, "o:", export_options, NULL)) != -1) {
		if (option == 'i')
			export->image_pattern = optarg;
		else if (option == 'o')
			export->out_path = strcmp(optarg, "-") == 0 ? NULL : optarg;
		else
			return error_new(ERROR_USAGE, "export: see `atlasgen export --help`");
	}
	export->names.items = xcalloc((size_t)(argc - optind), sizeof(*export->names.items));
	for (int i = optind; i < argc; i++)
		export->names.items[export->names.count++] = argv[i];
	return NULL;
}

/* What store_image_names() gives, without the names that the globs do not admit. */
struct names {
	const char **items;
	size_t count;
};

static struct error *choose_names(struct store *store, struct arena *arena, const struct image *image,
				  const struct globs *globs, struct names *ret)
{
	const char *const *all;
	size_t count;

	TRY(store_image_names(store, arena, image, &all, &count));
	ret->items = arena_alloc(arena, count * sizeof(*ret->items));
	for (size_t i = 0; i < count; i++)
		if (globs_match(globs, all[i]))
			ret->items[ret->count++] = all[i];
	return NULL;
}

static void add_literal(struct str *glob, const char *name)
{
	for (; *name; name++) {
		if (strchr("*?[\\", *name))
			str_addc(glob, '\\');
		str_addc(glob, *name);
	}
}

static void write_literal(struct json_writer *json, const char *name)
{
	AUTO_STR struct str glob = {0};

	add_literal(&glob, name);
	jw_string(json, glob.data);
}

/*
 * What a reader may conclude from a name's absence.  A part of a whole image is
 * as wide as the globs; of a part that was itself limited only the names are
 * certain.
 */
static char *scope_of(const struct image *image, const struct globs *globs, const struct names *names)
{
	struct str scope = {0};
	struct json_writer json;

	if (globs->count == 0)
		return image->scope ? xstrdup(image->scope) : NULL;
	jw_to_str(&json, &scope);
	jw_begin_array(&json);
	if (!image->scope)
		for (size_t i = 0; i < globs->count; i++)
			jw_string(&json, globs->items[i]);
	else
		for (size_t i = 0; i < names->count; i++)
			write_literal(&json, names->items[i]);
	jw_end_array(&json);
	return str_take(&scope);
}

static char *copy(const char *text)
{
	return text ? xstrdup(text) : NULL;
}

static struct error *write_header(struct store *store, struct arena *arena, struct json_writer *json,
				  const struct image *image, char *scope)
{
	const struct searched_object *searched;
	size_t searched_count;

	struct image_name name = {
		.version = copy(image->version),
		.revision = copy(image->revision),
		.flavor = copy(image->flavor),
		.arch = copy(image->arch),
		.label = copy(image->label),
		.release = copy(image->release),
		.banner = copy(image->banner),
		.build_id = copy(image->build_id),
		.producer = copy(image->producer),
		.scope = scope,
		.evidence = image->evidence,
	};

	struct error *err = store_searched(store, arena, image, &searched, &searched_count);

	if (!err)
		exchange_write_header(json, &name, searched, searched_count);
	image_name_fini(&name);
	return err;
}

static void keep_initcalls(struct arena *arena, const struct globs *globs, struct object_files *files)
{
	struct initcall *kept = arena_alloc(arena, files->initcall_count * sizeof(*kept));
	size_t count = 0;

	for (size_t i = 0; i < files->initcall_count; i++)
		if (globs_match(globs, files->initcalls[i].name))
			kept[count++] = files->initcalls[i];
	files->initcalls = kept;
	files->initcall_count = count;
}

static void keep_exports(struct arena *arena, const struct globs *globs, struct object_files *files)
{
	struct object_export *kept = arena_alloc(arena, files->export_count * sizeof(*kept));
	size_t count = 0;

	for (size_t i = 0; i < files->export_count; i++)
		if (globs_match(globs, files->exports[i].name))
			kept[count++] = files->exports[i];
	files->exports = kept;
	files->export_count = count;
}

/* Of a part of an image nobody could tell which files the rest comes from. */
static struct error *write_files(struct store *store, struct arena *arena, const struct image *image,
				 const struct globs *globs, struct json_writer *json)
{
	const struct object_files *objects;
	size_t count;

	TRY(store_files(store, arena, image, &objects, &count));
	for (size_t i = 0; i < count; i++) {
		struct object_files files = objects[i];

		if (globs->count) {
			files.units_known = false;
			keep_initcalls(arena, globs, &files);
			keep_exports(arena, globs, &files);
		}
		if (!globs->count || files.initcall_count || files.exports_known || files.gates)
			exchange_write_files(json, &files);
	}
	return NULL;
}

static struct error *write_functions(struct store *store, const struct image *image, const struct names *names,
				     struct json_writer *json)
{
	struct error *err = NULL;
	struct arena arena;

	arena_init(&arena);
	for (size_t i = 0; !err && i < names->count; i++) {
		const struct function *const *functions;
		size_t count = 0;

		arena_reset(&arena);
		err = store_functions(store, &arena, image, names->items[i], &functions, &count);
		if (!err && count)
			exchange_write_functions(json, functions, count);
	}
	arena_fini(&arena);
	return err;
}

/* Of a part of an image nobody could tell which types the rest has. */
static struct error *write_types(struct store *store, const struct image *image, struct json_writer *json)
{
	const struct type_graph *graph;
	size_t objects, places;

	TRY(store_types(store, image, &graph));
	const char *const *known = type_graph_objects(graph, &objects);
	const struct type_place *place = type_graph_places(graph, &places);

	exchange_write_types_known(json, known, objects);
	for (size_t i = 0; i < places; i++)
		exchange_write_type(json, &place[i]);
	return NULL;
}

static struct error *write_stream(struct store *store, const struct export *export, struct arena *arena, FILE *out)
{
	const struct image *image;
	struct names names = {0};
	struct json_writer json;

	struct error *not_found = store_find_image(store, arena, export->image_pattern, &image);

	if (not_found)
		return strcmp(export->image_pattern, ANY_IMAGE) == 0
			       ? error_prefix(not_found, "export writes one image, and --image says which")
			       : not_found;
	TRY(choose_names(store, arena, image, &export->names, &names));
	jw_to_file(&json, out);
	struct error *err = write_header(store, arena, &json, image, scope_of(image, &export->names, &names));

	if (!err)
		err = write_files(store, arena, image, &export->names, &json);
	if (!err)
		err = write_functions(store, image, &names, &json);
	if (!err && !export->names.count)
		err = write_types(store, image, &json);
	struct error *late =
		error_prefix(jw_finish(&json), "%s", export->out_path ? export->out_path : "standard output");

	if (!err)
		return late;
	error_free(late);
	return err;
}

static bool is_special(const char *path)
{
	struct stat info;

	return stat(path, &info) == 0 && !S_ISREG(info.st_mode);
}

/* As open() would have made it: mkstemp() lets only the owner in. */
static void open_to_others(int fd)
{
	mode_t mask = umask(0);

	umask(mask);
	fchmod(fd, 0666 & ~mask);
}

static struct error *open_beside(const char *path, char **temporary, FILE **ret)
{
	char *name = xasprintf("%s.XXXXXX", path);
	int fd = mkstemp(name);
	FILE *file = fd < 0 ? NULL : fdopen(fd, "w");

	if (!file) {
		struct error *err = error_errno("%s", path);

		if (fd >= 0) {
			close(fd);
			unlink(name);
		}
		free(name);
		return err;
	}
	open_to_others(fd);
	*ret = file;
	*temporary = name;
	return NULL;
}

/* A file appears when it is whole; a device or a pipe is written as it goes. */
static struct error *open_output(const char *path, char **temporary, FILE **ret)
{
	*temporary = NULL;
	if (!is_special(path))
		return open_beside(path, temporary, ret);
	*ret = fopen(path, "we");
	return *ret ? NULL : error_errno("%s", path);
}

static struct error *write_file(struct store *store, const struct export *export, struct arena *arena)
{
	char *temporary = NULL;
	FILE *out = NULL;

	TRY(open_output(export->out_path, &temporary, &out));
	struct error *err = write_stream(store, export, arena, out);

	if (fclose(out) != 0 && !err)
		err = error_errno("%s", export->out_path);
	if (temporary && !err && rename(temporary, export->out_path) != 0)
		err = error_errno("%s", export->out_path);
	if (temporary && err)
		unlink(temporary);
	free(temporary);
	return err;
}

static struct error *export_image(const struct globals *globals, const struct export *export)
{
	struct store *store = NULL;
	struct arena arena;

	TRY(store_open(globals->atlas_path, STORE_READ, &store));
	arena_init(&arena);
	struct error *err =
		export->out_path ? write_file(store, export, &arena) : write_stream(store, export, &arena, stdout);

	arena_fini(&arena);
	store_close(store);
	return err;
}

static struct error *export_run(const struct globals *globals, int argc, char **argv, int *status)
{
	struct export export = {.image_pattern = ANY_IMAGE};
	struct error *err = parse_options(&export, argc, argv);

	if (!err)
		err = export_image(globals, &export);
	free(export.names.items);
	*status = 0;
	return err;
}

const struct verb verb_export = {
	.name = "export",
	.synopsis = "[--image IMAGE] [-o FILE] [GLOB...]",
	.summary = "write the facts of one image as JSON Lines",
	.help = "The stream holds a header and one line per function, in the order in which the image\n"
		"first names them, and then one line per type.  With GLOBs, only functions whose names\n"
		"match one, and no types.\n\n"
		"      --image IMAGE   name, or a glob that only one image matches; not needed where the\n"
		"                      atlas holds one image\n"
		"  -o, --output FILE   there instead of standard output\n",
	.run = export_run,
};
