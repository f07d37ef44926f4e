// SPDX-License-Identifier: GPL-2.0-or-later
/* One function as JSON: an object with one member per image, nothing folded. */
#include <string.h>

#include "atlas/json_writer.h"
#include "render/words/text.h"
#include "show.h"

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
	jw_put_known(json, "function", site->name);
	jw_put_known(json, "path", site->path);
	jw_put_known(json, "module", site->object);
	jw_put_known(json, "kind", edge_kind_text(site->kind));
	jw_put_known(json, "symbol", site->symbol);
	jw_put_known(json, "recorded_as", site->as);
	jw_put_if(json, "in_copy", site->flags & EDGE_COPY);
	jw_put_if(json, "self", site->flags & EDGE_SELF);
	if (site->line)
		jw_put_u64(json, "line", site->line);
	jw_put_known(json, "section", site->section);
	if (site->address || site->section)
		jw_put_hex(json, "address", site->address);
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
	jw_put_known(json, "returns", prototype->returns);
	jw_key(json, "params");
	jw_begin_array(json);
	for (uint32_t i = 0; i < prototype->count; i++) {
		jw_begin_object(json);
		jw_put_known(json, "name", prototype->params[i].name);
		jw_put_known(json, "decl", prototype->params[i].decl);
		jw_end_object(json);
	}
	jw_end_array(json);
	jw_end_object(json);
}

static void put_instance(struct json_writer *json, const struct instance *instance)
{
	jw_begin_object(json);
	jw_put_known(json, "file", instance->file);
	jw_put_known(json, "declared_in", instance->decl_file);
	if (instance->decl_line)
		jw_put_u64(json, "line", instance->decl_line);
	jw_put_known(json, "module", instance->object);
	jw_put_known(json, "section", instance->section);
	if (instance->flags & INSTANCE_HAS_ADDRESS)
		jw_put_hex(json, "address", instance->address);
	if (!(instance->flags & INSTANCE_NO_DIE))
		jw_put_bool(json, "external", instance->flags & INSTANCE_EXTERNAL);
	jw_put_if(json, "no_die", instance->flags & INSTANCE_NO_DIE);
	jw_put_if(json, "defined", instance->flags & INSTANCE_DEFINED);
	jw_put_if(json, "asm", instance->flags & INSTANCE_ASM);
	jw_put_if(json, "overridden", instance->flags & INSTANCE_OVERRIDDEN);
	jw_put_u64(json, "dw_inline", instance->dw_inline);
	jw_put_known(json, "copy_of", instance->copy_of);
	jw_put_known(json, "linkage", instance->linkage);
	jw_put_known(json, "symbol", instance->symbol ? instance->symbol->name : NULL);
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
	jw_put_known(json, "ftrace", attach->ftrace);
	jw_put_known(json, "kprobe", attach->kprobe);
	jw_put_known(json, "fentry", attach->fentry);
	jw_put_known(json, "kprobe_multi", attach->kprobe_multi);
	jw_put_known(json, "reason", attach->reason);
	jw_end_object(json);
}

static void put_symbols(struct arena *arena, struct json_writer *json, const struct function *function)
{
	jw_key(json, "symbols");
	jw_begin_array(json);
	for (uint32_t i = 0; i < function->symbol_count; i++) {
		const struct symbol *symbol = &function->symbols[i];

		jw_begin_object(json);
		jw_put_known(json, "name", symbol->name);
		jw_put_hex(json, "address", symbol->address);
		jw_put_u64(json, "size", symbol->size_bytes);
		jw_put_known(json, "binding", text_binding(arena, symbol->binding));
		jw_put_known(json, "module", symbol->object);
		jw_put_known(json, "section", symbol->section);
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
	jw_put_known(json, "taken_searched", search_text(function->taken_search));
	jw_key(json, "taken");
	jw_begin_array(json);
	for (uint32_t i = 0; i < function->taken_count; i++) {
		const struct taken *taken = &function->taken[i];

		jw_begin_object(json);
		jw_put_known(json, "kind", taken->kind == TAKEN_CODE ? "code" : "data");
		jw_put_known(json, "path", taken->path);
		jw_put_known(json, "function", taken->holder);
		jw_put_known(json, taken->kind == TAKEN_CODE ? "symbol" : "data", taken->data);
		jw_put_known(json, "field", taken->field);
		jw_put_u64(json, "offset", taken->offset);
		jw_put_known(json, "module", taken->object);
		if (taken->symbol) {
			jw_put_known(json, "address_of", taken->symbol->name);
			jw_put_known(json, "section", taken->symbol->section);
			jw_put_hex(json, "address", taken->symbol->address);
		}
		jw_end_object(json);
	}
	jw_end_array(json);
}

static void put_class(struct json_writer *json, const struct class *class)
{
	jw_put_known(json, "collision", collision_text(class->collision));
	jw_put_known(json, "inline", inlining_text(class->inlining));
	jw_put_bool(json, "transformed", class->transformed);
	jw_put_bool(json, "only_split", class->only_split);
	jw_put_u64(json, "inlined_sites", class->inlined_sites);
	jw_put_u64(json, "call_sites", class->call_sites);
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
	jw_put_known(json, "kind",
		     exported->state == EXPORT_GPL     ? "EXPORT_SYMBOL_GPL"
		     : exported->state == EXPORT_PLAIN ? "EXPORT_SYMBOL"
						       : NULL);
	jw_put_known(json, "namespace", exported->namespace);
	if (exported->crc)
		jw_put_hex(json, "crc", exported->crc);
	jw_put_known(json, "by", exported->state == EXPORT_NO ? NULL : function->object);
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
	jw_put_known(json, "object", function->object);
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
	jw_put_if(json, "undefined", function->undefined);
	jw_put_if(json, "ambiguous", function->ambiguous);
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
	jw_put_known(json, "image", of->name);
	jw_put_known(json, "version", of->version);
	jw_put_known(json, "revision", of->revision);
	jw_put_known(json, "flavor", of->flavor);
	jw_put_known(json, "arch", of->arch);
	jw_put_known(json, "evidence", evidence_text(of->evidence));
	jw_put_bool(json, "modules_read", of->modules_read);
	jw_put_known(json, "presence", presence_text(presence_of(of, function, show->input.name)));
	jw_put_known(json, "macro_over", rename ? rename->entry->over : NULL);
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
	jw_put_u64(&json, "format_version", 1);
	jw_put_known(&json, "name", show->input.name);
	jw_put_known(&json, "readable", strcmp(readable, show->input.name) != 0 ? readable : NULL);
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
