// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What a module must be, stated line by line beside it (kmod-ref/README.md has
 * the format), against the facts a scan finds in it.
 */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "atlas/classify.h"
#include "atlas/str.h"
#include "validate/module.h"

struct line {
	struct module_check *check;
	const json_t *json;
	struct str *subject;
	struct str fault; /* empty: it holds */
};

static const char *text_of(const struct line *line, const char *key)
{
	return json_string_value(json_object_get(line->json, key));
}

static const char *interned(const struct line *line, str_id id)
{
	const char *text = intern_text(&line->check->facts.strings, id);

	return text ? text : "";
}

static void fault(struct line *line, const char *what, const char *expected, const char *found)
{
	str_addf(&line->fault, "%s%s is %s, not %s", line->fault.length ? "; " : "", what, found, expected);
}

static bool list_has(const json_t *list, const char *text)
{
	size_t i;
	const json_t *item;

	json_array_foreach(list, i, item) if (str_eq(json_string_value(item), text)) return true;
	return false;
}

/* "/build/ref_pools.c" is "ref_pools.c". */
static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static const struct fact_function *find_function(const struct line *line, const char *name, uint32_t *index)
{
	const struct facts *facts = &line->check->facts;

	for (uint32_t i = 0; i < facts->functions.count; i++) {
		const struct fact_function *function = &facts->functions.items[i];

		if (str_eq(interned(line, function->name), name)) {
			*index = i;
			return function;
		}
	}
	return NULL;
}

static bool is_defined(const struct fact_instance *instance)
{
	return instance->flags & INSTANCE_DEFINED && !(instance->flags & INSTANCE_MENTIONED);
}

static bool defined_in(const struct line *line, const struct fact_function *function, const char *file)
{
	for (uint32_t i = 0; i < function->instances; i++) {
		const struct fact_instance *instance =
			&line->check->facts.instances.items[function->first_instance + i];

		if (is_defined(instance) && str_eq(base_name(interned(line, instance->file)), file))
			return true;
	}
	return false;
}

static void check_files(struct line *line, const struct fact_function *function)
{
	const json_t *files = json_object_get(line->json, "files"), *file;
	size_t i, defined = 0;

	json_array_foreach(files, i, file) if (!defined_in(line, function, json_string_value(file)))
		fault(line, "a definition in", "there", json_string_value(file));
	for (i = 0; i < function->instances; i++) {
		const struct fact_instance *instance =
			&line->check->facts.instances.items[function->first_instance + i];

		if (!is_defined(instance))
			continue;
		defined++;
		if (json_is_array(files) && !list_has(files, base_name(interned(line, instance->file))))
			fault(line, "a definition", "expected there", interned(line, instance->file));
	}
	if (!defined)
		fault(line, "it", "defined", "only declared");
}

static void check_suffix(struct line *line, const struct fact_function *function, const char *suffix)
{
	for (uint32_t i = 0; i < function->symbols; i++)
		if (strstr(interned(line, line->check->facts.symbols.items[function->first_symbol + i].name), suffix))
			return;
	fault(line, "a symbol with", "there", suffix);
}

static void check_function(struct line *line)
{
	const char *name = text_of(line, "name"), *collision = text_of(line, "collision"),
		   *inlining = text_of(line, "inline"), *suffix = text_of(line, "suffix");
	const json_t *transformed = json_object_get(line->json, "transformed");
	uint32_t index = 0;
	const struct fact_function *function = name ? find_function(line, name, &index) : NULL;

	if (!function) {
		fault(line, "the function", "in it", "missing");
		return;
	}
	struct class class = classify(&line->check->facts, index);

	if (collision && !str_eq(collision, collision_text(class.collision)))
		fault(line, "collision", collision, collision_text(class.collision));
	if (inlining && !str_eq(inlining, inlining_text(class.inlining)))
		fault(line, "inline", inlining, inlining_text(class.inlining));
	if (transformed && json_is_true(transformed) != class.transformed)
		fault(line, "transformed", json_is_true(transformed) ? "true" : "false",
		      class.transformed ? "true" : "false");
	if (suffix)
		check_suffix(line, function, suffix);
	check_files(line, function);
}

/* Whether the functions between caller and site are exactly `through`, the caller's side first. */
static bool chain_is(const struct line *line, uint32_t chain, const json_t *through)
{
	size_t left = json_array_size(through);

	for (; chain != NO_INDEX; chain = line->check->facts.chains.items[chain].parent) {
		if (!left || !str_eq(interned(line, line->check->facts.chains.items[chain].name),
				     json_string_value(json_array_get(through, --left))))
			return false;
	}
	return left == 0;
}

static bool kind_is(uint8_t kind, const char *how)
{
	switch ((enum edge_kind)kind) {
	case EDGE_DIRECT:
		return str_eq(how, "direct");
	case EDGE_TAIL:
		return str_eq(how, "tail");
	case EDGE_INLINED:
		return str_eq(how, "inlined");
	case EDGE_CODE:
		return str_eq(how, "code");
	}
	return false;
}

