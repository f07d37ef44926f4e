// SPDX-License-Identifier: GPL-2.0-or-later
/* Keys of source pages: all that a page is made from, as texts and numbers that do not depend on ids. */
#include "source_page.h"

struct keying {
	const struct source_page *page;
	digest key;
};

static void add_text(struct keying *keying, const char *text)
{
	keying->key = digest_text(keying->key, text);
}

static void add_number(struct keying *keying, uint64_t number)
{
	keying->key = digest_add(keying->key, number);
}

/* A function's name, and whether the page can lead to it. */
static void add_function(struct keying *keying, const char *name)
{
	const struct source_page *page = keying->page;
	size_t wanted = name ? site_find_wanted(page->plan, name) : SIZE_MAX;

	add_text(keying, name);
	if (wanted == SIZE_MAX)
		return;
	add_number(keying, page->data->written[wanted] + 2u * page->plan->shadowed[page->plan->wanted[wanted]]);
}

static void add_type(struct keying *keying, const char *name)
{
	const struct source_page *page = keying->page;

	add_text(keying, name);
	add_number(keying, url_type(page->arena, page->plan, name) != NULL);
}

static void add_definitions(struct keying *keying, const struct file_facts *facts)
{
	const struct source_page *page = keying->page;
	size_t count;
	const struct file_function *functions = source_functions(facts, page->id, &count);

	for (size_t i = 0; i < count; i++) {
		const struct file_function *function = &functions[i];

		add_function(keying, page->set->names[function->name]);
		add_text(keying, page->set->paths[function->unit]);
		add_number(keying, (uint64_t)function->line << 32 | (uint64_t)function->flags << 24 |
					   (uint64_t)function->collision << 16 | (uint64_t)function->inlining << 8 |
					   function->transformed);
	}
	add_number(keying, count);
}

static void add_exports(struct keying *keying, const struct file_facts *facts)
{
	const struct source_page *page = keying->page;
	size_t count;
	const struct file_export *exports = source_exports(facts, page->id, &count);

	for (size_t i = 0; i < count; i++) {
		add_function(keying, page->set->names[exports[i].name]);
		add_text(keying, page->set->names[exports[i].namespace]);
		add_number(keying, (uint64_t)exports[i].crc << 1 | exports[i].gpl);
	}
	add_number(keying, count);
}

static void add_rest(struct keying *keying, const struct file_facts *facts)
{
	const struct source_page *page = keying->page;
	size_t count;
	const struct file_initcall *calls = source_initcalls(facts, page->id, &count);

	for (size_t i = 0; i < count; i++) {
		add_function(keying, page->set->names[calls[i].name]);
		add_text(keying, calls[i].level);
	}
	const struct file_unit *units = source_units(facts, page->id, &count);

	for (size_t i = 0; i < count; i++)
		add_text(keying, facts->objects[units[i].object]);
	const struct file_type *types = source_types(facts, page->id, &count);

	for (size_t i = 0; i < count; i++) {
		add_type(keying, types[i].name);
		add_number(keying, types[i].size_bytes << 8 | types[i].kind);
		add_number(keying, types[i].line);
	}
	add_number(keying, facts->units_known | facts->exports_known << 1 | facts->initcalls_known << 2 |
				   facts->types_known << 3);
	const struct pair_count *links = source_links_in(facts, page->id, &count);

	/* Which files hold its code is told of all images, how often of one. */
	for (size_t i = 0; i < count; i++)
		add_number(keying, links[i].inlined != 0);
}

static void add_links(struct keying *keying, const struct file_facts *facts)
{
	const struct source_page *page = keying->page;
	size_t out, in, uses;
	const struct pair_count *links = source_links(facts, page->id, &out);
	const struct pair_count *links_in = source_links_in(facts, page->id, &in);
	const struct pair_count *used = source_uses(facts, page->id, &uses);

	for (size_t i = 0; i < out + in; i++) {
		const struct pair_count *link = i < out ? &links[i] : &links_in[i - out];

		add_text(keying, page->set->paths[i < out ? link->right : link->left]);
		add_number(keying, (uint64_t)link->calls << 32 | link->inlined);
	}
	for (size_t i = 0; i < uses; i++) {
		add_function(keying, page->set->names[used[i].right]);
		add_number(keying, (uint64_t)used[i].calls << 32 | used[i].inlined);
	}
}

