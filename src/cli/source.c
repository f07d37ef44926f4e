// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/source.h"

#include <getopt.h>
#include <stdio.h>
#include <sys/stat.h>

#include "atlas/cli.h"
#include "atlas/package.h"
#include "atlas/progress.h"

struct source_run {
	struct globs globs;
	const char *cache_dir;
	int jobs;
	bool json;
	struct json_writer writer; /* with --json */
	struct progress progress;
};

static struct error *parse(int argc, char **argv, struct source_run *run)
{
	static const struct option options[] = {
		{"json", no_argument, NULL, 'J'},
		{"cache", required_argument, NULL, 'c'},
		{"jobs", required_argument, NULL, 'j'},
		{0},
	};
	int option;

	opterr = 0;
	while ((option = getopt_long(argc, argv, ":j:", options, NULL)) != -1) {
		if (option == 'J')
			run->json = true;
		else if (option == 'c')
			run->cache_dir = optarg;
		else if (option == 'j')
			run->jobs = atoi(optarg);
		else
			return cli_option_error("source", option, argv);
	}
	if (optind == argc)
		return error_new(ERROR_USAGE, "source: give a C file or a source tree");
	run->globs = (struct globs){(const char **)(uintptr_t)argv + optind + 1, (size_t)(argc - optind - 1)};
	return NULL;
}

static void print_count(const char *what, size_t count)
{
	if (count)
		printf("  %-14s %zu\n", what, count);
}

static void print_functions(const struct source_file *file)
{
	for (size_t i = 0; i < file->function_count; i++) {
		const struct source_function *function = &file->functions[i];

		printf("    %u-%u %s%s%s\n", function->line, function->end_line, function->name,
		       function->condition ? " if " : "", function->condition ? function->condition : "");
	}
}

static void print_declared(const struct source_file *file)
{
	for (size_t i = 0; i < file->initcall_count; i++)
		printf("    %u %s(%s)\n", file->initcalls[i].line, file->initcalls[i].macro,
		       file->initcalls[i].argument);
	for (size_t i = 0; i < file->export_count; i++)
		printf("    %u %s %s\n", file->exports[i].line, file->exports[i].macro, file->exports[i].name);
	for (size_t i = 0; i < file->table_count; i++)
		printf("    %u struct %s %s\n", file->tables[i].line, file->tables[i].type, file->tables[i].name);
}

static void print_text(const struct source_file *file)
{
	printf("%s: %s, %ju bytes, %u lines\n", file->path, source_state_text(file->state), (uintmax_t)file->size_bytes,
	       file->line_count);
	print_count("includes", file->include_count);
	print_count("types", file->type_count);
	print_count("names called", file->call_count);
	print_count("functions", file->function_count);
	print_functions(file);
	print_declared(file);
	for (size_t i = 0; i < file->problem_count; i++)
		printf("  not read: lines %u-%u: %s\n", file->problems[i].line, file->problems[i].end_line,
		       file->problems[i].text);
}

static void print_file(struct source_run *run, const struct source_file *file)
{
	if (run->json)
		source_print_json(&run->writer, file);
	else
		print_text(file);
}

static struct error *read_one(struct source_run *run, const char *path)
{
	FILE *file = fopen(path, "re");
	AUTO_STR struct str text = {0};
	struct source_file facts;
	char block[65536];
	struct arena arena;
	size_t got;

	if (!file)
		return error_errno("%s", path);
	while ((got = fread(block, 1, sizeof(block), file)))
		str_addn(&text, block, got);
	if (ferror(file)) {
		fclose(file);
		return error_new(ERROR_IO, "%s: cannot be read", path);
	}
	fclose(file);
	str_addn(&text, "", 0);
	arena_init(&arena);
	struct error *err = source_parse(path, text.data ? text.data : "", text.length, &arena, &facts);

	if (!err)
		print_file(run, &facts);
	arena_fini(&arena);
	return err;
}

static bool is_wanted(void *context, const char *path)
{
	const struct source_run *run = context;

	return globs_match(&run->globs, path);
}

static void show_progress(void *context, size_t done, size_t known)
{
	struct source_run *run = context;

	progress_show(&run->progress, known ? "%zu of %zu files" : "%zu files", done, known);
}

static void print_tree(struct source_run *run, const struct source *source)
{
	struct arena arena;

	arena_init(&arena);
	for (size_t i = 0; i < source_file_count(source); i++) {
		struct source_file file;

		if ((!run->json && run->globs.count == 0) || !is_wanted(run, source_file_path(source, i)))
			continue;
		source_file_get(source, i, &arena, &file);
		print_file(run, &file);
		arena_reset(&arena);
	}
	arena_fini(&arena);
}

static struct error *read_tree(struct source_run *run, const char *argument)
{
	struct source_options options = {.cache_dir = run->cache_dir,
					 .jobs = run->jobs,
					 .wanted = is_wanted,
					 .progress = show_progress,
					 .context = run};
	struct source *source;

	progress_init(&run->progress, false);
	struct error *err = source_open(argument, &options, &source);

	progress_clear(&run->progress);
	if (err)
		return err;
	struct source_counts counts = source_counts(source);

	print_tree(run, source);
	if (!run->json)
		printf("%s: kernel %s, %zu files, %zu of them C; %zu parsed, %zu known from before\n",
		       source_name(source), source_version(source) ? source_version(source) : "of unknown version",
		       counts.files, counts.c_files, counts.parsed, counts.cached);
	if (counts.refused)
		fprintf(stderr, "atlasgen: %s: %zu members with paths that lead out of the tree were left out\n",
			source_name(source), counts.refused);
	source_close(source);
	return NULL;
}

/* A plain file that is no tarball is read alone. */
static bool is_one_file(const char *path)
{
	enum input_kind kind = INPUT_PLAIN;
	struct stat status;

	if (stat(path, &status) != 0 || !S_ISREG(status.st_mode))
		return false;
	struct error *err = input_kind_of(path, &kind);

	error_free(err);
	return !err && kind == INPUT_PLAIN;
}

static struct error *source_run(const struct globals *globals, int argc, char **argv, int *status)
{
	struct source_run run = {0};

	(void)globals;
	TRY(parse(argc, argv, &run));
	const char *place = argv[optind];

	if (is_one_file(place) && run.globs.count)
		return error_new(ERROR_USAGE, "source: GLOBs are for a tree, but '%s' is a file", place);
	if (run.json)
		jw_to_file(&run.writer, stdout);
	struct error *err = is_one_file(place) ? read_one(&run, place) : read_tree(&run, place);

	if (run.json) {
		struct error *writing = jw_finish(&run.writer);

		if (err)
			error_free(writing);
		err = err ? err : writing;
	}
	*status = 0;
	return err;
}

const struct verb verb_source = {
	.name = "source",
	.synopsis = "[OPTION...] FILE | TREE [GLOB...]",
	.summary = "what the source parser reads of a file or a tree",
	.help = "FILE is a C file.  TREE is a kernel's source: a directory, a tarball, or GITDIR@REVISION of a clone;\n"
		"VERSION= before it says which kernel it is, where its Makefile does not.  GLOBs choose files of it "
		"by\n"
		"their path; without any, all are parsed and counted.\n\n"
		"      --json       one JSON object a file and line: all that is known\n"
		"      --cache DIR  keep what was read there for the next time\n"
		"  -j, --jobs N     threads (default: one a processor)\n",
	.run = source_run,
};
