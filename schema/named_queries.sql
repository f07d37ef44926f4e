-- SPDX-License-Identifier: GPL-2.0-or-later
-- Queries that scripts may rely on: `atlasgen query @NAME [--image GLOB] [--name GLOB]`.
-- Column names and their order are fixed.  :image and :name are globs, '*' where the user gave none; with a glob that
-- begins with plain text SQLite goes straight to the names that begin so.

-- name: functions
-- One row an instance. A function known by its symbols only has one row without file.  What was not read is not here.
-- `file` and `line` are where it is declared, `module` where it is linked.  What modules only import is here once, without
-- module, if no object that was read defines it.
SELECT i.name AS image,
	n.text AS name,
	CASE WHEN f.role <> 4 THEN o.name END AS module,
	ifnull(d.text, u.text) AS file,
	CASE WHEN a.decl_file IS NOT NULL THEN a.decl_line END AS line,
	CASE WHEN f.role <> 4 THEN c.text ELSE 'Unknown' END AS collision,
	CASE WHEN f.role <> 4 THEN g.text ELSE 'Unknown' END AS inline,
	CASE WHEN f.transformed THEN 'True' ELSE 'False' END AS transformation,
	CASE WHEN a.id IS NULL OR a.flags & 64 THEN 'unknown' WHEN a.flags & 1 THEN 'yes' ELSE 'no' END AS external,
	(SELECT p.returns || CASE WHEN p.returns LIKE '%*' THEN '' ELSE ' ' END || n.text || '(' || p.params || ')'
	FROM v_prototype p WHERE p.id = ifnull(a.prototype, f.prototype)) AS prototype
FROM image i
CROSS JOIN name n
CROSS JOIN function f ON f.image = i.id AND f.name = n.id
CROSS JOIN object o ON o.id = f.object
LEFT JOIN instance a ON a.id >= f.first_instance AND a.id < f.first_instance + f.instances
LEFT JOIN path u ON u.id = a.file
LEFT JOIN path d ON d.id = a.decl_file
LEFT JOIN collision c ON c.id = f.collision
LEFT JOIN inlining g ON g.id = f.inlining
WHERE i.name GLOB :image AND n.text GLOB :name AND (f.role < 4
	OR (f.role = 4
		AND NOT EXISTS (SELECT 1 FROM function x
			WHERE x.image = i.id AND x.name = ifnull(a.linkage, f.name) AND x.role <= 2)
		AND NOT EXISTS (SELECT 1 FROM function x CROSS JOIN object y ON y.id = x.object
			WHERE x.image = i.id AND x.name = f.name AND x.role = 4 AND y.name < o.name)))
ORDER BY i.name, n.text, o.name <> 'vmlinux', o.name, a.id;

-- name: exports
-- One row an exported symbol, functions and variables alike. `gpl` is yes for EXPORT_SYMBOL_GPL; `crc` is none without
-- modversions. Of objects whose export tables were not read (imported facts) nothing is here.
SELECT i.name AS image,
	n.text AS name,
	o.name AS module,
	CASE WHEN x.flags & 1 THEN 'yes' ELSE 'no' END AS gpl,
	s.text AS namespace,
	CASE WHEN x.crc IS NULL THEN 'none' ELSE printf('0x%08x', x.crc) END AS crc
FROM image i
CROSS JOIN object o ON o.image = i.id
CROSS JOIN export x ON x.object = o.id
CROSS JOIN name n ON n.id = x.name
LEFT JOIN name s ON s.id = x.namespace
WHERE i.name GLOB :image AND n.text GLOB :name
ORDER BY i.name, n.text, o.name;

-- name: units
-- One row a file that was compiled into an object; :name is a glob of its path.
SELECT image, path AS file, module FROM v_unit
WHERE image GLOB :image AND path GLOB :name
ORDER BY image, path, module;

-- name: initcalls
-- One row a function that is called at the start, in the order of the tables.  `level` is early, 0 to 7 and 0s to 7s, rootfs
-- or con, or, of a module, module and exit; `kbuild` is the module's name of what is built in.
SELECT image, name, module, level, file, line, kbuild FROM v_initcall
WHERE image GLOB :image AND name GLOB :name
ORDER BY image, module <> 'vmlinux', module, number;

