// SPDX-License-Identifier: GPL-2.0-or-later
#include "atlas/scan.h"

#include <getopt.h>
#include <glob.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "atlas/cli.h"
#include "atlas/store.h"
#include "atlas/worker.h"

struct scan_run {
	struct scan_options options;
	const char *atlas_path;
	enum store_conflict conflict;
	const char **paths;
	size_t path_count;
	int jobs;
	bool quiet;
	size_t failed;
};

/* One image in a process of its own: a crash there costs this image only. */
static struct error *scan_one(void *context, size_t item, struct str *output)
{
	const struct scan_run *run = context;
	AUTO_STR struct str warnings = {0};
	struct facts facts;
	struct store *store;

	facts_init(&facts);
	TRY(scan_vmlinux(run->paths[item], &run->options, &facts, &warnings));
	TRY(store_open(run->atlas_path, STORE_CREATE, &store));
	struct error *err = store_write_image(store, &facts, run->conflict);

	store_close(store);
	if (err)
		return error_prefix(err, "%s", run->paths[item]);
	AUTO_FREE char *name = image_name_text(&facts.image);

	str_addf(output, "%s: %zu functions, %zu instances, %zu edges, %zu symbols (%s)\n", name, facts.functions.count,
		 facts.instances.count, facts.edges.count, facts.symbols.count, evidence_text(facts.image.evidence));
	if (warnings.length)
		fprintf(stderr, "atlasgen: warning: %s", warnings.data);
	/* The process ends here: giving back a few hundred megabytes piece by piece would only take time. */
	return NULL;
}

static void scan_done(void *context, size_t item, const char *output, struct error *err)
{
	struct scan_run *run = context;

	(void)item;
	if (err) {
		run->failed++;
		error_report(err);
	} else if (!run->quiet) {
		fputs(output, stdout);
		fflush(stdout);
	}
}

static const char *scan_name(void *context, size_t item)
{
	return ((const struct scan_run *)context)->paths[item];
}

/* Where packages and build trees keep the unstripped kernel. */
static struct error *find_kernels(const char *directory, struct arena *arena, struct scan_run *run, size_t room)
{
	static const char *const places[] = {
		"vmlinux",
		"vmlinux-*",
		"boot/vmlinux-*",
		"usr/lib/debug/boot/vmlinux-*",
		"usr/lib/debug/lib/modules/*/vmlinux",
	};
	size_t before = run->path_count;

	for (size_t i = 0; i < ARRAY_LEN(places) && run->path_count == before; i++) {
		glob_t found;

		if (glob(arena_printf(arena, "%s/%s", directory, places[i]), 0, NULL, &found) != 0)
			continue;
		for (size_t k = 0; k < found.gl_pathc && run->path_count < room; k++)
			run->paths[run->path_count++] = arena_strdup(arena, found.gl_pathv[k]);
		globfree(&found);
	}
	if (run->path_count == before)
		return error_new(
			ERROR_INPUT,
			"%s: no vmlinux in this directory (looked for vmlinux, boot/vmlinux-*, usr/lib/debug/...)",
			directory);
	return NULL;
}

#define MAX_INPUTS 4096u

static struct error *gather_inputs(char **inputs, size_t count, struct arena *arena, struct scan_run *run)
{
	run->paths = arena_alloc(arena, MAX_INPUTS * sizeof(*run->paths));
	for (size_t i = 0; i < count && run->path_count < MAX_INPUTS; i++) {
		struct stat status;

		if (stat(inputs[i], &status) == 0 && S_ISDIR(status.st_mode)) {
			struct error *err = find_kernels(inputs[i], arena, run, MAX_INPUTS);

			if (err) {
				run->failed++;
				error_report(err);
			}
		} else {
			run->paths[run->path_count++] = inputs[i];
		}
	}
	return NULL;
}

/* An atlas that cannot be used is said before minutes of work, not after. */
static struct error *check_atlas(const char *path)
{
	struct store *store;
	struct stat status;

	if (stat(path, &status) != 0 || status.st_size == 0)
		return NULL;
	TRY(store_open(path, STORE_WRITE, &store));
	store_close(store);
	return NULL;
}

static struct error *run_scan(struct scan_run *run, char **inputs, size_t count)
{
	struct work work = {run, scan_one, scan_done, scan_name};
	struct arena arena;

