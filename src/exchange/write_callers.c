// SPDX-License-Identifier: GPL-2.0-or-later
/* Who calls an instance, as elements of "inline_callers" and "direct_callers". */
#include "write_callers.h"

#include <stdlib.h>
#include <string.h>

#include "write_values.h"

/* A plain string says all there is to say, and a reader splits it as it was meant. */
static bool is_plain(const struct site *site)
{
	return site->path && !strchr(site->name, ':') && site->through_count == 0 && !site->address && !site->line &&
	       site->flags == 0 && (site->kind == EDGE_DIRECT || site->kind == EDGE_INLINED) &&
	       (!site->object || strcmp(site->object, "vmlinux") == 0);
}

static void write_caller(struct json_writer *json, const struct site *site)
{
	const char *path = site->path ? site->path : "";
	size_t path_length = strlen(path), name_length = strlen(site->name);
	size_t length = path_length + 1 + name_length;
	char small[512], *text = length <= sizeof(small) ? small : xmalloc(length);

	memcpy(text, path, path_length);
	text[path_length] = ':';
	memcpy(text + path_length + 1, site->name, name_length);
	jw_string_n(json, text, length);
	if (text != small)
		free(text);
}

void write_caller_keys(struct json_writer *json, const struct site *site)
{
	jw_key(json, "caller");
	write_caller(json, site);
	if (!site->path || strchr(site->name, ':')) {
		jw_put_text(json, "path", site->path);
		jw_put_text(json, "name", site->name);
	}
}

static void write_through(struct json_writer *json, const struct site *site)
{
	if (site->through_count == 0)
		return;
	jw_key(json, "through");
	jw_begin_array(json);
	for (uint32_t i = 0; i < site->through_count; i++)
		jw_string(json, site->through[i]);
	jw_end_array(json);
}

static void write_site_object(struct json_writer *json, const struct site *site, const char *symbol)
{
	jw_begin_object(json);
	write_caller_keys(json, site);
	jw_put_if(json, "tail", site->kind == EDGE_TAIL);
	if (site->flags & EDGE_COPY)
		jw_put_text(json, "via", "copy");
	else if (site->kind == EDGE_CODE)
		jw_put_text(json, "via", "code");
	jw_put_if(json, "code", site->kind == EDGE_CODE && site->flags & EDGE_COPY);
	jw_put_if(json, "self", site->flags & EDGE_SELF);
	if (site->line)
		jw_put_u64(json, "line", site->line);
	write_module(json, site->object);
	jw_put_known(json, "section", site->section);
	write_through(json, site);
	jw_put_known(json, "symbol", symbol);
	if (site->address || site->section)
		jw_put_hex(json, "address", site->address);
	jw_end_object(json);
}

/* `symbol`: the linkage name of the callee, where it has another. */
static void write_sites(struct json_writer *json, const struct site *sites, uint32_t count, const char *symbol)
{
	for (uint32_t i = 0; i < count; i++) {
		/* Under another name it stands there. */
		if (sites[i].as)
			continue;
		if (!symbol && is_plain(&sites[i]))
			write_caller(json, &sites[i]);
		else
			write_site_object(json, &sites[i], symbol);
	}
}

void write_callers(struct json_writer *json, const struct instance *instance, const struct function *imported)
{
	jw_key(json, "inline_callers");
	jw_begin_array(json);
	write_sites(json, instance->inlined, instance->inlined_count, instance->linkage);
	jw_end_array(json);
	jw_key(json, "direct_callers");
	jw_begin_array(json);
	write_sites(json, instance->calls, instance->call_count, instance->linkage);
	if (imported)
		write_sites(json, imported->import_calls, imported->import_call_count, instance->linkage);
	jw_end_array(json);
}
