// SPDX-License-Identifier: GPL-2.0-or-later
#include "dwarf/walk.h"

#include <string.h>

#include "atlas/search.h"
#include "atlas/symbol_map.h"
#include "dwarf/constants.h"
#include "dwarf/field_path.h"

#define MAX_FILES  1000000u
#define MAX_RANGES 32u

/* What holds for the children of one open DIE. */
struct walk_frame {
	uint32_t sub;	   /* innermost subprogram, NO_INDEX none */
	uint32_t site;	   /* innermost inlined site inside it, NO_INDEX none */
	const char *scope; /* Rust: qualified name of the enclosing namespaces and types, NULL none */
};

void walker_init(struct walker *walker, struct die_reader *reader, const struct path_roots *roots,
		 const struct symbol_map *symbols, const struct raw_image *raw)
{
	*walker = (struct walker){
		.reader = reader,
		.roots = roots,
		.symbols = symbols,
		.taken = raw->taken,
		.taken_count = raw->taken_count,
		.objects = raw->objects,
		.exported = raw->exported,
		.exported_count = raw->exported_count,
	};
	reader->variables = raw->taken_count || raw->exported_count;
	intern_init(&walker->strings);
	type_texts_init(&walker->types, reader, &walker->strings);
	type_reader_init(&walker->definitions, reader, &walker->types, raw->big_endian, raw->relocatable);
}

void walker_fini(struct walker *walker)
{
	type_reader_fini(&walker->definitions);
	type_texts_fini(&walker->types);
	intern_fini(&walker->strings);
	arena_fini(&walker->arena);
	free(walker->frames);
	free(walker->file_paths);
	str_free(&walker->scratch);
	line_map_fini(&walker->lines);
	vec_free(&walker->params);
}

static const char *keep(struct walker *walker, const char *text, size_t length)
{
	return intern_text(&walker->strings, intern_n(&walker->strings, text, length));
}

static struct walk_frame *frame_at(struct walker *walker, uint32_t depth)
{
	if (depth >= walker->frame_room) {
		walker->frame_room = depth + 64;
		walker->frames = xrealloc(walker->frames, walker->frame_room * sizeof(*walker->frames));
	}
	return &walker->frames[depth];
}

static struct error *file_path(struct walker *walker, uint64_t index, const char **path)
{
	*path = NULL;
	if (index >= MAX_FILES)
		return NULL;
	if (index >= walker->file_path_room) {
		uint32_t room = (uint32_t)index * 2 + 256;

		walker->file_paths = xrealloc(walker->file_paths, room * sizeof(*walker->file_paths));
		memset(walker->file_paths + walker->file_path_room, 0,
		       (room - walker->file_path_room) * sizeof(*walker->file_paths));
		walker->file_path_room = room;
	}
	if (!walker->file_paths[index]) {
		struct source_file file;

		TRY(walker->reader->ops->file(walker->reader, index, &file));
		str_clear(&walker->scratch);
		str_add(&walker->scratch, "");
		if (file.name)
			path_locate(walker->roots, walker->comp_dir, file.directory, file.name, &walker->scratch);
		walker->file_paths[index] = keep(walker, walker->scratch.data, walker->scratch.length);
	}
	if (*walker->file_paths[index])
		*path = walker->file_paths[index];
	return NULL;
}

static bool is_cold(void *context, uint32_t symbol)
{
	const struct symbol_map *map = context;

	return strstr(map->symbols[symbol].name, ".cold") != NULL;
}

/*
 * Linkers leave 0, -1 or -2 where they dropped the code.  The low one is no
 * address in a kernel either, except on machines that link it at 0.
 */
static bool is_code(const struct walker *walker, uint64_t pc)
{
	uint64_t top = walker->symbols->mask;

	return pc != 0 && (pc & top) < (top & 0xfffffffffffffffeULL) - 1 && pc != 0xffffffff && pc != 0xfffffffe;
}

/* Where the code of a DIE is entered; of a function split into ranges, the one that is not its cold part. */
static struct error *entry_of(struct walker *walker, const struct die *die, uint64_t *pc, bool *known)
{
	struct address_range ranges[MAX_RANGES];
	uint32_t count = 0;

