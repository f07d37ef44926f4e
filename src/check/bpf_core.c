// SPDX-License-Identifier: GPL-2.0-or-later
/* CO-RE relocations: which fields, types and enumerators the loader will look for, and what the object takes them for.
 */
#include <errno.h>
#include <string.h>

#include "atlas/str.h"
#include "check/bpf.h"

/* A relocation as a name: of a struct's member, a type, an enumerator. */
struct core_target {
	enum dependency_kind kind;
	struct str subject;
	const char *root; /* local name of the root type, flavour included */
	uint32_t leaf;	  /* type of the member, an array where an element of it is read */
	bool known;	  /* false: nothing the atlas could be asked for */
};

/* "task_struct___old" means task_struct: the loader takes off what follows three underscores. */
static size_t plain_length(const char *name)
{
	const char *mark = strstr(name, "___");

	return mark && mark > name ? (size_t)(mark - name) : strlen(name);
}

static bool is_record(enum btf_type_kind kind)
{
	return kind == BTF_TYPE_STRUCT || kind == BTF_TYPE_UNION;
}

static bool is_enum(enum btf_type_kind kind)
{
	return kind == BTF_TYPE_ENUM || kind == BTF_TYPE_ENUM64;
}

static struct error *bad_access(const struct bpf_reading *reading, const struct bpf_relocation *relocation)
{
	return error_new(ERROR_INPUT, "%s: section .BTF.ext: the access string \"%s\" does not fit its type %u",
			 reading->path, relocation->access, relocation->type);
}

/* The next number of "0:1:2"; false at the end or where there is none. */
static bool next_index(const char **access, uint32_t *index)
{
	char *end;

	if (**access == ':')
		(*access)++;
	if (**access < '0' || **access > '9')
		return false;
	errno = 0;
	unsigned long value = strtoul(*access, &end, 10);

	if (errno || value > UINT32_MAX)
		return false;
	*access = end;
	*index = (uint32_t)value;
	return true;
}

/* One step down from the type `id`; a member's name joins the path, and what is declared there is the leaf so far. */
static bool step(const struct btf_types *btf, uint32_t index, uint32_t *id, struct core_target *target)
{
	struct btf_type type = btf_plain(btf, id, true);

	if (type.kind == BTF_TYPE_ARRAY) {
		*id = btf_element(btf, &type);
		return true;
	}
	if (!is_record(type.kind) || index >= type.count)
		return false;
	struct btf_member member = btf_member(btf, &type, index);

	if (*member.name)
		str_addf(&target->subject, ".%.*s", (int)plain_length(member.name), member.name);
	*id = target->leaf = member.type;
	return true;
}

static const enum dependency_kind record_kinds[] = {[BTF_TYPE_STRUCT] = DEP_STRUCT,
						    [BTF_TYPE_UNION] = DEP_UNION,
						    [BTF_TYPE_ENUM] = DEP_ENUM,
						    [BTF_TYPE_TYPEDEF] = DEP_TYPEDEF,
						    [BTF_TYPE_ENUM64] = DEP_ENUM};

static void type_target(const struct btf_type *root, struct core_target *target)
{
	bool known = is_record(root->kind) || is_enum(root->kind) || root->kind == BTF_TYPE_TYPEDEF;

	target->known = known && *root->name;
	if (target->known)
		target->kind = record_kinds[root->kind];
}

static struct error *resolve_field(const struct bpf_reading *reading, const struct bpf_relocation *relocation,
				   const struct btf_type *root, uint32_t id, struct core_target *target)
{
	const char *access = relocation->access;
	uint32_t index;
	bool any = false;

	if (!next_index(&access, &index))
		return bad_access(reading, relocation);
	while (next_index(&access, &index)) {
		if (!step(&reading->object.btf, index, &id, target))
			return bad_access(reading, relocation);
		any = true;
	}
	if (*access)
		return bad_access(reading, relocation);
	if (any && strchr(target->subject.data, '.')) {
		target->kind = DEP_FIELD;
		target->known = *root->name != '\0';
	} else {
		type_target(root, target);
	}
	return NULL;
}

