// SPDX-License-Identifier: GPL-2.0-or-later
#include "atlas/groups.h"

#include <string.h>

#include "atlas/str.h"

#define PLAIN_FLAVOR "generic"
#define USUAL_ARCH   "amd64"

static int text_compare(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "");
}

int image_compare(const struct image *a, const struct image *b)
{
	int order = version_compare(a->version, b->version);

	if (!order)
		order = version_compare(a->revision ? a->revision : "", b->revision ? b->revision : "");
	if (!order)
		order = text_compare(a->label, b->label);
	if (!order)
		order = text_compare(a->arch, b->arch);
	return order ? order : text_compare(a->flavor, b->flavor);
}

/* NULL admits every one. */
static size_t newest(const struct image *images, size_t count, const char *arch, const char *flavor)
{
	size_t best = NO_IMAGE;

	for (size_t i = 0; i < count; i++) {
		if (!str_eq(images[i].arch, arch) || (flavor && !str_eq(images[i].flavor, flavor)))
			continue;
		if (best == NO_IMAGE || image_compare(&images[i], &images[best]) > 0)
			best = i;
	}
	return best;
}

static const char *commonest_arch(const struct image *images, size_t count)
{
	const char *best = NULL;
	size_t most = 0;

	for (size_t i = 0; i < count; i++) {
		size_t same = 0;

		for (size_t j = 0; j < count; j++)
			same += str_eq(images[i].arch, images[j].arch);
		if (same > most || (same == most && text_compare(images[i].arch, best) < 0)) {
			most = same;
			best = images[i].arch;
		}
	}
	return best;
}

size_t groups_default_baseline(const struct image *images, size_t count)
{
	const char *arch = USUAL_ARCH;

	if (newest(images, count, arch, NULL) == NO_IMAGE)
		arch = commonest_arch(images, count);
	size_t plain = newest(images, count, arch, PLAIN_FLAVOR);

	return plain != NO_IMAGE ? plain : newest(images, count, arch, NULL);
}

/* "6.12" of "6.12.3" and of "6.12~rc1"; what follows the second number is left out. */
static size_t series_length(const char *version)
{
	size_t length = strspn(version, "0123456789");

	if (version[length] == '.')
		length += 1 + strspn(version + length + 1, "0123456789");
	return length;
}

static bool same_series(const struct image *a, const struct image *b)
{
	size_t length = series_length(a->version);

	return length == series_length(b->version) && memcmp(a->version, b->version, length) == 0;
}

static bool same_kind(const struct image *a, const struct image *b)
{
	return str_eq(a->arch, b->arch) && str_eq(a->flavor, b->flavor);
}

/* From short to long; the last one is the whole name, which no two images share. */
enum label_form { LABEL_SERIES, LABEL_VERSION, LABEL_REVISION, LABEL_NAME };

static const char *version_label(struct arena *arena, const struct image *image, enum label_form form)
{
	switch (form) {
	case LABEL_SERIES:
		return arena_strndup(arena, image->version, series_length(image->version));
	case LABEL_VERSION:
		return image->version;
	case LABEL_REVISION:
		return image->revision ? arena_printf(arena, "%s-%s", image->version, image->revision) : image->version;
	case LABEL_NAME:
		break;
	}
	return image->name;
}

/* What stands before the version, so that labels are told apart only within it. */
typedef const char *label_prefix(struct arena *arena, const struct image *image);

static const char *no_prefix(struct arena *arena, const struct image *image)
{
	(void)arena;
	(void)image;
	return NULL;
}

static const char *arch_prefix(struct arena *arena, const struct image *image)
{
	if (str_eq(image->flavor, PLAIN_FLAVOR))
		return image->arch;
	return arena_printf(arena, "%s %s", image->arch, image->flavor);
}

static const char *flavor_prefix(struct arena *arena, const struct image *image)
{
	(void)arena;
	return image->flavor;
}

static bool is_shared(const struct group *group, size_t at, const char **prefixes)
{
	for (size_t i = 0; i < group->count; i++)
		if (i != at && str_eq(group->members[i].label, group->members[at].label) &&
		    str_eq(prefixes[i], prefixes[at]))
			return true;
	return false;
}