	arena_init(&arena);
	TRY(check_atlas(run->atlas_path));
	TRY(gather_inputs(inputs, count, &arena, run));
	int at_once = run->jobs < (int)run->path_count ? run->jobs : (int)run->path_count;

	run->options.jobs = at_once ? (run->jobs + at_once - 1) / at_once : 1;
	struct error *err = workers_run(&work, run->path_count, at_once);

	arena_fini(&arena);
	return err;
}

static struct error *parse_jobs(const char *text, int *jobs)
{
	char *end;
	long value = strtol(text, &end, 10);

	if (*end || value < 1 || value > 1024)
		return error_new(ERROR_USAGE, "-j %s: a number of processors, 1 to 1024, is needed", text);
	*jobs = (int)value;
	return NULL;
}

static struct error *parse_decoder(const char *text, enum decoder *decoder)
{
	if (strcmp(text, "own") == 0)
		*decoder = DECODER_OWN;
	else if (strcmp(text, "libdwarf") == 0)
		*decoder = DECODER_LIBDWARF;
	else
		return error_new(ERROR_USAGE, "--decoder %s: own or libdwarf", text);
	return NULL;
}

static struct error *parse(int argc, char **argv, struct scan_run *run, const char **globs)
{
	static const struct option options[] = {
		{"only", required_argument, NULL, 'o'},	    {"replace", no_argument, NULL, 'R'},
		{"label", required_argument, NULL, 'l'},    {"version", required_argument, NULL, 'v'},
		{"revision", required_argument, NULL, 'r'}, {"flavor", required_argument, NULL, 'f'},
		{"arch", required_argument, NULL, 'a'},	    {"decoder", required_argument, NULL, 'd'},
		{"quiet", no_argument, NULL, 'q'},	    {0},
	};
	int option;

	opterr = 0;
	while ((option = getopt_long(argc, argv, ":j:q", options, NULL)) != -1) {
		switch (option) {
		case 'j':
			TRY(parse_jobs(optarg, &run->jobs));
			break;
		case 'o':
			globs[run->options.names.count++] = optarg;
			break;
		case 'R':
			run->conflict = CONFLICT_REPLACE;
			break;
		case 'l':
			run->options.label = optarg;
			break;
		case 'v':
			run->options.version = optarg;
			break;
		case 'r':
			run->options.revision = optarg;
			break;
		case 'f':
			run->options.flavor = optarg;
			break;
		case 'a':
			run->options.arch = optarg;
			break;
		case 'd':
			TRY(parse_decoder(optarg, &run->options.decoder));
			break;
		case 'q':
			run->quiet = true;
			break;
		default:
			return error_new(ERROR_USAGE,
					 "scan: option '%s' is unknown or lacks its value; see `atlasgen scan --help`",
					 argv[optind - 1]);
		}
	}
	run->options.names.items = globs;
	return NULL;
}

static struct error *scan_run(const struct globals *globals, int argc, char **argv, int *status)
{
	struct scan_run run = {.atlas_path = globals->atlas_path, .jobs = worker_default_jobs()};
	AUTO_FREE const char **globs = xcalloc((size_t)argc + 1, sizeof(*globs));

	TRY(parse(argc, argv, &run, globs));
	if (optind == argc)
		return error_new(ERROR_USAGE, "scan: give the vmlinux files to read");
	TRY(run_scan(&run, argv + optind, (size_t)(argc - optind)));
	*status = run.failed ? 1 : 0;
	return NULL;
}

const struct verb verb_scan = {
	.name = "scan",
	.synopsis = "[OPTION...] INPUT...",
	.summary = "index vmlinux files into the atlas",
	.help = "INPUT is a vmlinux with its symbol table (and DWARF, for all but symbols), or a directory that holds "
		"one.\n"
		"Each image is written in one transaction; scanning the same build again replaces it.\n\n"
		"  --only GLOB      read only functions whose names match (may be repeated)\n"
		"  --replace        replace an image of the same name and another build id\n"
		"  --label LABEL    keep it beside such an image, as NAME+LABEL\n"
		"  --version V, --revision R, --flavor F, --arch A\n"
		"                   say what the image is, instead of what its banner says\n"
		"  --decoder D      own (default) or libdwarf, which is slower and independent\n"
		"  -j N             processors to use (default: all)\n"
		"  -q, --quiet      print nothing but errors\n\n"
		"Exit status: 0 all images are in the atlas; 1 some are not (each with a line why); 3 usage.\n",
	.run = scan_run,
};
