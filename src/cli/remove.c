// SPDX-License-Identifier: GPL-2.0-or-later
#include <getopt.h>
#include <stdio.h>

#include "atlas/cli.h"
#include "atlas/store.h"

static struct error *parse(int argc, char **argv)
{
	static const struct option options[] = {{0}};
	int option;

	opterr = 0;
	if ((option = getopt_long(argc, argv, ":", options, NULL)) != -1)
		return cli_option_error("remove", option, argv);
	if (optind == argc)
		return error_new(ERROR_USAGE, "remove: no image named; `atlasgen images -q` lists them");
	return NULL;
}

static struct error *remove_one(struct store *store, const char *pattern)
{
	const struct image *image;
	struct arena arena;

	arena_init(&arena);
	struct error *err = store_find_image(store, &arena, pattern, &image);

	if (!err)
		err = store_remove_image(store, image->id);
	arena_fini(&arena);
	return err;
}

static struct error *remove_run(const struct globals *globals, int argc, char **argv, int *status)
{
	struct store *store;

	TRY(parse(argc, argv));
	TRY(store_open(globals->atlas_path, STORE_WRITE, &store));
	struct error *err = NULL;

	for (int i = optind; !err && i < argc; i++)
		err = remove_one(store, argv[i]);
	store_close(store);
	*status = 0;
	return err;
}

const struct verb verb_remove = {
	.name = "remove",
	.synopsis = "IMAGE...",
	.summary = "take images out of the atlas",
	.help = "IMAGE is a name, or a glob that only one image matches.  What other images share with it stays.\n"
		"The file keeps its size: the next image takes the room.\n",
	.run = remove_run,
};
