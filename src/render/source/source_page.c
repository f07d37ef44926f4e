// SPDX-License-Identifier: GPL-2.0-or-later
/* A source page's values: what the file is, and its sections in order. */
#include "source_page.h"

#include <string.h>

#include "atlas/facts.h"
#include "render/page/keys.h"
#include "render/words/text.h"

#define FEW 10

/* A file of a release is shown with that release's tree where there is one: the baseline's first, then by the order
 * given.
 */
static void choose_tree(struct source_page *page)
{
	size_t baseline = page->plan->groups.baseline, index;

	for (int pass = 0; pass < 2 && !page->tree; pass++)
		for (size_t i = 0; i < page->set->tree_count && !page->tree; i++) {
			const struct source_tree *tree = &page->set->trees[i];

			index = source_file_find(tree->source, page->path);
			if (index == SIZE_MAX || (pass == 0 && !tree->of_image[baseline]))
				continue;
			page->tree = tree;
			source_file_get(tree->source, index, page->arena, &page->file);
		}
}

static void find_images(struct source_page *page)
{
	size_t baseline = page->plan->groups.baseline, units, functions;

	page->main = NO_IMAGE;
	page->compiled = arena_zalloc(page->arena, page->plan->image_count + 1);
	for (size_t i = 0; i < page->plan->image_count; i++) {
		source_units(&page->set->facts[i], page->id, &units);
		source_functions(&page->set->facts[i], page->id, &functions);
		page->compiled[i] = units || functions;
		/* The newest comes last. */
		if (page->compiled[i] && (page->main == NO_IMAGE || page->main != baseline))
			page->main = i;
		if (page->compiled[baseline])
			page->main = baseline;
	}
}

static bool is_build_rule(const char *path, const char *file)
{
	return str_starts(file, "Makefile") || str_starts(file, "Kconfig") || str_starts(file, "Kbuild") ||
	       str_starts(path, "scripts/") || str_ends(path, ".mk") || str_ends(path, ".sh") ||
	       str_ends(path, ".lds.S") || str_ends(path, ".lds") || str_ends(path, ".config") ||
	       str_ends(path, "_defconfig");
}

static bool is_text(const char *path)
{
	return str_starts(path, "Documentation/") || str_starts(path, "LICENSES/") || str_ends(path, ".rst") ||
	       str_ends(path, ".txt") || str_ends(path, ".md");
}

static const char *role_of(const struct source_page *page)
{
	const char *slash = strrchr(page->path, '/'), *file = slash ? slash + 1 : page->path;
	bool code = str_ends(page->path, ".c") || str_ends(page->path, ".h");

	if (is_build_rule(page->path, file))
		return "build";
	if (is_text(page->path))
		return "documentation";
	if (str_ends(page->path, ".rs"))
		return "rust";
	if (str_ends(page->path, ".S"))
		return source_has_kind(page, "integration") ? "integration" : "assembly";
	if (!code)
		return page->main == NO_IMAGE ? "other" : "source";
	if (source_has_kind(page, "syscall") || str_starts(page->path, "include/uapi/"))
		return "boundary";
	if (source_has_kind(page, "integration"))
		return "integration";
	if (source_has_kind(page, "operations"))
		return "pattern";
	return str_ends(page->path, ".h") ? "header" : "source";
}

static bool calls_kind(const struct source_page *page, const char *kind)
{
	size_t count = 0;
	const struct pair_count *uses =
		page->main == NO_IMAGE ? NULL : source_uses(&page->set->facts[page->main], page->id, &count);

	for (size_t i = 0; i < count; i++)
		if (str_eq(source_words_primitive(page->set->words, page->set->names[uses[i].right]).kind, kind))
			return true;
	for (size_t i = 0; page->tree && i < page->file.call_count; i++)
		if (str_eq(source_words_primitive(page->set->words, page->file.calls[i].name).kind, kind))
			return true;
	return false;
}

static bool is_integrated(const struct source_page *page)
{
	size_t exports = 0, calls = 0;

	if (page->tree && (page->file.export_count || page->file.initcall_count))
		return true;
	for (size_t i = 0; i < page->plan->image_count && !exports && !calls; i++) {
		source_exports(&page->set->facts[i], page->id, &exports);
		source_initcalls(&page->set->facts[i], page->id, &calls);
	}
	return exports || calls;
}

static bool has_syscall(const struct source_page *page)
{
	if (page->tree && page->file.syscall_count)
		return true;
	for (size_t i = 0; !page->tree && i < page->row_count; i++)
		if (str_starts(page->rows[i].name, "__do_sys_"))
			return true;
	return false;
}

