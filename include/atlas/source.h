/* SPDX-License-Identifier: GPL-2.0-or-later */
/* layer: source */
/*
 * What the source tree of a kernel says of itself, file by file, read by a C
 * parser (tree-sitter).  Nothing is preprocessed: all branches of an #if are
 * read, macros are known by name only, and what the compiler made of any of it
 * is not known here.
 *
 * source_open() reads a whole tree and keeps its facts in one compact file,
 * mapped into memory: a cache in a directory of the caller's choice, or a file
 * without a name.  All else only looks into that, costs no parsing, and may be
 * used by any thread and any forked child.
 *
 * Where the program was built without the parser, source_open() and
 * source_parse() are errors that say how to build with it.
 */
#ifndef ATLAS_SOURCE_H
#define ATLAS_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "atlas/error.h"
#include "atlas/mem.h"

/* How far a file was read. */
#define SOURCE_STATES(X)                                                                                \
	X(PARSED, "parsed") /* C, read to its end; see `problems` for what the parser could not take */ \
	/* Of assembly (.S) only includes and exports are read. */                                      \
	X(LISTED, "listed")   /* no C, or not wanted: only its size and lines are known */              \
	X(BINARY, "binary")   /* holds zero bytes: not text */                                          \
	X(TOO_LARGE, "large") /* C, but longer than anybody writes; only size and lines are known */    \
	X(UNREAD, "unread")   /* could not be read at all; `problems` has the reason */                 \
	X(LINK, "link")	      /* a symbolic link: `link` says where to; never followed */

enum source_state {
#define X(name, text) SOURCE_##name,
	SOURCE_STATES(X)
#undef X
};

const char *source_state_text(enum source_state state); /* static */

/* Something that is named in a file, as often as it is: the first line and how many times. */
struct source_use {
	const char *name;
	uint32_t line, count;
};

struct source_include {
	const char *name; /* "linux/mm.h"; of `#include MACRO` the macro's name */
	uint32_t line;
	bool system;	       /* <...>, not "..." */
	bool computed;	       /* a macro names the file */
	const char *condition; /* see struct source_function */
};

struct source_function {
	/*
	 * As compiled: of SYSCALL_DEFINE3(read, ...) it is "__do_sys_read".  Where it is
	 * not known what a macro makes, the macro's first argument; see `name_known`.
	 */
	const char *name;
	const char *signature;	/* as written up to the body, on one line, annotations included */
	const char *macro;	/* "SYSCALL_DEFINE3" where a macro makes the function, else NULL */
	const char *macro_name; /* the macro's first argument, else NULL */
	/*
	 * The #if lines around it, outermost first, joined with " && ":
	 * "CONFIG_COMPACTION && !(defined(MODULE))".  NULL: none.
	 */
	const char *condition;
	uint32_t first_line; /* where the definition begins, with its type */
	uint32_t line;	     /* of the name: what DWARF calls its declaration line */
	uint32_t end_line;   /* of the closing brace */
	bool is_static, is_inline;
	bool name_known;
};

enum source_type_kind {
	SOURCE_STRUCT,
	SOURCE_UNION,
	SOURCE_ENUM,
	SOURCE_TYPEDEF,
};

/* A definition, not a mere mention; with a body, except for typedefs. */
struct source_type {
	enum source_type_kind kind;
	const char *name; /* without "struct"; anonymous ones are not listed */
	const char *condition;
	uint32_t line, end_line;
	uint32_t members; /* fields or enumerators written in it */
};

struct source_syscall {
	const char *name;      /* "read" */
	const char *macro;     /* "SYSCALL_DEFINE3", "COMPAT_SYSCALL_DEFINE1", ... */
	const char *arguments; /* as written, on one line, without the name: "unsigned int, fd, char __user *, buf" */
	const char *condition;
	uint32_t line, end_line;
};

struct source_initcall {
	const char *macro;    /* "core_initcall", "module_platform_driver" */
	const char *argument; /* as written: "balloon_init" */
	/* What is called: `argument`, or what the macro makes: "NAME_init".  NULL where that is not known. */
	const char *function;
	/*
	 * Where it runs when built in, as ELF symbols and sections write it: "early", "0" to "7", "1s" to "7s",
	 * "rootfs", "con", "security"; "exit" for what runs when a module goes.  NULL: an unknown macro.
	 */
	const char *level;
	const char *condition;
	uint32_t line;
};

/* MODULE_LICENSE("GPL") and its kind. */
struct source_module_macro {
	const char *macro;
	const char *arguments; /* as written, on one line */
	uint32_t line;
};

struct source_export {
	const char *
		name; /* the symbol in the ELF file: EXPORT_STATIC_CALL(x) has "__SCK__x" and "__SCT__x", two entries */
	const char *macro;    /* "EXPORT_SYMBOL_NS_GPL" */
	const char *argument; /* as written: "x" */
	const char *space;    /* its namespace, without quotes; a #define DEFAULT_SYMBOL_NAMESPACE of the file counts.
				 NULL: none */
	const char *modules;  /* of EXPORT_SYMBOL_FOR_MODULES: the list, without quotes.  NULL: all */
	const char *condition;
	uint32_t line;
	bool gpl;
	bool name_known; /* false: an unknown macro whose name says EXPORT; `name` is its argument */
};

struct source_operation {
	const char *field;    /* "open" */
	const char *function; /* "simple_open" */
	uint32_t line;
};

