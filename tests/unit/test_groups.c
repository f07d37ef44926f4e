// SPDX-License-Identifier: GPL-2.0-or-later
/* Groups, labels and pairs, in the published form and in the atlas's own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "atlas/groups.h"
#include "atlas/str.h"

#define IMAGE(v, r, f, a)                                                                        \
	{                                                                                        \
		.name = v "-" r "-" f "-" a, .version = v, .revision = r, .flavor = f, .arch = a \
	}

/* "label<compared_label" of each member, separated by blanks. */
static char *told(const struct group *group)
{
	struct str text = {0};

	str_add(&text, "");
	for (size_t i = 0; i < group->count; i++) {
		const struct group_member *member = &group->members[i];

		str_addf(&text, "%s%s", i ? ", " : "", member->label);
		if (member->compared != NO_IMAGE)
			str_addf(&text, " < %s", member->compared_label);
	}
	return str_take(&text);
}

static void check(const struct groups *groups, enum group_kind kind, const char *expected)
{
	AUTO_FREE char *text = told(&groups->groups[kind]);

	assert_string_equal(text, expected);
}

static void published(void **state)
{
	static const struct image images[] = {
		IMAGE("4.10.0", "1", "generic", "amd64"), IMAGE("4.4.0", "1", "generic", "amd64"),
		IMAGE("5.4.0", "1", "generic", "armhf"),  IMAGE("5.4.0", "1", "generic", "amd64"),
		IMAGE("5.4.0", "1", "generic", "arm64"),  IMAGE("5.4.0", "1", "gcp", "amd64"),
		IMAGE("5.4.0", "1", "aws", "amd64"),	  IMAGE("5.4.0", "1", "aws", "arm64"),
		IMAGE("4.4.0", "1", "aws", "amd64"),
	};
	struct arena arena;
	struct groups groups;

	(void)state;
	arena_init(&arena);
	groups_published(&arena, images, ARRAY_LEN(images), 3, &groups);
	check(&groups, GROUP_REGULAR, "4.4, 4.10 < 4.4, 5.4 < 4.10");
	check(&groups, GROUP_ARCH, "arm64 < amd64, armhf < amd64");
	check(&groups, GROUP_FLAVOR, "aws < generic, gcp < generic");
	arena_fini(&arena);
}

static void labels_grow_until_they_differ(void **state)
{
	static const struct image images[] = {
		IMAGE("6.1.176", "1", "generic", "amd64"), IMAGE("6.1.180", "1", "generic", "amd64"),
		IMAGE("6.1.180", "2", "generic", "amd64"), IMAGE("7.3~rc7", "1", "generic", "amd64"),
		IMAGE("7.3", "1", "generic", "amd64"),	   IMAGE("5.10.1", "1", "generic", "amd64"),
	};
	struct arena arena;
	struct groups groups;

	(void)state;
	arena_init(&arena);
	groups_atlas(&arena, images, ARRAY_LEN(images), 4, &groups);
	check(&groups, GROUP_REGULAR,
	      "5.10, 6.1.176 < 5.10, 6.1.180-1 < 6.1.176, 6.1.180-2 < 6.1.180-1, 7.3~rc7 < 6.1.180-2, 7.3 < 7.3~rc7");
	assert_int_equal(groups.groups[GROUP_ARCH].count, 0);
	assert_null(groups_alone(&arena, &groups));
	arena_fini(&arena);
}

static void atlas_shows_every_image_once(void **state)
{
	static const struct image images[] = {
		IMAGE("6.1", "1", "generic", "amd64"),	IMAGE("6.1", "1", "cloud", "amd64"),
		IMAGE("6.1", "1", "rt", "amd64"),	IMAGE("6.12", "1", "generic", "amd64"),
		IMAGE("6.12", "1", "generic", "arm64"), IMAGE("6.12", "1", "cloud", "arm64"),
		IMAGE("6.1", "1", "generic", "arm64"),	IMAGE("5.10", "1", "generic", "s390x"),
	};
	struct arena arena;
	struct groups groups;

	(void)state;
	arena_init(&arena);
	groups_atlas(&arena, images, ARRAY_LEN(images), 3, &groups);
	check(&groups, GROUP_REGULAR, "6.1, 6.12 < 6.1");
	check(&groups, GROUP_ARCH,
	      "arm64 6.1 < amd64 6.1, arm64 6.12 < amd64 6.12, arm64 cloud 6.12 < amd64 6.12, s390x 5.10");
	check(&groups, GROUP_FLAVOR, "cloud 6.1 < amd64 6.1, rt 6.1 < amd64 6.1");
	assert_string_equal(groups_alone(&arena, &groups), "s390x 5.10");
	arena_fini(&arena);
}

static void default_baseline(void **state)
{
	static const struct image plain[] = {
		IMAGE("6.1", "1", "generic", "amd64"),
		IMAGE("7.3", "1", "cloud", "amd64"),
		IMAGE("7.3", "1", "generic", "arm64"),
		IMAGE("6.12", "1", "generic", "amd64"),
	};
	static const struct image others[] = {
		IMAGE("6.1", "1", "generic", "s390x"),
		IMAGE("6.12", "1", "generic", "arm64"),
		IMAGE("6.1", "1", "generic", "arm64"),
	};

	(void)state;
	assert_int_equal(groups_default_baseline(plain, ARRAY_LEN(plain)), 3);
	assert_int_equal(groups_default_baseline(plain + 1, 2), 0);
	assert_int_equal(groups_default_baseline(others, ARRAY_LEN(others)), 1);
	assert_true(groups_default_baseline(NULL, 0) == NO_IMAGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(published),
		cmocka_unit_test(labels_grow_until_they_differ),
		cmocka_unit_test(atlas_shows_every_image_once),
		cmocka_unit_test(default_baseline),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
