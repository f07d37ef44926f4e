// SPDX-License-Identifier: GPL-2.0-or-later
/* A line of kind "object": compiled files and initcalls. */
#include "atlas/exchange.h"
#include "write.h"

static void write_text(struct json_writer *json, const char *key, const char *text)
{
	if (!text)
		return;
	jw_key(json, key);
	jw_string(json, text);
}

static void write_initcall(struct json_writer *json, const struct initcall *call)
{
	jw_begin_object(json);
	write_text(json, "name", call->name);
	write_text(json, "level", call->level);
	write_text(json, "file", call->file);
	if (call->line) {
		jw_key(json, "line");
		jw_u64(json, call->line);
	}
	write_text(json, "kbuild", call->module);
	jw_end_object(json);
}

void exchange_write_files(struct json_writer *json, const struct object_files *files)
{
	if (!files->units_known && !files->initcalls_known)
		return;
	jw_begin_object(json);
	write_text(json, "kind", "object");
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
	jw_end_object(json);
	jw_newline(json);
}
