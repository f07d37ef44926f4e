// SPDX-License-Identifier: GPL-2.0-or-later
#include "atlas/output.h"

#include <assert.h>
#include <errno.h>

#include "output/writers.h"

#define FLUSH_BYTES (64u << 10)

static const struct output_writer *const writers[] = {
	[OUTPUT_TABLE] = &table_writer,
	[OUTPUT_CSV] = &csv_writer,
	[OUTPUT_JSON] = &json_writer,
};

struct output *output_new(enum output_format format, FILE *file)
{
	struct output *out = xcalloc(1, sizeof(*out));

	out->writer = writers[format];
	out->file = file;
	arena_init(&out->arena);
	return out;
}

static struct error *flush(struct output *out)
{
	errno = 0;
	if (fwrite(out->text.data, 1, out->text.length, out->file) != out->text.length || fflush(out->file) != 0)
		return errno ? error_errno("writing the output") : error_new(ERROR_IO, "writing the output failed");
	str_clear(&out->text);
	return NULL;
}

static struct error *flush_if_full(struct output *out)
{
	return out->text.length < FLUSH_BYTES ? NULL : flush(out);
}

struct error *output_header(struct output *out, int columns, const char *const *names)
{
	out->columns = columns;
	out->writer->header(out, names);
	return flush_if_full(out);
}

struct error *output_row(struct output *out, int columns, const char *const *values, const bool *numeric)
{
	assert(columns == out->columns);
	(void)columns;
	out->writer->row(out, values, numeric);
	return flush_if_full(out);
}

struct error *output_end(struct output *out, struct error *err)
{
	if (!err) {
		out->writer->end(out);
		if (out->text.length)
			err = flush(out);
	}
	str_free(&out->text);
	vec_free(&out->cells);
	free(out->widths);
	free(out->right);
	arena_fini(&out->arena);
	free(out);
	return err;
}

static struct error *sink_header(void *context, int columns, const char *const *names)
{
	return output_header(context, columns, names);
}

static struct error *sink_row(void *context, int columns, const char *const *values, const bool *numeric)
{
	return output_row(context, columns, values, numeric);
}

struct result_sink output_sink(struct output *out)
{
	return (struct result_sink){.context = out, .header = sink_header, .row = sink_row};
}