static void add_moves(struct keying *keying)
{
	const struct source_page *page = keying->page;

	for (size_t i = 0; i < page->set->moves.count; i++) {
		const struct source_move *move = &page->set->moves.items[i];

		if (!page->id || (move->from != page->id && move->to != page->id))
			continue;
		add_text(keying, page->set->paths[move->from]);
		add_text(keying, page->set->paths[move->to]);
		add_text(keying, page->plan->images[move->before].name);
		add_text(keying, page->plan->images[move->after].name);
		add_number(keying, (uint64_t)move->moved << 32 | move->of);
	}
}

/* The tree's file by its bytes: source_file_get() tells no more than they do, and the parser is part of the program. */
static void add_tree(struct keying *keying)
{
	const struct source_page *page = keying->page;
	const struct source_file *file = &page->file;

	for (size_t i = 0; i < page->set->tree_count; i++) {
		const struct source_tree *tree = &page->set->trees[i];

		add_text(keying, tree->version);
		add_number(keying, source_file_find(tree->source, page->path) != SIZE_MAX);
		add_number(keying, tree == page->tree);
	}
	if (!page->tree)
		return;
	add_number(keying, file->state);
	add_number(keying, file->size_bytes);
	add_number(keying, file->line_count);
	add_number(keying, file->macro_count);
	add_text(keying, file->link);
	for (size_t i = 0; i < file->include_count; i++) {
		add_text(keying, file->includes[i].name);
		add_text(keying, file->includes[i].condition);
		add_number(keying, file->includes[i].computed | file->includes[i].system << 1);
		add_text(keying, source_include_path(page, &file->includes[i]));
	}
	for (size_t i = 0; i < file->function_count; i++) {
		add_function(keying, file->functions[i].name);
		add_text(keying, file->functions[i].macro);
		add_text(keying, file->functions[i].condition);
		add_number(keying, file->functions[i].line);
		add_number(keying, (uint64_t)file->functions[i].end_line << 1 | file->functions[i].is_static);
	}
}

static void add_declarations(struct keying *keying)
{
	const struct source_file *file = &keying->page->file;

	for (size_t i = 0; i < file->type_count; i++) {
		add_type(keying, file->types[i].name);
		add_number(keying, (uint64_t)file->types[i].line << 32 | (uint64_t)file->types[i].members << 2 |
					   file->types[i].kind);
	}
	for (size_t i = 0; i < file->syscall_count; i++)
		add_text(keying, file->syscalls[i].name);
	for (size_t i = 0; i < file->initcall_count; i++) {
		add_function(keying,
			     file->initcalls[i].function ? file->initcalls[i].function : file->initcalls[i].argument);
		add_text(keying, file->initcalls[i].macro);
		add_text(keying, file->initcalls[i].level);
		add_text(keying, file->initcalls[i].condition);
		add_number(keying, file->initcalls[i].line);
	}
	for (size_t i = 0; i < file->export_count; i++) {
		add_function(keying, file->exports[i].name);
		add_text(keying, file->exports[i].space);
		add_text(keying, file->exports[i].condition);
		add_number(keying, (uint64_t)file->exports[i].line << 1 | file->exports[i].gpl);
	}
	for (size_t i = 0; i < file->table_count; i++) {
		add_text(keying, file->tables[i].name);
		add_text(keying, file->tables[i].type);
	}
	for (size_t i = 0; i < file->problem_count; i++) {
		add_text(keying, file->problems[i].text);
		add_number(keying, file->problems[i].line);
	}
	for (size_t i = 0; i < file->call_count; i++)
		add_text(keying, file->calls[i].name);
	add_text(keying, file->snippet.text);
	add_number(keying, (uint64_t)file->snippet.line << 8 | (uint64_t)file->snippet.kind << 1 | file->snippet.cut);
}

page_key source_page_key(const struct site_data *data, size_t number)
{
	struct source_page page;
	struct arena arena;

	arena_init(&arena);
	source_page_begin(&page, &arena, data, number, false);
	struct keying keying = {&page, digest_add(data->plan->key, page.set->key)};

	add_text(&keying, page.path);
	for (size_t i = 0; i < page.plan->image_count; i++) {
		const struct file_facts *facts = &page.set->facts[i];

		add_definitions(&keying, facts);
		add_exports(&keying, facts);
		add_rest(&keying, facts);
	}
	if (page.main != NO_IMAGE)
		add_links(&keying, &page.set->facts[page.main]);
	add_moves(&keying);
	add_tree(&keying);
	if (page.tree)
		add_declarations(&keying);
	arena_fini(&arena);
	return keying.key ? keying.key : 1;
}
