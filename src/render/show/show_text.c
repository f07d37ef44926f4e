// SPDX-License-Identifier: GPL-2.0-or-later
/* One function on the terminal: where it is, what differs, how it is declared, who calls it. */
#include <string.h>

#include "atlas/differences.h"
#include "atlas/str.h"
#include "render/page/sites.h"
#include "render/words/attach_text.h"
#include "render/words/status.h"
#include "render/words/taken.h"
#include "render/words/text.h"
#include "show.h"

/* Callers shown unless all are asked for. */
#define LINES_SHOWN 10

static void heading(const struct show *show, const char *text)
{
	fprintf(show->out, show->options->colour ? "\n\033[1m%s\033[0m\n" : "\n%s\n", text);
}

/* A row of the table; the last column is not padded. */
enum column { COL_IMAGE, COL_EVIDENCE, COL_CALLS, COL_INLINED, COL_STATUS, COL_PLACE, COLUMNS };

struct row {
	const char *texts[COLUMNS];
};

static const char *place_text(struct arena *arena, const struct function *function)
{
	const char *place = NULL;
	size_t more = 0;

	for (uint32_t i = 0; i < function->instance_count; i++) {
		const struct instance *instance = &function->instances[i];
		const char *location = text_location(arena, instance);

		if (!instance_counts(function, instance) || (place && location && strcmp(place, location) == 0))
			continue;
		more += place != NULL;
		place = place ? place : location ? location : instance->file;
	}
	if (!place)
		return "";
	return more ? arena_printf(arena, "%s and %zu more", place, more) : place;
}

static const char *absence_text(const struct show *show, size_t image, enum presence presence)
{
	const struct page_rename *rename = atlas_rename(&show->input, image);

	if (!rename)
		return presence_text(presence);
	return arena_printf(show->arena, "macro over %s%s%s", rename->entry->over,
			    rename->entry->since ? " since " : "", rename->entry->since ? rename->entry->since : "");
}

static void fill_row(const struct show *show, size_t image, struct row *row)
{
	const struct image *of = &show->input.images[image];
	const struct function *function = show->input.functions[image];
	enum presence presence = presence_of(of, function, show->input.name);

	*row = (struct row){.texts = {of->name, evidence_text(of->evidence), "", "", "", ""}};
	if (presence != PRESENT && presence != PRESENT_DECLARED) {
		row->texts[COL_STATUS] = absence_text(show, image, presence);
		return;
	}
	row->texts[COL_CALLS] = arena_printf(show->arena, "%u", function->class.call_sites);
	row->texts[COL_INLINED] = arena_printf(show->arena, "%u", function->class.inlined_sites);
	row->texts[COL_STATUS] = presence == PRESENT ? status_cell(show->arena, function) : presence_text(presence);
	if (show->input.objects[image].count > 1)
		row->texts[COL_STATUS] = arena_printf(show->arena, "%s, and in %zu more", row->texts[COL_STATUS],
						      show->input.objects[image].count - 1);
	row->texts[COL_PLACE] = place_text(show->arena, function);
}

static void print_row(FILE *out, const struct row *row, const int *widths)
{
	AUTO_STR struct str line = {0};

	for (size_t i = 0; i < COLUMNS; i++)
		str_addf(&line, i ? "  %-*s" : "%-*s", widths[i], row->texts[i]);
	while (line.length && line.data[line.length - 1] == ' ')
		line.data[--line.length] = '\0';
	fprintf(out, "%s\n", line.data);
}

static void print_table(const struct show *show)
{
	size_t count = show->input.image_count;
	struct row *rows = arena_alloc(show->arena, (count + 1) * sizeof(*rows));
	int widths[COLUMNS] = {0};

	rows[0] = (struct row){.texts = {"IMAGE", "EVIDENCE", "CALLS", "INLINED", "STATUS", "DECLARED AT"}};
	for (size_t i = 0; i < count; i++)
		fill_row(show, i, &rows[i + 1]);
	for (size_t i = 0; i <= count; i++)
		for (size_t j = 0; j < COLUMNS; j++)
			if ((int)strlen(rows[i].texts[j]) > widths[j])
				widths[j] = (int)strlen(rows[i].texts[j]);
	for (size_t i = 0; i <= count; i++)
		print_row(show->out, &rows[i], widths);
}

