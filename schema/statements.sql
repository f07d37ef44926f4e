-- SPDX-License-Identifier: GPL-2.0-or-later
-- What the program itself asks, by name: src/store/statements.h lists the names.

-- name: image_insert
INSERT INTO image (id, name, version, revision, flavor, arch, label, release, banner, build_id, producer, scope, path,
	evidence)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: next_ids
-- The big tables give ids themselves, one more than the largest each time: these are the ones they will begin with.
SELECT (SELECT ifnull(max(id), 0) + 1 FROM image), (SELECT ifnull(max(id), 0) + 1 FROM object),
	(SELECT ifnull(max(id), 0) + 1 FROM function), (SELECT ifnull(max(id), 0) + 1 FROM instance),
	(SELECT ifnull(max(id), 0) + 1 FROM symbol), (SELECT ifnull(max(id), 0) + 1 FROM edge);

-- name: image_by_name
SELECT id, build_id, scope FROM image WHERE name = ?;

-- name: image_by_id
SELECT name, arch, release, scope FROM image WHERE id = ?;

-- name: images
SELECT i.id, i.name, i.version, i.revision, i.flavor, i.arch, i.label, i.release, i.banner, i.build_id, i.producer,
	i.scope, i.path, i.evidence, total(o.name <> 'vmlinux'), total(o.read_functions), total(o.instances), total(o.edges),
	total(o.symbols)
FROM image i
LEFT JOIN object o ON o.image = i.id
GROUP BY i.id;

-- name: object_ranges
-- Of one image: of all objects, of its only object of that name, or (?3) of those that did not join on their own.
SELECT first_function, functions, first_instance, instances, first_symbol, symbols, first_edge, edges, id, joined
FROM object WHERE image = ?1 AND (?2 IS NULL OR name = ?2) AND (?3 IS NULL OR joined = 0);

-- name: image_relabel
UPDATE image SET label = ?2, name = ?3 WHERE id = ?1;

-- name: object_insert
INSERT INTO object (id, image, name, path, build_id, evidence, joined, first_function, functions, first_instance,
	instances, first_symbol, symbols, first_edge, edges, read_functions)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: section_insert
INSERT INTO section (object, base, size, name) VALUES (?, ?, ?, ?);

-- name: exports_read_insert
INSERT INTO exports_read (object) VALUES (?);

-- name: export_insert
INSERT OR IGNORE INTO export (object, name, flags, crc, namespace, file)
SELECT v0, v1, v2, v3, v4, v5 FROM source_rows;

-- name: unit_insert
INSERT OR IGNORE INTO unit (object, path)
SELECT v0, v1 FROM source_rows;

-- name: initcall_insert
INSERT INTO initcall (object, number, name, level, file, module, line)
SELECT v0, v1, v2, text, v3, v4, v5 FROM source_rows;

-- name: files_read_insert
INSERT INTO files_read (object, flags) VALUES (?, ?);

-- name: units_delete
DELETE FROM unit WHERE object = ?;

-- name: initcalls_delete
DELETE FROM initcall WHERE object = ?;

-- name: files_read_delete
DELETE FROM files_read WHERE object = ?;

-- name: exports_delete
DELETE FROM export WHERE object = ?;

-- name: exports_read_delete
DELETE FROM exports_read WHERE object = ?;

-- name: export_of
-- Of a function: whether its object's exports were read, and its own.
SELECT r.object IS NOT NULL, x.flags, x.crc, n.text
FROM function f
LEFT JOIN exports_read r ON r.object = f.object
LEFT JOIN export x ON x.object = f.object AND x.name = f.name
LEFT JOIN name n ON n.id = x.namespace
WHERE f.id = ?;

-- name: vmlinux_export
-- One row if vmlinux's tables were read; its columns are NULL if it does not export the name.
SELECT x.name, x.object, x.flags, x.crc, n.text
FROM object o
CROSS JOIN exports_read r ON r.object = o.id
LEFT JOIN export x ON x.object = o.id AND x.name = ?2
LEFT JOIN name n ON n.id = x.namespace
WHERE o.image = ?1 AND o.name = 'vmlinux';

