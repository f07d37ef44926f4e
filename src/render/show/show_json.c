// SPDX-License-Identifier: GPL-2.0-or-later
/* One function as JSON: an object with one member per image, nothing folded. */
#include <string.h>

#include "atlas/json_writer.h"
#include "render/words/text.h"
#include "show.h"

static void put_text(struct json_writer *json, const char *key, const char *text)
{
	if (!text)
		return;
	jw_key(json, key);
	jw_string(json, text);
}

static void put_flag(struct json_writer *json, const char *key, bool flag)
{
	if (!flag)
		return;
	jw_key(json, key);
	jw_bool(json, true);
}

static const char *edge_kind_text(uint8_t kind)
{
	switch (kind) {
	case EDGE_DIRECT:
		return "direct";
	case EDGE_TAIL:
		return "tail";
	case EDGE_INLINED:
		return "inlined";
	case EDGE_CODE:
		return "code";
	default:
		return "unknown";
	}
}

static void put_site(struct json_writer *json, const struct site *site)
{
	jw_begin_object(json);
	put_text(json, "function", site->name);
	put_text(json, "path", site->path);
	put_text(json, "module", site->object);
	put_text(json, "kind", edge_kind_text(site->kind));
	put_text(json, "symbol", site->symbol);
	put_text(json, "recorded_as", site->as);
	put_flag(json, "in_copy", site->flags & EDGE_COPY);
	put_flag(json, "self", site->flags & EDGE_SELF);
	if (site->line) {
		jw_key(json, "line");
		jw_u64(json, site->line);
	}
	put_text(json, "section", site->section);
	if (site->address || site->section) {
		jw_key(json, "address");
		jw_hex(json, site->address);
	}
	if (site->through_count) {
		jw_key(json, "through");
		jw_begin_array(json);
		for (uint32_t i = 0; i < site->through_count; i++)
			jw_string(json, site->through[i]);
		jw_end_array(json);
	}
	jw_end_object(json);
}

static void put_sites(struct json_writer *json, const char *key, const struct site *sites, size_t count)
{
	jw_key(json, key);
	jw_begin_array(json);
	for (size_t i = 0; i < count; i++)
		put_site(json, &sites[i]);
	jw_end_array(json);
}

static void put_prototype(struct json_writer *json, const struct prototype *prototype)
{
	if (!prototype)
		return;
	jw_key(json, "prototype");
	jw_begin_object(json);
	put_text(json, "returns", prototype->returns);
	jw_key(json, "params");
	jw_begin_array(json);
	for (uint32_t i = 0; i < prototype->count; i++) {
		jw_begin_object(json);
		put_text(json, "name", prototype->params[i].name);
		put_text(json, "decl", prototype->params[i].decl);
		jw_end_object(json);
	}
	jw_end_array(json);
	jw_end_object(json);
}

static void put_instance(struct json_writer *json, const struct instance *instance)
{
	jw_begin_object(json);
	put_text(json, "file", instance->file);
	put_text(json, "declared_in", instance->decl_file);
	if (instance->decl_line) {
		jw_key(json, "line");
		jw_u64(json, instance->decl_line);
	}
	put_text(json, "module", instance->object);
	put_text(json, "section", instance->section);
	if (instance->flags & INSTANCE_HAS_ADDRESS) {
		jw_key(json, "address");
		jw_hex(json, instance->address);
	}
	if (!(instance->flags & INSTANCE_NO_DIE)) {
		jw_key(json, "external");
		jw_bool(json, instance->flags & INSTANCE_EXTERNAL);
	}
	put_flag(json, "no_die", instance->flags & INSTANCE_NO_DIE);
	put_flag(json, "defined", instance->flags & INSTANCE_DEFINED);
	put_flag(json, "asm", instance->flags & INSTANCE_ASM);
	put_flag(json, "overridden", instance->flags & INSTANCE_OVERRIDDEN);
	jw_key(json, "dw_inline");
	jw_u64(json, instance->dw_inline);
	put_text(json, "copy_of", instance->copy_of);
	put_text(json, "linkage", instance->linkage);
	put_text(json, "symbol", instance->symbol ? instance->symbol->name : NULL);
	put_prototype(json, instance->prototype);
	put_sites(json, "inlined_into", instance->inlined, instance->inlined_count);
	put_sites(json, "callers", instance->calls, instance->call_count);
	jw_end_object(json);
}

