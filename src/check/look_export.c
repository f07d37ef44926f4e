// SPDX-License-Identifier: GPL-2.0-or-later
/* Exports in one image, by the rules of the module loader. */
#include <inttypes.h>
#include <string.h>

#include "atlas/presence.h"
#include "atlas/str.h"
#include "check/look.h"

static int by_name(const void *key, const void *item)
{
	return strcmp(key, ((const struct exported_symbol *)item)->name);
}

static struct error *find_in_modules(struct look *look, const char *name, const struct exported_symbol **symbol)
{
	if (!look->module_exports_read && look->image->modules_read)
		TRY(store_module_exports(look->store, look->arena, look->image, &look->module_exports,
					 &look->module_export_count, &look->modules_unread));
	look->module_exports_read = true;
	*symbol = look->module_export_count
			  ? bsearch(name, look->module_exports, look->module_export_count, sizeof(**symbol), by_name)
			  : NULL;
	return NULL;
}

static bool has_word(const char *words, const char *word)
{
	size_t length = strlen(word);

	for (const char *p = words; p && (p = strstr(p, word)); p++)
		if ((p == words || p[-1] == ' ') && (p[length] == ' ' || !p[length]))
			return true;
	return false;
}

static void judge_crc(struct look *look, const struct dependency *dependency, const struct exported_symbol *symbol,
		      struct state *state)
{
	const struct own_facts *own = &dependency->own;
	const char *crc = own->values[VALUE_CRC];
	if (symbol->crc && crc && !str_eq(crc, state->values[VALUE_CRC]))
		state_issue(look, state, RULE_CRC, "%s in the module, %s in the image", crc, state->values[VALUE_CRC]);
	if (symbol->crc && !own->has_versions)
		state_issue(look, state, RULE_CRC, "the module was built without modversions, the image has them");
}

/* A kernel without modversions does not have `module_layout`, and takes only modules of its own release. */
static void judge_release(struct look *look, const struct own_facts *own, struct state *state)
{
	const char *release = look->image->release;

	state->found = FOUND_NO;
	state->missing = "the image has no modversions";
	if (!own->release || !release)
		state_unknown(look, state, "whether vermagic agrees: a release is not known");
	else if (str_eq(own->release, release))
		state->found = FOUND_YES;
	else
		state_issue(look, state, RULE_VERMAGIC, "for %s; the image is %s, without modversions", own->release,
			    release);
}

static void judge_import(struct look *look, const struct dependency *dependency, const struct exported_symbol *symbol,
			 struct state *state)
{
	const struct own_facts *own = &dependency->own;

	if (symbol->gpl && !own->may_use_gpl)
		state_issue(look, state, RULE_GPL, "exported to GPL modules only; the module is not one");
	if (symbol->namespace && !has_word(own->namespaces, symbol->namespace))
		state_issue(look, state, RULE_NAMESPACE, "in namespace %s, which the module does not import",
			    symbol->namespace);
	judge_crc(look, dependency, symbol, state);
}

/* The prototype of what is exported, where it is a function. */
static struct error *take_prototype(struct look *look, const struct exported_symbol *symbol, struct state *state)
{
	const struct function *const *functions;
	size_t count;

	TRY(store_brief_functions(look->store, look->arena, look->image, symbol->name, &functions, &count));
	for (size_t i = 0; i < count; i++) {
		if (!str_eq(functions[i]->object, symbol->object) || !functions[i]->prototype ||
		    function_is_assembler(functions[i]))
			continue;
		return state_prototype(look, state, functions[i]->prototype, 0);
	}
	return NULL;
}

static struct error *take(struct look *look, const struct dependency *dependency, const struct exported_symbol *symbol,
			  struct state *state)
{
	state->found = FOUND_YES;
	state->values[VALUE_OBJECT] = symbol->object;
	state->values[VALUE_EXPORT] = symbol->gpl ? "gpl" : "plain";
	state->values[VALUE_NAMESPACE] = symbol->namespace ? symbol->namespace : "";
	if (symbol->crc)
		state->values[VALUE_CRC] = arena_printf(look->arena, "0x%08" PRIx32, symbol->crc);
	state->remark = arena_printf(look->arena, "by %s%s", symbol->object, symbol->gpl ? ", GPL only" : "");
	if (dependency->own.is_import)
		judge_import(look, dependency, symbol, state);
	return take_prototype(look, symbol, state);
}

/* Nothing that was read exports it.  A global function of vmlinux has its name for itself: no module can export that.
 */
static struct error *judge_missing(struct look *look, const struct dependency *dependency, bool read,
				   struct state *state)
{
	const struct function *const *functions;
	const char *macro;
	size_t count;

	TRY(store_brief_functions(look->store, look->arena, look->image, dependency->subject, &functions, &count));
	TRY(look_macro(look, dependency->subject, &macro));
	const struct function *function = count && function_was_read(functions[0]) ? functions[0] : NULL;
	bool in_vmlinux = function && str_eq(function->object, "vmlinux");
	bool global = in_vmlinux && (function->class.collision == COLLISION_UNIQUE_GLOBAL ||
				     function->class.collision == COLLISION_STATIC_GLOBAL);
	bool all_read = look->image->modules_read && !look->modules_unread;

	state->found = FOUND_UNKNOWN;
	state->not_in_vmlinux = read && !look->image->modules_read;
	if (!read) {
		state_unknown(look, state, "the image's export tables were not read");
	} else if (macro) {
		state_absent(look, state, "%s", macro);
	} else if (global || (all_read && function)) {
		state->found = FOUND_NO;
		state->missing = arena_printf(look->arena, "a function of %s, not exported", function->object);
		state_issue(look, state, RULE_NOT_EXPORTED, "%s", state->missing);
	} else if (all_read) {
		state_absent(look, state, "nothing exports it");
	} else {
		state_unknown(look, state,
			      look->image->modules_read
				      ? "not exported by vmlinux; of some modules the export tables were not read"
				      : "not exported by vmlinux; modules not read");
	}
	return NULL;
}

struct error *look_export(struct look *look, const struct dependency *dependency, struct state *state)
{
	struct exported_symbol own;
	const struct exported_symbol *symbol = &own;
	bool found, read;

	TRY(store_vmlinux_export(look->store, look->arena, look->image, dependency->subject, &own, &found, &read));
	if (!found)
		TRY(find_in_modules(look, dependency->subject, &symbol));
	if (!found && read && dependency->own.is_import && str_eq(dependency->subject, "module_layout")) {
		judge_release(look, &dependency->own, state);
		return NULL;
	}
	if (!symbol || (!found && symbol == &own))
		return judge_missing(look, dependency, read, state);
	return take(look, dependency, symbol, state);
}
