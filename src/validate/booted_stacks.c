// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The stacks of the module's own calls: of two frames that follow each other, the
 * atlas knows how the outer one reaches the inner one.
 */
#include <stdlib.h>
#include <string.h>

#include "atlas/str.h"
#include "validate/booted.h"

/* A chain of jumps between two frames leaves no frames; longer ones do not occur. */
#define MAX_JUMPS 4u

#define MODULE "atlasgen_ref"

struct stacks {
	struct booted_check *check;
	struct intern seen; /* pairs, each checked once */
	char *inner;	    /* the frame before, owned; NULL: not in a chain that counts */
};

/* "ref_isra.isra.0" is a copy of ref_isra. */
static void to_stem(char *name)
{
	char *dot = strchr(name + (*name != '\0'), '.');

	if (dot)
		*dot = '\0';
}

static struct error *reaches(struct stacks *all, const char *outer, const char *inner, unsigned jumps, bool *found);

static struct error *site_reaches(struct stacks *all, const struct site *sites, uint32_t count, const char *outer,
				  unsigned jumps, bool *found)
{
	for (uint32_t i = 0; i < count && !*found; i++) {
		if (str_eq(sites[i].name, outer))
			*found = true;
		/* Who jumps here is not on the stack; who called that one is. */
		else if (sites[i].kind == EDGE_TAIL && jumps && sites[i].name)
			TRY(reaches(all, outer, sites[i].name, jumps - 1, found));
	}
	return NULL;
}

static struct error *reaches(struct stacks *all, const char *outer, const char *inner, unsigned jumps, bool *found)
{
	const struct function *const *functions;
	size_t count;

	TRY(store_functions(all->check->store, &all->check->arena, all->check->image, inner, &functions, &count));
	for (size_t i = 0; i < count && !*found; i++) {
		const struct function *function = functions[i];

		TRY(site_reaches(all, function->import_calls, function->import_call_count, outer, jumps, found));
		TRY(site_reaches(all, function->alias_calls, function->alias_call_count, outer, jumps, found));
		for (uint32_t k = 0; k < function->instance_count; k++)
			TRY(site_reaches(all, function->instances[k].calls, function->instances[k].call_count, outer,
					 jumps, found));
	}
	return NULL;
}

/* A place that holds the function's address, by which a pointer can have come to it; NULL: none is known. */
static struct error *find_taken(struct stacks *all, const char *inner, const struct taken **taken)
{
	const struct function *const *functions;
	size_t count;

	*taken = NULL;
	TRY(store_functions(all->check->store, &all->check->arena, all->check->image, inner, &functions, &count));
	for (size_t i = 0; i < count && !*taken; i++)
		if (functions[i]->taken_count)
			*taken = &functions[i]->taken[0];
	return NULL;
}

static struct error *check_pointer(struct stacks *all, const char *pair, const char *inner)
{
	struct validation *validation = all->check->validation;
	const struct taken *taken;

	TRY(find_taken(all, inner, &taken));
	if (taken)
		validation_add(validation, GROUP_STACK, CHECK_PASSED, pair,
			       "no direct call; through a pointer, since %s in %s holds its address",
			       taken->kind == TAKEN_CODE && taken->holder ? taken->holder
			       : taken->data				  ? taken->data
									  : "code without a name",
			       taken->object ? taken->object : "vmlinux");
	else
		validation_add(validation, GROUP_STACK, CHECK_UNCHECKED, pair,
			       "no direct call is known, and no place that holds its address");
	return NULL;
}

static struct error *check_pair(struct stacks *all, const char *outer, const char *inner)
{
	AUTO_STR struct str pair = {0};
	bool found = false;

	str_addf(&pair, "%s -> %s", outer, inner);
	if (intern_find(&all->seen, pair.data))
		return NULL;
	intern(&all->seen, pair.data);
	TRY(reaches(all, outer, inner, MAX_JUMPS, &found));
	if (!found)
		return check_pointer(all, pair.data, inner);
	validation_add(all->check->validation, GROUP_STACK, CHECK_PASSED, pair.data, "%s", "");
	return NULL;
}

/* " => NAME"; a line of another form begins a stack.  What counts ends at the module's own init. */
static struct error *take_frame(void *context, char *line)
{
	struct stacks *all = context;
	char *name = strstr(line, "=> ");
	struct error *err = NULL;

	if (name) {
		name += strlen("=> ");
		name[strcspn(name, " +")] = '\0';
		to_stem(name);
	}
	/* The tracer's own frames stand on top: they have no symbol in the image, or are the probe's. */
	bool counts = name && (all->inner || strcasestr(name, "mempool") || strcasestr(name, "balloon"));

	if (counts && all->inner)
		err = check_pair(all, name, all->inner);
	free(all->inner);
	all->inner = counts && !str_eq(name, "ref_init") ? xstrdup(name) : NULL;
	return err;
}

struct error *check_stacks(struct booted_check *check)
{
	struct stacks all = {.check = check};
	const struct object *module;
	bool there;

	TRY(store_object(check->store, &check->arena, check->image, MODULE, &module));
	if (!module) {
		validation_add(check->validation, GROUP_STACK, CHECK_UNCHECKED, "stacks",
			       "the atlas has no module " MODULE " for this image; scan it into it");
		return NULL;
	}
	intern_init(&all.seen);
	struct error *err = booted_lines(check, "stacks", GROUP_STACK, take_frame, &all, &there);

	free(all.inner);
	intern_fini(&all.seen);
	return err;
}