static struct compared side(const struct show *show, size_t image, const char *label)
{
	const struct function *function = show->input.functions[image];

	return (struct compared){
		.image = &show->input.images[image],
		.function = function,
		.presence = presence_of(&show->input.images[image], function, show->input.name),
		.label = label,
	};
}

static void add_change(struct str *text, const struct change *change)
{
	str_add(text, text->length ? "; " : "");
	str_add(text, change_text(change->kind));
	if (change->before || change->after)
		str_add(text, ": ");
	if (change->before)
		str_add(text, change->before);
	if (change->before && change->after)
		str_add(text, " -> ");
	if (change->after)
		str_add(text, change->after);
}

struct told {
	bool compared, different;
};

static bool has_it(const struct compared *side)
{
	return side->presence == PRESENT || side->presence == PRESENT_DECLARED;
}

static void print_pair(const struct show *show, const struct group_member *member, struct told *told)
{
	struct compared before = side(show, member->compared, member->compared_label);
	struct compared after = side(show, member->image, member->label);
	struct differences differences = {0};
	AUTO_STR struct str text = {0};

	differences_atlas(show->arena, &before, &after, &differences);
	for (size_t i = 0; i < differences.changes.count; i++)
		add_change(&text, &differences.changes.items[i]);
	for (size_t i = 0; i < differences.unknown.count; i++)
		str_addf(&text, "%snot comparable: %s", text.length ? "; " : "", differences.unknown.items[i]);
	if (text.length)
		fprintf(show->out, "  %s -> %s: %s\n", member->compared_label, member->label,
			text_visible(show->arena, text.data));
	told->compared |= has_it(&before) || has_it(&after);
	told->different |= text.length > 0;
	differences_fini(&differences);
}

/* Pairs without any difference are not told one by one. */
static void print_differences(const struct show *show)
{
	struct told told = {0};
	const char *alone = groups_alone(show->arena, show->input.groups);

	heading(show, "What differs (declaration, file, linkage, inlining, transformation, export)");
	for (size_t i = 0; i < GROUP_COUNT; i++) {
		const struct group *group = &show->input.groups->groups[i];

		for (size_t j = 0; j < group->count; j++)
			if (group->members[j].compared != NO_IMAGE)
				print_pair(show, &group->members[j], &told);
	}
	fputs(told.different  ? "  pairs not named here are alike\n"
	      : told.compared ? "  nothing\n"
			      : "  there is nothing to compare with\n",
	      show->out);
	if (alone && show->input.image_count > 1)
		fprintf(show->out, "  compared with no other image: %s\n", text_visible(show->arena, alone));
}

static const char *declaration_in(const struct show *show, size_t image)
{
	const struct function *function = show->input.functions[image];

	if (!function_was_read(function))
		return NULL;
	if (function_is_assembler(function))
		return "(assembler: its parameters are unknown)";
	if (!function->prototype)
		return "(unknown)";
	return text_declaration(show->arena, text_function(show->arena, function->name), function->prototype);
}

/* Each declaration once, with the images that have it. */
static void print_declarations(const struct show *show)
{
	size_t count = show->input.image_count;
	const char **texts = arena_alloc(show->arena, count * sizeof(*texts));

	heading(show, "Declaration");
	for (size_t i = 0; i < count; i++)
		texts[i] = declaration_in(show, i);
	for (size_t i = 0; i < count; i++) {
		if (!texts[i])
			continue;
		fprintf(show->out, "  %s\n   ", texts[i]);
		for (size_t j = i; j < count; j++) {
			if (j != i && (!texts[j] || strcmp(texts[i], texts[j]) != 0))
				continue;
			fprintf(show->out, " %s", show->input.images[j].name);
			if (j != i)
				texts[j] = NULL;
		}
		fputs("\n", show->out);
	}
}

