-- SPDX-License-Identifier: GPL-2.0-or-later
-- The tables of an atlas.
--
-- Tables are how the atlas keeps its facts and may change with the schema's
-- version; views.sql is what to read.  Everything can be made again from the
-- images, so there is no migration: another version is refused.
--
-- Rows of one linked object (vmlinux, or a module) have consecutive ids in every
-- table below `object`, in the order of the DWARF; an object notes its first ids.
-- A function notes its first instance and symbol, an instance its first edge:
-- what belongs together is one range of ids and needs no index.
--
-- Addresses are signed 64 bit integers: those of a kernel's upper half are
-- negative and short that way.  printf('0x%x', address) shows them.

-- What made this file.
CREATE TABLE meta (
	key TEXT PRIMARY KEY NOT NULL,
	value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Terms: the texts of the small numbers in the tables below.
CREATE TABLE evidence (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
CREATE TABLE language (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
CREATE TABLE collision (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
CREATE TABLE inlining (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
CREATE TABLE edge_kind (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;

-- Dictionaries, shared by all images.  They only grow: what a removed image
-- alone used stays until the file is made anew.

-- Names of functions and symbols.
CREATE TABLE name (
	id INTEGER PRIMARY KEY,
	text TEXT NOT NULL UNIQUE
) STRICT;

-- Paths of source files, as the kernel's tree has them.
CREATE TABLE path (
	id INTEGER PRIMARY KEY,
	text TEXT NOT NULL UNIQUE
) STRICT;

-- Prototypes.  `params` is a JSON array of declarations; one that does not end with its parameter's name is
-- [name, declaration].  A variadic list ends with ["(anon)", "void (anon)"].  The writer sees to it that each is there once.
CREATE TABLE prototype (
	id INTEGER PRIMARY KEY,
	returns TEXT NOT NULL,
	params TEXT NOT NULL
) STRICT;

-- Inlined functions between a caller and a site, as a trie: `name` was inlined
-- into what `parent` says, or into the caller itself where that is NULL.
CREATE TABLE chain (
	id INTEGER PRIMARY KEY,
	parent INTEGER REFERENCES chain (id),
	name INTEGER NOT NULL REFERENCES name (id)
) STRICT;

-- One build of the kernel.
CREATE TABLE image (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE,            -- 6.1.176-1-cloud-amd64
	version TEXT NOT NULL,
	revision TEXT,
	flavor TEXT NOT NULL,
	arch TEXT NOT NULL,
	label TEXT,                           -- the user's own
	release TEXT,                         -- uname -r
	banner TEXT,                          -- linux_banner
	build_id TEXT,                        -- lower-case hex
	producer TEXT,                        -- the compiler
	scope TEXT,                           -- JSON array of the globs a scan was limited to; NULL: everything
	path TEXT,                            -- where it was read from
	evidence INTEGER NOT NULL REFERENCES evidence (id)
) STRICT;

-- A linked object of an image: vmlinux, or a module, which may join long after.
CREATE TABLE object (
	id INTEGER PRIMARY KEY,
	image INTEGER NOT NULL REFERENCES image (id),
	name TEXT NOT NULL,                   -- "vmlinux" or the kernel's own name of the module
	path TEXT,                            -- where it was read from
	build_id TEXT,
	evidence INTEGER NOT NULL REFERENCES evidence (id),
	joined INTEGER NOT NULL,              -- 1: a module put on its own, without edges to and from other objects
	first_function INTEGER NOT NULL, functions INTEGER NOT NULL,
	first_instance INTEGER NOT NULL, instances INTEGER NOT NULL,
	first_symbol INTEGER NOT NULL, symbols INTEGER NOT NULL,
	first_edge INTEGER NOT NULL, edges INTEGER NOT NULL,
	read_functions INTEGER NOT NULL       -- functions without those only mentioned or imported
) STRICT;
CREATE UNIQUE INDEX object_by_name ON object (image, name);

-- Code sections of a module.  They all begin at 0, so that addresses in a module are in a space in which each has a
-- place of its own: address - base is the offset in the section.  vmlinux has real addresses and no rows here.
CREATE TABLE section (
	object INTEGER NOT NULL REFERENCES object (id),
	base INTEGER NOT NULL,
	size INTEGER NOT NULL,
	name TEXT NOT NULL,
	PRIMARY KEY (object, base)
) STRICT, WITHOUT ROWID;

-- A function name in a linked object, with its classes (docs/statuses.md).  Functions of one name in two objects
-- never merge.
--
-- `role` is what the linker makes of the name.  What an import means is decided when it is read, so that the order in
-- which objects come does not matter: the function of that name that its object exports, else the one with the smallest
-- role up to 2, of several modules the first by name.
CREATE TABLE function (
	id INTEGER PRIMARY KEY,
	image INTEGER NOT NULL REFERENCES image (id),
	object INTEGER NOT NULL REFERENCES object (id),
	name INTEGER NOT NULL REFERENCES name (id),
	role INTEGER NOT NULL,                -- 0: code for all in vmlinux; 1: in a module; 2: vmlinux declares it extern;
	                                      -- 3: the object's own; 4: a module imports it; 5: only mentioned
	readable INTEGER REFERENCES name (id),  -- demangled; NULL: as `name`
	prototype INTEGER REFERENCES prototype (id),
	first_instance INTEGER NOT NULL, instances INTEGER NOT NULL,
	first_symbol INTEGER NOT NULL, symbols INTEGER NOT NULL,
	inlined_sites INTEGER NOT NULL,       -- inlined copies, those into itself left out
	call_sites INTEGER NOT NULL,          -- direct and tail calls, those from itself left out
	class INTEGER NOT NULL,               -- the columns below in one number, from the lowest bit on
	transformed INTEGER AS (class & 1) VIRTUAL,      -- 1: some symbol of the stem has a suffix
	only_split INTEGER AS (class >> 1 & 1) VIRTUAL,  -- 1: transformed, but the entry is intact
	inlining INTEGER AS (class >> 2 & 7) VIRTUAL,    -- inlining (id)
	collision INTEGER AS (class >> 5 & 7) VIRTUAL,   -- collision (id)
	language INTEGER AS (class >> 8 & 7) VIRTUAL,    -- language (id)
	flags INTEGER AS (class >> 11) VIRTUAL           -- 1: only mentioned as a caller, not read
) STRICT;

-- One thing a function's name stands for: a definition, or a mere declaration.
CREATE TABLE instance (
	id INTEGER PRIMARY KEY,
	function INTEGER NOT NULL REFERENCES function (id),
	file INTEGER REFERENCES path (id),      -- the unit that defines it; NULL: only declared
	decl_file INTEGER REFERENCES path (id), -- where it is declared
	address INTEGER,                        -- entry; NULL: no code of its own
	prototype INTEGER REFERENCES prototype (id),
	symbol INTEGER REFERENCES symbol (id),  -- the symbol at its address
	copy_of INTEGER REFERENCES name (id),   -- symbol its code really stands under
	linkage INTEGER REFERENCES name (id),   -- DW_AT_linkage_name where it differs
	first_edge INTEGER NOT NULL,            -- edges on it: the inlined ones, then the calls
	inlined_edges INTEGER NOT NULL,
	call_edges INTEGER NOT NULL,
	said INTEGER NOT NULL,                  -- decl_line * 1024 + flags * 4 + dw_inline
	-- 1 external, 2 assembler, 4 overridden, 8 defined, 16 has an address, 64 code without a DIE
	flags INTEGER AS (said >> 2 & 255) VIRTUAL,
	dw_inline INTEGER AS (said & 3) VIRTUAL, -- DW_AT_inline
	decl_line INTEGER AS (nullif(said >> 10, 0)) VIRTUAL
) STRICT;

-- Function symbols of .symtab, owned by the function their stem names.
CREATE TABLE symbol (
	id INTEGER PRIMARY KEY,
	function INTEGER NOT NULL REFERENCES function (id),
	name INTEGER NOT NULL REFERENCES name (id),
	address INTEGER NOT NULL,
	size INTEGER NOT NULL,
	binding INTEGER NOT NULL,             -- STB_*
	type INTEGER NOT NULL,                -- STT_*
	attach INTEGER REFERENCES attach (id) -- where probes attach; NULL: unknown
) STRICT;

-- One site: `caller` calls `callee`, or holds an inlined copy of it.
CREATE TABLE edge (
	id INTEGER PRIMARY KEY,
	callee INTEGER NOT NULL REFERENCES instance (id),
	caller INTEGER NOT NULL REFERENCES instance (id),
	chain INTEGER REFERENCES chain (id),  -- innermost inlined function the site stands in
	-- Half a million rows an image: what is small is kept in one number.
	site INTEGER NOT NULL,                -- line * 32 + flags * 8 + kind
	-- Of the copy's entry, or of the call's return address (else its own), from the caller's address (0 where that is NULL).
	distance INTEGER,
	kind INTEGER AS (site & 7) VIRTUAL,   -- edge_kind (id)
	flags INTEGER AS (site >> 3 & 3) VIRTUAL, -- 1: the caller is an out-of-line copy; 2: caller and callee are one function
	line INTEGER AS (nullif(site >> 5, 0)) VIRTUAL -- of the call in the source
) STRICT;

-- The edges by their caller: a JSON array of their ids, ascending.  What an index
-- on edge (caller) would be, in half the space and a fifth of the time:
--	SELECT e.* FROM outgoing o, json_each(o.edges) j JOIN edge e ON e.id = j.value WHERE o.caller = ?
CREATE TABLE outgoing (
	caller INTEGER PRIMARY KEY REFERENCES instance (id),
	edges TEXT NOT NULL
) STRICT;

-- Instances by their linkage name, where it differs from the function's.
CREATE TABLE alias (
	image INTEGER NOT NULL REFERENCES image (id),
	linkage INTEGER NOT NULL REFERENCES name (id),
	instance INTEGER NOT NULL REFERENCES instance (id),
	PRIMARY KEY (image, linkage, instance)
) STRICT, WITHOUT ROWID;

CREATE INDEX function_by_name ON function (image, name, role);

-- Words of names: mempool_alloc is found by `mempool`, by `alloc` and by `memp*`.
CREATE VIRTUAL TABLE name_words USING fts5 (
	text, content = 'name', content_rowid = 'id', detail = none, columnsize = 0, tokenize = 'unicode61'
);
