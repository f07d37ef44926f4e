// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * One job of `scan`, from its files to one transaction.
 *
 * A package is a stream: modules that come before their kernel wait for it.
 * Threads of scan_modules() call next() and deliver(); everything shared stands
 * under `lock`.
 */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "atlas/progress.h"
#include "cli/scan.h"

/* A module that was read and has no image yet. */
struct waiting {
	char *path;
	struct facts facts;
};

struct job {
	const struct scan_run *run;
	const struct scan_job *what;
	struct package *package;
	size_t next_module;
	pthread_mutex_t lock;
	struct store *store; /* open, in a transaction, once there is something to write */
	bool have_image;
	int64_t image_id;
	char *image_name, *release, *arch;
	struct kernel_btf *kernel_btf; /* of the job's kernel, for the modules behind it */
	VEC(struct waiting) waiting;
	size_t modules, failed;
	struct progress progress;
	struct str *output;
};

static struct error *ensure_store(struct job *job)
{
	if (job->store)
		return NULL;
	TRY(store_open(job->run->atlas_path, job->what->kind == JOB_MODULES ? STORE_WRITE : STORE_CREATE, &job->store));
	struct error *err = store_begin(job->store);

	if (err) {
		store_close(job->store);
		job->store = NULL;
	}
	return err;
}

static void broken(struct job *job, struct error *err)
{
	progress_clear(&job->progress);
	job->failed++;
	error_report(err);
}

/* The image a module that stands alone belongs to. */
static struct error *find_home(struct job *job, const char *path, const struct facts *facts, struct arena *arena,
			       const struct image **image)
{
	const char *release = facts->image.release;
	const struct image *images;
	size_t count;

	if (job->run->image)
		return store_find_image(job->store, arena, job->run->image, image);
	if (!release)
		return error_new(ERROR_INPUT,
				 "%s: it does not say which kernel it was built for (no vermagic); give --image", path);
	TRY(store_images_for_release(job->store, arena, release, facts->image.arch, &images, &count));
	if (count == 0)
		return error_new(
			ERROR_INPUT,
			"%s: built for %s (%s), which the atlas does not hold; scan its vmlinux first, or give --image",
			path, release, facts->image.arch);
	if (count > 1)
		return error_new(ERROR_INPUT,
				 "%s: built for %s, of which the atlas holds several builds; say which with --image",
				 path, release);
	*image = &images[0];
	return NULL;
}

/* A module of the kernel this job holds must be of its release. */
static struct error *check_home(const struct job *job, const char *path, const struct facts *facts)
{
	if (facts->image.arch && job->arch && strcmp(facts->image.arch, job->arch) != 0)
		return error_new(ERROR_INPUT, "%s: a module for %s, but the kernel is %s; it was left out", path,
				 facts->image.arch, job->arch);
	if (facts->image.release && job->release && strcmp(facts->image.release, job->release) != 0)
		return error_new(ERROR_INPUT, "%s: a module of another kernel (%s, not %s); it was left out", path,
				 facts->image.release, job->release);
	return NULL;
}

/* Writes one module into the job's image or, if the job has no kernel, into the one it names. */
static struct error *put_module(struct job *job, const char *path, struct facts *facts)
{
	int64_t image_id = job->image_id;
	struct error *err = NULL;

	TRY(ensure_store(job));
	if (job->have_image) {
		err = check_home(job, path, facts);
	} else {
		const struct image *image = NULL;
		struct arena arena;

		arena_init(&arena);
		err = find_home(job, path, facts, &arena, &image);
		if (!err)
			image_id = image->id;
		arena_fini(&arena);
	}
	if (err) {
		broken(job, err);
		return NULL;
	}
	err = store_put_module(job->store, image_id, facts);
	/* What the atlas refuses about a module costs that module only. */
	if (err && err->kind == ERROR_INPUT) {
		broken(job, error_prefix(err, "%s", path));
		return NULL;
	}
	job->modules += !err;
	return err;
}

static struct error *put_waiting(struct job *job)
{
	struct error *err = NULL;

	for (size_t i = 0; i < job->waiting.count; i++) {
		struct waiting *one = &job->waiting.items[i];

		if (!err)
			err = put_module(job, one->path, &one->facts);
		facts_fini(&one->facts);
		free(one->path);
	}
	job->waiting.count = 0;
	return err;
}

