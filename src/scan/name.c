// SPDX-License-Identifier: GPL-2.0-or-later
/* Names of images from their banners (docs/kernels.md, "What an image is called"). */
#include "scan/name.h"

#include <ctype.h>
#include <string.h>

#include "atlas/str.h"
#include "atlas/table.h"

#define BANNER_START "Linux version "

static void set(char **field, const char *text, size_t length)
{
	if (!*field && length)
		*field = xstrndup(text, length);
}

/* "Debian 6.1.176-1": the last " Debian X-Y" whose X begins with a digit. */
static void from_debian_version(const char *banner, struct image_name *name)
{
	const char *found = NULL;

	for (const char *at = banner; (at = strstr(at, " Debian ")); at++)
		if (isdigit((unsigned char)at[strlen(" Debian ")]))
			found = at + strlen(" Debian ");
	if (!found)
		return;
	size_t length = strcspn(found, " )");
	const char *dash = memrchr(found, '-', length);

	/* The compiler's own version ("Debian 12.2.0-14+deb12u1") stands before the build number. */
	const char *build = strchr(banner, '#');

	if (!dash || (build && found < build))
		return;
	set(&name->version, found, (size_t)(dash - found));
	set(&name->revision, dash + 1, length - (size_t)(dash + 1 - found));
}

/* The numeric head of a release with its -rcN: "7.3-rc7" of "7.3-rc7-amd64". */
static size_t version_length(const char *release)
{
	size_t length = strspn(release, "0123456789.");

	while (length && release[length - 1] == '.')
		length--;
	if (str_starts(release + length, "-rc") && isdigit((unsigned char)release[length + 3]))
		length += 3 + strspn(release + length + 3, "0123456789");
	return length;
}

/* Cuts one word an architecture goes by off either end of the flavor, with its separator. */
static void strip_arch(char *flavor, const char *words)
{
	AUTO_FREE char *list = xstrdup(words);
	char *rest = list, *word;

	while ((word = strsep(&rest, ","))) {
		size_t length = strlen(flavor), cut = strlen(word);

		if (strcmp(flavor, word) == 0) {
			*flavor = '\0';
		} else if (length > cut && str_ends(flavor, word) && strchr("-._", flavor[length - cut - 1])) {
			flavor[length - cut - 1] = '\0';
		} else if (str_starts(flavor, word) && flavor[cut] && strchr("-._", flavor[cut])) {
			memmove(flavor, flavor + cut + 1, length - cut);
		} else {
			continue;
		}
		return;
	}
}

static const char *known_flavor(const struct table *table, const char *arch, const char *text)
{
	for (size_t i = 0; i < table->rows.count; i++) {
		const char **field = table->rows.items[i].fields;

		if ((str_eq(field[0], arch) || str_eq(field[0], "*")) && str_eq(field[1], text))
			return field[2];
	}
	return NULL;
}

static char *flavor_of(const char *text, const char *arch)
{
	AUTO_FREE char *flavor = xstrdup(text);
	struct table flavors, arches;

	table_load(&flavors, "flavors", 3);
	table_load(&arches, "arches", 6);
	const char *known = known_flavor(&flavors, arch, flavor);

	if (!known) {
		for (size_t i = 0; i < arches.rows.count; i++)
			if (str_eq(arches.rows.items[i].fields[0], arch))
				strip_arch(flavor, arches.rows.items[i].fields[5]);
		known = *flavor ? known_flavor(&flavors, arch, flavor) : "generic";
	}
	char *result = xstrdup(known ? known : flavor);

	table_fini(&flavors);
	table_fini(&arches);
	return result;
}

/* An ABI number or package revision behind the version: "-50" of "6.1.0-50-amd64", "-300.fc39" of Fedora's. */
static size_t abi_length(const char *rest)
{
	if (rest[0] != '-' || !isdigit((unsigned char)rest[1]))
		return 0;
	size_t length = 1 + strcspn(rest + 1, "-");

	/* "-16k" and the like are flavors: an ABI number is digits, or a dotted package revision. */
	if (strspn(rest + 1, "0123456789") + 1 < length && !memchr(rest, '.', length))
		return 0;
	return length;
}

static void from_release(const char *release, const char *arch, struct image_name *name)
{
	size_t length = version_length(release);
	const char *rest = release + length;

	set(&name->version, release, length);
	/* "+deb13" tells which Debian rebuilt it; the revision says so too. */
	if (*rest == '+')
		rest += strcspn(rest, "-");
	size_t abi = abi_length(rest);

	if (abi) {
		AUTO_FREE char *revision = xstrndup(rest + 1, abi - 1);
		struct table arches;

		table_load(&arches, "arches", 6);
		for (size_t i = 0; i < arches.rows.count; i++)
			if (str_eq(arches.rows.items[i].fields[0], arch))
				strip_arch(revision, arches.rows.items[i].fields[5]);
		table_fini(&arches);
		set(&name->revision, revision, strlen(revision));
		rest += abi;
	}
	rest += strspn(rest, "-+");
	if (!name->flavor)
		name->flavor = flavor_of(rest, arch);
}

void image_name_from_banner(const char *banner, const char *arch, struct image_name *name)
{
	set(&name->arch, arch, strlen(arch));
	if (!banner || !str_starts(banner, BANNER_START))
		return;
	const char *release = banner + strlen(BANNER_START);

	set(&name->banner, banner, strlen(banner));
	set(&name->release, release, strcspn(release, " "));
	from_debian_version(banner, name);
	if (name->release)
		from_release(name->release, arch, name);
}