	*known = true;
	*pc = die_number(die, AT_ENTRY_PC, die_number(die, AT_LOW_PC, 0));
	if (die_has(die, AT_ENTRY_PC) || die_has(die, AT_LOW_PC)) {
		*known = is_code(walker, *pc);
		return NULL;
	}
	TRY(walker->reader->ops->ranges(walker->reader, die, ranges, MAX_RANGES, &count));
	*known = false;
	for (uint32_t i = 0; i < count; i++) {
		if (!is_code(walker, ranges[i].low))
			continue;
		bool cold = symbol_map_at(walker->symbols, ranges[i].low, is_cold, (void *)(uintptr_t)walker->symbols);

		if (!*known || !cold)
			*pc = ranges[i].low;
		*known = true;
		if (!cold)
			break;
	}
	return NULL;
}

static const char *qualify(struct walker *walker, const char *scope, const char *name)
{
	if (!scope || !name)
		return name ? name : scope;
	str_clear(&walker->scratch);
	str_addf(&walker->scratch, "%s::%s", scope, name);
	return keep(walker, walker->scratch.data, walker->scratch.length);
}

/* A Rust function goes by its linkage name: DW_AT_name alone says `new` hundreds of times. */
static void name_sub(struct walker *walker, const struct die *die, const struct walk_frame *outer, struct raw_sub *sub)
{
	const char *name = die_text(die, AT_NAME), *linkage = die_text(die, AT_LINKAGE_NAME);

	if (!linkage)
		linkage = die_text(die, AT_MIPS_LINKAGE_NAME);
	sub->name = name;
	sub->linkage = linkage && name && strcmp(linkage, name) != 0 ? linkage : NULL;
	if (walker->unit->language != LANGUAGE_RUST || !name)
		return;
	const char *qualified = qualify(walker, outer->scope, name);

	sub->name = linkage ? linkage : qualified;
	sub->readable = linkage ? qualified : NULL;
	sub->linkage = NULL;
}

static struct error *read_sub(struct walker *walker, const struct die *die, const struct walk_frame *outer)
{
	struct raw_sub sub = {.offset = die->offset};
	bool known = false;

	name_sub(walker, die, outer, &sub);
	if (die_has(die, AT_EXTERNAL))
		sub.flags |= RAW_EXTERNAL;
	if (die_has(die, AT_DECLARATION))
		sub.flags |= RAW_DECLARATION;
	if (die_has(die, AT_ABSTRACT_ORIGIN))
		sub.flags |= RAW_COPY;
	sub.origin = die_number(die, AT_ABSTRACT_ORIGIN, die_number(die, AT_SPECIFICATION, NO_OFFSET));
	if (die_has(die, AT_INLINE)) {
		sub.flags |= RAW_HAS_INLINE;
		/* DW_INL_* end at 3 (DWARF 5, 7.20); anything else says nothing. */
		if (die->value[AT_INLINE].number <= DW_INL_declared_inlined)
			sub.dw_inline = (uint8_t)die->value[AT_INLINE].number;
	}
	if (!(sub.flags & RAW_DECLARATION))
		TRY(entry_of(walker, die, &sub.pc, &known));
	if (known)
		sub.flags |= RAW_HAS_PC;
	if (die_has(die, AT_DECL_FILE)) {
		TRY(file_path(walker, die->value[AT_DECL_FILE].number, &sub.decl_file));
		sub.decl_line = (uint32_t)die_number(die, AT_DECL_LINE, 0);
	}
	vec_add(&walker->unit->subs, sub);
	return NULL;
}

static bool wants_prototype(const struct walker *walker, const struct raw_sub *sub)
{
	return !(sub->flags & (RAW_DECLARATION | RAW_COPY)) && walker->unit->language != LANGUAGE_RUST;
}

/* A parameter of the subprogram whose children are being walked. */
static struct error *read_param(struct walker *walker, const struct die *die)
{
	struct raw_param param = {NULL, "void (anon)"};
	struct type_text type;

	if (die->tag == DW_TAG_formal_parameter) {
		const char *name = die_text(die, AT_NAME);

		TRY(type_of(&walker->types, die, &type));
		param.name = name;
		param.decl = type_declare(&walker->types, &type, name ? name : "(anon)");
	}
	vec_add(&walker->params, param);
	return NULL;
}

