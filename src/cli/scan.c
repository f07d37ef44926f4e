// SPDX-License-Identifier: GPL-2.0-or-later
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "atlas/cli.h"
#include "atlas/worker.h"
#include "cli/scan.h"

/* In front of a job's output: whether some of it failed. */
#define ALL_READ    ' '
#define SOME_FAILED '!'

/* One job in a process of its own: a crash there costs this job only. */
static struct error *run_job(void *context, size_t item, struct str *output)
{
	const struct scan_run *run = context;
	AUTO_STR struct str text = {0};
	size_t failed;

	TRY(scan_do_job(run, &run->work.items[item], &text, &failed));
	str_addc(output, failed ? SOME_FAILED : ALL_READ);
	str_addn(output, text.data ? text.data : "", text.length);
	return NULL;
}

static void job_done(void *context, size_t item, const char *output, struct error *err)
{
	struct scan_run *run = context;

	(void)item;
	if (err) {
		run->failed++;
		error_report(err);
		return;
	}
	run->failed += output[0] == SOME_FAILED;
	if (!run->quiet) {
		fputs(output + 1, stdout);
		fflush(stdout);
	}
}

static const char *job_name(void *context, size_t item)
{
	return ((const struct scan_run *)context)->work.items[item].path;
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
	struct work work = {run, run_job, job_done, job_name};

	TRY(check_atlas(run->atlas_path));
	TRY(scan_find_jobs(run, inputs, count));
	int at_once = run->jobs < (int)run->work.count ? run->jobs : (int)run->work.count;

	run->options.jobs = at_once ? (run->jobs + at_once - 1) / at_once : 1;
	return workers_run(&work, run->work.count, at_once);
}

static struct error *parse_size(const char *text, uint64_t *bytes)
{
	static const char units[] = "KMGT";
	char *end;
	unsigned long long value = strtoull(text, &end, 10);
	const char *unit = *end ? strchr(units, *end & ~0x20) : NULL;

	for (int i = 0; unit && i <= unit - units; i++)
		value = value > UINT64_MAX / 1024 ? 0 : value * 1024;
	if (end == text || (*end && (!unit || end[1])) || value == 0)
		return error_new(ERROR_USAGE, "--max-member-size %s: a number of bytes, K, M or G is needed", text);
	*bytes = value;
	return NULL;
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
		{"only", required_argument, NULL, 'o'},
		{"replace", no_argument, NULL, 'R'},
		{"label", required_argument, NULL, 'l'},
		{"version", required_argument, NULL, 'v'},
		{"revision", required_argument, NULL, 'r'},
		{"flavor", required_argument, NULL, 'f'},
		{"arch", required_argument, NULL, 'a'},
		{"decoder", required_argument, NULL, 'd'},
		{"image", required_argument, NULL, 'i'},
		{"max-member-size", required_argument, NULL, 'm'},
		{"no-modules", no_argument, NULL, 'n'},
		{"debug-dir", required_argument, NULL, 'D'},
		{"debuginfod", no_argument, NULL, 'I'},
		{"quiet", no_argument, NULL, 'q'},
		{0},
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
		case 'i':
			run->image = optarg;
			break;
		case 'm':
			TRY(parse_size(optarg, &run->limits.max_member_bytes));
			break;
		case 'n':
			run->no_modules = true;
			break;
		case 'D':
			run->debug_dirs[run->options.debug_files.dir_count++] = optarg;
			break;
		case 'I':
			run->options.debug_files.debuginfod = true;
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
	run->options.debug_files.dirs = run->debug_dirs;
	return NULL;
}

static struct error *scan_run(const struct globals *globals, int argc, char **argv, int *status)
{
	struct scan_run run = {.atlas_path = globals->atlas_path, .jobs = worker_default_jobs()};
	AUTO_FREE const char **globs = xcalloc((size_t)argc + 1, sizeof(*globs));

	run.debug_dirs = arena_alloc(&run.arena, (size_t)argc * sizeof(*run.debug_dirs));
	TRY(parse(argc, argv, &run, globs));
	if (optind == argc)
		return error_new(ERROR_USAGE, "scan: give the kernels, modules, trees or packages to read");
	struct error *err = run_scan(&run, argv + optind, (size_t)(argc - optind));

	arena_fini(&run.arena);
	vec_free(&run.work);
	TRY(err);
	*status = run.failed ? 1 : 0;
	return NULL;
}

const struct verb verb_scan = {
	.name = "scan",
	.synopsis = "[OPTION...] INPUT...",
	.summary = "index kernels and modules into the atlas",
	.help = "INPUT is a vmlinux with its symbol table (and DWARF, for all but symbols), a module (.ko, also\n"
		"compressed), a tree that holds a vmlinux or modules, or a package (.deb, .ddeb, .rpm, .tar).\n"
		"A kernel and the modules of its tree or package are written in one transaction; scanning the same\n"
		"build again replaces it. A module alone joins the image of the release it was built for.\n\n"
		"  --only GLOB      read only functions whose names match (may be repeated)\n"
		"  --replace        replace an image of the same name and another build id\n"
		"  --label LABEL    keep it beside such an image, as NAME+LABEL\n"
		"  --version V, --revision R, --flavor F, --arch A\n"
		"                   say what the image is, instead of what its banner says\n"
		"  --no-modules     of a tree or package read the kernel only\n"
		"  --image IMAGE    what modules given alone join\n"
		"  --max-member-size N[K|M|G]\n"
		"                   largest file to expand (default: 4G a kernel, 512M a module)\n"
		"  --debug-dir DIR  look for separate debug files here, too (may be repeated)\n"
		"  --debuginfod     ask the servers of DEBUGINFOD_URLS for those not found\n"
		"  --decoder D      own (default) or libdwarf, which is slower and independent\n"
		"  -j N             processors to use (default: all)\n"
		"  -q, --quiet      print nothing but errors\n\n"
		"Exit status: 0 all images are in the atlas; 1 some are not (each with a line why); 3 usage.\n",
	.run = scan_run,
};