-- name: module_exports
SELECT x.name, x.object, x.flags, x.crc, n.text
FROM object o
CROSS JOIN export x ON x.object = o.id
CROSS JOIN name t ON t.id = x.name
LEFT JOIN name n ON n.id = x.namespace
WHERE o.image = ? AND o.name <> 'vmlinux'
ORDER BY t.text, o.name;

-- name: exports_unread
SELECT count(*) FROM object o
WHERE o.image = ? AND o.name <> 'vmlinux' AND NOT EXISTS (SELECT 1 FROM exports_read r WHERE r.object = o.id);

-- name: alias_insert
INSERT INTO alias (image, linkage, instance)
SELECT v0, v1, v2 FROM source_rows;

-- name: name_insert
INSERT INTO name (id, text)
SELECT v0, text FROM source_rows;

-- name: path_insert
INSERT INTO path (id, text)
SELECT v0, text FROM source_rows;

-- name: prototype_insert
INSERT INTO prototype (id, returns, params) VALUES (?, ?, ?);

-- name: chain_insert
INSERT INTO chain (id, parent, name)
SELECT v0, v1, v2 FROM source_rows;

-- name: name_words_insert
INSERT INTO name_words (rowid, text) SELECT id, text FROM name WHERE id >= ?;

-- name: names_load
SELECT id, text FROM name ORDER BY id;

-- name: paths_load
SELECT id, text FROM path ORDER BY id;

-- name: prototypes_load
SELECT id, returns, params FROM prototype ORDER BY id;

-- name: chains_load
SELECT id, parent, name FROM chain ORDER BY id;

-- name: function_insert
INSERT INTO function (image, object, name, role, readable, prototype, first_instance, instances, first_symbol, symbols,
	inlined_sites, call_sites, class)
SELECT v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12 FROM source_rows;

-- name: instance_insert
INSERT INTO instance (function, file, decl_file, address, prototype, symbol, copy_of, linkage, first_edge, inlined_edges,
	call_edges, said)
SELECT v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11 FROM source_rows;

-- name: symbol_insert
INSERT INTO symbol (function, name, address, size, binding, type, attach)
SELECT v0, v1, v2, v3, v4, v5, v6 FROM source_rows;

-- name: attach_insert
INSERT INTO attach (ftrace, kprobe, fentry, kprobe_multi, reason, line, evidence) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (line, evidence) DO UPDATE SET ftrace = ftrace
RETURNING id;

-- name: attach_gates_insert
INSERT INTO attach_gates (object, gates) VALUES (?, ?);

-- name: attach_gates_delete
DELETE FROM attach_gates WHERE object = ?;

-- name: attach_gates_of
-- Of an image's vmlinux.
SELECT g.gates FROM object o CROSS JOIN attach_gates g ON g.object = o.id WHERE o.image = ? AND o.name = 'vmlinux';

-- name: attach_by_id
SELECT ftrace, kprobe, fentry, kprobe_multi, reason, line, evidence FROM attach WHERE id = ?;

-- name: edge_insert
INSERT INTO edge (callee, caller, chain, site, distance)
SELECT v0, v1, v2, v3, v4 FROM source_rows;

-- name: outgoing_insert
INSERT INTO outgoing (caller, edges)
SELECT v0, text FROM source_rows;

-- name: outgoing_delete
DELETE FROM outgoing WHERE caller >= ?1 AND caller < ?1 + ?2;

-- name: edges_delete
DELETE FROM edge WHERE id >= ?1 AND id < ?1 + ?2;

-- name: symbols_delete
DELETE FROM symbol WHERE id >= ?1 AND id < ?1 + ?2;

