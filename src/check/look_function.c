// SPDX-License-Identifier: GPL-2.0-or-later
/* Functions in one image: whether a probe or a caller by name gets what it expects. */
#include <inttypes.h>
#include <string.h>

#include "atlas/presence.h"
#include "atlas/renames.h"
#include "atlas/str.h"
#include "atlas/type_store.h"
#include "check/look.h"
#include "check/signature.h"

/* What a function is, in vmlinux or the first module that has it. */
static const struct function *choose(const struct function *const *functions, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (function_was_read(functions[i]))
			return functions[i];
	return count ? functions[0] : NULL;
}

struct error *state_prototype(struct look *look, struct state *state, const struct prototype *prototype, uint32_t skip)
{
	AUTO_STR struct str types = {0}, names = {0};

	signature_types(prototype, skip, &types);
	signature_names(prototype, skip, &names);
	state->values[VALUE_RETURNS] = arena_strdup(look->arena, prototype->returns);
	state->values[VALUE_PARAMETERS] = arena_strdup(look->arena, types.data);
	state->values[VALUE_NAMES] = arena_strdup(look->arena, names.data);
	TRY(look_bare(look, prototype->returns, &state->values[VALUE_BARE_RETURNS]));
	return look_bare(look, types.data, &state->values[VALUE_BARE_PARAMETERS]);
}

static void judge_collision(struct look *look, const struct function *function, struct state *state)
{
	uint32_t count = function->instance_count;

	switch (function->class.collision) {
	case COLLISION_STATIC_DUPLICATION:
		state_issue(look, state, RULE_DUPLICATION, "%u copies of one static function, declared in a header",
			    count);
		break;
	case COLLISION_STATIC_STATIC:
	case COLLISION_STATIC_GLOBAL:
		state_issue(look, state, RULE_COLLISION, "%s: %u functions in %s",
			    collision_text(function->class.collision), count, function->object);
		break;
	case COLLISION_UNKNOWN:
		state_unknown(look, state, "whether there is one function of the name: its DWARF was not read");
		break;
	case COLLISION_UNIQUE_GLOBAL:
	case COLLISION_UNIQUE_STATIC:
		break;
	}
}

static void judge_inlining(struct look *look, const struct function *function, struct state *state)
{
	switch (function_inlining(function)) {
	case INLINE_FULL:
		state_issue(look, state, RULE_FULL_INLINE,
			    "inlined everywhere (%u recorded copies): no code of its own",
			    function->class.inlined_sites);
		break;
	case INLINE_NO_SYMBOL:
		state_issue(look, state, RULE_FULL_INLINE, "no function symbol, though nothing was inlined");
		break;
	case INLINE_SELECTIVE:
		state_issue(look, state, RULE_SELECTIVE_INLINE, "%u copies inlined into callers; %u recorded calls",
			    function->class.inlined_sites, function->class.call_sites);
		break;
	case INLINE_UNKNOWN:
		state_unknown(look, state, "whether it is inlined somewhere: its DWARF was not read");
		break;
	case INLINE_NO:
		break;
	}
}

/* Parts moved away (.cold) leave the entry intact, and a second name of the same code (.localalias) is no clone. */
static bool is_clone(const struct symbol *symbol, const struct symbol *plain)
{
	const char *suffix = strchr(symbol->name, '.');

	return suffix && !str_starts(suffix, ".cold") && !(plain && plain->address == symbol->address);
}

/* Clones beside, or instead of, the plain symbol. */
static void judge_clones(struct look *look, const struct function *function, struct state *state)
{
	const struct symbol *plain = function_plain_symbol(function);
	AUTO_STR struct str clones = {0};

	for (uint32_t i = 0; i < function->symbol_count; i++) {
		const struct symbol *symbol = &function->symbols[i];

		if (is_clone(symbol, plain) && symbol_counts(function, symbol))
			str_addf(&clones, "%s%s", clones.length ? ", " : "", symbol->name);
	}
	if (!clones.length)
		return;
	if (plain)
		state_issue(look, state, RULE_PARTIAL_TRANSFORMATION, "there is %s besides", clones.data);
	else
		state_issue(look, state, RULE_TRANSFORMATION, "only as %s", clones.data);
}

