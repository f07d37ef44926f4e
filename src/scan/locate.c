// SPDX-License-Identifier: GPL-2.0-or-later
#include "atlas/locate.h"

#include <elf.h>
#include <string.h>

#include "atlas/symbol_map.h"
#include "dwarf/constants.h"
#include "dwarf/dwarf_image.h"
#include "dwarf/line_map.h"
#include "dwarf/paths.h"
#include "image/elf_image.h"
#include "model/raw.h"

#define MAX_RANGES 4096u
#define MAX_FRAMES 64u

struct located_object {
	struct elf_image elf;
	struct dwarf_image dwarf;
	struct die_reader *reader; /* NULL: no DWARF */
	struct path_roots roots;
	struct line_map lines;
	struct address_range *ranges; /* MAX_RANGES of room */
	char *path;
};

/* The DIEs around an address, outermost first. */
struct open_frame {
	const char *function;
	uint64_t call_file, call_line; /* where this one was inlined */
};

static struct error *check_build_id(struct located_object *object, const char *wanted)
{
	const char *build_id;

	TRY(elf_image_build_id(&object->elf, &build_id));
	if (!wanted || (build_id && strcmp(build_id, wanted) == 0))
		return NULL;
	return error_new(ERROR_INPUT,
			 "%s: its build id is %s, but the atlas has %s: not the same build; give another with --file",
			 object->path, build_id ? build_id : "unknown", wanted);
}

static struct error *open_dwarf(struct located_object *object)
{
	bool present, has_die;
	struct die die;

	TRY(dwarf_image_open(&object->elf, &object->dwarf, &present));
	if (!present)
		return NULL;
	object->reader = own_reader_new(&object->dwarf);
	for (uint32_t i = 0; i < object->dwarf.units.count && object->roots.roots.count == 0; i++) {
		TRY(object->reader->ops->open_unit(object->reader, i, &die, &has_die));
		if (has_die)
			path_roots_learn(&object->roots, die_text(&die, AT_NAME), die_text(&die, AT_COMP_DIR));
	}
	return NULL;
}

static struct error *open_object(const char *path, const void *bytes, size_t size_bytes, const char *build_id,
				 struct located_object **result)
{
	struct located_object *object = xcalloc(1, sizeof(*object));

	object->elf.fd = -1;
	object->path = xstrdup(path);
	object->ranges = xcalloc(MAX_RANGES, sizeof(*object->ranges));
	struct error *err = bytes ? elf_image_open_memory(object->path, bytes, size_bytes, &object->elf)
				  : elf_image_open(object->path, &object->elf);

	if (!err)
		err = check_build_id(object, build_id);
	if (!err)
		err = open_dwarf(object);
	if (err) {
		located_object_close(object);
		return err;
	}
	*result = object;
	return NULL;
}

struct error *located_object_open(const char *path, const char *build_id, struct located_object **object)
{
	return open_object(path, NULL, 0, build_id, object);
}

struct error *located_object_open_memory(const char *path, const void *bytes, size_t size_bytes, const char *build_id,
					 struct located_object **object)
{
	return open_object(path, bytes, size_bytes, build_id, object);
}

void located_object_close(struct located_object *object)
{
	if (object->reader)
		object->reader->ops->close(object->reader);
	line_map_fini(&object->lines);
	path_roots_free(&object->roots);
	dwarf_image_close(&object->dwarf);
	if (object->elf.sections)
		elf_image_close(&object->elf);
	free(object->ranges);
	free(object->path);
	free(object);
}

static struct error *holds(struct located_object *object, const struct die *die, uint64_t address, bool *inside)
{
	uint64_t low = die_number(die, AT_LOW_PC, 0);
	uint32_t count = 0;

	*inside = false;
	if (die_has(die, AT_RANGES)) {
		TRY(object->reader->ops->ranges(object->reader, die, object->ranges, MAX_RANGES, &count));
		for (uint32_t i = 0; i < count && !*inside; i++)
			*inside = address >= object->ranges[i].low && address < object->ranges[i].high;
	} else if (die_has(die, AT_LOW_PC)) {
		/* Without an end (assembler units) a single address would say nothing: only equality counts. */
		*inside = die_has(die, AT_HIGH_PC) ? address >= low && address < die->value[AT_HIGH_PC].number
						   : address == low;
	}
	return NULL;
}