static void put_attach(struct json_writer *json, const struct symbol_attach *attach)
{
	jw_key(json, "attach");
	if (!attach) {
		jw_null(json);
		return;
	}
	jw_begin_object(json);
	put_text(json, "ftrace", attach->ftrace);
	put_text(json, "kprobe", attach->kprobe);
	put_text(json, "fentry", attach->fentry);
	put_text(json, "kprobe_multi", attach->kprobe_multi);
	put_text(json, "reason", attach->reason);
	jw_end_object(json);
}

static void put_symbols(struct arena *arena, struct json_writer *json, const struct function *function)
{
	jw_key(json, "symbols");
	jw_begin_array(json);
	for (uint32_t i = 0; i < function->symbol_count; i++) {
		const struct symbol *symbol = &function->symbols[i];

		jw_begin_object(json);
		put_text(json, "name", symbol->name);
		jw_key(json, "address");
		jw_hex(json, symbol->address);
		jw_key(json, "size");
		jw_u64(json, symbol->size_bytes);
		put_text(json, "binding", text_binding(arena, symbol->binding));
		put_text(json, "module", symbol->object);
		put_text(json, "section", symbol->section);
		put_attach(json, symbol->attach);
		jw_end_object(json);
	}
	jw_end_array(json);
}

static const char *search_text(enum taken_search search)
{
	switch (search) {
	case TAKEN_SEARCHED_DATA:
		return "data";
	case TAKEN_SEARCHED_ALL:
		return "data and code";
	case TAKEN_UNSEARCHED:
		break;
	}
	return NULL;
}

/* `taken_searched` is absent if it is not known whether these are all. */
static void put_taken(struct json_writer *json, const struct function *function)
{
	put_text(json, "taken_searched", search_text(function->taken_search));
	jw_key(json, "taken");
	jw_begin_array(json);
	for (uint32_t i = 0; i < function->taken_count; i++) {
		const struct taken *taken = &function->taken[i];

		jw_begin_object(json);
		put_text(json, "kind", taken->kind == TAKEN_CODE ? "code" : "data");
		put_text(json, "path", taken->path);
		put_text(json, "function", taken->holder);
		put_text(json, taken->kind == TAKEN_CODE ? "symbol" : "data", taken->data);
		put_text(json, "field", taken->field);
		jw_key(json, "offset");
		jw_u64(json, taken->offset);
		put_text(json, "module", taken->object);
		if (taken->symbol) {
			put_text(json, "address_of", taken->symbol->name);
			put_text(json, "section", taken->symbol->section);
			jw_key(json, "address");
			jw_hex(json, taken->symbol->address);
		}
		jw_end_object(json);
	}
	jw_end_array(json);
}

static void put_class(struct json_writer *json, const struct class *class)
{
	put_text(json, "collision", collision_text(class->collision));
	put_text(json, "inline", inlining_text(class->inlining));
	jw_key(json, "transformed");
	jw_bool(json, class->transformed);
	jw_key(json, "only_split");
	jw_bool(json, class->only_split);
	jw_key(json, "inlined_sites");
	jw_u64(json, class->inlined_sites);
	jw_key(json, "call_sites");
	jw_u64(json, class->call_sites);
}