/* The first of them, unless all are asked for. */
static void print_some(const struct show *show, const char *const *lines, size_t count)
{
	size_t shown = show->options->all || count <= LINES_SHOWN ? count : LINES_SHOWN;

	for (size_t i = 0; i < shown; i++)
		fprintf(show->out, "    %s\n", lines[i]);
	if (shown < count)
		fprintf(show->out, "    ... %zu more lines; --all shows them\n", count - shown);
}

static void print_lines(const struct show *show, const char *what, const struct site_lines *lines)
{

	if (lines->sum.sites == 0)
		return;
	fprintf(show->out, "  %s: %zu site%s in %zu function%s\n", what, lines->sum.sites, plural(lines->sum.sites),
		lines->sum.callers, plural(lines->sum.callers));
	print_some(show, lines->lines, lines->count);
}

static void print_sites(const struct show *show, const char *what, const struct site *sites, size_t count)
{
	struct site_lines lines = site_lines_new(show->arena, sites, count);

	print_lines(show, what, &lines);
}

/* The sites on all instances together, those from a module as well. */
static const struct site *all_sites(const struct show *show, const struct function *function, bool inlined,
				    size_t *count)
{
	size_t total = 0;

	for (uint32_t i = 0; i < function->instance_count; i++)
		total += inlined ? function->instances[i].inlined_count : function->instances[i].call_count;
	struct site *sites = arena_alloc(show->arena, (total + 1) * sizeof(*sites));

	*count = 0;
	for (uint32_t i = 0; i < function->instance_count; i++) {
		const struct instance *instance = &function->instances[i];
		size_t more = inlined ? instance->inlined_count : instance->call_count;

		if (more)
			memcpy(sites + *count, inlined ? instance->inlined : instance->calls, more * sizeof(*sites));
		*count += more;
	}
	return sites;
}

static void print_symbols(const struct show *show, const struct function *function)
{
	for (uint32_t i = 0; i < function->symbol_count; i++) {
		const struct symbol *symbol = &function->symbols[i];
		bool module = symbol->object && strcmp(symbol->object, "vmlinux") != 0;

		if (i == LINES_SHOWN && !show->options->all) {
			fprintf(show->out, "    ... %u more symbols; --all shows them\n", function->symbol_count - i);
			break;
		}
		fprintf(show->out, "  symbol %s at %s, %llu bytes, %s%s%s%s\n", text_visible(show->arena, symbol->name),
			object_address(show->arena, symbol->section, symbol->address),
			(unsigned long long)symbol->size_bytes, text_binding(show->arena, symbol->binding),
			module ? " [" : "", module ? text_visible(show->arena, symbol->object) : "", module ? "]" : "");
	}
}

/* Calls and inlined copies come in one list, by address. */
static void print_callees_of_kind(const struct show *show, const struct site *sites, size_t count, bool inlined)
{
	struct site *chosen = arena_alloc(show->arena, (count + 1) * sizeof(*chosen));
	size_t found = 0;

	for (size_t i = 0; i < count; i++)
		if ((sites[i].kind == EDGE_INLINED) == inlined)
			chosen[found++] = sites[i];
	print_sites(show, inlined ? "inlined in it" : "calls", chosen, found);
}

static struct error *print_callees(const struct show *show, const struct function *function)
{
	const struct site *sites;
	size_t count;

	TRY(store_callees(show->store, show->arena, function, &sites, &count));
	print_callees_of_kind(show, sites, count, false);
	print_callees_of_kind(show, sites, count, true);
	return NULL;
}

static void print_import_calls(const struct show *show, const struct function *function)
{
	print_sites(show,
		    arena_printf(show->arena, "called from %u module%s%s", function->imported_by,
				 function->imported_by == 1 ? "" : "s", status_import_doubt(function)),
		    function->import_calls, function->import_call_count);
}