/* Each label as short as it can be without standing for two images. */
static void label_by_version(struct arena *arena, const struct image *images, struct group *group, label_prefix *prefix)
{
	const char **prefixes = arena_alloc(arena, (group->count + 1) * sizeof(*prefixes));
	bool *shared = arena_alloc(arena, group->count + 1);

	for (size_t i = 0; i < group->count; i++) {
		const struct image *image = &images[group->members[i].image];

		prefixes[i] = prefix(arena, image);
		group->members[i].label = version_label(arena, image, LABEL_SERIES);
	}
	for (enum label_form form = LABEL_VERSION; form <= LABEL_NAME; form++) {
		for (size_t i = 0; i < group->count; i++)
			shared[i] = is_shared(group, i, prefixes);
		for (size_t i = 0; i < group->count; i++)
			if (shared[i])
				group->members[i].label = version_label(arena, &images[group->members[i].image], form);
	}
	for (size_t i = 0; i < group->count; i++)
		if (prefixes[i])
			group->members[i].label = arena_printf(arena, "%s %s", prefixes[i], group->members[i].label);
}

typedef int image_order(const struct image *a, const struct image *b);

static int by_arch(const struct image *a, const struct image *b)
{
	int order = text_compare(a->arch, b->arch);

	return order ? order : image_compare(a, b);
}

static int by_flavor(const struct image *a, const struct image *b)
{
	int order = text_compare(a->flavor, b->flavor);

	return order ? order : image_compare(a, b);
}

static int by_arch_and_flavor(const struct image *a, const struct image *b)
{
	int order = text_compare(a->arch, b->arch);

	/* The plain flavor of an architecture comes before its others. */
	if (!order)
		order = str_eq(b->flavor, PLAIN_FLAVOR) - str_eq(a->flavor, PLAIN_FLAVOR);
	return order ? order : by_flavor(a, b);
}

/* Insertion: an atlas holds tens of images, and this is done once a run. */
static void add_member(struct group *group, const struct image *images, size_t image, image_order *order)
{
	size_t at = group->count++;

	for (; at > 0 && order(&images[group->members[at - 1].image], &images[image]) > 0; at--)
		group->members[at] = group->members[at - 1];
	group->members[at] = (struct group_member){.image = image, .compared = NO_IMAGE};
}

static void start(struct arena *arena, size_t count, size_t baseline, struct groups *groups)
{
	static const char *const titles[] = {"Regular", "Arch", "Flavor"};

	groups->baseline = baseline;
	for (size_t i = 0; i < GROUP_COUNT; i++)
		groups->groups[i] = (struct group){
			.title = titles[i],
			.members = arena_alloc(arena, (count + 1) * sizeof(struct group_member)),
		};
}

static void compare_with_predecessor(struct group *group)
{
	for (size_t i = 1; i < group->count; i++) {
		group->members[i].compared = group->members[i - 1].image;
		group->members[i].compared_label = group->members[i - 1].label;
	}
}

static void compare_with_baseline(struct group *group, size_t baseline, const char *label)
{
	for (size_t i = 0; i < group->count; i++) {
		group->members[i].compared = baseline;
		group->members[i].compared_label = label;
	}
}

/* Architecture or flavor alone, unless two images of the group share it. */
static void label_by_name(struct arena *arena, const struct image *images, struct group *group, bool arch)
{
	for (size_t i = 0; i < group->count; i++) {
		const struct image *image = &images[group->members[i].image];
		const char *own = arch ? image->arch : image->flavor;
		bool shared = false;

		for (size_t j = 0; j < group->count; j++) {
			const struct image *other = &images[group->members[j].image];

			shared |= i != j && str_eq(own, arch ? other->arch : other->flavor);
		}
		group->members[i].label =
			shared ? arena_printf(arena, "%s %s", own,
					      version_label(arena, image, image->label ? LABEL_NAME : LABEL_REVISION))
			       : own;
	}
}

