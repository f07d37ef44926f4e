// SPDX-License-Identifier: GPL-2.0-or-later
/* Places that hold a function's address, as elements of "taken". */
#include "write_taken.h"

#include "atlas/str.h"
#include "write_callers.h"
#include "write_values.h"

/* Which of the function's symbols it is, where there are several. */
static void write_target(struct json_writer *json, const struct function *function, const struct symbol *symbol)
{
	if (function->object && !str_eq(function->object, "vmlinux"))
		jw_put_known(json, "of", function->object);
	if (!symbol)
		return;
	jw_put_known(json, "symbol", symbol->name);
	jw_put_known(json, "section", symbol->section);
	jw_put_hex(json, "address", symbol->address);
}

static void write_place(struct json_writer *json, const struct function *function, const struct taken *taken)
{
	jw_begin_object(json);
	if (taken->kind == TAKEN_DATA) {
		jw_put_known(json, "data", taken->data);
		jw_put_known(json, "field", taken->field);
		jw_put_known(json, "file", taken->path);
	} else if (taken->holder) {
		write_caller_keys(json, &(struct site){.path = taken->path, .name = taken->holder});
		jw_put_known(json, "part", taken->data);
	} else {
		jw_put_known(json, "label", taken->data ? taken->data : "");
	}
	jw_put_u64(json, "offset", taken->offset);
	write_module(json, taken->object);
	write_target(json, function, taken->symbol);
	jw_end_object(json);
}

void write_places_taken(struct json_writer *json, const struct function *const *functions, size_t count)
{
	size_t places = 0;

	for (size_t i = 0; i < count; i++)
		places += functions[i]->taken_count;
	if (places == 0)
		return;
	jw_key(json, "taken");
	jw_begin_array(json);
	for (size_t i = 0; i < count; i++)
		for (uint32_t k = 0; k < functions[i]->taken_count; k++)
			write_place(json, functions[i], &functions[i]->taken[k]);
	jw_end_array(json);
}
