// SPDX-License-Identifier: GPL-2.0-or-later
#include <getopt.h>
#include <string.h>

#include "atlas/cli.h"
#include "atlas/store.h"

/* A label becomes part of a name that stands in lines, paths and globs. */
static bool is_label(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text <= ' ' || *text == 0x7f || strchr("/*?[]\\", *text))
			return false;
	return true;
}

static struct error *parse(int argc, char **argv)
{
	static const struct option options[] = {{0}};
	int option;

	opterr = 0;
	if ((option = getopt_long(argc, argv, ":", options, NULL)) != -1)
		return cli_option_error("label", option, argv);
	if (argc - optind != 2)
		return error_new(ERROR_USAGE, "label: wants an image and a label; see `atlasgen label --help`");
	if (!is_label(argv[optind + 1]))
		return error_new(ERROR_USAGE, "label: '%s' has a blank, a slash or a glob's character in it",
				 argv[optind + 1]);
	return NULL;
}

static struct error *label_image(struct store *store, const char *pattern, const char *label)
{
	const struct image *image;
	struct arena arena;

	arena_init(&arena);
	struct error *err = store_find_image(store, &arena, pattern, &image);

	if (!err)
		err = store_label_image(store, image->id, *label ? label : NULL);
	arena_fini(&arena);
	return err;
}

static struct error *label_run(const struct globals *globals, int argc, char **argv, int *status)
{
	struct store *store;

	TRY(parse(argc, argv));
	TRY(store_open(globals->atlas_path, STORE_WRITE, &store));
	struct error *err = label_image(store, argv[optind], argv[optind + 1]);

	store_close(store);
	*status = 0;
	return err;
}

const struct verb verb_label = {
	.name = "label",
	.synopsis = "IMAGE LABEL",
	.summary = "give an image a label of your own",
	.help = "IMAGE is a name, or a glob that only one image matches.  It is then called NAME+LABEL, so that\n"
		"another build of NAME can stand beside it.  An empty LABEL takes the label away.\n",
	.run = label_run,
};
