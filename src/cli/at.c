// SPDX-License-Identifier: GPL-2.0-or-later
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "atlas/cli.h"
#include "atlas/json_writer.h"
#include "atlas/locate.h"
#include "atlas/store.h"
#include "cli/object_file.h"

struct at_options {
	const char *file; /* NULL: where the atlas read it */
	bool return_address;
	bool json;
};

static struct error *parse(int argc, char **argv, struct at_options *at)
{
	static const struct option options[] = {
		{"file", required_argument, NULL, 'f'},
		{"return", no_argument, NULL, 'r'},
		{"json", no_argument, NULL, 'J'},
		{0},
	};
	int option;

	opterr = 0;
	while ((option = getopt_long(argc, argv, ":", options, NULL)) != -1) {
		if (option == 'f')
			at->file = optarg;
		else if (option == 'r')
			at->return_address = true;
		else if (option == 'J')
			at->json = true;
		else
			return cli_option_error("at", option, argv);
	}
	if (argc - optind < 2)
		return error_new(ERROR_USAGE, "at: give an image and an ADDRESS or SYMBOL+0xOFFSET");
	return NULL;
}

static void print_text(const char *module, const struct location *location)
{
	printf("0x%" PRIx64, location->address);
	if (location->section)
		printf(" of %s", location->section);
	if (location->symbol)
		printf(" %s+0x%" PRIx64 "/0x%" PRIx64, location->symbol, location->offset, location->size_bytes);
	else
		printf(" in no function symbol");
	puts(module ? module : "");
	if (location->frame_count == 0)
		puts("  no DWARF there: function, inlining and line are unknown");
	for (size_t i = 0; i < location->frame_count; i++) {
		const struct location_frame *frame = &location->frames[i];

		printf("  %s%s at %s", i ? "inlined into " : "",
		       frame->function ? frame->function : "(unknown function)",
		       frame->file ? frame->file : "(unknown file)");
		if (frame->line)
			printf(":%u", frame->line);
		putchar('\n');
	}
}

static void print_json(struct json_writer *json, const char *where, const struct location *location)
{
	jw_begin_object(json);
	jw_put_text(json, "at", where);
	jw_put_hex(json, "address", location->address);
	jw_put_text(json, "section", location->section);
	jw_put_text(json, "symbol", location->symbol);
	jw_put_u64(json, "offset", location->offset);
	jw_put_u64(json, "size", location->size_bytes);
	jw_key(json, "frames");
	jw_begin_array(json);
	for (size_t i = 0; i < location->frame_count; i++) {
		jw_begin_object(json);
		jw_put_text(json, "function", location->frames[i].function);
		jw_put_text(json, "file", location->frames[i].file);
		jw_put_u64(json, "line", location->frames[i].line);
		jw_end_object(json);
	}
	jw_end_array(json);
	jw_end_object(json);
}

/* Places are answered in the order they were asked for. */
static struct error *answer_all(struct located_object *object, const struct at_options *at, char **places, int count,
				const char *module, struct arena *arena)
{
	struct json_writer json;

	jw_to_file(&json, stdout);
	if (at->json)
		jw_begin_array(&json);
	for (int i = 0; i < count; i++) {
		const struct location *locations;
		size_t found;

		TRY(locate(object, places[i], at->return_address, arena, &locations, &found));
		for (size_t k = 0; k < found; k++) {
			if (at->json)
				print_json(&json, places[i], &locations[k]);
			else
				print_text(module, &locations[k]);
		}
	}
	if (at->json) {
		jw_end_array(&json);
		jw_newline(&json);
		return jw_finish(&json);
	}
	return NULL;
}

/* "[dm_mod]" as oopses and traces print it, or "SYMBOL+0x1 [dm_mod]" in one word: its name without brackets. */
static char *split_module(char **places, int *count, struct arena *arena)
{
	char *last = places[*count - 1], *open = strrchr(last, '[');

	if (!open || !str_ends(last, "]"))
		return NULL;
	char *name = arena_strndup(arena, open + 1, strlen(open) - 2);

	if (open == last)
		(*count)--;
	while (open > last && open[-1] == ' ')
		open--;
	*open = '\0';
	return name;
}

static struct error *find_file(struct store *store, struct arena *arena, const struct image *image, const char *module,
			       const char **path, const char **build_id)
{
	const struct object *object;

	TRY(store_object(store, arena, image, module ? module : "vmlinux", &object));
	if (!object)
		return error_new(ERROR_INPUT, "%s: the atlas has no module '%s' of this image; scan it, or give --file",
				 image->name, module);
	*build_id = object->build_id;
	if (*path)
		return NULL;
	*path = object->path;
	if (!*path)
		return error_new(ERROR_INPUT, "%s: imported, so no file is known; give --file", image->name);
	return NULL;
}

/* `file` has to outlive `object`. */
static struct error *open_file(const char *path, const char *build_id, bool module, struct object_file *file,
			       struct located_object **object)
{
	TRY(object_file_open(path, module ? MEMBER_MODULE : MEMBER_VMLINUX, file));
	if (!file->bytes.data)
		return located_object_open(path, build_id, object);
	struct error *err =
		located_object_open_memory(path, file->bytes.data, file->bytes.size_bytes, build_id, object);

	if (err)
		object_file_close(file);
	return err;
}

static struct error *run_at(struct store *store, const struct at_options *at, int count, char **words,
			    struct arena *arena)
{
	const char *path = at->file, *build_id = NULL;
	struct located_object *object;
	const struct image *image;

	TRY(store_find_image(store, arena, words[0], &image));
	int places = count - 1;
	const char *module = split_module(words + 1, &places, arena);

	if (places < 1)
		return error_new(ERROR_USAGE, "at: give an ADDRESS or SYMBOL+0xOFFSET");
	TRY(find_file(store, arena, image, module, &path, &build_id));
	const char *shown = module ? arena_printf(arena, " [%s]", module) : NULL;
	struct object_file file;

	TRY(open_file(path, build_id, module != NULL, &file, &object));
	struct error *err = answer_all(object, at, words + 1, places, shown, arena);

	located_object_close(object);
	object_file_close(&file);
	return err;
}

static struct error *at_run(const struct globals *globals, int argc, char **argv, int *status)
{
	struct at_options at = {0};
	struct store *store;
	struct arena arena;

	(void)status;
	TRY(parse(argc, argv, &at));
	TRY(store_open(globals->atlas_path, STORE_READ, &store));
	arena_init(&arena);
	struct error *err = run_at(store, &at, argc - optind, argv + optind, &arena);

	arena_fini(&arena);
	store_close(store);
	return err;
}

const struct verb verb_at = {
	.name = "at",
	.synopsis = "[OPTION...] IMAGE PLACE... [MODULE]",
	.summary = "function, inline chain and line of an address out of a trace or an oops",
	.help = "PLACE is an ADDRESS (hexadecimal) or SYMBOL+0xOFFSET, with or without /0xSIZE, as traces print them;\n"
		"MODULE is [NAME] as they print it behind. The file the image was scanned from is read again,\n"
		"out of its package where it was in one.\n\n"
		"  --file PATH  read this file instead; its build id must be the atlas's\n"
		"  --return     PLACE is a return address: the line is that of the call in front of it\n"
		"  --json       as JSON\n\n"
		"Exit status: 0 answered; 1 error; 3 usage.\n",
	.run = at_run,
};