/* An initialised struct of file scope with functions in its fields. */
struct source_table {
	const char *name; /* "balloon_mops" */
	const char *type; /* "movable_operations", without "struct" */
	const char *condition;
	uint32_t line, end_line;
	const struct source_operation *operations;
	size_t operation_count;
	bool is_static, is_const;
};

enum source_snippet_kind {
	SNIPPET_NONE,
	SNIPPET_INITCALL,
	SNIPPET_EXPORT,
	SNIPPET_TABLE,
	SNIPPET_SYSCALL,
	SNIPPET_FUNCTION, /* a file with none of the others: its first function that is not static, or its first */
	SNIPPET_TYPE,	  /* a header: its first struct */
};

struct source_snippet {
	enum source_snippet_kind kind;
	const char *text; /* whole lines, as in the file but for bytes that are no UTF-8, which are "?" */
	uint32_t line;	  /* of its first line */
	uint32_t lines;
	bool cut; /* what it shows goes on after it */
};

enum source_problem_kind {
	PROBLEM_SYNTAX,	  /* the parser could make nothing of these lines */
	PROBLEM_ENCODING, /* not UTF-8 there */
	PROBLEM_NESTING,  /* braces or parentheses too deep in one another */
	PROBLEM_TIME,	  /* parsing took too long and was given up from there on */
	PROBLEM_READ,	  /* the system's reason: vanished, no permission, ... */
};

struct source_problem {
	enum source_problem_kind kind;
	const char *text;	 /* one line for a reader */
	uint32_t line, end_line; /* 0: the whole file */
};

/* Strings and lists are in the arena that was given.  Lists are in the order of the file. */
struct source_file {
	const char *path;      /* in the tree: "mm/mempool.c"; what is not printable stands as \xNN */
	const char *extension; /* ".c"; "" without one: "Makefile" */
	const char *link;      /* SOURCE_LINK: where to, as it is written; else NULL */
	enum source_state state;
	uint64_t size_bytes;
	uint32_t line_count;
	uint32_t invalid_utf8; /* bytes that are none */
	uint32_t macro_count;  /* #defines */
	bool is_c;	       /* .c, .h: parsed where they can be */

	/* clang-format off */
	const struct source_include *includes;		size_t include_count;
	const struct source_function *functions;	size_t function_count;
	const struct source_type *types;		size_t type_count;
	const struct source_syscall *syscalls;		size_t syscall_count;
	const struct source_initcall *initcalls;	size_t initcall_count;
	const struct source_module_macro *module_macros; size_t module_macro_count;
	const struct source_export *exports;		size_t export_count;
	const struct source_table *tables;		size_t table_count;
	const struct source_problem *problems;		size_t problem_count;
	/* Called by name, macros too, once each; sorted by name, as are the two below. */
	const struct source_use *calls;			size_t call_count;
	/* Type names used: typedefs, and structs as "struct x". */
	const struct source_use *type_uses;		size_t type_use_count;
	/* Annotations the parser was spared: __user, __init, __acquires, __rcu, ... */
	const struct source_use *annotations;		size_t annotation_count;
	/* clang-format on */
	struct source_snippet snippet;
};

struct source_options {
	/*
	 * Where to keep the facts for the next run; made if it is not there.  NULL: nowhere.  A damaged cache, or one
	 * of another version of the program, is read as none.
	 */
	const char *cache_dir;
	int jobs; /* threads that parse; 0: one a processor */
	/*
	 * Which C files to parse, by path in the tree; the others are listed only, unless the cache holds them already.
	 * Called by any thread.  NULL: all of them.
	 */
	bool (*wanted)(void *context, const char *path);
	/* Called now and then by the calling thread.  NULL: not. */
	void (*progress)(void *context, size_t files_done, size_t files_known);
	void *context;
};

/* How it went. */
struct source_counts {
	size_t files, c_files;
	size_t parsed;	/* in this run */
	size_t cached;	/* C files whose facts an earlier run had */
	size_t refused; /* members of a tarball whose path leads out of the tree: not listed */
};

struct source;

/*
 * `argument` is what a user gives: a directory, a tarball (.tar, .tar.xz, .tar.gz, .tar.zst; by content), or
 * GITDIR@REVISION of a local clone (read with git(1)); each may have "VERSION=" before it, which then counts instead of
 * what the tree's top Makefile says.  `options` NULL: the defaults.  Owned by the caller until source_close().
 * Bad files cost themselves only; an error means there is no tree to read.
 */
struct error *source_open(const char *argument, const struct source_options *options,
			  struct source **source) MUST_CHECK;
void source_close(struct source *source); /* NULL is none */

/* "6.1.176", "7.3.0-rc7": as `make kernelversion` of the tree says it.  NULL: neither the user nor a Makefile says. */
const char *source_version(const struct source *source);
/* What the user gave, without "VERSION=". */
const char *source_name(const struct source *source);
struct source_counts source_counts(const struct source *source);

/* Files, sorted by path (bytes). */
size_t source_file_count(const struct source *source);
/* Borrowed until source_close(). */
const char *source_file_path(const struct source *source, size_t index);
/* SIZE_MAX: there is no such file. */
size_t source_file_find(const struct source *source, const char *path);
/* All of it is in `arena` but the path, which is borrowed.  Some microseconds. */
void source_file_get(const struct source *source, size_t index, struct arena *arena, struct source_file *file);

/* One file out of memory: `path` only names it.  All of it is in `arena` then. */
struct error *source_parse(const char *path, const char *text, size_t size_bytes, struct arena *arena,
			   struct source_file *file) MUST_CHECK;

#endif
