// SPDX-License-Identifier: GPL-2.0-or-later
#include "source_words.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "atlas/embed.h"
#include "atlas/str.h"

#define FIELDS_MAX	4
#define TABLE_BYTES_MAX (16u << 20)

struct word_row {
	const char *fields[FIELDS_MAX];
};

struct word_table {
	VEC(struct word_row) rows;
};

struct source_words {
	struct arena arena;
	struct word_table domains, areas, roles, traits, primitives;
};

/* What --data gives, else what is compiled in. */
static struct error *read_text(struct source_words *words, const char *dir, const char *name, const char **text,
			       const char **path)
{
	*path = arena_printf(&words->arena, "data/%s.tsv", name);
	*text = embedded(*path, NULL);
	if (!dir)
		return NULL;
	const char *own = arena_printf(&words->arena, "%s/%s.tsv", dir, name);
	FILE *file = fopen(own, "re");

	if (!file && errno == ENOENT)
		return NULL;
	if (!file)
		return error_errno("%s", own);
	char *bytes = xmalloc(TABLE_BYTES_MAX + 1);
	size_t length = fread(bytes, 1, TABLE_BYTES_MAX, file);
	struct error *err = ferror(file) ? error_errno("%s", own) : NULL;

	bytes[length] = '\0';
	*text = arena_strdup(&words->arena, bytes);
	*path = own;
	free(bytes);
	fclose(file);
	return err;
}

static struct error *add_row(struct word_table *table, char *line, size_t fields, const char *path, size_t number)
{
	struct word_row *row = vec_push(&table->rows);
	char *rest = line;

	*row = (struct word_row){0};

	for (size_t i = 0; i < fields; i++) {
		char *field = strsep(&rest, "\t");

		if (!field)
			return error_new(ERROR_INPUT, "%s:%zu: %zu fields parted by tabs, not %zu", path, number, i,
					 fields);
		row->fields[i] = field;
	}
	return NULL;
}

static struct error *read_table(struct source_words *words, const char *dir, const char *name, size_t fields,
				struct word_table *table)
{
	const char *text, *path;

	TRY(read_text(words, dir, name, &text, &path));
	char *rest = arena_strdup(&words->arena, text ? text : ""), *line;

	for (size_t number = 1; (line = strsep(&rest, "\n")); number++) {
		size_t length = strlen(line);

		if (length && line[length - 1] == '\r')
			line[length - 1] = '\0';
		if (*line && *line != '#')
			TRY(add_row(table, line, fields, path, number));
	}
	return NULL;
}

static struct error *read_tables(struct source_words *words, const char *dir)
{
	TRY(read_table(words, dir, "domains", 3, &words->domains));
	TRY(read_table(words, dir, "areas", 3, &words->areas));
	TRY(read_table(words, dir, "roles", 4, &words->roles));
	TRY(read_table(words, dir, "traits", 4, &words->traits));
	return read_table(words, dir, "primitives", 3, &words->primitives);
}

struct error *source_words_open(const char *dir, struct source_words **words)
{
	struct source_words *made = xcalloc(1, sizeof(*made));

	arena_init(&made->arena);
	struct error *err = read_tables(made, dir);

	if (err)
		source_words_close(made);
	else
		*words = made;
	return err;
}

void source_words_close(struct source_words *words)
{
	if (!words)
		return;
	vec_free(&words->domains.rows);
	vec_free(&words->areas.rows);
	vec_free(&words->roles.rows);
	vec_free(&words->traits.rows);
	vec_free(&words->primitives.rows);
	arena_fini(&words->arena);
	free(words);
}

digest source_words_key(const struct source_words *words)
{
	const struct word_table *const tables[] = {&words->domains, &words->areas, &words->roles, &words->traits,
						   &words->primitives};
	digest key = DIGEST_START;

	for (size_t i = 0; i < ARRAY_LEN(tables); i++)
		for (size_t k = 0; k < tables[i]->rows.count; k++)
			for (size_t f = 0; f < FIELDS_MAX; f++)
				key = digest_text(key, tables[i]->rows.items[k].fields[f]);
	return key;
}

/* The first `parts` parts of a path; all of its folder if there are fewer. */
static const char *leading_parts(struct arena *arena, const char *path, unsigned parts)
{
	const char *end = path, *last = strrchr(path, '/');

	for (unsigned i = 0; i < parts && (last && end < last); i++)
		end = strchr(end + (i > 0), '/');
	return arena_strndup(arena, path, (size_t)(end - path));
}

static const char *const *row_named(const struct word_table *table, const char *name)
{
	for (size_t i = 0; i < table->rows.count; i++)
		if (strcmp(table->rows.items[i].fields[0], name) == 0)
			return table->rows.items[i].fields;
	return NULL;
}

void source_words_domain(const struct source_words *words, struct arena *arena, const char *path,
			 struct source_domain *domain)
{
	const char *const *best = NULL;
	size_t longest = 0;

	*domain = (struct source_domain){"unknown", "unknown", "", ""};
	for (size_t i = 0; i < words->domains.rows.count; i++) {
		const char *const *fields = words->domains.rows.items[i].fields;
		size_t length = strlen(fields[0]);

		if (strncmp(path, fields[0], length) == 0 && (!best || length > longest)) {
			best = fields;
			longest = length;
		}
	}
	if (!best)
		return;
	bool parts = best[2][0] == '=' && best[2][1] >= '1' && best[2][1] <= '9';
	const char *const *area = row_named(&words->areas, best[1]);

	domain->domain = best[1];
	domain->bucket = parts ? leading_parts(arena, path, (unsigned)(best[2][1] - '0')) : best[2];
	domain->why = area ? area[1] : "";
	domain->note = area ? area[2] : "";
}

struct source_role source_words_role(const struct source_words *words, const char *key)
{
	const char *const *row = row_named(&words->roles, key);

	return row ? (struct source_role){row[1], row[2], row[3]} : (struct source_role){key, "unknown", "unknown"};
}

struct source_trait source_words_trait(const struct source_words *words, size_t n)
{
	if (n >= words->traits.rows.count)
		return (struct source_trait){0};
	const char *const *row = words->traits.rows.items[n].fields;

	return (struct source_trait){row[0], row[1], row[2], row[3]};
}

struct source_primitive source_words_primitive(const struct source_words *words, const char *name)
{
	for (size_t i = 0; i < words->primitives.rows.count; i++) {
		const char *const *row = words->primitives.rows.items[i].fields;
		size_t plain = strcspn(row[0], "*?[\\");
		const struct globs one = {(const char **)(uintptr_t)row, 1};

		if (strncmp(name, row[0], plain) == 0 && globs_match(&one, name))
			return (struct source_primitive){row[1], row[2]};
	}
	return (struct source_primitive){0};
}
