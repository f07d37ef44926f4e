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
	jw_put_text(json, "kind", "image");
	jw_put_text(json, "format", "atlas-facts");
	jw_put_u64(json, "format_version", 1);
	jw_put_text(json, "version", image->version);
	jw_put_known(json, "revision", image->revision);
	jw_put_text(json, "flavor", image->flavor);
	jw_put_text(json, "arch", image->arch);
	jw_put_known(json, "build_id", image->build_id);
	jw_put_known(json, "label", image->label);
	jw_put_known(json, "release", image->release);
	jw_put_known(json, "banner", image->banner);
	jw_put_known(json, "producer", image->producer);
	jw_put_text(json, "evidence", evidence_text(image->evidence));
	write_searched(json, "taken_data", searched, searched_count, false);
	write_searched(json, "taken_code", searched, searched_count, true);
	if (image->scope) {
		jw_key(json, "scope");
		jw_raw(json, image->scope);
	}
	jw_end_object(json);
	jw_newline(json);
}