static struct error *resolve_enumerator(const struct bpf_reading *reading, const struct bpf_relocation *relocation,
					uint32_t id, struct core_target *target)
{
	const struct btf_types *btf = &reading->object.btf;
	struct btf_type type = btf_plain(btf, &id, true);
	const char *access = relocation->access;
	uint32_t index;
	int64_t value;

	if (!is_enum(type.kind) || !next_index(&access, &index) || index >= type.count)
		return bad_access(reading, relocation);
	const char *name = btf_enumerator(btf, &type, index, &value);

	str_addf(&target->subject, ".%.*s", (int)plain_length(name), name);
	target->kind = DEP_ENUMERATOR;
	target->known = *target->root != '\0';
	return NULL;
}

static struct error *resolve(const struct bpf_reading *reading, const struct bpf_relocation *relocation,
			     struct core_target *target)
{
	uint32_t id = relocation->type;
	struct btf_type root = btf_plain(&reading->object.btf, &id, false);

	target->root = root.name;
	str_addn(&target->subject, root.name, plain_length(root.name));
	switch (relocation->kind) {
	case CORE_FIELD_OFFSET:
	case CORE_FIELD_SIZE:
	case CORE_FIELD_EXISTS:
	case CORE_FIELD_SIGNED:
	case CORE_FIELD_LSHIFT:
	case CORE_FIELD_RSHIFT:
		return resolve_field(reading, relocation, &root, id, target);
	case CORE_ENUM_EXISTS:
	case CORE_ENUM_VALUE:
		return resolve_enumerator(reading, relocation, id, target);
	case CORE_TYPE_EXISTS:
	case CORE_TYPE_SIZE:
	case CORE_TYPE_MATCHES:
	case CORE_TYPE_ID_TARGET:
		type_target(&root, target);
		return NULL;
	default:
		return NULL; /* the object's own type ids, and kinds of the future */
	}
}

static bool is_question(uint32_t kind)
{
	return kind == CORE_FIELD_EXISTS || kind == CORE_TYPE_EXISTS || kind == CORE_ENUM_EXISTS ||
	       kind == CORE_TYPE_MATCHES;
}

static enum core_leaf leaf_of(enum btf_type_kind kind)
{
	static const enum core_leaf leaves[BTF_TYPE_KIND_COUNT] = {
		[BTF_TYPE_INT] = LEAF_INT,	 [BTF_TYPE_FLOAT] = LEAF_FLOAT,	 [BTF_TYPE_ENUM] = LEAF_ENUM,
		[BTF_TYPE_ENUM64] = LEAF_ENUM,	 [BTF_TYPE_PTR] = LEAF_POINTER,	 [BTF_TYPE_ARRAY] = LEAF_ARRAY,
		[BTF_TYPE_STRUCT] = LEAF_RECORD, [BTF_TYPE_UNION] = LEAF_RECORD, [BTF_TYPE_FUNC_PROTO] = LEAF_FUNCTION,
	};

	return leaves[kind];
}

static void own_facts(const struct bpf_reading *reading, const struct core_target *target, struct own_facts *own)
{
	uint32_t id = target->leaf;

	own->by_core = true;
	if (target->kind != DEP_FIELD)
		return;
	struct btf_type type = btf_plain(&reading->object.btf, &id, true);

	own->leaf = leaf_of(type.kind);
	own->leaf_bytes = own->leaf == LEAF_INT || own->leaf == LEAF_ENUM ? type.of : 0;
}

/* The questions of one function, as subjects, with the local name of what each asks about. */
struct questions {
	struct arena arena;
	VEC(struct question) items;
};

struct question {
	uint32_t function;
	enum dependency_kind kind;
	const char *subject, *root;
};