static struct error *put_kernel(struct job *job, const char *path, struct facts *facts)
{
	if (job->have_image) {
		broken(job, error_new(ERROR_INPUT, "%s: a second kernel in one package; it was left out", path));
		return NULL;
	}
	TRY(ensure_store(job));
	TRY(error_prefix(store_put_image(job->store, facts, job->run->conflict, &job->image_id), "%s", path));
	job->have_image = true;
	job->image_name = image_name_text(&facts->image);
	job->release = facts->image.release ? xstrdup(facts->image.release) : NULL;
	job->arch = xstrdup(facts->image.arch);
	str_addf(job->output, "%s: %zu functions, %zu instances, %zu sites, %zu symbols (%s)", job->image_name,
		 facts_count_read(facts), facts->instances.count, facts->edges.count, facts->symbols.count,
		 evidence_text(facts->image.evidence));
	return put_waiting(job);
}

static void warn(struct job *job, const struct str *warnings)
{
	progress_clear(&job->progress);
	for (const char *line = warnings->data; line && *line;) {
		size_t length = strcspn(line, "\n");

		fprintf(stderr, "atlasgen: warning: %.*s\n", (int)length, line);
		line += length + (line[length] == '\n');
	}
}

/* A kernel from memory (out of a package, or compressed on disk) or, with `bytes` NULL, from its file. */
static struct error *read_kernel(struct job *job, const char *path, struct package_bytes *bytes)
{
	AUTO_STR struct str warnings = {0};
	struct facts facts;

	facts_init(&facts);
	struct error *err = bytes ? scan_vmlinux_memory(path, bytes, &job->run->options, &facts, &warnings)
				  : scan_vmlinux(path, &job->run->options, &facts, &warnings);

	if (!err && job->run->options.names.count && !facts_count_read(&facts))
		str_addf(&warnings, "%s: it has no function with a name of --only\n", path);
	warn(job, &warnings);
	if (!err && !job->kernel_btf && (job->package || job->what->module_count))
		job->kernel_btf = kernel_btf_read(path, bytes ? bytes->data : NULL, bytes ? bytes->size_bytes : 0);
	if (!err) {
		pthread_mutex_lock(&job->lock);
		err = put_kernel(job, path, &facts);
		pthread_mutex_unlock(&job->lock);
	}
	facts_fini(&facts);
	return err;
}

static const char *member_path(const struct job *job, const char *member)
{
	return xasprintf("%s!%s", job->what->path, member);
}

static void show_package_progress(struct job *job)
{
	uint64_t done, total;

	package_progress(job->package, &done, &total);
	progress_show(&job->progress, "%s: %u %%, %zu modules", job->what->path,
		      total ? (unsigned)(done * 100 / total) : 0, job->modules + job->waiting.count);
}

static struct error *package_kernel(struct job *job, const char *member)
{
	AUTO_FREE const char *path = member_path(job, member);
	struct package_bytes bytes = {0};

	TRY(package_read(job->package, &bytes));
	struct error *err = read_kernel(job, path, &bytes);

	package_bytes_free(&bytes);
	return err;
}

static struct error *package_module(struct job *job, const char *member, struct module_input *input)
{
	struct package_bytes *bytes = xcalloc(1, sizeof(*bytes));

	input->kernel_btf = job->kernel_btf;
	input->path = member_path(job, member);
	input->err = package_read(job->package, bytes);
	input->bytes = bytes->data;
	input->size_bytes = bytes->size_bytes;
	input->owner = bytes;
	return NULL;
}

static struct error *next_in_package(void *context, struct module_input *input, bool *have)
{
	struct job *job = context;
	struct package_member member;

	for (;;) {
		show_package_progress(job);
		TRY(package_next(job->package, &member, have));
		if (!*have)
			return NULL;
		if (member.kind == MEMBER_MODULE)
			return package_module(job, member.path, input);
		if (member.kind == MEMBER_VMLINUX)
			TRY(package_kernel(job, member.path));
		else
			broken(job, error_new(ERROR_INPUT, "%s: member %s: its header is damaged; it was left out",
					      job->what->path, member.path));
	}
}

static struct error *next_file(void *context, struct module_input *input, bool *have)
{
	struct job *job = context;
	enum input_kind kind = INPUT_PLAIN;