static bool call_is(const struct line *line, const struct fact_edge *edge)
{
	const struct facts *facts = &line->check->facts;
	const struct fact_instance *caller = &facts->instances.items[edge->caller],
				   *callee = &facts->instances.items[edge->callee];
	const char *file = text_of(line, "file"), *how = text_of(line, "how");
	const json_t *through = json_object_get(line->json, "through");

	return list_has(json_object_get(line->json, "callee"),
			interned(line, facts->functions.items[callee->function].name)) &&
	       str_eq(interned(line, facts->functions.items[caller->function].name), text_of(line, "caller")) &&
	       (!file || str_eq(base_name(interned(line, caller->file)), file)) && (!how || kind_is(edge->kind, how)) &&
	       (!through || chain_is(line, edge->chain, through));
}

static void check_call(struct line *line)
{
	const struct facts *facts = &line->check->facts;

	for (size_t i = 0; i < facts->edges.count; i++)
		if (call_is(line, &facts->edges.items[i]))
			return;
	fault(line, "the call", "there", "missing");
}

static const char *taken_name(const struct line *line, const struct fact_taken *taken)
{
	if (taken->import)
		return interned(line, taken->import);
	return taken->function == NO_INDEX ? ""
					   : interned(line, line->check->facts.functions.items[taken->function].name);
}

static void check_taken(struct line *line)
{
	const struct facts *facts = &line->check->facts;

	for (size_t i = 0; i < facts->taken.count; i++) {
		const struct fact_taken *taken = &facts->taken.items[i];

		if (list_has(json_object_get(line->json, "name"), taken_name(line, taken)) &&
		    str_eq(interned(line, taken->data), text_of(line, "in")))
			return;
	}
	fault(line, "the address", "there", "missing");
}

static void check_import(struct line *line)
{
	const json_t *name;
	size_t i;

	json_array_foreach(json_object_get(line->json, "name"), i,
			   name) if (module_imports(line->check, json_string_value(name))) return;
	fault(line, "the import", "there", "missing");
}

/* A text, or all of a list: any of them will do. */
static void add_words(struct str *to, const json_t *value, const char *before)
{
	size_t count = json_is_array(value) ? json_array_size(value) : value != NULL;

	for (size_t i = 0; i < count; i++) {
		const char *text = json_string_value(json_is_array(value) ? json_array_get(value, i) : value);

		if (text)
			str_addf(to, "%s%s", i ? "/" : before, text);
	}
}

static void name_line(struct line *line)
{
	add_words(line->subject, json_object_get(line->json, "kind"), "");
	add_words(line->subject, json_object_get(line->json, "caller"), " ");
	add_words(line->subject, json_object_get(line->json, "callee"), " -> ");
	add_words(line->subject, json_object_get(line->json, "name"), " ");
	add_words(line->subject, json_object_get(line->json, "how"), ", ");
	add_words(line->subject, json_object_get(line->json, "file"), ", ");
}

static const struct {
	const char *kind;
	void (*check)(struct line *line);
} kinds[] = {
	{"function", check_function},
	{"call", check_call},
	{"taken", check_taken},
	{"import", check_import},
};

static void check_line(struct module_check *check, const json_t *json)
{
	AUTO_STR struct str subject = {0};
	struct line line = {.check = check, .json = json, .subject = &subject};
	const char *needs = text_of(&line, "needs"), *kind = text_of(&line, "kind");
	size_t i = 0;

	name_line(&line);
	while (i < ARRAY_LEN(kinds) && !str_eq(kind, kinds[i].kind))
		i++;
	if (i == ARRAY_LEN(kinds)) {
		validation_add(check->validation, GROUP_EXPECTED, CHECK_UNCHECKED, subject.data ? subject.data : "",
			       "a kind that is not known");
	} else if (needs && !module_imports(check, needs)) {
		validation_add(check->validation, GROUP_EXPECTED, CHECK_UNCHECKED, subject.data,
			       "this kernel has no %s for modules", needs);
	} else {
		kinds[i].check(&line);
		validation_add(check->validation, GROUP_EXPECTED, line.fault.length ? CHECK_FAILED : CHECK_PASSED,
			       subject.data, "%s", line.fault.data ? line.fault.data : "");
	}
	str_free(&line.fault);
}

static struct error *read_lines(struct module_check *check, const char *path, FILE *file)
{
	AUTO_FREE char *text = NULL;
	size_t room = 0;

	for (unsigned number = 1; getline(&text, &room, file) >= 0; number++) {
		json_error_t where;

		if (text[strspn(text, " \t\r\n")] == '\0')
			continue;
		json_t *json = json_loads(text, JSON_REJECT_DUPLICATES, &where);

		if (!json || !json_is_object(json)) {
			json_decref(json);
			return error_new(ERROR_INPUT, "%s:%u: %s", path, number, json ? "no object" : where.text);
		}
		check_line(check, json);
		json_decref(json);
	}
	return ferror(file) ? error_errno("%s", path) : NULL;
}

struct error *check_expected(struct module_check *check, const char *path)
{
	FILE *file = fopen(path, "re");

	if (!file)
		return error_errno("%s", path);
	struct error *err = read_lines(check, path, file);

	fclose(file);
	return err;
}