/* The parameters gathered so far, with the return type, become the prototype of `sub`. */
static void finish_prototype(struct walker *walker, struct raw_sub *sub, const char *returns)
{
	size_t count = walker->params.count;
	struct raw_prototype *prototype = arena_alloc(&walker->arena, sizeof(*prototype));
	struct raw_param *params = arena_alloc(&walker->arena, count * sizeof(*params));

	if (count)
		memcpy(params, walker->params.items, count * sizeof(*params));
	*prototype = (struct raw_prototype){returns, params, (uint32_t)count, true};
	for (size_t i = 0; i < count; i++) {
		if (!params[i].name && strcmp(params[i].decl, "void (anon)") != 0)
			prototype->all_named = false;
	}
	sub->prototype = prototype;
	walker->params.count = 0;
}

static void call_address(const struct die *die, struct raw_site *site)
{
	/* DW_TAG_GNU_call_site (before DWARF 5) has the return address as its low_pc. */
	site->at_branch = !die_has(die, AT_CALL_RETURN_PC) && !die_has(die, AT_LOW_PC);
	site->address = die_number(die, AT_CALL_RETURN_PC, die_number(die, AT_LOW_PC, die_number(die, AT_CALL_PC, 0)));
}

static struct error *add_site(struct walker *walker, const struct die *die, const struct walk_frame *outer,
			      uint64_t callee, enum edge_kind kind)
{
	struct raw_site site = {
		.callee = callee,
		.caller = outer->sub,
		.parent = outer->site,
		.line = (uint32_t)die_number(die, AT_CALL_LINE, 0),
		.kind = (uint8_t)kind,
	};
	bool known;

	if (kind == EDGE_INLINED) {
		TRY(entry_of(walker, die, &site.address, &known));
		if (!known)
			site.address = 0;
	} else {
		call_address(die, &site);
	}
	vec_add(&walker->unit->sites, site);
	return NULL;
}

static struct error *read_call(struct walker *walker, const struct die *die, const struct walk_frame *outer)
{
	enum die_attr origin = die->tag == DW_TAG_call_site ? AT_CALL_ORIGIN : AT_ABSTRACT_ORIGIN;
	bool tail = die_has(die, AT_CALL_TAIL_CALL) || die_has(die, AT_GNU_TAIL_CALL);

	/* Without an origin the call is indirect. */
	if (!die_has(die, origin) || outer->sub == NO_INDEX)
		return NULL;
	return add_site(walker, die, outer, die->value[origin].number, tail ? EDGE_TAIL : EDGE_DIRECT);
}

static size_t first_taken_at(const struct walker *walker, uint64_t address)
{
	return lower_bound(at, walker->taken_count, walker->taken[at].address < address);
}

/* A variable that was declared before has its type there. */
static struct error *variable_type(struct walker *walker, const struct die *die, uint64_t *type, bool *found)
{
	struct die declaration;

	*found = die_has(die, AT_TYPE);
	if (*found)
		*type = die->value[AT_TYPE].number;
	if (*found || !die_has(die, AT_SPECIFICATION))
		return NULL;
	TRY(walker->reader->ops->at(walker->reader, die->value[AT_SPECIFICATION].number, &declaration));
	*found = die_has(&declaration, AT_TYPE);
	if (*found)
		*type = declaration.value[AT_TYPE].number;
	return NULL;
}

/* An array may be declared without bounds: then the symbol at its address knows how much there is. */
static struct error *variable_size(struct walker *walker, uint64_t start, uint64_t type, size_t first_taken,
				   uint64_t *size_bytes)
{
	uint32_t data = walker->taken[first_taken].data;
	const struct raw_object *object = data == NO_INDEX ? NULL : &walker->objects[data];

	TRY(type_size(walker->reader, type, size_bytes));
	if (object && object->address == start && object->size_bytes > *size_bytes)
		*size_bytes = object->size_bytes;
	return NULL;
}

/* Notes that the unit defines what is exported at `start`. */
static void note_exported(struct walker *walker, uint64_t start)
{
	size_t low = lower_bound(at, walker->exported_count, walker->exported[at] < start);

	if (low < walker->exported_count && walker->exported[low] == start)
		vec_add(&walker->unit->exported, start);
}

/* Names the members of a variable that hold addresses of functions. */
static struct error *read_variable(struct walker *walker, const struct die *die)
{
	uint64_t start = die_number(die, AT_LOCATION, 0), size, type = 0;
	size_t i = first_taken_at(walker, start);
	bool found;