/* Several modules have it, and vmlinux does not. */
static void judge_modules(struct look *look, const struct function *const *functions, size_t count,
			  const struct function *chosen, struct state *state)
{
	AUTO_STR struct str names = {0};
	size_t modules = 0;

	for (size_t i = 0; i < count; i++) {
		if (!function_was_read(functions[i]))
			continue;
		modules++;
		str_addf(&names, "%s%s", names.length ? ", " : "", functions[i]->object);
	}
	if (modules > 1 && !str_eq(chosen->object, "vmlinux"))
		state_issue(look, state, RULE_COLLISION, "in %zu modules: %s", modules, names.data);
	else if (modules > 1)
		state->remark =
			arena_printf(look->arena, "in %zu objects (%s): vmlinux's is meant", modules, names.data);
	else if (!str_eq(chosen->object, "vmlinux"))
		state->remark = arena_printf(look->arena, "in module %s", chosen->object);
}

/* The words of the verdict's reason that are about this way of attaching: "kprobe, fentry: text; fentry: text". */
static void reason_for(const char *all, const char *way, struct str *text)
{
	for (const char *part = all; part && *part;) {
		const char *end = strstr(part, "; "), *colon = strstr(part, ": ");
		size_t length = end ? (size_t)(end - part) : strlen(part);

		if (colon && colon < part + length) {
			AUTO_FREE char *ways = xasprintf(", %.*s,", (int)(colon - part), part);
			AUTO_FREE char *wanted = xasprintf(", %s,", way);

			if (strstr(ways, wanted))
				str_addn(text, colon + 2, length - (size_t)(colon + 2 - part));
		}
		part = end ? end + 2 : NULL;
	}
}

static const char *way_of(enum dependency_kind kind)
{
	if (kind == DEP_KPROBE || kind == DEP_KRETPROBE || kind == DEP_KSYSCALL)
		return "kprobe";
	if (kind == DEP_FENTRY || kind == DEP_FEXIT || kind == DEP_FMOD_RET || kind == DEP_LSM)
		return "fentry";
	return kind == DEP_KPROBE_MULTI ? "kprobe.multi" : NULL;
}

static const char *verdict_for(const struct symbol_attach *attach, const char *way)
{
	if (str_eq(way, "kprobe"))
		return attach->kprobe;
	return str_eq(way, "fentry") ? attach->fentry : attach->kprobe_multi;
}

static void judge_attach(struct look *look, enum dependency_kind kind, const struct symbol *symbol, struct state *state)
{
	const char *way = way_of(kind);
	AUTO_STR struct str reason = {0};

	if (!way || !symbol)
		return;
	if (!symbol->attach) {
		state_unknown(look, state, "whether a %s attaches: the kernel's tables were not read", way);
		return;
	}
	const char *verdict = verdict_for(symbol->attach, way);

	reason_for(symbol->attach->reason, way, &reason);
	if (str_eq(verdict, "no"))
		state_issue(look, state, RULE_NO_ATTACH, "%s: %s", way, reason.length ? reason.data : "no");
	else if (!str_eq(verdict, "yes"))
		state_unknown(look, state, "whether a %s attaches: %s", way, reason.length ? reason.data : "not known");
}

static struct error *judge(struct look *look, enum dependency_kind kind, const struct function *function,
			   struct state *state)
{
	state->found = FOUND_YES;
	state->values[VALUE_OBJECT] = function->object;
	judge_collision(look, function, state);
	/* A kfunc is called through its own symbol, whatever the kernel's callers do. */
	if (kind != DEP_KFUNC)
		judge_inlining(look, function, state);
	judge_clones(look, function, state);
	judge_attach(look, kind, function_plain_symbol(function), state);
	if (function->prototype && !look->attach_only && !function_is_assembler(function))
		return state_prototype(look, state, function->prototype, 0);
	return NULL;
}

/* Found is left unknown, or no. */
static void judge_missing(struct look *look, enum presence presence, struct state *state)
{
	state->missing = presence_text(presence);
	state->not_in_vmlinux = presence == NOT_IN_VMLINUX;
	state->no_symbol = presence == NOT_IN_VMLINUX || presence == NOT_AMONG_SYMBOLS;
	if (presence == ABSENT)
		state_absent(look, state, "%s", presence_text(presence));
	else if (presence == PRESENT_DECLARED)
		state_unknown(look, state, "only declared: assembler without a function symbol is not read");
	else
		state_unknown(look, state, "%s", presence_text(presence));
}

/* The number of the types its prototype names and what these contain, and what is needed to tell how they differ. */
static struct error *take_graph(struct look *look, const struct function *function, struct state *state)
{
	struct type_fingerprint fingerprint;