static struct error *name_of(struct located_object *object, const struct die *die, const char **name)
{
	struct die origin = *die;

	for (int step = 0; step < 4; step++) {
		*name = die_text(&origin, AT_NAME);
		uint64_t next =
			die_number(&origin, AT_ABSTRACT_ORIGIN, die_number(&origin, AT_SPECIFICATION, NO_OFFSET));

		if (*name || next == NO_OFFSET)
			return NULL;
		TRY(object->reader->ops->at(object->reader, next, &origin));
	}
	return NULL;
}

/* Follows the DIEs that hold the address down from the unit: one pass, since siblings do not overlap. */
static struct error *find_frames(struct located_object *object, uint64_t address, struct open_frame *frames,
				 size_t *count)
{
	struct die die;
	bool have, inside;
	uint32_t depth = 0; /* of the innermost DIE that holds the address */

	*count = 0;
	for (;;) {
		TRY(object->reader->ops->next(object->reader, &die, &have));
		/* Behind the innermost one's children nothing more can come. */
		if (!have || (*count && die.depth <= depth))
			return NULL;
		if (die.tag != DW_TAG_subprogram && die.tag != DW_TAG_inlined_subroutine)
			continue;
		TRY(holds(object, &die, address, &inside));
		if (!inside || *count == MAX_FRAMES)
			continue;
		struct open_frame *frame = &frames[(*count)++];

		depth = die.depth;
		frame->call_file = die_number(&die, AT_CALL_FILE, 0);
		frame->call_line = die_number(&die, AT_CALL_LINE, 0);
		TRY(name_of(object, &die, &frame->function));
	}
}

static struct error *file_text(struct located_object *object, const char *comp_dir, uint64_t index, struct arena *arena,
			       const char **text)
{
	AUTO_STR struct str path = {0};
	struct source_file file;

	*text = NULL;
	TRY(object->reader->ops->file(object->reader, index, &file));
	if (!file.name)
		return NULL;
	path_locate(&object->roots, comp_dir, file.directory, file.name, &path);
	*text = arena_strdup(arena, path.data);
	return NULL;
}

/* Innermost first: the line of each is where the next inner one was inlined, of the innermost that of the line table.
 */
static struct error *describe(struct located_object *object, const char *comp_dir, uint64_t address,
			      struct arena *arena, struct location *location)
{
	struct open_frame open[MAX_FRAMES];
	size_t count;

	TRY(line_map_read(&object->lines, object->reader));
	TRY(find_frames(object, address, open, &count));
	const struct line_row *row = line_map_at(&object->lines, address);
	uint64_t file = row ? row->file : 0, line = row ? row->line : 0;
	struct location_frame *frames = arena_alloc(arena, (count + 1) * sizeof(*frames));

	for (size_t i = count; i-- > 0;) {
		struct location_frame *frame = &frames[count - 1 - i];

		*frame = (struct location_frame){.function = open[i].function, .line = (uint32_t)line};
		if (line)
			TRY(file_text(object, comp_dir, file, arena, &frame->file));
		file = open[i].call_file;
		line = open[i].call_line;
	}
	if (count == 0 && row) {
		/* Assembler: lines, but often no DIE; the symbol is all that names the code. */
		frames[0] = (struct location_frame){.function = location->symbol, .line = row->line};
		TRY(file_text(object, comp_dir, row->file, arena, &frames[0].file));
		count = 1;
	}
	location->frames = frames;
	location->frame_count = count;
	return NULL;
}

static struct error *locate_address(struct located_object *object, uint64_t address, struct arena *arena,
				    struct location *location)
{
	struct die die;
	bool has_die, inside;

	for (uint32_t i = 0; object->reader && i < object->dwarf.units.count; i++) {
		TRY(object->reader->ops->open_unit(object->reader, i, &die, &has_die));
		if (!has_die)
			continue;
		TRY(holds(object, &die, address, &inside));
		if (inside)
			return describe(object, die_text(&die, AT_COMP_DIR), address, arena, location);
	}
	return NULL;
}

static bool is_function(const struct elf_symbol *symbol)
{
	return (symbol->type == STT_FUNC || symbol->type == STT_NOTYPE) && symbol->section != SHN_UNDEF &&
	       *symbol->name;
}