-- name: attach
-- One row a function symbol: yes, no or unknown, and why. `ftrace`: the tracer offers it; `kprobe`: tracefs and perf accept
-- it. A function without a symbol has one row without one: no where it is inlined everywhere, else unknown.
SELECT i.name AS image,
	n.text AS name,
	sn.text AS symbol,
	CASE WHEN s.id IS NOT NULL THEN printf('0x%x', s.address - ifnull((SELECT c.base FROM section c
		WHERE c.object = f.object AND c.base <= s.address ORDER BY c.base DESC LIMIT 1), 0)) END AS address,
	ifnull(a.ftrace, CASE WHEN s.id IS NULL AND g.text = 'Full' THEN 'no' ELSE 'unknown' END) AS ftrace,
	ifnull(a.kprobe, CASE WHEN s.id IS NULL AND g.text = 'Full' THEN 'no' ELSE 'unknown' END) AS kprobe,
	ifnull(a.fentry, CASE WHEN s.id IS NULL AND g.text = 'Full' THEN 'no' ELSE 'unknown' END) AS fentry,
	ifnull(a.kprobe_multi, CASE WHEN s.id IS NULL AND g.text = 'Full' THEN 'no' ELSE 'unknown' END) AS kprobe_multi,
	ifnull(a.reason, CASE WHEN s.id IS NOT NULL THEN 'the kernel''s tables were not read'
		WHEN g.text = 'Full' THEN 'inlined everywhere: no code of its own' ELSE 'no symbol' END) AS reason
FROM image i
CROSS JOIN name n
CROSS JOIN function f ON f.image = i.id AND f.name = n.id
LEFT JOIN symbol s ON s.id >= f.first_symbol AND s.id < f.first_symbol + f.symbols
LEFT JOIN name sn ON sn.id = s.name
LEFT JOIN attach a ON a.id = s.attach
LEFT JOIN inlining g ON g.id = f.inlining
WHERE i.name GLOB :image AND n.text GLOB :name AND f.role < 4
ORDER BY i.name, n.text, f.id, s.id;

-- name: callers
-- One row a site.  What a module imports is called in the module that defines it; NULL where none that was read does. A call recorded under another name (__builtin_memcpy) is here under its linkage name (memcpy), too.
SELECT i.name AS image,
	n.text AS name,
	CASE WHEN f.role <> 4 THEN o.name ELSE (SELECT q.name FROM (SELECT x.name, d.role + 8 * NOT EXISTS (SELECT 1 FROM export p WHERE p.object = d.object AND p.name = d.name) AS role,
			d.object <> f.object AS other
		FROM function d CROSS JOIN object x ON x.id = d.object
		WHERE d.image = i.id AND d.name = ifnull(a.linkage, f.name) AND d.role <= 2) q
		ORDER BY q.other, q.role, q.name LIMIT 1) END AS module,
	ifnull(u.text || ':', '') || cn.text AS caller,
	co.name AS caller_module,
	k.text AS kind,
	e.line AS line
FROM image i
CROSS JOIN name n
CROSS JOIN function f ON f.image = i.id AND f.name = n.id
CROSS JOIN instance a ON a.id >= f.first_instance AND a.id < f.first_instance + f.instances
CROSS JOIN edge e ON e.id >= a.first_edge AND e.id < a.first_edge + a.inlined_edges + a.call_edges
CROSS JOIN object o ON o.id = f.object
CROSS JOIN edge_kind k ON k.id = e.kind
CROSS JOIN instance c ON c.id = e.caller
CROSS JOIN function cf ON cf.id = c.function
CROSS JOIN object co ON co.id = cf.object
CROSS JOIN name cn ON cn.id = cf.name
LEFT JOIN path u ON u.id = c.file
WHERE i.name GLOB :image AND n.text GLOB :name
UNION ALL
SELECT i.name, n.text, CASE WHEN f.role <> 4 THEN o.name ELSE (SELECT q.name FROM (SELECT x.name, d.role + 8 * NOT EXISTS (SELECT 1 FROM export p WHERE p.object = d.object AND p.name = d.name) AS role,
			d.object <> f.object AS other
		FROM function d CROSS JOIN object x ON x.id = d.object
		WHERE d.image = i.id AND d.name = ifnull(a.linkage, f.name) AND d.role <= 2) q
		ORDER BY q.other, q.role, q.name LIMIT 1) END,
	ifnull(u.text || ':', '') || cn.text, co.name, k.text, e.line
FROM image i
CROSS JOIN name n
CROSS JOIN alias x ON x.image = i.id AND x.linkage = n.id
CROSS JOIN instance a ON a.id = x.instance
CROSS JOIN function f ON f.id = a.function
CROSS JOIN edge e ON e.id >= a.first_edge + a.inlined_edges AND e.id < a.first_edge + a.inlined_edges + a.call_edges
CROSS JOIN object o ON o.id = f.object
CROSS JOIN edge_kind k ON k.id = e.kind
CROSS JOIN instance c ON c.id = e.caller
CROSS JOIN function cf ON cf.id = c.function
CROSS JOIN object co ON co.id = cf.object
CROSS JOIN name cn ON cn.id = cf.name
LEFT JOIN path u ON u.id = c.file
WHERE i.name GLOB :image AND n.text GLOB :name
ORDER BY 1, 2;

