/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From the DIEs of one unit to its raw record (model/raw.h).  Knows nothing of who decodes. */
#ifndef DWARF_WALK_H
#define DWARF_WALK_H

#include "dwarf/die.h"
#include "dwarf/line_map.h"
#include "dwarf/paths.h"
#include "dwarf/type_reader.h"
#include "model/raw.h"

/* One thread's state; texts of all units it reads live in `strings` and `arena`. */
struct walker {
	struct die_reader *reader;
	const struct path_roots *roots;
	const struct symbol_map *symbols;
	const struct raw_taken *taken; /* places whose member the variables' types tell; ascending */
	size_t taken_count;
	const uint64_t *exported; /* addresses of what is exported, ascending */
	size_t exported_count;
	const struct raw_object *objects; /* what `data` of a place is an index of */
	struct arena arena;
	struct intern strings;
	struct type_texts types;
	struct walk_frame *frames; /* by depth */
	uint32_t frame_room;
	struct type_reader definitions;
	struct raw_unit *unit;
	const char *comp_dir;
	const char **file_paths; /* decl_file index -> cleaned path, "" for none; NULL not asked for yet */
	uint32_t file_path_room;
	struct str scratch;
	struct line_map lines;
	VEC(struct raw_param) params; /* of the subprogram being read */
};

void walker_init(struct walker *walker, struct die_reader *reader, const struct path_roots *roots,
		 const struct symbol_map *symbols, const struct raw_image *raw);
/* Ends everything, the strings that raw units borrow included. */
void walker_fini(struct walker *walker);

struct error *walk_unit(struct walker *walker, uint32_t index, struct raw_unit *unit) MUST_CHECK;

#endif