-- name: instances_delete
DELETE FROM instance WHERE id >= ?1 AND id < ?1 + ?2;

-- name: functions_delete
DELETE FROM function WHERE id >= ?1 AND id < ?1 + ?2;

-- name: aliases_delete
DELETE FROM alias WHERE image = ?1 AND instance >= ?2 AND instance < ?2 + ?3;

-- name: image_aliases_delete
DELETE FROM alias WHERE image = ?;

-- name: sections_delete
DELETE FROM section WHERE object = ?;

-- name: object_delete
DELETE FROM object WHERE id = ?;

-- name: image_delete
DELETE FROM image WHERE id = ?;

-- name: name_id
SELECT id FROM name WHERE text = ?;

-- name: name_text
SELECT text FROM name WHERE id = ?;

-- name: path_text
SELECT text FROM path WHERE id = ?;

-- name: object_by_name
SELECT name, path, build_id FROM object WHERE image = ? AND name = ?;

-- name: objects_of
SELECT name, path, build_id FROM object WHERE image = ? ORDER BY name <> 'vmlinux', name;

-- name: object_name
SELECT name FROM object WHERE id = ?;

-- name: prototype_by_id
SELECT returns, params FROM prototype WHERE id = ?;

-- name: chain_by_id
SELECT parent, name FROM chain WHERE id = ?;

-- name: functions_by_name
SELECT id, readable, prototype, first_instance, instances, first_symbol, symbols, language, flags, collision, inlining,
	transformed, only_split, inlined_sites, call_sites, object, role
FROM function WHERE image = ? AND name = ?;

-- name: instances_of
SELECT id, function, file, decl_file, decl_line, address, prototype, symbol, copy_of, linkage, first_edge, inlined_edges,
	call_edges, flags, dw_inline
FROM instance WHERE id >= ?1 AND id < ?1 + ?2;

-- name: instance_object
SELECT f.object FROM instance a CROSS JOIN function f ON f.id = a.function WHERE a.id = ?;

-- name: symbols_of
SELECT id, name, address, size, binding, attach FROM symbol WHERE id >= ?1 AND id < ?1 + ?2;

-- name: callers_of
-- The sites on a run of instances, each with its caller.
SELECT c.file, f.name, f.object, e.chain, e.line, e.kind, e.flags, e.distance + ifnull(c.address, 0)
FROM edge e
CROSS JOIN instance c ON c.id = e.caller
CROSS JOIN function f ON f.id = c.function
WHERE e.id >= ?1 AND e.id < ?1 + ?2
ORDER BY e.id;

-- name: callees_of
-- What the instances of one function hold and call; by address, since that is the order of the code.
SELECT c.file, f.name, f.object, e.chain, e.line, e.kind, e.flags, e.distance + ifnull(b.address, 0), c.linkage, f.role,
	f.image, f.name
FROM outgoing o
CROSS JOIN instance b ON b.id = o.caller
CROSS JOIN json_each(o.edges) j
CROSS JOIN edge e ON e.id = j.value
CROSS JOIN instance c ON c.id = e.callee
CROSS JOIN function f ON f.id = c.function
WHERE o.caller = ?
ORDER BY e.distance IS NULL, e.distance, e.id;

-- name: aliases_of
-- Instances whose linkage name is this one, though the DWARF calls them otherwise.
SELECT a.id, f.object, f.role, a.first_edge + a.inlined_edges, a.call_edges, f.name, a.linkage
FROM alias x
CROSS JOIN instance a ON a.id = x.instance
CROSS JOIN function f ON f.id = a.function
WHERE x.image = ? AND x.linkage = ?;

-- name: imports_of
-- What modules import under this name: in columns as aliases_of.
SELECT a.id, f.object, f.role, a.first_edge + a.inlined_edges, a.call_edges, f.name, a.linkage
FROM function f
CROSS JOIN instance a ON a.id >= f.first_instance AND a.id < f.first_instance + f.instances
WHERE f.image = ? AND f.name = ? AND f.role = 4;