-- name: taken
-- One row a place that holds the function's address: `kind` is data or code, `holder` "path: symbol" of the data or
-- "path:function" of the code, `field` the member where the DWARF tells it. Of an image whose code was not read there are
-- no rows of that kind: @searched tells.
SELECT image, name, module, kind, holder, holder_module, field, offset
FROM v_taken
WHERE image GLOB :image AND name GLOB :name
ORDER BY image, name, taken_id;

-- name: searched
-- One row an object: whether its data and its code were searched for places that hold addresses of functions.
SELECT i.name AS image,
	o.name AS name,
	CASE WHEN t.object IS NULL THEN 'unknown' ELSE 'yes' END AS data,
	CASE WHEN t.object IS NULL THEN 'unknown' WHEN t.code THEN 'yes' ELSE 'no' END AS code
FROM image i
CROSS JOIN object o ON o.image = i.id
LEFT JOIN taken_read t ON t.object = o.id
WHERE i.name GLOB :image AND o.name GLOB :name
ORDER BY i.name, o.name;

-- name: types
-- One row a definition of a struct, union, enum or typedef: several rows of one name are several definitions, of files or
-- modules that differ. `size` is in bytes; NULL of a type that is only declared. A module is here with what its vmlinux does not have.
SELECT image, kind, name, size
FROM v_type
WHERE image GLOB :image AND name GLOB :name
ORDER BY image, name, kind, module <> 'vmlinux', module, decl_file, decl_line, size, variant;

-- name: history
-- One row a function, exported symbol or type and line of images (one architecture, one flavor): the first and the last image
-- that has it, by version, how many have it, and of how many that can be said: images whose exports or types were not read, or
-- that were scanned without it (--only), do not count; imported ones do where they have it.
WITH line AS MATERIALIZED (
	SELECT i.id, i.name, i.arch, i.flavor, i.scope, i.evidence = (SELECT id FROM evidence WHERE text = 'imported') AS partial,
		row_number() OVER (PARTITION BY i.arch, i.flavor
			ORDER BY i.version COLLATE version, i.revision COLLATE version, i.name) AS place,
		EXISTS (SELECT 1 FROM object o CROSS JOIN exports_read r ON r.object = o.id
			WHERE o.image = i.id AND o.name = 'vmlinux') AS exports,
		EXISTS (SELECT 1 FROM object o CROSS JOIN types_read r ON r.object = o.id
			WHERE o.image = i.id AND o.name = 'vmlinux') AS types
	FROM image i
	WHERE i.name GLOB :image
), seen (kind, name, arch, flavor, place, partial) AS MATERIALIZED (
	SELECT DISTINCT 'function', n.text, l.arch, l.flavor, l.place, l.partial
	FROM name n
	CROSS JOIN line l
	CROSS JOIN function f ON f.image = l.id AND f.name = n.id AND f.role < 4
	WHERE n.text GLOB :name
	UNION ALL
	SELECT DISTINCT 'export', n.text, l.arch, l.flavor, l.place, l.partial
	FROM line l
	CROSS JOIN object o ON o.image = l.id
	CROSS JOIN export x ON x.object = o.id
	CROSS JOIN name n ON n.id = x.name
	WHERE n.text GLOB :name
	UNION ALL
	SELECT DISTINCT k.text, n.text, l.arch, l.flavor, l.place, l.partial
	FROM line l
	CROSS JOIN type_place p ON p.image = l.id
	CROSS JOIN type_name n ON n.id = p.name
	CROSS JOIN type t ON t.name = p.name AND t.variant = p.variant AND t.flags & 1 = 0
	CROSS JOIN type_kind k ON k.id = t.kind
	WHERE n.text GLOB :name
), span AS (
	SELECT kind, name, arch, flavor, min(place) AS first, max(place) AS last, count(*) AS images, total(partial) AS partial
	FROM seen
	GROUP BY kind, name, arch, flavor
)
SELECT s.kind, s.name, s.arch, s.flavor,
	(SELECT l.name FROM line l WHERE l.arch = s.arch AND l.flavor = s.flavor AND l.place = s.first) AS first,
	(SELECT l.name FROM line l WHERE l.arch = s.arch AND l.flavor = s.flavor AND l.place = s.last) AS last,
	s.images,
	CAST(s.partial AS INTEGER) + (SELECT count(*) FROM line l
		WHERE l.arch = s.arch AND l.flavor = s.flavor AND NOT l.partial AND CASE s.kind
			WHEN 'function' THEN l.scope IS NULL
				OR EXISTS (SELECT 1 FROM json_each(l.scope) g WHERE s.name GLOB g.value)
			WHEN 'export' THEN l.exports AND (l.scope IS NULL
				OR EXISTS (SELECT 1 FROM json_each(l.scope) g WHERE s.name GLOB g.value))
			ELSE l.types END) AS "of"
FROM span s
ORDER BY s.kind, s.name, s.arch, s.flavor;