void groups_published(struct arena *arena, const struct image *images, size_t count, size_t baseline,
		      struct groups *groups)
{
	const struct image *base = &images[baseline];
	struct group *regular = &groups->groups[GROUP_REGULAR];
	struct group *arch = &groups->groups[GROUP_ARCH];
	struct group *flavor = &groups->groups[GROUP_FLAVOR];

	start(arena, count, baseline, groups);
	for (size_t i = 0; i < count; i++) {
		const struct image *image = &images[i];

		if (same_kind(image, base))
			add_member(regular, images, i, image_compare);
		else if (!str_eq(image->version, base->version))
			continue;
		else if (str_eq(image->flavor, base->flavor))
			add_member(arch, images, i, by_arch);
		else if (str_eq(image->arch, base->arch))
			add_member(flavor, images, i, by_flavor);
	}
	label_by_version(arena, images, regular, no_prefix);
	label_by_name(arena, images, arch, true);
	label_by_name(arena, images, flavor, false);
	compare_with_predecessor(regular);
	compare_with_baseline(arch, baseline, base->arch);
	compare_with_baseline(flavor, baseline, base->flavor);
}

/* Of the regular images of the same series the one of the same version, else the newest. */
static const struct group_member *nearest_regular(const struct group *regular, const struct image *images,
						  const struct image *image)
{
	const struct group_member *best = NULL;
	bool best_same = false;

	for (size_t i = 0; i < regular->count; i++) {
		const struct image *candidate = &images[regular->members[i].image];
		bool same = str_eq(candidate->version, image->version);

		if (!same_series(candidate, image) || (best_same && !same))
			continue;
		if (same && best_same && !str_eq(candidate->revision, image->revision))
			continue;
		best = &regular->members[i];
		best_same = same;
	}
	return best;
}

static void compare_with_regular(struct arena *arena, const struct image *images, const struct group *regular,
				 struct group *group)
{
	for (size_t i = 0; i < group->count; i++) {
		struct group_member *member = &group->members[i];
		const struct group_member *with = nearest_regular(regular, images, &images[member->image]);

		if (!with)
			continue;
		member->compared = with->image;
		const struct image *other = &images[with->image];

		member->compared_label = arena_printf(arena, "%s %s", arch_prefix(arena, other), with->label);
	}
}

void groups_atlas(struct arena *arena, const struct image *images, size_t count, size_t baseline, struct groups *groups)
{
	const struct image *base = &images[baseline];
	struct group *regular = &groups->groups[GROUP_REGULAR];
	struct group *arch = &groups->groups[GROUP_ARCH];
	struct group *flavor = &groups->groups[GROUP_FLAVOR];

	start(arena, count, baseline, groups);
	for (size_t i = 0; i < count; i++) {
		if (same_kind(&images[i], base))
			add_member(regular, images, i, image_compare);
		else if (str_eq(images[i].arch, base->arch))
			add_member(flavor, images, i, by_flavor);
		else
			add_member(arch, images, i, by_arch_and_flavor);
	}
	label_by_version(arena, images, regular, no_prefix);
	label_by_version(arena, images, arch, arch_prefix);
	label_by_version(arena, images, flavor, flavor_prefix);
	compare_with_predecessor(regular);
	compare_with_regular(arena, images, regular, arch);
	compare_with_regular(arena, images, regular, flavor);
}

static bool is_compared(const struct groups *groups, const struct group_member *member)
{
	if (member->compared != NO_IMAGE)
		return true;
	for (size_t i = 0; i < GROUP_COUNT; i++)
		for (size_t j = 0; j < groups->groups[i].count; j++)
			if (groups->groups[i].members[j].compared == member->image)
				return true;
	return false;
}

const char *groups_alone(struct arena *arena, const struct groups *groups)
{
	AUTO_STR struct str text = {0};

	for (size_t i = 0; i < GROUP_COUNT; i++)
		for (size_t j = 0; j < groups->groups[i].count; j++) {
			const struct group_member *member = &groups->groups[i].members[j];

			if (!is_compared(groups, member))
				str_addf(&text, "%s%s", text.length ? ", " : "", member->label);
		}
	return text.length ? arena_strdup(arena, text.data) : NULL;
}
