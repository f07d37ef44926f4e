// SPDX-License-Identifier: GPL-2.0-or-later
/* What the linker makes of a function's name. */
#include "store/writer.h"

static bool is_vmlinux(const struct facts *facts, uint32_t object)
{
	return str_eq(intern_text(&facts->strings, facts->objects.items[object].name), "vmlinux");
}

static bool has_global_symbol(const struct facts *facts, const struct fact_function *function)
{
	const int local = 0; /* STB_LOCAL */

	for (uint32_t i = 0; i < function->symbols; i++) {
		const struct fact_symbol *symbol = &facts->symbols.items[function->first_symbol + i];

		if (symbol->name == function->name && symbol->binding != local)
			return true;
	}
	return false;
}

/* What the read instances of a function are, taken together. */
struct shape {
	bool any;	    /* there is one */
	bool external;	    /* one is external and goes by the function's own name */
	bool external_code; /* one is external and has an address */
	bool only_declared; /* all are external declarations, inlined nowhere */
};

static struct shape shape_of(const struct facts *facts, const struct fact_function *function)
{
	struct shape shape = {.only_declared = true};

	for (uint32_t i = 0; i < function->instances; i++) {
		const struct fact_instance *instance = &facts->instances.items[function->first_instance + i];
		bool external = instance->flags & INSTANCE_EXTERNAL;

		if (instance->flags & (INSTANCE_MENTIONED | INSTANCE_NO_DIE))
			continue;
		shape.any = true;
		shape.external |= external && !instance->linkage;
		shape.external_code |=
			external && instance->flags & INSTANCE_DEFINED && instance->flags & INSTANCE_HAS_ADDRESS;
		if (!external || instance->flags & INSTANCE_DEFINED || instance->inlined_edges)
			shape.only_declared = false;
	}
	return shape;
}

enum role role_of(const struct facts *facts, uint32_t index)
{
	const struct fact_function *function = &facts->functions.items[index];

	if (function->flags & FUNCTION_MENTIONED)
		return ROLE_MENTIONED;
	struct shape shape = shape_of(facts, function);
	bool code = shape.external_code || has_global_symbol(facts, function);

	if (is_vmlinux(facts, facts_object_of(facts, index)))
		return code ? ROLE_VMLINUX : shape.external ? ROLE_DECLARED : ROLE_OWN;
	if (code)
		return ROLE_MODULE;
	return shape.any && shape.only_declared && !function->symbols ? ROLE_IMPORT : ROLE_OWN;
}