/* null: not known; without a kind: not exported. */
static void put_export(struct json_writer *json, const struct function *function)
{
	const struct function_export *exported = &function->exported;

	jw_key(json, "exported");
	if (exported->state == EXPORT_UNKNOWN) {
		jw_null(json);
		return;
	}
	jw_begin_object(json);
	put_text(json, "kind",
		 exported->state == EXPORT_GPL	   ? "EXPORT_SYMBOL_GPL"
		 : exported->state == EXPORT_PLAIN ? "EXPORT_SYMBOL"
						   : NULL);
	put_text(json, "namespace", exported->namespace);
	if (exported->crc) {
		jw_key(json, "crc");
		jw_hex(json, exported->crc);
	}
	put_text(json, "by", exported->state == EXPORT_NO ? NULL : function->object);
	jw_end_object(json);
}

static struct error *put_callees(const struct show *show, struct json_writer *json, const struct function *function)
{
	const struct site *sites;
	size_t count;

	TRY(store_callees(show->store, show->arena, function, &sites, &count));
	put_sites(json, "callees", sites, count);
	return NULL;
}

static struct error *put_function(const struct show *show, struct json_writer *json, const struct function *function)
{
	put_text(json, "object", function->object);
	put_class(json, &function->class);
	put_export(json, function);
	put_prototype(json, function->prototype);
	jw_key(json, "instances");
	jw_begin_array(json);
	for (uint32_t i = 0; i < function->instance_count; i++)
		if (!(function->instances[i].flags & INSTANCE_MENTIONED))
			put_instance(json, &function->instances[i]);
	jw_end_array(json);
	put_symbols(show->arena, json, function);
	put_sites(json, "alias_calls", function->alias_calls, function->alias_call_count);
	put_sites(json, "import_calls", function->import_calls, function->import_call_count);
	put_taken(json, function);
	put_flag(json, "undefined", function->undefined);
	put_flag(json, "ambiguous", function->ambiguous);
	return show->options->callees ? put_callees(show, json, function) : NULL;
}

/* Functions of the same name in other linked objects of the image. */
static struct error *put_other_objects(const struct show *show, struct json_writer *json,
				       const struct object_functions *objects)
{
	struct error *err = NULL;

	if (objects->count < 2)
		return NULL;
	jw_key(json, "other_objects");
	jw_begin_array(json);
	for (size_t i = 1; i < objects->count && !err; i++) {
		jw_begin_object(json);
		err = put_function(show, json, objects->items[i]);
		jw_end_object(json);
	}
	jw_end_array(json);
	return err;
}

static struct error *put_image(const struct show *show, struct json_writer *json, size_t image)
{
	const struct image *of = &show->input.images[image];
	const struct function *function = show->input.functions[image];
	const struct page_rename *rename = atlas_rename(&show->input, image);
	struct error *err = NULL;

	jw_begin_object(json);
	put_text(json, "image", of->name);
	put_text(json, "version", of->version);
	put_text(json, "revision", of->revision);
	put_text(json, "flavor", of->flavor);
	put_text(json, "arch", of->arch);
	put_text(json, "evidence", evidence_text(of->evidence));
	jw_key(json, "modules_read");
	jw_bool(json, of->modules_read);
	put_text(json, "presence", presence_text(presence_of(of, function, show->input.name)));
	put_text(json, "macro_over", rename ? rename->entry->over : NULL);
	if (function_was_read(function))
		err = put_function(show, json, function);
	if (!err)
		err = put_other_objects(show, json, &show->input.objects[image]);
	jw_end_object(json);
	return err;
}

struct error *show_json(const struct show *show)
{
	const char *readable = text_function(show->arena, show->input.name);
	struct json_writer json;
	struct error *err = NULL;

	jw_to_file(&json, show->out);
	jw_begin_object(&json);
	jw_key(&json, "format_version");
	jw_u64(&json, 1);
	put_text(&json, "name", show->input.name);
	put_text(&json, "readable", strcmp(readable, show->input.name) != 0 ? readable : NULL);
	jw_key(&json, "images");
	jw_begin_array(&json);
	for (size_t i = 0; i < show->input.image_count && !err; i++)
		err = put_image(show, &json, i);
	jw_end_array(&json);
	jw_end_object(&json);
	jw_newline(&json);
	struct error *write_err = jw_finish(&json);

	if (!err)
		return write_err;
	error_free(write_err);
	return err;
}
