// SPDX-License-Identifier: GPL-2.0-or-later
#include <fnmatch.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "atlas/cli.h"
#include "atlas/output.h"
#include "atlas/store.h"

struct query {
	const char *text; /* SQL, or the name of a query with @ before it */
	const char *image_glob, *name_glob;
	enum output_format format;
};

enum { OPTION_CSV = 256, OPTION_JSON, OPTION_IMAGE, OPTION_NAME };

static bool is_comment(const char *text)
{
	return strncmp(text, "--", 2) == 0 && (text[2] == ' ' || text[2] == '\n');
}

static struct error *take_option(struct query *query, int option, char *const *argv)
{
	switch (option) {
	case OPTION_CSV:
		query->format = OUTPUT_CSV;
		return NULL;
	case OPTION_JSON:
		query->format = OUTPUT_JSON;
		return NULL;
	case OPTION_IMAGE:
		return cli_take_once("query", "--image", &query->image_glob);
	case OPTION_NAME:
		return cli_take_once("query", "--name", &query->name_glob);
	default:
		/* SQL that begins with a comment is no option. */
		if (option == '?' && !query->text && is_comment(argv[optind - 1])) {
			query->text = argv[optind - 1];
			return NULL;
		}
		return cli_option_error("query", option, argv);
	}
}

static struct error *parse(struct query *query, int argc, char **argv)
{
	static const struct option options[] = {
		{"csv", no_argument, NULL, OPTION_CSV},
		{"json", no_argument, NULL, OPTION_JSON},
		{"image", required_argument, NULL, OPTION_IMAGE},
		{"name", required_argument, NULL, OPTION_NAME},
		{0},
	};
	int option;

	opterr = 0;
	while ((option = getopt_long(argc, argv, ":", options, NULL)) != -1)
		TRY(take_option(query, option, argv));
	int found = argc - optind + (query->text != NULL);

	query->text = query->text ? query->text : argv[optind];
	if (found != 1)
		return error_new(ERROR_USAGE, "query: wants one argument, SQL or @NAME, but there are %d", found);
	if (*query->text != '@' && (query->image_glob || query->name_glob))
		return error_new(ERROR_USAGE, "query: --image and --name are for named queries; SQL has WHERE");
	return NULL;
}

/* No rows because of no image would read as "there is none". */
static struct error *warn_of_image(struct store *store, const struct globals *globals, const char *glob)
{
	const struct image *images;
	size_t count, matches = 0;
	struct arena arena;

	if (!glob)
		return NULL;
	arena_init(&arena);
	struct error *err = store_images(store, &arena, &images, &count);

	for (size_t i = 0; !err && i < count; i++)
		matches += fnmatch(glob, images[i].name, FNM_NOESCAPE) == 0;
	arena_fini(&arena);
	if (!err && !matches)
		fprintf(stderr, "atlasgen: warning: %s: no image is called %s; `atlasgen images` lists them\n",
			globals->atlas_path, glob);
	return err;
}

static struct error *run_query(struct store *store, const struct query *query)
{
	struct output *out = output_new(query->format, stdout);
	struct result_sink sink = output_sink(out);
	struct error *err = *query->text == '@'
				    ? store_named_query(store, query->text, query->image_glob, query->name_glob, &sink)
				    : store_query(store, query->text, &sink);

	return output_end(out, err);
}

static struct error *query_run(const struct globals *globals, int argc, char **argv, int *status)
{
	struct query query = {.format = OUTPUT_TABLE};
	struct store *store;

	TRY(parse(&query, argc, argv));
	TRY(store_open(globals->atlas_path, STORE_READ, &store));
	struct error *err = warn_of_image(store, globals, query.image_glob);

	if (!err)
		err = run_query(store, &query);
	store_close(store);
	*status = 0;
	return err;
}

const struct verb verb_query = {
	.name = "query",
	.synopsis = "[OPTION...] SQL | @NAME",
	.summary = "ask the atlas in SQL, or by a named query",
	.help = "SQL is one statement that reads; it cannot change the atlas.  The views v_image, v_function,\n"
		"v_instance, v_symbol, v_caller, v_callee and others are the stable interface (docs/schema.md).\n"
		"Named queries, for scripts:\n\n"
		"  @functions  image, name, module, file, line, collision, inline, transformation, external,\n"
		"              prototype; a row an instance\n"
		"  @exports    image, name, module, gpl (yes or no), namespace, crc (or none)\n"
		"  @attach     image, name, symbol, address, ftrace, kprobe, fentry, kprobe_multi (yes, no or\n"
		"              unknown), reason; a row a symbol\n"
		"  @callers    image, name, module, caller, caller_module, kind (direct, tail, inlined or code),\n"
		"              line; a row a site\n"
		"  @types      image, kind, name, size; a row a definition of a struct, union, enum or typedef\n"
		"  @history    kind, name, arch, flavor, first, last (images), images, of; a row a function, export "
		"or\n"
		"              type, and architecture and flavor\n"
		"  @taken      image, name, module, kind (data or code), holder, holder_module, field, offset; a row\n"
		"              a place that holds the function's address\n"
		"  @searched   image, name, data, code; a row an object: was it searched for such places?\n"
		"  @units      image, file, module; a row a file that was compiled\n"
		"  @initcalls  image, name, module, level, file, line, kbuild; a row a function called at the start\n\n"
		"      --csv          RFC 4180: a header row, lines end in CR LF, quoted only where needed\n"
		"      --json         an array of objects\n"
		"      --image GLOB   images a named query speaks of; a warning if none is called so\n"
		"      --name GLOB    functions (types, files) a named query speaks of\n",
	.run = query_run,
};
