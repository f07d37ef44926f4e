// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Any bytes as a stream of facts: refused, or read into facts that hold together
 * and that come back the same however often they are written and read.
 *
 * sources: src/exchange src/model src/base
 * libraries: jansson iberty
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../unit/facts_view.h"
#include "atlas/exchange.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static _Noreturn void give_up(const char *what, const char *first, const char *second)
{
	fprintf(stderr, "%s\n--- first\n%s\n--- second\n%s\n", what, first, second);
	abort();
}

/* One line a name, as `export` writes it: the functions of all linked objects that have the name from `first` on. */
static void write_name(struct json_writer *json, const struct facts *facts, struct arena *arena, uint32_t first,
		       bool *written)
{
	const struct function **same = arena_alloc(arena, facts->functions.count * sizeof(*same));
	size_t count = 0;

	for (uint32_t i = first; i < facts->functions.count; i++) {
		const struct fact_function *fact = &facts->functions.items[i];

		if (written[i] || fact->name != facts->functions.items[first].name || fact->flags & FUNCTION_MENTIONED)
			continue;
		struct function *function = arena_alloc(arena, sizeof(*function));

		*function = view_function(facts, arena, i);
		same[count++] = function;
		written[i] = true;
	}
	if (count)
		exchange_write_functions(json, same, count);
}

static char *write_all(const struct facts *facts)
{
	AUTO_FREE bool *written = xcalloc(facts->functions.count + 1, sizeof(*written));
	struct str text = {0};
	struct json_writer json;
	struct arena arena;

	arena_init(&arena);
	jw_to_str(&json, &text);
	exchange_write_header(&json, &facts->image, NULL, 0);
	for (uint32_t i = 0; i < facts->functions.count; i++)
		if (!written[i])
			write_name(&json, facts, &arena, i, written);
	arena_fini(&arena);
	return str_take(&text);
}

/* The stream written again, NULL if it is refused. */
static char *rewrite(const void *bytes, size_t length, struct error **err)
{
	static const struct exchange_overrides none;
	FILE *in = fmemopen((void *)(uintptr_t)bytes, length, "r");
	struct str warnings = {0};
	struct facts facts;
	char *text = NULL;

	facts_init(&facts);
	*err = exchange_read(in, "in", &none, &facts, &warnings);
	if (!*err)
		text = write_all(&facts);
	facts_fini(&facts);
	str_free(&warnings);
	fclose(in);
	return text;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct error *err;

	if (length == 0)
		return 0;
	char *first = rewrite(bytes, length, &err);

	error_free(err);
	if (!first)
		return 0;
	char *second = rewrite(first, strlen(first), &err);

	if (!second)
		give_up(err->text, first, "");
	if (strcmp(first, second) != 0)
		give_up("a second round changes the stream", first, second);
	free(first);
	free(second);
	return 0;
}