	progress_show(&job->progress, "%zu of %zu modules", job->next_module, job->what->module_count);
	*have = job->next_module < job->what->module_count;
	if (!*have)
		return NULL;
	input->kernel_btf = job->kernel_btf;
	input->path = job->what->modules[job->next_module++];
	input->err = input_kind_of(input->path, &kind);
	if (input->err || kind != INPUT_COMPRESSED)
		return NULL;
	struct package_bytes *bytes = xcalloc(1, sizeof(*bytes));

	input->err = file_bytes_open(input->path, MEMBER_MODULE, &job->run->limits, bytes);
	input->bytes = bytes->data;
	input->size_bytes = bytes->size_bytes;
	input->owner = bytes;
	return NULL;
}

static void release_input(void *context, struct module_input *input)
{
	const struct job *job = context;

	if (job->package)
		free((void *)(uintptr_t)input->path);
	if (input->owner) {
		package_bytes_free(input->owner);
		free(input->owner);
	}
}

static struct error *deliver(void *context, const struct module_input *input, struct facts *facts, struct error *err)
{
	struct job *job = context;

	pthread_mutex_lock(&job->lock);
	if (err) {
		broken(job, err);
		err = NULL;
	} else if (job->package && !job->have_image) {
		*vec_push(&job->waiting) = (struct waiting){xstrdup(input->path), *facts};
		facts_init(facts);
	} else {
		err = put_module(job, input->path, facts);
	}
	pthread_mutex_unlock(&job->lock);
	return err;
}

static struct error *run_package(struct job *job)
{
	struct package_options options = {.limits = job->run->limits, .no_modules = job->run->no_modules};
	struct module_stream stream = {job, next_in_package, deliver, release_input};

	TRY(package_open(job->what->path, &options, &job->package));
	struct error *err = scan_modules(&stream, &job->run->options);

	package_close(job->package);
	/* A package of modules alone (linux-modules-extra): they join the kernels the atlas has. */
	return err ? err : put_waiting(job);
}

static struct error *run_kernel(struct job *job)
{
	struct module_stream stream = {job, next_file, deliver, release_input};
	enum input_kind kind = INPUT_PLAIN;
	struct package_bytes bytes = {0};

	if (job->what->kind == JOB_KERNEL) {
		/* What cannot be opened is the reader's to report. */
		error_free(input_kind_of(job->what->path, &kind));
		if (kind == INPUT_COMPRESSED)
			TRY(file_bytes_open(job->what->path, MEMBER_VMLINUX, &job->run->limits, &bytes));
		struct error *err = read_kernel(job, job->what->path, kind == INPUT_COMPRESSED ? &bytes : NULL);

		package_bytes_free(&bytes);
		if (err)
			return err;
	}
	return job->what->module_count ? scan_modules(&stream, &job->run->options) : NULL;
}

static struct error *finish(struct job *job, struct error *err)
{
	if (job->store) {
		if (!err && (job->have_image || job->modules))
			err = store_commit(job->store);
		else
			store_abort(job->store);
		store_close(job->store);
	}
	progress_clear(&job->progress);
	if (!err && job->have_image && job->modules)
		str_addf(job->output, "; %zu module%s", job->modules, job->modules == 1 ? "" : "s");
	else if (!err && job->modules)
		str_addf(job->output, "%zu module%s", job->modules, job->modules == 1 ? "" : "s");
	if (job->output->length)
		str_addc(job->output, '\n');
	return err;
}

static void drop_waiting(struct job *job)
{
	for (size_t i = 0; i < job->waiting.count; i++) {
		facts_fini(&job->waiting.items[i].facts);
		free(job->waiting.items[i].path);
	}
	vec_free(&job->waiting);
}

struct error *scan_do_job(const struct scan_run *run, const struct scan_job *what, struct str *output, size_t *failed)
{
	struct job job = {.run = run, .what = what, .output = output};

	pthread_mutex_init(&job.lock, NULL);
	progress_init(&job.progress, run->quiet);
	struct error *err = finish(&job, what->kind == JOB_PACKAGE ? run_package(&job) : run_kernel(&job));

	drop_waiting(&job);
	kernel_btf_free(job.kernel_btf);
	free(job.image_name);
	free(job.release);
	free(job.arch);
	pthread_mutex_destroy(&job.lock);
	*failed = job.failed;
	return err;
}