-- name: definer_of
-- Who defines a name that the object ?3 calls: itself (by a linkage name), else who exports it, else vmlinux, else the
-- first module.
SELECT f.object, (SELECT a.file FROM instance a
	WHERE a.id >= f.first_instance AND a.id < f.first_instance + f.instances AND a.file IS NOT NULL
	ORDER BY a.flags & 1 = 0, a.id LIMIT 1)
FROM function f CROSS JOIN object o ON o.id = f.object
WHERE f.image = ?1 AND f.name = ?2 AND f.role <= 2
ORDER BY f.object <> ?3, NOT EXISTS (SELECT 1 FROM export p WHERE p.object = f.object AND p.name = f.name), f.role, o.name LIMIT 1;

-- name: sections_of
SELECT name, base, size FROM section WHERE object = ? ORDER BY base;

-- name: labels_load
SELECT id, text FROM label ORDER BY id;

-- name: label_insert
INSERT INTO label (id, text)
SELECT v0, text FROM source_rows;

-- name: label_text
SELECT text FROM label WHERE id = ?;

-- name: taken_next
SELECT ifnull(max(id), 0) + 1 FROM taken;

-- name: taken_insert
INSERT INTO taken (image, name, object, flags, symbol, holder, path, label, offset, field)
SELECT v0, v1, v2, v3, v4, v5, v6, v7, v8, v9 FROM source_rows;

-- name: taken_read_insert
INSERT INTO taken_read (object, code, first_taken, places) VALUES (?, ?, ?, ?);

-- name: taken_delete
DELETE FROM taken WHERE id >= (SELECT first_taken FROM taken_read WHERE object = ?1)
	AND id < (SELECT first_taken + places FROM taken_read WHERE object = ?1);

-- name: taken_read_delete
DELETE FROM taken_read WHERE object = ?;

-- name: taken_of
-- Of all functions of a name in an image.
SELECT t.object, t.flags, t.symbol, f.name, t.path, t.label, t.offset, t.field
FROM taken t LEFT JOIN function f ON f.id = t.holder
WHERE t.image = ? AND t.name = ? ORDER BY t.id;

-- name: taken_symbol
SELECT name, address, size, binding FROM symbol WHERE id = ?;

-- name: searched_objects
SELECT o.name, t.code FROM object o CROSS JOIN taken_read t ON t.object = o.id WHERE o.image = ? ORDER BY o.id;

-- name: taken_searched
-- 0: not known; 1: data; 2: code, too.
SELECT ifnull((SELECT 1 + code FROM taken_read WHERE object = ?), 0);

-- name: taken_searched_all
-- The same of all objects of an image together.
SELECT ifnull(min(ifnull(1 + t.code, 0)), 0)
FROM object o LEFT JOIN taken_read t ON t.object = o.id
WHERE o.image = ?;

-- name: names_all
SELECT text, id FROM name ORDER BY text;

-- name: name_is_read
SELECT EXISTS (
	SELECT 1 FROM image i CROSS JOIN function f ON f.image = i.id AND f.name = ?
	WHERE f.role < 5
);

-- name: image_names
-- In the order they were first seen: vmlinux's, then the modules' by name, then what is only imported.
SELECT n.text, f.name
FROM object o CROSS JOIN function f CROSS JOIN name n ON n.id = f.name
WHERE o.image = ? AND f.id >= o.first_function AND f.id < o.first_function + o.functions AND f.role < 5
ORDER BY f.role = 4, o.name <> 'vmlinux', o.name, f.id;

-- name: object_of
SELECT id, path, build_id FROM object WHERE image = ? AND name = ?;

-- name: object_instances
SELECT a.id, f.name, a.linkage, a.copy_of, a.file, a.address, a.flags
FROM object o
CROSS JOIN instance a ON a.id >= o.first_instance AND a.id < o.first_instance + o.instances
CROSS JOIN function f ON f.id = a.function
WHERE o.id = ?
ORDER BY a.id;

