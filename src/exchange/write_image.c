// SPDX-License-Identifier: GPL-2.0-or-later
/* The line of kind "image", with which a stream begins. */
#include "atlas/exchange.h"
#include "write_values.h"

static void write_searched(struct json_writer *json, const char *key, const struct searched_object *objects,
			   size_t count, bool code)
{
	if (count == 0)
		return;
	jw_key(json, key);
	jw_begin_array(json);
	for (size_t i = 0; i < count; i++)
		if (objects[i].code || !code)
			jw_string(json, objects[i].name);
	jw_end_array(json);
}

void exchange_write_header(struct json_writer *json, const struct image_name *image,
			   const struct searched_object *searched, size_t searched_count)
{
	jw_begin_object(json);
	write_text(json, "kind", "image");
	write_text(json, "format", "atlas-facts");
	write_number(json, "format_version", 1);
	write_text(json, "version", image->version);
	write_known_text(json, "revision", image->revision);
	write_text(json, "flavor", image->flavor);
	write_text(json, "arch", image->arch);
	write_known_text(json, "build_id", image->build_id);
	write_known_text(json, "label", image->label);
	write_known_text(json, "release", image->release);
	write_known_text(json, "banner", image->banner);
	write_known_text(json, "producer", image->producer);
	write_text(json, "evidence", evidence_text(image->evidence));
	write_searched(json, "taken_data", searched, searched_count, false);
	write_searched(json, "taken_code", searched, searched_count, true);
	if (image->scope) {
		jw_key(json, "scope");
		jw_raw(json, image->scope);
	}
	jw_end_object(json);
	jw_newline(json);
}