static bool same_root(const char *a, const char *b)
{
	return plain_length(a) == plain_length(b) && strncmp(a, b, plain_length(a)) == 0;
}

/* Whether the function asks for this very thing, or for the type it is in. */
static bool is_asked(const struct questions *questions, uint32_t function, const struct core_target *target)
{
	for (size_t i = 0; i < questions->items.count; i++) {
		const struct question *question = &questions->items.items[i];

		if (question->function != function)
			continue;
		if (str_eq(question->subject, target->subject.data))
			return true;
		if (question->kind != DEP_FIELD && question->kind != DEP_ENUMERATOR &&
		    str_eq(question->root, target->root))
			return true;
	}
	return false;
}

static bool is_flavour(const char *name)
{
	return name[plain_length(name)] != '\0';
}

/*
 * Where a type has flavours, a question about one is the guard of another: `if
 * (exists(new)) new else old___flavour`.  One of the same type is looked for first.
 */
static const struct question *alternative_of(const struct questions *questions, uint32_t function,
					     const struct core_target *target)
{
	const struct question *other = NULL;

	for (size_t i = 0; i < questions->items.count; i++) {
		const struct question *question = &questions->items.items[i];

		if (question->function != function || str_eq(question->root, target->root))
			continue;
		if (question->kind == DEP_FIELD && same_root(question->root, target->root))
			return question;
		if (!other && is_flavour(target->root) && is_flavour(question->root))
			other = question;
	}
	return other;
}

static void add_target(struct bpf_reading *reading, const struct bpf_relocation *relocation,
		       const struct core_target *target, const struct questions *questions)
{
	const char *file;
	uint32_t line;

	bpf_place(reading, relocation->section, relocation->offset, &file, &line);
	struct dependency *made = dependency_add(reading->dependencies, target->kind, target->subject.data, file, line);

	own_facts(reading, target, &made->own);
	made->optional = is_question(relocation->kind) || is_asked(questions, relocation->function, target);
	made->why = made->optional ? "the program asks for it first (bpf_core_*_exists)" : NULL;
	const struct question *alternative =
		made->optional ? NULL : alternative_of(questions, relocation->function, target);

	if (alternative)
		made->own.alternative = arena_printf(&reading->dependencies->arena, "%s %s",
						     dependency_kind_text(alternative->kind), alternative->subject);
}

/* First all questions, then everything. */
static struct error *collect_questions(struct bpf_reading *reading, struct questions *questions)
{
	for (size_t i = 0; i < reading->object.relocations.count; i++) {
		const struct bpf_relocation *relocation = &reading->object.relocations.items[i];
		struct core_target target = {0};

		if (!is_question(relocation->kind))
			continue;
		struct error *err = resolve(reading, relocation, &target);

		if (!err && target.known)
			vec_add(&questions->items,
				((struct question){relocation->function, target.kind,
						   arena_strdup(&questions->arena, target.subject.data), target.root}));
		str_free(&target.subject);
		if (err)
			return err;
	}
	return NULL;
}

static struct error *collect_targets(struct bpf_reading *reading, const struct questions *questions)
{
	for (size_t i = 0; i < reading->object.relocations.count; i++) {
		const struct bpf_relocation *relocation = &reading->object.relocations.items[i];
		struct core_target target = {0};
		struct error *err = resolve(reading, relocation, &target);

		if (!err && target.known)
			add_target(reading, relocation, &target, questions);
		str_free(&target.subject);
		if (err)
			return err;
	}
	return NULL;
}

struct error *bpf_read_core(struct bpf_reading *reading)
{
	struct questions questions = {0};

	arena_init(&questions.arena);
	struct error *err = collect_questions(reading, &questions);

	if (!err)
		err = collect_targets(reading, &questions);
	vec_free(&questions.items);
	arena_fini(&questions.arena);
	return err;
}
