// SPDX-License-Identifier: GPL-2.0-or-later
/* Verdicts on where probes attach: judged here, since a module is judged by what its kernel can do. */
#include "atlas/attach.h"
#include "store/writer.h"

/* A verdict met in this run, by what it was made from. */
struct known_verdict {
	struct attach_case from;
	int64_t id;
};

struct attach_writer {
	struct writer *writer;
	uint16_t gates;
	VEC(struct known_verdict) known;
};

static struct error *read_gates(struct writer *w, uint16_t *gates)
{
	sqlite3_stmt *stmt;
	bool row;

	for (size_t i = 0; i < w->facts->objects.count; i++) {
		*gates = w->facts->objects.items[i].gates;
		if (*gates)
			return NULL;
	}
	TRY(sql_get1(w->store, STATEMENT_attach_gates_of, w->image, &stmt));
	TRY(sql_step(w->store, stmt, &row));
	*gates = row ? (uint16_t)sqlite3_column_int(stmt, 0) : 0;
	sqlite3_reset(stmt);
	return NULL;
}

static struct error *write_gates(struct writer *w)
{
	sqlite3_stmt *stmt;

	for (size_t i = 0; i < w->facts->objects.count; i++) {
		if (!w->facts->objects.items[i].gates)
			continue;
		TRY(sql_get2(w->store, STATEMENT_attach_gates_insert, w->object + (int64_t)i,
			     w->facts->objects.items[i].gates, &stmt));
		TRY(sql_run(w->store, stmt));
	}
	return NULL;
}

static struct error *insert_verdict(struct attach_writer *a, const struct attach_case *one, int64_t *id)
{
	struct attach_verdicts verdicts;
	AUTO_STR struct str line = {0}, reason = {0};
	sqlite3_stmt *stmt;
	bool row;

	attach_judge(one, &verdicts);
	attach_line(one, &verdicts, &line);
	attach_reasons(one, &verdicts, &reason);
	TRY(sql_get(a->writer->store, STATEMENT_attach_insert, &stmt));
	for (int i = 0; i < ATTACH_KIND_COUNT; i++)
		sqlite3_bind_text(stmt, i + 1, verdict_text(verdicts.verdict[i]), -1, SQLITE_STATIC);
	sqlite3_bind_text(stmt, ATTACH_KIND_COUNT + 1, reason.length ? reason.data : "", -1, SQLITE_TRANSIENT);
	sqlite3_bind_text(stmt, ATTACH_KIND_COUNT + 2, line.data, -1, SQLITE_TRANSIENT);
	sqlite3_bind_int(stmt, ATTACH_KIND_COUNT + 3, one->evidence);
	TRY(sql_step(a->writer->store, stmt, &row));
	*id = row ? sqlite3_column_int64(stmt, 0) : 0;
	sqlite3_reset(stmt);
	return NULL;
}

static bool same_case(const struct attach_case *a, const struct attach_case *b)
{
	return a->evidence == b->evidence && a->stem_evidence == b->stem_evidence && a->clone == b->clone &&
	       a->assembler == b->assembler && a->partly_inlined == b->partly_inlined && a->position == b->position &&
	       a->of == b->of;
}

static struct error *verdict_id(struct attach_writer *a, const struct attach_case *one, int64_t *id)
{
	/* There are a few hundred; the frequent ones come to the front. */
	for (size_t i = 0; i < a->known.count; i++) {
		struct known_verdict found = a->known.items[i];

		if (!same_case(&found.from, one))
			continue;
		a->known.items[i] = a->known.items[i / 2];
		a->known.items[i / 2] = found;
		*id = found.id;
		return NULL;
	}
	TRY(insert_verdict(a, one, id));
	vec_add(&a->known, ((struct known_verdict){*one, *id}));
	return NULL;
}

/* Where a symbol stands among those of its name in its object, by address. */
static void find_position(const struct facts *facts, const struct fact_function *function,
			  const struct fact_symbol *symbol, struct attach_case *one)
{
	one->position = 1;
	one->of = 0;
	for (uint32_t i = 0; i < function->symbols; i++) {
		const struct fact_symbol *other = &facts->symbols.items[function->first_symbol + i];

		if (other->name != symbol->name)
			continue;
		one->of++;
		one->position += other->address < symbol->address;
	}
}

static uint16_t stem_evidence(const struct facts *facts, const struct fact_function *function)
{
	for (uint32_t i = 0; i < function->symbols; i++) {
		const struct fact_symbol *symbol = &facts->symbols.items[function->first_symbol + i];

		if (symbol->name == function->name)
			return symbol->attach;
	}
	return 0;
}

static bool is_assembler(const struct facts *facts, const struct fact_function *function)
{
	return function->language == LANGUAGE_ASM ||
	       (function->instances && facts->instances.items[function->first_instance].flags & INSTANCE_ASM);
}

static struct error *judge_function(struct attach_writer *a, uint32_t index)
{
	struct writer *w = a->writer;
	const struct fact_function *function = &w->facts->functions.items[index];
	struct class class = classify(w->facts, index);
	bool partly = function->symbols && class_inlining(&class, w->facts->image.evidence) == INLINE_SELECTIVE;

	for (uint32_t i = 0; i < function->symbols; i++) {
		uint32_t number = function->first_symbol + i;
		const struct fact_symbol *symbol = &w->facts->symbols.items[number];
		struct attach_case one = {
			.evidence = symbol->attach,
			.gates = a->gates,
			.clone = symbol->name != function->name,
			.assembler = is_assembler(w->facts, function),
			.partly_inlined = partly,
		};

		if (!(symbol->attach & ATTACH_READ))
			continue;
		one.stem_evidence = one.clone ? stem_evidence(w->facts, function) : 0;
		find_position(w->facts, function, symbol, &one);
		TRY(verdict_id(a, &one, &w->attach[number]));
	}
	return NULL;
}

struct error *write_attach(struct writer *w)
{
	struct attach_writer a = {.writer = w};

	w->attach = xcalloc(w->facts->symbols.count + 1, sizeof(*w->attach));
	TRY(write_gates(w));
	TRY(read_gates(w, &a.gates));
	struct error *err = NULL;

	for (uint32_t i = 0; i < w->facts->functions.count && !err; i++)
		err = judge_function(&a, i);
	vec_free(&a.known);
	return err;
}