-- name: object_calls
-- Kind 2 is a copy inlined, which no branch leads to.
SELECT e.callee, e.caller, e.kind, e.flags, e.distance + ifnull(c.address, 0)
FROM object o
CROSS JOIN edge e ON e.id >= o.first_edge AND e.id < o.first_edge + o.edges
CROSS JOIN instance c ON c.id = e.caller
WHERE o.id = ? AND e.kind <> 2
ORDER BY e.id;

-- name: places
-- Every file and what is declared in it, in whatever image.
SELECT p.text, n.text
FROM (SELECT DISTINCT ifnull(a.decl_file, a.file) AS path, f.name AS name
	FROM instance a CROSS JOIN function f ON f.id = a.function
	WHERE f.role < 4 AND ifnull(a.decl_file, a.file) IS NOT NULL) x
CROSS JOIN path p ON p.id = x.path
CROSS JOIN name n ON n.id = x.name
ORDER BY 1, 2;

-- name: calls_of_image
-- Who calls whom, or holds an inlined copy of it, by name; in a fixed order.
SELECT DISTINCT f.name, cf.name
FROM object o
CROSS JOIN edge e ON e.id >= o.first_edge AND e.id < o.first_edge + o.edges
CROSS JOIN instance a ON a.id = e.callee
CROSS JOIN function f ON f.id = a.function
CROSS JOIN instance c ON c.id = e.caller
CROSS JOIN function cf ON cf.id = c.function
WHERE o.image = ?;

-- name: files_objects
-- Objects of an image of which it is known what they are made of, what they export, or what they can do.
SELECT o.id, o.name, ifnull(r.flags, 0), x.object IS NOT NULL, ifnull(g.gates, 0)
FROM object o
LEFT JOIN files_read r ON r.object = o.id
LEFT JOIN exports_read x ON x.object = o.id
LEFT JOIN attach_gates g ON g.object = o.id
WHERE o.image = ? AND (r.object IS NOT NULL OR x.object IS NOT NULL OR g.object IS NOT NULL)
ORDER BY o.name <> 'vmlinux', o.name;

-- name: exports_of
SELECT n.text, x.flags, x.crc, s.text, p.text
FROM export x
CROSS JOIN name n ON n.id = x.name
LEFT JOIN name s ON s.id = x.namespace
LEFT JOIN path p ON p.id = x.file
WHERE x.object = ? ORDER BY n.text;

-- name: units_of
SELECT p.text FROM unit u CROSS JOIN path p ON p.id = u.path WHERE u.object = ? ORDER BY p.text;

-- name: initcalls_of
SELECT n.text, c.level, p.text, l.text, c.line
FROM initcall c
CROSS JOIN name n ON n.id = c.name
LEFT JOIN path p ON p.id = c.file
LEFT JOIN label l ON l.id = c.module
WHERE c.object = ? ORDER BY c.number;

-- name: suffixed_symbols
-- Symbols of an image that compiler or linker gave a suffix, by function.
SELECT s.function, n.text, fn.text
FROM object o
CROSS JOIN symbol s ON s.id >= o.first_symbol AND s.id < o.first_symbol + o.symbols
CROSS JOIN name n ON n.id = s.name
CROSS JOIN function f ON f.id = s.function
CROSS JOIN name fn ON fn.id = f.name
WHERE o.image = ? AND instr(n.text, '.') > 0
ORDER BY s.function, s.id;

-- name: attach_load
SELECT id, line, ftrace, kprobe, fentry, kprobe_multi, reason, evidence FROM attach;

-- name: digest_objects
-- The objects of an image: where their rows are, and what is known of them as a whole.
SELECT o.first_function, o.functions, o.first_instance, o.instances, o.first_symbol, o.symbols, o.first_edge, o.edges,
	ifnull(t.first_taken, 0), ifnull(t.places, 0), o.id, x.object IS NOT NULL, ifnull(1 + t.code, 0), o.evidence, o.name
