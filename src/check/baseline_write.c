// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "atlas/json_writer.h"
#include "atlas/str.h"
#include "check/baseline.h"

static bool same_state(const struct state *a, const struct state *b)
{
	bool same = a->found == b->found;

	for (int i = 0; i < STATE_VALUE_COUNT; i++)
		same = same && str_eq(a->values[i], b->values[i]);
	return same;
}

static void write_pair(struct json_writer *json, const char *key, const char *text)
{
	jw_put_text(json, key, text);
}

/* A bare text is left out where it says nothing new, and empty where it is not known. */
static void write_value(struct json_writer *json, const struct state *state, enum state_value value)
{
	enum state_value spelled = state_value_spelled(value);
	const char *text = state->values[value];

	if (spelled != value && state->values[spelled]) {
		if (!text)
			text = "";
		else if (str_eq(text, state->values[spelled]))
			return;
	}
	if (text)
		write_pair(json, state_value_text(value), text);
}

/* One line for all images on which it looks the same; what is unknown is left out. */
static void write_row(struct json_writer *json, const struct run *run, size_t dependency, size_t first, bool *done)
{
	const struct dependency *of = &run->dependencies.items.items[dependency];
	const struct state *state = run_state(run, dependency, first);

	jw_begin_object(json);
	write_pair(json, "kind", dependency_kind_text(of->kind));
	write_pair(json, "subject", of->subject);
	write_pair(json, "found", state->found == FOUND_YES ? "yes" : "no");
	for (int i = 0; i < STATE_VALUE_COUNT; i++)
		write_value(json, state, (enum state_value)i);
	jw_key(json, "images");
	jw_begin_array(json);
	for (size_t i = first; i < run->image_count; i++) {
		if (done[i] || !same_state(state, run_state(run, dependency, i)))
			continue;
		done[i] = true;
		jw_string(json, run->images[i]->name);
	}
	jw_end_array(json);
	jw_end_object(json);
	jw_newline(json);
}

static void write_rows(struct json_writer *json, const struct run *run)
{
	AUTO_FREE bool *done = xcalloc(run->image_count, sizeof(*done));

	for (size_t d = 0; d < run->dependencies.items.count; d++) {
		memset(done, 0, run->image_count * sizeof(*done));
		for (size_t i = 0; i < run->image_count; i++)
			if (!done[i] && run_state(run, d, i)->found != FOUND_UNKNOWN)
				write_row(json, run, d, i, done);
	}
}

static void write_findings(struct json_writer *json, const struct report *report)
{
	for (size_t i = 0; i < report->results.count; i++) {
		const struct result *result = &report->results.items[i];

		if (result->outcome != OUTCOME_FINDING)
			continue;
		jw_begin_object(json);
		write_pair(json, "known", result->rule->id);
		write_pair(json, "kind", result->kind);
		write_pair(json, "subject", result->subject);
		write_pair(json, "on", result->image);
		write_pair(json, "message", result->message);
		jw_end_object(json);
		jw_newline(json);
	}
}

static void write_all(struct json_writer *json, const struct run *run, const struct report *report)
{
	jw_begin_object(json);
	jw_put_u64(json, "atlasgen-baseline", BASELINE_FORMAT);
	jw_end_object(json);
	jw_newline(json);
	for (size_t i = 0; i < run->image_count; i++) {
		jw_begin_object(json);
		write_pair(json, "image", run->images[i]->name);
		write_pair(json, "arch", run->images[i]->arch);
		jw_end_object(json);
		jw_newline(json);
	}
	write_rows(json, run);
	write_findings(json, report);
}

/* `path` is what messages call the file. */
static struct error *write_file(const char *aside, const char *path, const struct run *run, const struct report *report)
{
	FILE *file = fopen(aside, "we");
	struct json_writer json;

	if (!file)
		return error_errno("%s", path);
	jw_to_file(&json, file);
	write_all(&json, run, report);
	struct error *err = error_prefix(jw_finish(&json), "%s", path);

	if (fclose(file) != 0 && !err)
		err = error_errno("%s", path);
	return err;
}

struct error *baseline_write(const char *path, const struct run *run, const struct report *report)
{
	AUTO_FREE char *aside = xasprintf("%s.%ld.tmp", path, (long)getpid());
	struct error *err = write_file(aside, path, run, report);

	if (!err && rename(aside, path) != 0)
		err = error_errno("%s", path);
	if (err)
		unlink(aside);
	return error_prefix(err, "--write-baseline");
}