	if (!look->layouts || !function->prototype || function_is_assembler(function))
		return NULL;
	TRY(store_types(look->store, look->image, &state->graph));
	if (!type_graph_known(state->graph)) {
		state->graph = NULL;
		state_unknown(look, state, "the types its prototype reaches were not read");
		return NULL;
	}
	state->prototype = function->prototype;
	state->scope.object = function->object;
	for (uint32_t i = 0; i < function->instance_count && !state->scope.unit; i++)
		if (function->instances[i].prototype == function->prototype)
			state->scope.unit = function->instances[i].file;
	type_fingerprint(state->graph, state->prototype, &state->scope, &fingerprint);
	state->values[VALUE_GRAPH] = arena_printf(look->arena, "0x%016" PRIx64, fingerprint.near);
	return NULL;
}

struct error *look_macro(struct look *look, const char *name, const char **text)
{
	const struct rename_entry *entry = rename_of_macro(name);
	const struct function *const *functions;
	size_t count;

	*text = NULL;
	if (!entry)
		return NULL;
	TRY(store_brief_functions(look->store, look->arena, look->image, entry->over, &functions, &count));
	if (choose(functions, count) && function_was_read(choose(functions, count)))
		*text = arena_printf(look->arena, "a macro over %s%s%s", entry->over, entry->since ? " since " : "",
				     entry->since ? entry->since : "");
	return NULL;
}

/* "finish_task_switch.isra.0": a symbol of the function before the first dot. */
static struct error *look_clone(struct look *look, enum dependency_kind kind, const char *name, size_t plain,
				struct state *state)
{
	const struct function *const *functions;
	const char *base = arena_strndup(look->arena, name, plain);
	size_t count;

	TRY(store_brief_functions(look->store, look->arena, look->image, base, &functions, &count));
	const struct function *function = choose(functions, count);
	enum presence presence = presence_of(look->image, function, base);

	if (presence != PRESENT) {
		judge_missing(look, presence, state);
		return NULL;
	}
	for (uint32_t i = 0; i < function->symbol_count; i++) {
		if (!str_eq(function->symbols[i].name, name))
			continue;
		state->found = FOUND_YES;
		state->values[VALUE_OBJECT] = function->symbols[i].object;
		state->remark = arena_printf(look->arena, "a clone of %s: its arguments may differ", base);
		judge_attach(look, kind, &function->symbols[i], state);
		return NULL;
	}
	if (str_eq(function->object, "vmlinux"))
		state_absent(look, state, "%s is there, but has no symbol %s", base, name);
	else
		state_unknown(look, state, "%s is in module %s, without a symbol %s", base, function->object, name);
	return NULL;
}

struct error *look_named(struct look *look, enum dependency_kind kind, const char *name, struct state *state)
{
	const struct function *const *functions;
	size_t count, plain = strcspn(name, ".");

	TRY(store_brief_functions(look->store, look->arena, look->image, name, &functions, &count));
	const struct function *function = choose(functions, count);
	enum presence presence = presence_of(look->image, function, name);

	if (presence != PRESENT && plain && name[plain])
		return look_clone(look, kind, name, plain, state);
	if (presence != PRESENT) {
		const char *macro;

		TRY(look_macro(look, name, &macro));
		if (macro)
			state_absent(look, state, "%s", macro);
		else
			judge_missing(look, presence, state);
		return NULL;
	}
	TRY(judge(look, kind, function, state));
	judge_modules(look, functions, count, function, state);
	return take_graph(look, function, state);
}

struct error *look_function(struct look *look, const struct dependency *dependency, struct state *state)
{
	size_t plain = strcspn(dependency->subject, "+");
	const char *name = arena_strndup(look->arena, dependency->subject, plain);

	if (dependency->kind == DEP_LSM)
		name = arena_printf(look->arena, "bpf_lsm_%s", name);
	if (dependency->kind == DEP_ITER)
		name = arena_printf(look->arena, "bpf_iter_%s", name);
	TRY(look_named(look, dependency->kind, name, state));
	if (dependency->kind == DEP_LSM && state->no_symbol) {
		/* Hooks are never in modules. */
		state->unknowns = NULL;
		state_absent(look, state, "no function %s: no such hook, or no CONFIG_BPF_LSM", name);
	}
	if (dependency->subject[plain])
		state_unknown(look, state, "an offset into the function: only its entry can be judged");
	if (dependency->kind == DEP_KFUNC && state->found == FOUND_YES)
		state_unknown(look, state, "whether programs may call it (a kfunc that was registered) is not read");
	if (dependency->kind == DEP_FMOD_RET && state->found == FOUND_YES && !str_starts(name, "security_"))
		state_unknown(look, state,
			      "whether its return value may be changed (ALLOW_ERROR_INJECTION) is not read");
	return NULL;
}