static bool defines_struct(const struct source_page *page)
{
	size_t count = 0;

	for (size_t i = 0; page->tree && i < page->file.type_count; i++)
		if (page->file.types[i].kind == SOURCE_STRUCT)
			return true;
	for (size_t i = 0; i < page->plan->image_count && !count; i++)
		source_types(&page->set->facts[i], page->id, &count);
	return count != 0;
}

bool source_has_kind(const struct source_page *page, const char *kind)
{
	if (strcmp(kind, "syscall") == 0)
		return has_syscall(page);
	if (strcmp(kind, "integration") == 0)
		return is_integrated(page);
	if (strcmp(kind, "operations") == 0)
		return page->tree && page->file.table_count;
	if (strcmp(kind, "struct") == 0)
		return defines_struct(page);
	return calls_kind(page, kind);
}

static const char *extension_of(const struct source_page *page)
{
	const char *slash = strrchr(page->path, '/'), *file = slash ? slash + 1 : page->path;
	const char *dot = strrchr(file, '.');

	if (page->tree)
		return *page->file.extension ? page->file.extension : "none";
	return dot && dot != file ? dot : "none";
}

static const char *tree_words(const struct source_page *page)
{
	if (!page->tree)
		return page->set->tree_count ? "none of those given has the file" : "none was given";
	return arena_printf(page->arena, "%s (%s)", page->tree->version ? page->tree->version : "unknown version",
			    source_state_text(page->file.state));
}

static const char *images_words(struct source_page *page)
{
	size_t count = 0;

	for (size_t i = 0; i < page->plan->image_count; i++)
		count += page->compiled[i];
	return arena_printf(page->arena, "%zu of %zu", count, page->plan->image_count);
}

static void add_facts(struct source_page *page, const struct source_domain *domain, const struct source_role *role)
{
	struct object *section = source_section(page, "File Facts");
	struct list *facts = source_facts(section);
	bool known = page->tree && page->file.state != SOURCE_UNREAD && page->file.state != SOURCE_LINK;

	source_fact(page, facts, "System", "Linux kernel");
	source_fact(page, facts, "Corpus path", page->path);
	source_fact(page, facts, "Extension", extension_of(page));
	source_fact(page, facts, "Size",
		    known ? arena_printf(page->arena, "%llu bytes", (unsigned long long)page->file.size_bytes) : NULL);
	source_fact(page, facts, "Lines", known ? source_number(page->arena, page->file.line_count) : NULL);
	source_fact(page, facts, "Domain", domain->domain);
	source_fact(page, facts, "Bucket", domain->bucket);
	source_fact(page, facts, "Inferred role", arena_printf(page->arena, "%s: %s", domain->domain, role->words));
	source_fact(page, facts, "Status", role->status_words);
	source_fact(page, facts, "Source tree", tree_words(page));
	if (page->tree && page->file.link)
		source_fact(page, facts, "Link to", page->file.link);
	source_fact(page, facts, "Compiled in", arena_printf(page->arena, "%s images", images_words(page)));
}

static void add_why(struct source_page *page, const struct source_domain *domain)
{
	struct object *section = source_section(page, "Why This File Exists");
	struct list *entries = source_list(section);
	struct source_trait trait;

	if (*domain->why)
		source_plain(source_entry(entries, NULL), domain->why);
	for (size_t n = 0; (trait = source_words_trait(page->set->words, n)).name; n++)
		if (source_has_kind(page, trait.kind))
			source_plain(source_entry(entries, NULL), trait.sentence);
}

static void add_few_includes(struct source_page *page, struct list *entries)
{
	struct list *parts = source_entry(entries, "Immediate include surface");

	if (!page->tree || page->file.state != SOURCE_PARSED)
		source_plain(parts, "unknown");
	else if (!page->file.include_count)
		source_plain(parts, "none");
	for (size_t i = 0; page->tree && i < page->file.include_count && i < FEW; i++)
		source_part(parts, text_visible(page->arena, page->file.includes[i].name), NULL);
}

/* Of a tree's file what is written there, else what the one image has that is told of. */
static bool is_detected(const struct source_page *page, const struct source_row *row)
{
	if (page->tree && page->file.state == SOURCE_PARSED)
		return row->written != NULL;
	return page->main == NO_IMAGE || row->of_image[page->main];
}

static void add_few_functions(struct source_page *page, struct list *entries)
{
	struct list *parts = source_entry(entries, "Detected declarations");
	size_t shown = 0;

	for (size_t i = 0; i < page->row_count && shown < FEW; i++)
		if (is_detected(page, &page->rows[i])) {
			source_part_function(page, parts, page->rows[i].name);
			shown++;
		}
	if (!shown)
		source_plain(parts, "no function");
}