	if (die_has(die, AT_LOCATION))
		note_exported(walker, start);
	if (!die_has(die, AT_LOCATION) || i == walker->taken_count)
		return NULL;
	TRY(variable_type(walker, die, &type, &found));
	if (!found)
		return NULL;
	TRY(variable_size(walker, start, type, i, &size));
	for (; i < walker->taken_count && walker->taken[i].address - start < size; i++) {
		str_clear(&walker->scratch);
		TRY(field_path(walker->reader, type, walker->taken[i].address - start, &walker->scratch));
		*vec_push(&walker->unit->fields) = (struct raw_field){
			.address = walker->taken[i].address,
			.field = walker->scratch.length ? keep(walker, walker->scratch.data, walker->scratch.length)
							: NULL,
		};
	}
	return NULL;
}

/* Which definition it is, and, once, where it is declared: that takes reading the DIE whole. */
static struct error *read_type(struct walker *walker, const struct die *die)
{
	struct raw_type_place place = {.unit = walker->unit};
	struct die whole;

	if (!die_has(die, AT_NAME))
		return NULL;
	bool first = type_reader_see(&walker->definitions, die, &place.type);

	vec_add(&walker->unit->types, place.type);
	if (!first)
		return NULL;
	TRY(walker->reader->ops->at(walker->reader, die->offset, &whole));
	if (die_has(&whole, AT_DECL_FILE)) {
		TRY(file_path(walker, whole.value[AT_DECL_FILE].number, &place.decl_file));
		place.decl_line = (uint32_t)die_number(&whole, AT_DECL_LINE, 0);
	}
	vec_add(&walker->unit->type_places, place);
	return NULL;
}

static bool is_type(const struct die *die)
{
	return die->tag == DW_TAG_structure_type || die->tag == DW_TAG_union_type ||
	       die->tag == DW_TAG_enumeration_type || die->tag == DW_TAG_typedef;
}

static bool is_type_scope(uint16_t tag)
{
	return tag == DW_TAG_namespace || tag == DW_TAG_structure_type || tag == DW_TAG_union_type ||
	       tag == DW_TAG_enumeration_type;
}

/* One DIE; `inner` is what holds for its children. */
static struct error *walk_die(struct walker *walker, const struct die *die, const struct walk_frame *outer,
			      struct walk_frame *inner)
{
	*inner = *outer;
	switch (die->tag) {
	case DW_TAG_subprogram:
		TRY(read_sub(walker, die, outer));
		inner->sub = (uint32_t)walker->unit->subs.count - 1;
		inner->site = NO_INDEX;
		if (walker->unit->language == LANGUAGE_RUST)
			inner->scope = qualify(walker, outer->scope, die_text(die, AT_NAME));
		return NULL;
	case DW_TAG_inlined_subroutine:
		if (outer->sub == NO_INDEX || !die_has(die, AT_ABSTRACT_ORIGIN))
			return NULL;
		TRY(add_site(walker, die, outer, die->value[AT_ABSTRACT_ORIGIN].number, EDGE_INLINED));
		inner->site = (uint32_t)walker->unit->sites.count - 1;
		return NULL;
	case DW_TAG_call_site:
	case DW_TAG_GNU_call_site:
		return read_call(walker, die, outer);
	case DW_TAG_variable:
		return read_variable(walker, die);
	default:
		if (walker->unit->language == LANGUAGE_RUST && is_type_scope(die->tag))
			inner->scope = qualify(walker, outer->scope, die_text(die, AT_NAME));
		return NULL;
	}
}

/* The subprogram whose parameters are being gathered. */
struct open_prototype {
	uint32_t sub; /* NO_INDEX: none */
	const char *returns;
};

static void close_prototype(struct walker *walker, struct open_prototype *open)
{
	if (open->sub != NO_INDEX)
		finish_prototype(walker, &walker->unit->subs.items[open->sub], open->returns);
	open->sub = NO_INDEX;
	walker->reader->param_depth = NO_PARAM_DEPTH;
}

static struct error *begin_prototype(struct walker *walker, const struct die *die, struct open_prototype *open)
{
	struct type_text returns;
	uint32_t sub = (uint32_t)walker->unit->subs.count - 1;

