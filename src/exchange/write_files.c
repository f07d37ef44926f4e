// SPDX-License-Identifier: GPL-2.0-or-later
/* A line of kind "object": compiled files, initcalls, exports, and what a kernel can do about probes. */
#include "atlas/attach.h"
#include "atlas/exchange.h"
#include "write_values.h"

static void write_initcall(struct json_writer *json, const struct initcall *call)
{
	jw_begin_object(json);
	jw_put_known(json, "name", call->name);
	jw_put_known(json, "level", call->level);
	jw_put_known(json, "file", call->file);
	if (call->line)
		jw_put_u64(json, "line", call->line);
	jw_put_known(json, "kbuild", call->module);
	jw_end_object(json);
}

static void write_export(struct json_writer *json, const struct object_export *export)
{
	jw_begin_object(json);
	jw_put_known(json, "name", export->name);
	jw_put_if(json, "gpl", export->gpl);
	jw_put_known(json, "namespace", export->namespace);
	if (export->crc)
		jw_put_hex(json, "crc", export->crc);
	jw_put_known(json, "file", export->file);
	jw_end_object(json);
}

static void write_exports(struct json_writer *json, const struct object_files *files)
{
	if (!files->exports_known)
		return;
	jw_key(json, "exports");
	jw_begin_array(json);
	for (size_t i = 0; i < files->export_count; i++)
		write_export(json, &files->exports[i]);
	jw_end_array(json);
}

void exchange_write_files(struct json_writer *json, const struct object_files *files)
{
	if (!files->units_known && !files->initcalls_known && !files->exports_known && !files->gates)
		return;
	jw_begin_object(json);
	jw_put_text(json, "kind", "object");
	write_module(json, files->object);
	if (files->units_known) {
		jw_key(json, "units");
		jw_begin_array(json);
		for (size_t i = 0; i < files->unit_count; i++)
			jw_string(json, files->units[i]);
		jw_end_array(json);
	}
	if (files->initcalls_known) {
		jw_key(json, "initcalls");
		jw_begin_array(json);
		for (size_t i = 0; i < files->initcall_count; i++)
			write_initcall(json, &files->initcalls[i]);
		jw_end_array(json);
	}
	write_words(json, "gates", files->gates, attach_gate_word);
	write_exports(json, files);
	jw_end_object(json);
	jw_newline(json);
}
