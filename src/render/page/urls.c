// SPDX-License-Identifier: GPL-2.0-or-later
#include "urls.h"

#include <ctype.h>
#include <string.h>

#include "page_file.h"
#include "render/words/text.h"

/* Longer or deeper paths are no paths of a kernel; their pages lie flat. */
#define PATH_BYTES_MAX 1000
#define PATH_DEPTH_MAX 32

static int compare_name(const void *name, const void *item)
{
	return strcmp(name, *(const char *const *)item);
}

/* Without what it ends in. */
static const char *function_stem(struct arena *arena, const struct site_plan *plan, const char *name)
{
	const char *const *found = bsearch(name, plan->names, plan->name_count, sizeof(*plan->names), compare_name);

	if (!found || !plan->is_wanted[found - plan->names])
		return NULL;
	const char *file = page_file_name(arena, name, plan->shadowed[found - plan->names]);

	return arena_printf(arena, "function/%c/%s", page_letter(name), text_href(arena, file));
}

const char *url_function(struct arena *arena, const struct site_plan *plan, const char *name)
{
	const char *stem = function_stem(arena, plan, name);

	return stem ? arena_printf(arena, "%s.html", stem) : NULL;
}

const char *url_extra(struct arena *arena, const struct site_plan *plan, const char *name, const struct image *image,
		      unsigned number)
{
	return arena_printf(arena, "%s.more/%s/%u.html", function_stem(arena, plan, name),
			    text_href(arena, page_file_name(arena, image->name, false)), number);
}

const char *url_type(struct arena *arena, const struct site_plan *plan, const char *name)
{
	const char *const *found =
		plan->type_count ? bsearch(name, plan->types, plan->type_count, sizeof(*plan->types), compare_name)
				 : NULL;

	if (!found)
		return NULL;
	const char *file = page_file_name(arena, name, plan->type_shadowed[found - plan->types]);

	return arena_printf(arena, "struct/%c/%s.html", page_letter(name), text_href(arena, file));
}

const char *url_image(struct arena *arena, const struct image *image)
{
	return arena_printf(arena, "image/%s.html", text_href(arena, page_file_name(arena, image->name, false)));
}

const char *url_pair(struct arena *arena, const struct image *before, const struct image *after)
{
	const char *pair = arena_printf(arena, "%s..%s", before->name, after->name);

	return arena_printf(arena, "diff/%s.html", text_href(arena, page_file_name(arena, pair, false)));
}

static bool can_be_followed(const char *path)
{
	size_t depth = 0;

	for (const char *p = path; *p; p++)
		depth += *p == '/';
	return depth <= PATH_DEPTH_MAX && strlen(path) <= PATH_BYTES_MAX;
}

const char *folder_of(struct arena *arena, const char *path)
{
	const char *slash = can_be_followed(path) ? strrchr(path, '/') : NULL;

	return slash ? arena_strndup(arena, path, (size_t)(slash - path)) : "";
}

/* Each step by itself; one that would look like a page is marked. */
static void add_folder(struct arena *arena, struct str *text, const char *folder)
{
	while (*folder) {
		size_t length = strcspn(folder, "/");
		const char *step = arena_strndup(arena, folder, length);
		bool like_page = str_ends(step, ".html") || str_ends(step, ".md");

		str_add(text, text_href(arena, page_file_name(arena, step, like_page)));
		str_addc(text, '/');
		folder += length + (folder[length] == '/');
	}
}

const char *url_folder(struct arena *arena, const char *folder)
{
	AUTO_STR struct str text = {0};

	str_add(&text, "source/");
	add_folder(arena, &text, folder);
	str_add(&text, "index.html");
	return arena_strdup(arena, text.data);
}

const char *url_source(struct arena *arena, const struct site_plan *plan, const char *path)
{
	const char **found = bsearch(path, plan->paths, plan->path_count, sizeof(*plan->paths), compare_name);

	if (!found)
		return NULL;
	const char *folder = folder_of(arena, path);
	const char *file = *folder ? path + strlen(folder) + 1 : path;
	AUTO_STR struct str text = {0};

	str_add(&text, "source/");
	add_folder(arena, &text, folder);
	str_add(&text, text_href(arena, page_file_name(arena, file, plan->path_shadowed[found - plan->paths])));
	str_add(&text, ".html");
	return arena_strdup(arena, text.data);
}

