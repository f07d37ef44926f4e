// SPDX-License-Identifier: GPL-2.0-or-later
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>

#include "atlas/cli.h"
#include "atlas/json_writer.h"
#include "atlas/output.h"
#include "atlas/store.h"

enum form { FORM_TABLE, FORM_NAMES, FORM_JSON };

static struct error *parse(int argc, char **argv, enum form *form)
{
	static const struct option options[] = {
		{"quiet", no_argument, NULL, 'q'},
		{"json", no_argument, NULL, 'J'},
		{0},
	};
	int option;

	opterr = 0;
	while ((option = getopt_long(argc, argv, ":q", options, NULL)) != -1) {
		if (option == 'q')
			*form = FORM_NAMES;
		else if (option == 'J')
			*form = FORM_JSON;
		else
			return cli_option_error("images", option, argv);
	}
	if (optind < argc)
		return error_new(ERROR_USAGE, "images: takes no argument, but there is '%s'", argv[optind]);
	return NULL;
}

static void print_names(const struct image *images, size_t count)
{
	for (size_t i = 0; i < count; i++)
		puts(images[i].name);
}

static void print_image_json(struct json_writer *json, const struct image *image)
{
	const struct {
		const char *key, *value;
	} texts[] = {
		{"image", image->name},	       {"version", image->version},
		{"revision", image->revision}, {"flavor", image->flavor},
		{"arch", image->arch},	       {"label", image->label},
		{"release", image->release},   {"build_id", image->build_id},
		{"producer", image->producer}, {"banner", image->banner},
		{"path", image->path},	       {"evidence", evidence_text(image->evidence)},
	};

	jw_begin_object(json);
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		jw_key(json, texts[i].key), jw_string(json, texts[i].value);
	jw_key(json, "scope");
	if (image->scope)
		jw_raw(json, image->scope);
	else
		jw_null(json);
	jw_put_bool(json, "modules_read", image->modules_read);
	jw_put_u64(json, "modules", (uint64_t)image->module_count);
	jw_key(json, "functions"), jw_i64(json, image->function_count);
	jw_key(json, "instances"), jw_i64(json, image->instance_count);
	jw_key(json, "symbols"), jw_i64(json, image->symbol_count);
	jw_key(json, "sites"), jw_i64(json, image->edge_count);
	jw_end_object(json);
}

static struct error *print_json(const struct image *images, size_t count)
{
	struct json_writer json;

	jw_to_file(&json, stdout);
	jw_begin_array(&json);
	for (size_t i = 0; i < count; i++)
		print_image_json(&json, &images[i]);
	jw_end_array(&json);
	jw_newline(&json);
	return jw_finish(&json);
}

static struct error *print_row(struct output *out, struct arena *arena, const struct image *image)
{
	const char *values[] = {
		image->name,
		image->version,
		image->arch,
		image->flavor,
		image->build_id,
		evidence_text(image->evidence),
		image->modules_read ? arena_printf(arena, "%" PRId64, image->module_count) : "not read",
		arena_printf(arena, "%" PRId64, image->function_count),
		arena_printf(arena, "%" PRId64, image->instance_count),
		arena_printf(arena, "%" PRId64, image->symbol_count),
		arena_printf(arena, "%" PRId64, image->edge_count),
	};
	static const bool numeric[] = {false, false, false, false, false, false, false, true, true, true, true};

	return output_row(out, (int)ARRAY_LEN(values), values, numeric);
}

static struct error *print_table(struct arena *arena, const struct image *images, size_t count)
{
	static const char *const names[] = {"image",   "version",   "arch",	 "flavor",  "build id", "evidence",
					    "modules", "functions", "instances", "symbols", "sites"};
	struct output *out = output_new(OUTPUT_TABLE, stdout);
	struct error *err = output_header(out, (int)ARRAY_LEN(names), names);

	for (size_t i = 0; !err && i < count; i++)
		err = print_row(out, arena, &images[i]);
	return output_end(out, err);
}

static struct error *print_images(struct store *store, struct arena *arena, enum form form)
{
	const struct image *images;
	size_t count;

	TRY(store_images(store, arena, &images, &count));
	if (form == FORM_JSON)
		return print_json(images, count);
	if (form == FORM_TABLE)
		return print_table(arena, images, count);
	print_names(images, count);
	return NULL;
}

static struct error *images_run(const struct globals *globals, int argc, char **argv, int *status)
{
	enum form form = FORM_TABLE;
	struct store *store;
	struct arena arena;

	TRY(parse(argc, argv, &form));
	TRY(store_open(globals->atlas_path, STORE_READ, &store));
	arena_init(&arena);
	struct error *err = print_images(store, &arena, form);

	arena_fini(&arena);
	store_close(store);
	*status = 0;
	return err;
}

const struct verb verb_images = {
	.name = "images",
	.synopsis = "[OPTION...]",
	.summary = "what the atlas holds",
	.help = "One line an image, by version: name, version, architecture, flavor, build id, evidence (dwarf,\n"
		"symbols or imported), whether modules were read, and counts of functions, instances, symbols\n"
		"and sites (calls and inlined copies).\n\n"
		"  -q, --quiet  names only, one a line\n"
		"      --json   as JSON: everything that is known of each image\n",
	.run = images_run,
};
