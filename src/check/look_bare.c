// SPDX-License-Identifier: GPL-2.0-or-later
/* What typedefs stand for in the image being asked. */
#include "atlas/bare.h"
#include "atlas/str.h"
#include "check/look.h"
#include "check/members.h"
#include "check/type_path.h"

struct asking {
	struct look *look;
	bool doubt; /* what a name stands for is not known */
	struct error *err;
};

static struct error *look_text(struct look *look, const char *text, const char **bare, bool *doubt);

/* Of several definitions (u8 is one in each copy of a library) all have to mean the same. */
static struct error *ask(struct look *look, const char *name, struct look_typedef *of)
{
	const struct type_place *places;
	const char *first = NULL, *bare;
	size_t count;
	bool declared;

	TRY(type_definitions(look, TYPE_TYPEDEF, name, &places, &count, &declared));
	if (count)
		of->text = places[0].type->text;
	for (size_t i = 0; count > 1 && i < count && !of->doubt; i++) {
		TRY(look_text(look, places[i].type->text ? places[i].type->text : "", &bare, &of->doubt));
		first = first ? first : bare;
		of->doubt = of->doubt || !str_eq(first, bare);
	}
	return NULL;
}

static const char *stands_for(void *context, const char *name)
{
	struct asking *asking = context;
	struct look *look = asking->look;
	struct look_typedef made = {.name = name};

	if (asking->err)
		return NULL;
	for (size_t i = 0; i < look->typedefs.count; i++) {
		const struct look_typedef *known = &look->typedefs.items[i];

		if (!str_eq(known->name, name))
			continue;
		asking->doubt = asking->doubt || known->doubt;
		return known->text;
	}
	asking->err = ask(look, name, &made);
	asking->doubt = asking->doubt || made.doubt;
	made.name = arena_strdup(look->arena, name);
	vec_add(&look->typedefs, made);
	return made.text;
}

static struct error *look_text(struct look *look, const char *text, const char **bare, bool *doubt)
{
	struct asking asking = {.look = look};
	const struct typedefs typedefs = {stands_for, &asking};
	AUTO_STR struct str spelled = {0};

	bare_types(text, &typedefs, &spelled);
	*bare = arena_strdup(look->arena, spelled.data);
	*doubt = asking.doubt;
	return asking.err;
}

struct error *look_bare(struct look *look, const char *text, const char **bare)
{
	const char *spelled;
	bool doubt;

	TRY(look_types_known(look));
	TRY(look_text(look, text, &spelled, &doubt));
	*bare = look->types_known && !doubt ? spelled : NULL;
	return NULL;
}

struct error *look_members(struct look *look, const struct type *type, const char **text)
{
	struct asking asking = {.look = look};
	const struct typedefs typedefs = {stands_for, &asking};
	AUTO_STR struct str members = {0};

	type_members_text(type, &typedefs, &members);
	if (!asking.err)
		*text = arena_strdup(look->arena, members.data);
	return asking.err;
}