const char *url_function_id(struct arena *arena, const char *name)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.$";

	return *name && strspn(name, plain) == strlen(name) ? arena_printf(arena, "fn-%s", name) : NULL;
}

const char *url_source_function(struct arena *arena, const struct site_plan *plan, const char *path, const char *name)
{
	const char *page = url_source(arena, plan, path), *id = url_function_id(arena, name);

	return page && id ? arena_printf(arena, "%s#%s", page, id) : page;
}

const char *url_markdown(struct arena *arena, const char *link)
{
	const char *hash = strrchr(link, '#');
	size_t length = hash ? (size_t)(hash - link) : strlen(link), ending = strlen(".html");

	if (length < ending || strncmp(link + length - ending, ".html", ending) != 0)
		return link;
	return arena_printf(arena, "%.*s.md%s", (int)(length - ending), link, hash ? hash : "");
}

static unsigned hex_value(char c)
{
	return (unsigned)(isdigit((unsigned char)c) ? c - '0' : (tolower((unsigned char)c) - 'a') + 10);
}

char *url_file(struct arena *arena, const char *link)
{
	char *file = arena_strdup(arena, link), *to = file;

	for (const char *p = link; *p; p++) {
		if (*p == '%' && isxdigit((unsigned char)p[1]) && isxdigit((unsigned char)p[2])) {
			*to++ = (char)(hex_value(p[1]) << 4 | hex_value(p[2]));
			p += 2;
		} else {
			*to++ = *p;
		}
	}
	*to = '\0';
	return file;
}

const char *url_root(struct arena *arena, const char *page_link)
{
	AUTO_STR struct str text = {0};

	str_add(&text, "");
	for (const char *p = page_link; *p; p++)
		if (*p == '/')
			str_add(&text, "../");
	return arena_strdup(arena, text.data);
}

/* Releases are called 6.1, 6.1.176 and 6.12-rc7; a distribution's 5.4.0 is 5.4. */
const char *url_tag(struct arena *arena, const struct image *image)
{
	const char *p = image->version;
	int numbers = 0;

	while (isdigit((unsigned char)*p)) {
		p += strspn(p, "0123456789");
		numbers++;
		if (*p != '.' || !isdigit((unsigned char)p[1]))
			break;
		p++;
	}
	int length = (int)(p - image->version);

	if (numbers < 2 || numbers > 3)
		return NULL;
	if (numbers == 3 && str_ends(arena_strndup(arena, image->version, (size_t)length), ".0"))
		length -= 2;
	if (*p == '\0')
		return arena_printf(arena, "v%.*s", length, image->version);
	if ((*p == '-' || *p == '~') && strncmp(p + 1, "rc", 2) == 0 && p[3] &&
	    strspn(p + 3, "0123456789") == strlen(p + 3))
		return arena_printf(arena, "v%.*s-%s", length, image->version, p + 1);
	return NULL;
}

/* A path of the published tree: not made by the build, not outside of it. */
static bool is_published(const char *path)
{
	return path && *path && *path != '/' && !strstr(path, "..") && !strstr(path, "/generated/") &&
	       !str_starts(path, "./") && *path != '<';
}

const char *url_elixir(struct arena *arena, const struct image *image, const char *path, uint32_t line)
{
	const char *tag = url_tag(arena, image);

	if (!tag || !is_published(path))
		return NULL;
	const char *page =
		arena_printf(arena, "https://elixir.bootlin.com/linux/%s/source/%s", tag, text_href(arena, path));

	return line ? arena_printf(arena, "%s#L%u", page, line) : page;
}

const char *url_git(struct arena *arena, const struct image *image, const char *path, uint32_t line)
{
	const char *tag = url_tag(arena, image);

	if (!tag || !is_published(path))
		return NULL;
	const char *page =
		arena_printf(arena, "https://git.kernel.org/pub/scm/linux/kernel/git/stable/linux.git/tree/%s?h=%s",
			     text_href(arena, path), tag);

	return line ? arena_printf(arena, "%s#n%u", page, line) : page;
}