static void add_annotation(struct source_page *page, const struct source_domain *domain, const struct source_role *role)
{
	struct object *section = source_section(page, "Annotation");
	struct list *entries = source_list(section);
	struct source_trait trait;

	add_few_includes(page, entries);
	add_few_functions(page, entries);
	source_plain(source_entry(entries, "Atlas domain"),
		     arena_printf(page->arena, "%s / %s", domain->domain, text_visible(page->arena, domain->bucket)));
	source_plain(source_entry(entries, "Implementation status"), role->status_words);
	for (size_t n = 0; (trait = source_words_trait(page->set->words, n)).name; n++)
		if (source_has_kind(page, trait.kind) && *trait.advice)
			source_plain(source_entry(entries, NULL), trait.advice);
}

static void add_implementation_notes(struct source_page *page, const struct source_domain *domain)
{
	struct object *section = source_section(page, "Implementation Notes");
	struct list *entries = source_list(section);

	source_plain(
		source_entry(entries, NULL),
		"What stands here is read from the source tree and from images, and told apart; what neither tells is "
		"called unknown.");
	if (*domain->note)
		source_plain(source_entry(entries, NULL), domain->note);
	for (size_t i = 0; i < page->set->tree_count; i++) {
		const struct source_tree *tree = &page->set->trees[i];

		if (tree != page->tree && source_file_find(tree->source, page->path) != SIZE_MAX)
			source_plain(source_entry(entries, NULL),
				     arena_printf(page->arena, "The tree of %s has the file, too; it is not shown.",
						  tree->version ? tree->version : "an unknown version"));
	}
	for (size_t i = 0; page->tree && i < page->file.problem_count; i++) {
		const struct source_problem *problem = &page->file.problems[i];
		const char *text = text_visible(page->arena, problem->text);

		source_plain(source_entry(entries, "Not read"),
			     problem->line ? arena_printf(page->arena, "line %u: %s", problem->line, text) : text);
	}
}

/* Links to the same file elsewhere: at the release of the tree, else of the image. */
static void add_links(struct source_page *page, struct object *values)
{
	const struct image of_tree = {.version = page->tree && page->tree->version ? page->tree->version : ""};
	const struct image *image = page->main == NO_IMAGE ? &page->plan->images[page->plan->groups.baseline]
							   : &page->plan->images[page->main];
	const struct image *release = page->tree ? &of_tree : image;

	object_text(values, KEY_elixir, url_elixir(page->arena, release, page->path, 0));
	object_text(values, KEY_git, url_git(page->arena, release, page->path, 0));
}

static void add_head(struct source_page *page, struct object *values)
{
	const char *folder = folder_of(page->arena, page->path);

	object_text(values, KEY_path, text_visible(page->arena, page->path));
	object_text(values, KEY_folder, *folder ? text_visible(page->arena, folder) : "all sources");
	object_text(values, KEY_link, source_href(page, url_folder(page->arena, folder)));
	add_links(page, values);
	page->sections = object_list(values, KEY_sections);
}

void source_page_begin(struct source_page *page, struct arena *arena, const struct site_data *data, size_t number,
		       bool markdown)
{
	*page = (struct source_page){
		.arena = arena,
		.data = data,
		.plan = data->plan,
		.set = data->plan->sources,
		.markdown = markdown,
		.path = data->plan->paths[number],
	};
	page->id = source_set_path(page->set, page->path);
	choose_tree(page);
	find_images(page);
}

struct object *source_page_values(struct arena *arena, const struct site_data *data, size_t number, bool markdown)
{
	struct source_page page;
	struct object *values = object_new(arena);
	struct source_domain domain;

	source_page_begin(&page, arena, data, number, markdown);
	source_rows_gather(&page);
	source_words_domain(page.set->words, arena, page.path, &domain);
	const struct source_role role = source_words_role(page.set->words, role_of(&page));

	add_head(&page, values);
	add_facts(&page, &domain, &role);
	add_why(&page, &domain);
	source_add_declarations(&page);
	add_annotation(&page, &domain, &role);
	add_implementation_notes(&page, &domain);
	source_add_compiled(&page);
	source_add_functions(&page);
	source_add_exports(&page);
	source_add_initcalls(&page);
	source_add_structs(&page);
	source_add_headers(&page);
	source_add_calls(&page);
	source_add_primitives(&page);
	source_add_moves(&page);
	return values;
}