FROM object o
LEFT JOIN exports_read x ON x.object = o.id
LEFT JOIN taken_read t ON t.object = o.id
WHERE o.image = ?;

-- name: digest_functions
SELECT id, name, first_instance, readable, prototype, role, instances, symbols, inlined_sites, call_sites, class
FROM function WHERE id >= ?1 AND id < ?1 + ?2;

-- name: digest_symbols
SELECT id, function, name, attach, address, size, binding, type FROM symbol WHERE id >= ?1 AND id < ?1 + ?2;

-- name: digest_instances
SELECT id, function, linkage, first_edge, file, decl_file, prototype, copy_of, symbol, address, inlined_edges, call_edges,
	said
FROM instance WHERE id >= ?1 AND id < ?1 + ?2;

-- name: digest_edges
SELECT id, callee, caller, chain, site, distance FROM edge WHERE id >= ?1 AND id < ?1 + ?2;

-- name: digest_exports
SELECT name, namespace, flags, crc FROM export WHERE object = ?;

-- name: digest_taken
SELECT id, name, symbol, holder, path, label, field, flags, offset FROM taken WHERE id >= ?1 AND id < ?1 + ?2;

-- name: digest_tables
-- Tables the statements above and the dictionaries do not cover, and pages of functions may show something of: a table
-- that is new is taken whole, until it is covered or named here.
SELECT name FROM sqlite_schema
WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'name_words%' AND name NOT IN ('name', 'path',
	'prototype', 'chain', 'label', 'attach', 'image', 'object', 'section', 'function', 'instance', 'symbol', 'edge',
	'outgoing', 'alias', 'export', 'exports_read', 'taken', 'taken_read', 'unit', 'initcall', 'files_read')
ORDER BY name;
-- name: type_names_load
SELECT id, text FROM type_name ORDER BY id;

-- name: type_name_insert
INSERT INTO type_name (id, text)
SELECT v0, text FROM source_rows;

-- name: type_words_load
SELECT id, text FROM type_word ORDER BY id;

-- name: type_word_insert
INSERT INTO type_word (id, text)
SELECT v0, text FROM source_rows;

-- name: type_variants
SELECT variant, kind, flags, size, body FROM type WHERE name = ? ORDER BY variant;

-- name: type_insert
INSERT INTO type (name, variant, kind, flags, size, body) VALUES (?, ?, ?, ?, ?, ?);

-- name: type_place_insert
INSERT OR IGNORE INTO type_place (image, name, variant, object, file, line, units) VALUES (?, ?, ?, ?, ?, ?, ?);

-- name: types_read_insert
INSERT INTO types_read (object) VALUES (?);

-- name: type_places_of_vmlinux
-- What an image's vmlinux has, to tell what a module has besides.
SELECT l.name, l.variant, t.kind
FROM object o
CROSS JOIN type_place l ON l.image = o.image AND l.object = o.id
CROSS JOIN type t ON t.name = l.name AND t.variant = l.variant
WHERE o.image = ? AND o.name = 'vmlinux';

-- name: types_of_image
SELECT l.name, l.variant, l.object, l.file, l.line, l.units, t.kind, t.flags, t.size, t.body
FROM type_place l
CROSS JOIN type t ON t.name = l.name AND t.variant = l.variant
WHERE l.image = ?;

-- name: types_of_name
SELECT l.name, l.variant, l.object, l.file, l.line, l.units, t.kind, t.flags, t.size, t.body
FROM type_place l
CROSS JOIN type t ON t.name = l.name AND t.variant = l.variant
WHERE l.image = ? AND l.name = ?;

-- name: types_known
SELECT o.name FROM object o CROSS JOIN types_read r ON r.object = o.id WHERE o.image = ?;