/* The function symbol that holds an address, the nearest before it. */
static const struct elf_symbol *symbol_at(const struct located_object *object, uint64_t address)
{
	const struct elf_symbol *best = NULL;

	for (size_t i = 0; i < object->elf.symbol_count; i++) {
		const struct elf_symbol *symbol = &object->elf.symbols[i];

		if (symbol->type != STT_FUNC || address < symbol->address ||
		    address - symbol->address >= symbol->size_bytes)
			continue;
		if (!best || symbol->address > best->address)
			best = symbol;
	}
	return best;
}

static struct error *answer(struct located_object *object, uint64_t address, const struct elf_symbol *symbol,
			    bool return_address, struct arena *arena, struct location *location)
{
	*location = (struct location){.address = address};
	if (!symbol)
		symbol = symbol_at(object, address);
	if (symbol) {
		location->symbol = arena_strdup(arena, symbol->name);
		location->offset = address - symbol->address;
		location->size_bytes = symbol->size_bytes;
	}
	for (uint32_t i = 1; object->elf.elf_type == ET_REL && i < object->elf.section_count; i++) {
		const struct section *section = &object->elf.sections[i];

		if (!(section->flags & SHF_ALLOC) || address - section->address >= section->size_bytes)
			continue;
		location->section = arena_strdup(arena, section->name);
		location->address = address - section->address;
	}
	return locate_address(object, return_address && address ? address - 1 : address, arena, location);
}

/* SYMBOL[+OFFSET[/SIZE]]; false if a number in it is none. */
static bool parse_place(const char *where, char *name, size_t room, uint64_t *offset, uint64_t *size)
{
	size_t length = strcspn(where, "+/");
	char *end = NULL;

	*offset = *size = 0;
	if (length >= room)
		return false;
	memcpy(name, where, length);
	name[length] = '\0';
	where += length;
	if (*where == '+') {
		*offset = strtoull(where + 1, &end, 16);
		if (end == where + 1)
			return false;
		where = end;
	}
	if (*where == '/') {
		*size = strtoull(where + 1, &end, 16);
		if (end == where + 1)
			return false;
		where = end;
	}
	return *where == '\0';
}

static struct error *locate_symbol(struct located_object *object, const char *where, bool return_address,
				   struct arena *arena, struct location *locations, size_t room, size_t *count)
{
	uint64_t offset, size;
	char name[1024];

	if (!parse_place(where, name, sizeof(name), &offset, &size))
		return error_new(ERROR_USAGE, "'%s' is neither an address nor SYMBOL+0xOFFSET", where);
	for (size_t i = 0; i < object->elf.symbol_count && *count < room; i++) {
		const struct elf_symbol *symbol = &object->elf.symbols[i];

		if (!is_function(symbol) || strcmp(symbol->name, name) != 0 || (size && symbol->size_bytes != size) ||
		    (symbol->size_bytes && offset > symbol->size_bytes))
			continue;
		TRY(answer(object, symbol->address + offset, symbol, return_address, arena, &locations[(*count)++]));
	}
	if (*count == 0)
		return error_new(ERROR_INPUT, "%s: no function symbol '%s' that reaches to that offset", object->path,
				 name);
	return NULL;
}

#define MAX_LOCATIONS 64u

struct error *locate(struct located_object *object, const char *where, bool return_address, struct arena *arena,
		     const struct location **locations, size_t *count)
{
	struct location *found = arena_zalloc(arena, MAX_LOCATIONS * sizeof(*found));
	char *end;

	*count = 0;
	*locations = found;
	uint64_t address = strtoull(where, &end, 16);

	/* "add_to_page_cache" begins with hexadecimal digits as well: a whole number, or it is a name. */
	if (*where && !*end && (str_starts(where, "0x") || strlen(where) >= 8)) {
		if (object->elf.elf_type == ET_REL)
			return error_new(
				ERROR_USAGE,
				"%s: an address in a module depends on where it was loaded; give SYMBOL+0xOFFSET",
				where);
		*count = 1;
		return answer(object, address, NULL, return_address, arena, found);
	}
	return locate_symbol(object, where, return_address, arena, found, MAX_LOCATIONS, count);
}
