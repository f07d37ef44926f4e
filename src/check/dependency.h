/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Dependencies: what they are, and where the user's own file names them. */
#ifndef CHECK_DEPENDENCY_H
#define CHECK_DEPENDENCY_H

#include <stdbool.h>
#include <stdint.h>

#include "atlas/error.h"
#include "atlas/mem.h"

/* The words of a list file and of reports.  The order is that of the reports. */
#define DEPENDENCY_KINDS(X)                 \
	X(DEP_FUNCTION, "function")         \
	X(DEP_KFUNC, "kfunc")               \
	X(DEP_KPROBE, "kprobe")             \
	X(DEP_KRETPROBE, "kretprobe")       \
	X(DEP_KPROBE_MULTI, "kprobe.multi") \
	X(DEP_FENTRY, "fentry")             \
	X(DEP_FEXIT, "fexit")               \
	X(DEP_FMOD_RET, "fmod_ret")         \
	X(DEP_KSYSCALL, "ksyscall")         \
	X(DEP_LSM, "lsm")                   \
	X(DEP_ITER, "iter")                 \
	X(DEP_TRACEPOINT, "tracepoint")     \
	X(DEP_TP_BTF, "tp_btf")             \
	X(DEP_RAW_TP, "raw_tp")             \
	X(DEP_EXPORT, "export")             \
	X(DEP_STRUCT, "struct")             \
	X(DEP_UNION, "union")               \
	X(DEP_ENUM, "enum")                 \
	X(DEP_TYPEDEF, "typedef")           \
	X(DEP_FIELD, "field")               \
	X(DEP_ENUMERATOR, "enumerator")

#define ENUM_MEMBER(id, text) id,
enum dependency_kind { DEPENDENCY_KINDS(ENUM_MEMBER) DEPENDENCY_KIND_COUNT };
#undef ENUM_MEMBER

const char *dependency_kind_text(enum dependency_kind kind);
/* False: no such word. */
bool dependency_kind_parse(const char *word, enum dependency_kind *kind);

/* What is known of a thing, as texts: of an image, of a baseline, of the user's own object. */
#define STATE_VALUES(X)                             \
	X(VALUE_OBJECT, "object")                   \
	X(VALUE_RETURNS, "returns")                 \
	X(VALUE_PARAMETERS, "parameters")           \
	X(VALUE_NAMES, "names")                     \
	X(VALUE_BARE_RETURNS, "bare returns")       \
	X(VALUE_BARE_PARAMETERS, "bare parameters") \
	X(VALUE_EXPORT, "export")                   \
	X(VALUE_NAMESPACE, "namespace")             \
	X(VALUE_CRC, "crc")                         \
	X(VALUE_TYPE, "type")                       \
	X(VALUE_BARE_TYPE, "bare type")             \
	X(VALUE_OFFSET, "offset")                   \
	X(VALUE_SIZE, "size")                       \
	X(VALUE_VALUE, "value")                     \
	X(VALUE_MEMBERS, "members")                 \
	X(VALUE_GRAPH, "graph")

#define ENUM_MEMBER(id, text) id,
enum state_value { STATE_VALUES(ENUM_MEMBER) STATE_VALUE_COUNT };
#undef ENUM_MEMBER

const char *state_value_text(enum state_value value);
/* Of a bare text (atlas/bare.h): the text it was made from; others are their own. */
enum state_value state_value_spelled(enum state_value value);

/* How a CO-RE relocation's own type looks, for the loader's rules. */
enum core_leaf { LEAF_NONE, LEAF_INT, LEAF_FLOAT, LEAF_ENUM, LEAF_POINTER, LEAF_ARRAY, LEAF_RECORD, LEAF_FUNCTION };

/* What the user's object itself says; texts are NULL, numbers 0 where it says nothing. */
struct own_facts {
	const char *values[STATE_VALUE_COUNT];
	bool built_with;	 /* `values` are what it was built with: images are held against them */
	bool is_import;		 /* of a module: held against the exports, by the loader's rules */
	bool may_use_gpl;	 /* its license */
	const char *namespaces;	 /* it imports, space separated; NULL: none */
	const char *release;	 /* of the kernel it was built for; NULL unknown */
	bool has_versions;	 /* it was built with modversions */
	bool by_core;		 /* found by its name at load time: places do not matter */
	enum core_leaf leaf;	 /* of a field */
	uint64_t leaf_bytes;	 /* of an integer or enum; 0 unknown */
	const char *decl_file;	 /* of a type: where it was declared; NULL unknown, or anywhere */
	const char *alternative; /* "field S.M" the program tests for instead: absent is well if that is there */
};

struct dependency {
	enum dependency_kind kind;
	const char *subject; /* as the user calls it: "blk_account_io_done", "task_struct.__state" */
	const char *file;    /* the user's own, or what his object was compiled from */
	uint32_t line;	     /* 0 unknown */
	bool optional;	     /* may be absent: the program asks first */
	const char *why;     /* optional: how it asks; NULL */
	struct own_facts own;
};

struct dependencies {
	struct arena arena;
	VEC(struct dependency) items;
	VEC(const char *) notes; /* what of the user's object was not, or could not be, looked at */
	const char *arch;	 /* of a module or program: images of others are left out; NULL: any */
	const char *what;	 /* "a list", "an eBPF object", "a module": for the title */
};

void dependencies_fini(struct dependencies *dependencies);
/*
 * Appends one; the same kind and subject again is one dependency, of which the
 * first place is told, and which is optional only if all of them are.  `subject` is copied.
 */
struct dependency *dependency_add(struct dependencies *dependencies, enum dependency_kind kind, const char *subject,
				  const char *file, uint32_t line);

/* By kind and subject, each once. */
void dependencies_sort(struct dependencies *dependencies);

#endif