-- name: type_names_all
SELECT text FROM type_name n
WHERE EXISTS (SELECT 1 FROM image i CROSS JOIN type_place l ON l.image = i.id AND l.name = n.id)
ORDER BY text;

-- name: type_places_delete
DELETE FROM type_place WHERE image = ? AND object = ?;

-- name: type_places_delete_all
DELETE FROM type_place WHERE image = ?;

-- name: types_read_delete
DELETE FROM types_read WHERE object = ?;

-- name: types_sweep
-- Definitions that no image has any more.
DELETE FROM type WHERE NOT EXISTS (SELECT 1 FROM image i CROSS JOIN type_place l
	ON l.image = i.id AND l.name = type.name AND l.variant = type.variant);

-- name: functions_of_object
-- Columns as functions_by_name has them up to the counts; without what is imported or only mentioned.
SELECT id, readable, prototype, first_instance, instances, first_symbol, symbols, language, flags, collision, inlining,
	transformed, only_split, inlined_sites, call_sites, name
FROM function WHERE id >= ?1 AND id < ?1 + ?2 AND role < 4;

-- name: instances_of_object
SELECT id, file, decl_file, decl_line, address, prototype, inlined_edges, call_edges, flags, dw_inline
FROM instance WHERE id >= ?1 AND id < ?1 + ?2;

-- name: exports_read_of_image
SELECT o.id FROM object o CROSS JOIN exports_read r ON r.object = o.id WHERE o.image = ? ORDER BY o.name;

-- name: exports_of_image
SELECT o.id, x.name, x.flags, x.crc, x.namespace
FROM object o CROSS JOIN export x ON x.object = o.id WHERE o.image = ?;

-- name: callee_names
SELECT DISTINCT f.name
FROM outgoing o
CROSS JOIN json_each(o.edges) j
CROSS JOIN edge e ON e.id = j.value
CROSS JOIN instance c ON c.id = e.callee
CROSS JOIN function f ON f.id = c.function
WHERE o.caller = ?;


-- name: file_objects
SELECT o.id, o.name, o.first_instance, o.instances, ifnull(r.flags, 0), x.object IS NOT NULL, t.object IS NOT NULL
FROM object o LEFT JOIN files_read r ON r.object = o.id LEFT JOIN exports_read x ON x.object = o.id
LEFT JOIN types_read t ON t.object = o.id
WHERE o.image = ? ORDER BY o.name <> 'vmlinux', o.name;

-- name: file_types
-- Structs, unions and enums that are defined, with the file.
SELECT l.file, l.line, l.object, t.kind, n.text, t.size
FROM type_place l
CROSS JOIN type t ON t.name = l.name AND t.variant = l.variant
CROSS JOIN type_name n ON n.id = l.name
WHERE l.image = ? AND l.file IS NOT NULL AND t.kind < 3 AND t.flags & 1 = 0;

-- name: file_units
SELECT path FROM unit WHERE object = ?;

-- name: file_initcalls
SELECT c.file, c.name, c.line, c.level, l.text, c.number FROM initcall c LEFT JOIN label l ON l.id = c.module
WHERE c.object = ? ORDER BY c.number;

-- name: file_exports
SELECT name, flags, crc, namespace, file FROM export WHERE object = ?;

-- name: file_instances
SELECT a.id, a.file, a.decl_file, a.decl_line, a.flags, f.name, a.linkage, f.role, f.collision, f.inlining, f.transformed
FROM object o
CROSS JOIN instance a ON a.id >= o.first_instance AND a.id < o.first_instance + o.instances
CROSS JOIN function f ON f.id = a.function
WHERE o.id = ?;

-- name: file_edges
-- Calls of oneself lead nowhere.
SELECT e.callee, e.caller, e.kind
FROM object o
CROSS JOIN edge e ON e.id >= o.first_edge AND e.id < o.first_edge + o.edges
WHERE o.id = ? AND e.flags & 2 = 0;
