/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The facts of one file while it is read. */
#ifndef SOURCE_GATHER_H
#define SOURCE_GATHER_H

#include "atlas/intern.h"
#include "atlas/source.h"
#include "atlas/str.h"
#include "source/items.h"

struct use_count {
	uint32_t line, count;
};

struct uses {
	struct intern names;
	VEC(struct use_count) counts; /* by str_id - 1 */
};

void uses_add(struct uses *uses, const char *name, size_t length, uint32_t line);
/* Sorted by name, in `arena`. */
const struct source_use *uses_take(const struct uses *uses, struct arena *arena, size_t *count);

struct syntax;

struct gather {
	struct arena *arena; /* all facts live here; borrowed */
	struct tokens tokens;
	struct syntax *syntax; /* the parser; borrowed */
	struct str shown;      /* what the parser gets to see of an item */
	const char *item_condition;
	const char *default_space; /* of exports: DEFAULT_SYMBOL_NAMESPACE */
	uint32_t macro_count;
	VEC(struct source_include) includes;
	VEC(struct source_function) functions;
	VEC(struct source_type) types;
	VEC(struct source_syscall) syscalls;
	VEC(struct source_initcall) initcalls;
	VEC(struct source_module_macro) module_macros;
	VEC(struct source_export) exports;
	VEC(struct source_table) tables;
	VEC(struct source_problem) problems;
	struct uses calls, type_uses, annotations;
};

void gather_init(struct gather *gather, struct arena *arena, struct syntax *syntax);
void gather_fini(struct gather *gather);

void gather_problem(struct gather *gather, enum source_problem_kind kind, uint32_t line, uint32_t end_line,
		    const char *fmt, ...) __attribute__((format(printf, 5, 6)));

/* Text of tokens [first, end), on one line. */
const char *gather_text(const struct gather *gather, size_t first, size_t end);
const char *gather_word(const struct gather *gather, size_t index);
/* Line of the token at or before a byte of the text. */
uint32_t gather_line_at(const struct gather *gather, size_t at);

/* Parts of an item, each in a file of its own. */
void gather_macro_call(struct gather *gather, const struct item *item);
bool gather_macro_function(struct gather *gather, const struct item *item);
/* Where the head of a function begins: behind the calls of macros on lines of their own without a semicolon. */
size_t gather_head(struct gather *gather, const struct item *item);
void gather_function(struct gather *gather, const struct item *item);
void gather_directive(struct gather *gather, size_t index, const char *condition);
/* Blanks annotations everywhere. */
void gather_annotations(struct gather *gather);

/* Makes the tokens of a body or a definition such that the parser can read them. */
void prepare_body(struct gather *gather, size_t first, size_t end);
void prepare_type(struct gather *gather, size_t first, size_t end);

#endif