	if (!wants_prototype(walker, &walker->unit->subs.items[sub]))
		return NULL;
	TRY(type_of(&walker->types, die, &returns));
	open->sub = sub;
	open->returns = returns.text;
	walker->reader->param_depth = die->has_children ? die->depth + 1 : NO_PARAM_DEPTH;
	return NULL;
}

static struct error *walk_dies(struct walker *walker)
{
	struct open_prototype open = {NO_INDEX, NULL};
	struct die die;
	bool have;

	*frame_at(walker, 0) = (struct walk_frame){NO_INDEX, NO_INDEX, NULL};
	for (;;) {
		TRY(walker->reader->ops->next(walker->reader, &die, &have));
		if (!have)
			break;
		if (die.tag == DW_TAG_formal_parameter || die.tag == DW_TAG_unspecified_parameters) {
			TRY(read_param(walker, &die));
			continue;
		}
		if (is_type(&die) && walker->reader->types) {
			TRY(read_type(walker, &die));
			continue;
		}
		/* Anything at or above the subprogram's own depth ends its parameters. */
		if (die.tag == DW_TAG_subprogram || die.depth < walker->reader->param_depth)
			close_prototype(walker, &open);
		struct walk_frame *inner = frame_at(walker, die.depth);

		TRY(walk_die(walker, &die, &walker->frames[die.depth - 1], inner));
		if (die.tag == DW_TAG_subprogram)
			TRY(begin_prototype(walker, &die, &open));
	}
	close_prototype(walker, &open);
	return NULL;
}

static enum language language_of(uint64_t code)
{
	switch (code) {
	case DW_LANG_Mips_Assembler:
	case LANG_ASSEMBLY:
		return LANGUAGE_ASM;
	case DW_LANG_Rust:
		return LANGUAGE_RUST;
	case DW_LANG_C:
	case DW_LANG_C89:
	case DW_LANG_C99:
	case DW_LANG_C11:
	case 0x2c: /* DW_LANG_C17 */
	case 0x3e: /* DW_LANG_C23 */
		return LANGUAGE_C;
	default:
		return LANGUAGE_OTHER;
	}
}

static void begin_unit(struct walker *walker, const struct die *die, struct raw_unit *unit)
{
	const char *name = die_text(die, AT_NAME);

	walker->unit = unit;
	walker->comp_dir = die_text(die, AT_COMP_DIR);
	type_texts_reset(&walker->types);
	if (walker->file_path_room)
		memset(walker->file_paths, 0, walker->file_path_room * sizeof(*walker->file_paths));
	path_clean(walker->roots, walker->comp_dir, name ? name : "", &walker->scratch);
	unit->path = keep(walker, walker->scratch.data, walker->scratch.length);
	unit->producer = die_text(die, AT_PRODUCER);
	unit->language = language_of(die_number(die, AT_LANGUAGE, 0));
	walker->reader->types = unit->language == LANGUAGE_C;
	signatures_begin(&walker->definitions.signatures, die->offset);
}

/*
 * GCC's call sites carry no line; the line table has it one byte in front of the
 * return address (a call that never returns may be the last of its sequence).
 */
static struct error *line_calls(struct walker *walker, struct raw_unit *unit)
{
	bool read = false;

	for (size_t i = 0; i < unit->sites.count; i++) {
		struct raw_site *site = &unit->sites.items[i];

		if (site->line || !site->address || site->kind == EDGE_INLINED)
			continue;
		if (!read)
			TRY(line_map_read(&walker->lines, walker->reader));
		read = true;
		const struct line_row *row = line_map_at(&walker->lines, site->address - 1);

		site->line = row ? row->line : 0;
	}
	return NULL;
}

struct error *walk_unit(struct walker *walker, uint32_t index, struct raw_unit *unit)
{
	struct die die;
	bool has_die;

	*unit = (struct raw_unit){.path = ""};
	TRY(walker->reader->ops->open_unit(walker->reader, index, &die, &has_die));
	if (!has_die)
		return NULL;
	if (die_has(&die, AT_DWO_NAME) || die_has(&die, AT_GNU_DWO_NAME))
		return error_new(ERROR_INPUT,
				 "section .debug_info, offset 0x%llx: split DWARF: the functions are in .dwo files, "
				 "which are not "
				 "read; build without CONFIG_DEBUG_INFO_SPLIT",
				 (unsigned long long)die.offset);
	begin_unit(walker, &die, unit);
	TRY(walk_dies(walker));
	return line_calls(walker, unit);
}
