// SPDX-License-Identifier: GPL-2.0-or-later
/* What a module declares of its imports against the image's definitions. */
#include <string.h>

#include "atlas/str.h"
#include "dwarf/declared.h"
#include "validate/module.h"

/* The end of a variadic list, as facts have it. */
#define VARIADIC "void (anon)"

struct prototype_check {
	struct module_check *check;
	struct intern seen; /* declarations as texts, each checked once */
	struct intern strings;
};

static const struct function *find_definition(struct module_check *check, const char *name, struct error **err)
{
	const struct function *const *functions;
	size_t count;

	*err = store_functions(check->store, &check->arena, check->image, name, &functions, &count);
	for (size_t i = 0; i < count && !*err; i++)
		if (functions[i]->object && !str_eq(functions[i]->object, check->info.name) && !functions[i]->undefined)
			return functions[i];
	return NULL;
}

static bool is_assembler(const struct function *function)
{
	for (uint32_t i = 0; i < function->instance_count; i++)
		if (function->instances[i].flags & INSTANCE_ASM)
			return true;
	return false;
}

/* Declarations need no names, so the definition's are put into them. */
static void compare(const struct declared_function *declared, const struct prototype *prototype, struct str *fault)
{
	size_t count = declared->param_count + declared->variadic;

	if (!str_eq(declared->returns.text, prototype->returns))
		str_addf(fault, "returns %s in the module, %s in the image; ", declared->returns.text,
			 prototype->returns);
	if (count != prototype->count)
		str_addf(fault, "%zu parameters in the module, %u in the image; ", count, prototype->count);
	for (size_t i = 0; i < count && i < prototype->count; i++) {
		const struct param *param = &prototype->params[i];
		bool last = i == declared->param_count;
		const char *decl = last ? VARIADIC : type_declare(declared->types, &declared->params[i], param->name);

		if (!str_eq(decl, param->decl))
			str_addf(fault, "parameter %zu is '%s' in the module, '%s' in the image; ", i + 1, decl,
				 param->decl);
	}
	if (fault->length)
		fault->data[fault->length -= strlen("; ")] = '\0';
}

static void describe(const struct declared_function *declared, struct str *text)
{
	str_addf(text, "%s %s(", declared->returns.text, declared->name);
	for (size_t i = 0; i < declared->param_count; i++)
		str_addf(text, "%s%s", i ? ", " : "", declared->params[i].text);
	str_add(text, declared->variadic ? ", ...)" : ")");
}

static struct error *check_declared(void *context, const struct declared_function *declared)
{
	struct prototype_check *all = context;
	struct validation *validation = all->check->validation;
	AUTO_STR struct str text = {0}, fault = {0};
	struct error *err = NULL;

	/* Builtins and what the module defines itself are declared, too. */
	if (!module_imports(all->check, declared->name))
		return NULL;
	describe(declared, &text);
	if (intern_find(&all->seen, text.data))
		return NULL;
	intern(&all->seen, text.data);
	const struct function *function = find_definition(all->check, declared->name, &err);

	if (err)
		return err;
	if (!function)
		validation_add(validation, GROUP_PROTOTYPE, CHECK_FAILED, declared->name,
			       "declared as %s; the image has no such function", text.data);
	else if (!function->prototype || is_assembler(function))
		validation_add(validation, GROUP_PROTOTYPE, CHECK_UNCHECKED, declared->name,
			       "the image's parameters are unknown (assembler, or no DWARF)");
	else {
		compare(declared, function->prototype, &fault);
		validation_add(validation, GROUP_PROTOTYPE, fault.length ? CHECK_FAILED : CHECK_PASSED, declared->name,
			       "%s", fault.length ? fault.data : text.data);
	}
	return NULL;
}

struct error *check_prototypes(struct module_check *check)
{
	struct prototype_check all = {.check = check};

	if (!check->has_dwarf) {
		validation_add(check->validation, GROUP_PROTOTYPE, CHECK_UNCHECKED, check->info.name,
			       "the module has no DWARF");
		return NULL;
	}
	intern_init(&all.seen);
	intern_init(&all.strings);
	struct error *err = declared_functions(&check->dwarf, &all.strings, check_declared, &all);

	intern_fini(&all.seen);
	intern_fini(&all.strings);
	return err;
}