static void print_taken(const struct show *show, const struct function *function)
{
	struct taken_lines found = taken_lines_new(show->arena, function);

	fprintf(show->out, "  address taken by: %s\n", found.summary);
	print_some(show, found.lines, found.count);
}

static struct error *print_object(const struct show *show, const struct function *function)
{
	size_t count;

	fprintf(show->out, "  Collision: %s\n", status_collision(show->arena, function));
	fprintf(show->out, "  Inline: %s\n", status_inlining(show->arena, function));
	fprintf(show->out, "  Transformation: %s\n", status_transformation(function));
	fprintf(show->out, "  Exported: %s\n", export_text(show->arena, function));
	fprintf(show->out, "  Attach: %s\n", attach_text(show->arena, function));
	print_symbols(show, function);
	const struct site *sites = all_sites(show, function, true, &count);

	print_sites(show, "inlined into", sites, count);
	sites = all_sites(show, function, false, &count);
	print_sites(show, "called by", sites, count);
	print_import_calls(show, function);
	print_taken(show, function);
	print_sites(show, "calls recorded under another name", function->alias_calls, function->alias_call_count);
	return show->options->callees ? print_callees(show, function) : NULL;
}

static struct error *print_image(const struct show *show, size_t image)
{
	const struct object_functions *objects = &show->input.objects[image];
	const char *name = show->input.images[image].name;

	for (size_t i = 0; i < objects->count; i++) {
		const struct function *function = objects->items[i];

		if (i == OBJECTS_IN_FULL && !show->options->all) {
			fprintf(show->out, "\n%zu more modules have a function of this name: --all shows them\n",
				objects->count - i);
			break;
		}
		heading(show, object_is_module(function)
				      ? arena_printf(show->arena, "In %s [%s]", name,
						     text_visible(show->arena, object_name(function)))
				      : arena_printf(show->arena, "In %s", name));
		TRY(print_object(show, function));
	}
	return NULL;
}

size_t show_image_in_detail(const struct show *show)
{
	const struct page_input *input = &show->input;
	const struct group *regular = &input->groups->groups[GROUP_REGULAR];
	size_t newest = NO_IMAGE;

	for (size_t i = regular->count; i-- > 0;)
		if (function_was_read(input->functions[regular->members[i].image]))
			return regular->members[i].image;
	for (size_t i = 0; i < input->image_count; i++)
		if (function_was_read(input->functions[i]) &&
		    (newest == NO_IMAGE || image_compare(&input->images[i], &input->images[newest]) >= 0))
			newest = i;
	return newest;
}

static struct error *print_images(const struct show *show)
{
	size_t others = 0, chosen = show_image_in_detail(show);

	for (size_t i = 0; i < show->input.image_count; i++) {
		if (!function_was_read(show->input.functions[i]))
			continue;
		if (show->options->all || i == chosen)
			TRY(print_image(show, i));
		else
			others++;
	}
	if (others)
		fprintf(show->out, "\n%zu more image%s: --image GLOB chooses, --all shows all\n", others,
			others == 1 ? "" : "s");
	return NULL;
}

struct error *show_text(const struct show *show)
{
	const char *readable = text_function(show->arena, show->input.name);
	const struct rename_entry *macro;

	fprintf(show->out, "%s\n", text_visible(show->arena, show->input.name));
	if (strcmp(readable, show->input.name) != 0)
		fprintf(show->out, "%s\n", readable);
	for (size_t i = 0; (macro = rename_over(show->input.name, i)); i++)
		fprintf(show->out, "called through the macro %s%s%s (%s)\n", macro->name, macro->since ? " since " : "",
			macro->since ? macro->since : "", macro->reason);
	fputs("\n", show->out);
	print_table(show);
	if (show->input.image_count > 1)
		print_differences(show);
	print_declarations(show);
	return print_images(show);
}
