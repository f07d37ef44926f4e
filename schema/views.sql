-- SPDX-License-Identifier: GPL-2.0-or-later
-- The stable interface of an atlas: one SELECT answers a common question.
-- docs/schema.md tells of each column.  Addresses are text, 0x...; yes, no and
-- unknown are text; what is not known otherwise is NULL.
--
-- The joins are CROSS JOINs, which SQLite takes in the order they are written: image, name, and then only what
-- belongs to them.  A question about one name is answered at once, and a long answer comes sorted by image and name.

-- A prototype as C text would need the name in its middle, so here are its parts.
CREATE VIEW v_prototype AS
SELECT p.id,
	p.returns,
	(SELECT ifnull(group_concat(CASE j.type WHEN 'array' THEN json_extract(j.value, '$[1]') ELSE j.value END, ', '), '') FROM json_each(p.params) j) AS params,
	json_array_length(p.params) AS param_count
FROM prototype p;

-- Images.
CREATE VIEW v_image AS
SELECT i.name AS image,
	i.version, i.revision, i.flavor, i.arch, i.label, i.release, i.build_id,
	t.text AS evidence,
	CASE WHEN total(o.name <> 'vmlinux') THEN 'yes' ELSE 'no' END AS modules_read,
	i.scope, i.producer, i.banner, i.path,
	ifnull(sum(o.read_functions), 0) AS functions,
	ifnull(sum(o.instances), 0) AS instances,
	ifnull(sum(o.symbols), 0) AS symbols,
	ifnull(sum(o.edges), 0) AS edges,
	i.id AS image_id,
	count(CASE WHEN o.name <> 'vmlinux' THEN 1 END) AS modules
FROM image i
CROSS JOIN evidence t ON t.id = i.evidence
LEFT JOIN object o ON o.image = i.id
GROUP BY i.id;

-- Who defines what modules import: the object that calls (by a linkage name), else vmlinux, else the first module.
-- `defined_in` is NULL where no object that was read does.
CREATE VIEW v_import AS
SELECT i.name AS image,
	n.text AS name,
	o.name AS module,
	(SELECT k.text FROM name k WHERE k.id = a.linkage) AS linkage_name,
	(SELECT q.name FROM (SELECT x.name, d.role + 8 * NOT EXISTS (SELECT 1 FROM export p WHERE p.object = d.object AND p.name = d.name) AS role,
			d.object <> f.object AS other
		FROM function d CROSS JOIN object x ON x.id = d.object
		WHERE d.image = f.image AND d.name = ifnull(a.linkage, f.name) AND d.role <= 2) q
		ORDER BY q.other, q.role, q.name LIMIT 1) AS defined_in,
	a.call_edges AS call_sites,
	a.id AS instance_id, f.id AS function_id, i.id AS image_id
FROM image i
CROSS JOIN name n
CROSS JOIN function f ON f.image = i.id AND f.name = n.id AND f.role = 4
CROSS JOIN object o ON o.id = f.object
CROSS JOIN instance a ON a.id >= f.first_instance AND a.id < f.first_instance + f.instances;

-- Names of functions, one row for each linked object that has one; what a module only imports is in v_import.
CREATE VIEW v_function AS
SELECT i.name AS image,
	n.text AS name,
	o.name AS module,
	ifnull(r.text, n.text) AS readable,
	l.text AS language,
	CASE f.flags & 1 WHEN 0 THEN 'yes' ELSE 'no' END AS read,
	c.text AS collision,
	g.text AS inline,
	CASE WHEN f.flags & 1 THEN 'Unknown' WHEN f.transformed THEN 'True' ELSE 'False' END AS transformation,
	CASE WHEN f.flags & 1 THEN 'unknown' WHEN f.only_split THEN 'yes' ELSE 'no' END AS only_split,
	f.inlined_sites, f.call_sites,
	CASE WHEN f.role <= 2 AND f.object = (SELECT d.object FROM function d CROSS JOIN object x ON x.id = d.object
		WHERE d.image = i.id AND d.name = n.id AND d.role <= 2
		ORDER BY NOT EXISTS (SELECT 1 FROM export p WHERE p.object = d.object AND p.name = d.name), d.role, x.name LIMIT 1)
	THEN (SELECT ifnull(sum(m.call_sites), 0) FROM function m WHERE m.image = i.id AND m.name = n.id AND m.role = 4)
	ELSE 0 END AS import_call_sites,
	f.instances, f.symbols,
	(SELECT p.returns || CASE WHEN p.returns LIKE '%*' THEN '' ELSE ' ' END || n.text || '(' || p.params || ')'
	FROM v_prototype p WHERE p.id = f.prototype) AS prototype,
	f.id AS function_id, i.id AS image_id
FROM image i
CROSS JOIN name n
CROSS JOIN function f ON f.image = i.id AND f.name = n.id AND f.role <> 4
CROSS JOIN object o ON o.id = f.object
CROSS JOIN language l ON l.id = f.language
CROSS JOIN collision c ON c.id = f.collision
CROSS JOIN inlining g ON g.id = f.inlining
LEFT JOIN name r ON r.id = f.readable;

-- What a name stands for: its definitions, or its mere declaration.
CREATE VIEW v_instance AS
SELECT i.name AS image,
	n.text AS name,
	o.name AS module,
	u.text AS file,
	d.text AS decl_file,
	a.decl_line,
	t.name AS section,
	CASE WHEN a.address IS NOT NULL THEN printf('0x%x', a.address - ifnull(t.base, 0)) END AS address,
	CASE WHEN a.flags & 64 THEN 'unknown' WHEN a.flags & 1 THEN 'yes' ELSE 'no' END AS external,
	CASE WHEN a.flags & 64 THEN 'unknown' WHEN a.dw_inline IN (1, 3) THEN 'yes' ELSE 'no' END AS inlined,
	CASE WHEN a.flags & 8 THEN 'yes' ELSE 'no' END AS defined,
	CASE WHEN a.flags & 2 THEN 'yes' ELSE 'no' END AS assembler,
	CASE WHEN a.flags & 4 THEN 'yes' ELSE 'no' END AS overridden,
	m.text AS copy_of,
	k.text AS linkage_name,
	(SELECT p.returns || CASE WHEN p.returns LIKE '%*' THEN '' ELSE ' ' END || n.text || '(' || p.params || ')'
	FROM v_prototype p WHERE p.id = a.prototype) AS prototype,
	(SELECT sn.text FROM symbol s JOIN name sn ON sn.id = s.name WHERE s.id = a.symbol) AS symbol,
	a.inlined_edges AS inlined_sites, a.call_edges AS call_sites,
	a.id AS instance_id, f.id AS function_id, i.id AS image_id
FROM image i
CROSS JOIN name n
CROSS JOIN function f ON f.image = i.id AND f.name = n.id AND f.role <> 4
CROSS JOIN instance a ON a.id >= f.first_instance AND a.id < f.first_instance + f.instances
CROSS JOIN object o ON o.id = f.object
LEFT JOIN path u ON u.id = a.file
LEFT JOIN path d ON d.id = a.decl_file
LEFT JOIN section t ON t.object = f.object AND a.address >= t.base AND a.address <= t.base + t.size
LEFT JOIN name m ON m.id = a.copy_of
LEFT JOIN name k ON k.id = a.linkage;

-- Symbols; `name` is the function that owns one: mempool_alloc owns mempool_alloc.cold.
CREATE VIEW v_symbol AS
SELECT i.name AS image,
	n.text AS name,
	sn.text AS symbol,
	o.name AS module,
	t.name AS section,
	CASE WHEN s.address IS NOT NULL THEN printf('0x%x', s.address - ifnull(t.base, 0)) END AS address,
	s.size,
	CASE s.binding WHEN 0 THEN 'LOCAL' WHEN 1 THEN 'GLOBAL' WHEN 2 THEN 'WEAK' ELSE s.binding END AS binding,
	s.id AS symbol_id, f.id AS function_id, i.id AS image_id
FROM image i
CROSS JOIN name n
CROSS JOIN function f ON f.image = i.id AND f.name = n.id
CROSS JOIN symbol s ON s.id >= f.first_symbol AND s.id < f.first_symbol + f.symbols
CROSS JOIN name sn ON sn.id = s.name
CROSS JOIN object o ON o.id = f.object
LEFT JOIN section t ON t.object = f.object AND s.address >= t.base AND s.address <= t.base + t.size;

-- Inlined functions between a caller and a site: outermost > ... > innermost.
CREATE VIEW v_chain AS
SELECT c.id,
	(WITH RECURSIVE up (id, depth) AS (
		SELECT c.id, 0
		UNION ALL
		SELECT x.parent, depth + 1 FROM up JOIN chain x ON x.id = up.id WHERE x.parent IS NOT NULL
	)
	SELECT group_concat(text, ' > ') FROM (
		SELECT n.text FROM up JOIN chain x ON x.id = up.id JOIN name n ON n.id = x.name ORDER BY depth DESC
	)) AS through
FROM chain c;

-- Who calls `name`, or has it inlined: one row a site.  A call that the DWARF records under another name whose
-- linkage name is this one (__builtin_memcpy: memcpy) is under both, and `recorded_as` tells.  What a module
-- imports is called in the object that defines it; `module` is NULL where none that was read does.
CREATE VIEW v_caller AS
SELECT i.name AS image,
	n.text AS name,
	CASE WHEN f.role <> 4 THEN o.name ELSE (SELECT q.name FROM (SELECT x.name, d.role + 8 * NOT EXISTS (SELECT 1 FROM export p WHERE p.object = d.object AND p.name = d.name) AS role,
			d.object <> f.object AS other
		FROM function d CROSS JOIN object x ON x.id = d.object
		WHERE d.image = i.id AND d.name = ifnull(a.linkage, f.name) AND d.role <= 2) q
		ORDER BY q.other, q.role, q.name LIMIT 1) END AS module,
	ifnull(u.text || ':', '') || cn.text AS caller,
	cn.text AS caller_name,
	u.text AS caller_file,
	co.name AS caller_module,
	k.text AS kind,
	e.line,
	t.name AS section,
	CASE WHEN e.distance IS NOT NULL
		THEN printf('0x%x', e.distance + ifnull(c.address, 0) - ifnull(t.base, 0)) END AS address,
	CASE WHEN e.flags & 1 THEN 'yes' ELSE 'no' END AS via_copy,
	CASE WHEN e.flags & 2 THEN 'yes' ELSE 'no' END AS self,
	(SELECT through FROM v_chain v WHERE v.id = e.chain) AS through,
	NULL AS recorded_as,
	a.id AS instance_id, c.id AS caller_instance_id, i.id AS image_id, e.id AS edge_id
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
LEFT JOIN section t ON t.object = cf.object AND e.distance + ifnull(c.address, 0) BETWEEN t.base AND t.base + t.size
UNION ALL
SELECT i.name,
	n.text,
	CASE WHEN f.role <> 4 THEN o.name ELSE (SELECT q.name FROM (SELECT x.name, d.role + 8 * NOT EXISTS (SELECT 1 FROM export p WHERE p.object = d.object AND p.name = d.name) AS role,
			d.object <> f.object AS other
		FROM function d CROSS JOIN object x ON x.id = d.object
		WHERE d.image = i.id AND d.name = ifnull(a.linkage, f.name) AND d.role <= 2) q
		ORDER BY q.other, q.role, q.name LIMIT 1) END,
	ifnull(u.text || ':', '') || cn.text,
	cn.text,
	u.text,
	co.name,
	k.text,
	e.line,
	t.name,
	CASE WHEN e.distance IS NOT NULL
		THEN printf('0x%x', e.distance + ifnull(c.address, 0) - ifnull(t.base, 0)) END,
	CASE WHEN e.flags & 1 THEN 'yes' ELSE 'no' END,
	CASE WHEN e.flags & 2 THEN 'yes' ELSE 'no' END,
	(SELECT through FROM v_chain v WHERE v.id = e.chain),
	rn.text,
	a.id, c.id, i.id, e.id
FROM image i
CROSS JOIN name n
CROSS JOIN alias x ON x.image = i.id AND x.linkage = n.id
CROSS JOIN instance a ON a.id = x.instance
CROSS JOIN function f ON f.id = a.function
CROSS JOIN name rn ON rn.id = f.name
CROSS JOIN object o ON o.id = f.object
CROSS JOIN edge e ON e.id >= a.first_edge + a.inlined_edges AND e.id < a.first_edge + a.inlined_edges + a.call_edges
CROSS JOIN edge_kind k ON k.id = e.kind
CROSS JOIN instance c ON c.id = e.caller
CROSS JOIN function cf ON cf.id = c.function
CROSS JOIN object co ON co.id = cf.object
CROSS JOIN name cn ON cn.id = cf.name
LEFT JOIN path u ON u.id = c.file
LEFT JOIN section t ON t.object = cf.object AND e.distance + ifnull(c.address, 0) BETWEEN t.base AND t.base + t.size;

-- What `name` calls, and what is inlined into it: one row a site.
CREATE VIEW v_callee AS
SELECT i.name AS image,
	n.text AS name,
	o.name AS module,
	u.text AS file,
	cn.text AS callee,
	CASE WHEN cf.role <> 4 THEN cu.text ELSE (SELECT q.text
		FROM (SELECT y.text, d.object <> cf.object AS other, d.role + 8 * NOT EXISTS (SELECT 1 FROM export p WHERE p.object = d.object AND p.name = d.name) AS role,
				x.name, z.flags & 1 = 0 AS own, z.id
			FROM function d CROSS JOIN object x ON x.id = d.object
			CROSS JOIN instance z ON z.id >= d.first_instance AND z.id < d.first_instance + d.instances
			CROSS JOIN path y ON y.id = z.file
			WHERE d.image = i.id AND d.name = ifnull(c.linkage, cf.name) AND d.role <= 2) q
		ORDER BY q.other, q.role, q.name, q.own, q.id LIMIT 1) END AS callee_file,
	CASE WHEN cf.role <> 4 THEN co.name ELSE (SELECT q.name FROM (SELECT x.name, d.role + 8 * NOT EXISTS (SELECT 1 FROM export p WHERE p.object = d.object AND p.name = d.name) AS role,
			d.object <> cf.object AS other
		FROM function d CROSS JOIN object x ON x.id = d.object
		WHERE d.image = i.id AND d.name = ifnull(c.linkage, cf.name) AND d.role <= 2) q
		ORDER BY q.other, q.role, q.name LIMIT 1) END AS callee_module,
	k.text AS kind,
	e.line,
	t.name AS section,
	CASE WHEN e.distance IS NOT NULL
		THEN printf('0x%x', e.distance + ifnull(a.address, 0) - ifnull(t.base, 0)) END AS address,
	CASE WHEN e.flags & 1 THEN 'yes' ELSE 'no' END AS via_copy,
	CASE WHEN e.flags & 2 THEN 'yes' ELSE 'no' END AS self,
	(SELECT through FROM v_chain v WHERE v.id = e.chain) AS through,
	ln.text AS linkage_name,
	a.id AS instance_id, c.id AS callee_instance_id, i.id AS image_id, e.id AS edge_id
FROM image i
CROSS JOIN name n
CROSS JOIN function f ON f.image = i.id AND f.name = n.id
CROSS JOIN instance a ON a.id >= f.first_instance AND a.id < f.first_instance + f.instances
CROSS JOIN object o ON o.id = f.object
LEFT JOIN path u ON u.id = a.file
CROSS JOIN outgoing x ON x.caller = a.id
CROSS JOIN json_each(x.edges) j
CROSS JOIN edge e ON e.id = j.value
CROSS JOIN edge_kind k ON k.id = e.kind
CROSS JOIN instance c ON c.id = e.callee
CROSS JOIN function cf ON cf.id = c.function
CROSS JOIN object co ON co.id = cf.object
CROSS JOIN name cn ON cn.id = cf.name
LEFT JOIN section t ON t.object = f.object AND e.distance + ifnull(a.address, 0) BETWEEN t.base AND t.base + t.size
LEFT JOIN path cu ON cu.id = c.file
LEFT JOIN name ln ON ln.id = c.linkage;

-- What holds the address of `name`: function pointers in data, and code that makes them.  Calls through it are in no
-- list of callers.
CREATE VIEW v_taken AS
SELECT i.name AS image,
	n.text AS name,
	o.name AS module,
	CASE WHEN t.flags & 1 THEN 'code' ELSE 'data' END AS kind,
	CASE WHEN t.flags & 1 THEN ifnull(u.text || ':', '') || ifnull(hn.text, ifnull(l.text, '?'))
		ELSE ifnull(u.text || ': ', '') || l.text END AS holder,
	po.name AS holder_module,
	d.text AS field,
	t.offset,
	CASE WHEN t.flags & 1 THEN l.text END AS part,
	(SELECT sn.text FROM symbol s JOIN name sn ON sn.id = s.name WHERE s.id = t.symbol) AS symbol,
	(SELECT printf('0x%x', s.address) FROM symbol s WHERE s.id = t.symbol) AS symbol_address,
	f.id AS function_id, i.id AS image_id, t.id AS taken_id
FROM image i
CROSS JOIN name n
CROSS JOIN taken t ON t.image = i.id AND t.name = n.id
CROSS JOIN function f ON f.image = i.id AND f.name = n.id AND CASE WHEN t.flags & 2
	THEN f.id = (SELECT x.id FROM function x CROSS JOIN object xo ON xo.id = x.object
		WHERE x.image = i.id AND x.name = n.id AND x.role <= 2
		ORDER BY NOT EXISTS (SELECT 1 FROM export p WHERE p.object = x.object AND p.name = x.name), x.role, xo.name LIMIT 1)
	ELSE f.object = t.object AND f.role <= 3 END
CROSS JOIN object o ON o.id = f.object
CROSS JOIN object po ON po.id = t.object
LEFT JOIN function h ON h.id = t.holder
LEFT JOIN name hn ON hn.id = h.name
LEFT JOIN path u ON u.id = t.path
LEFT JOIN label l ON l.id = t.label
LEFT JOIN label d ON d.id = t.field;

-- Files compiled into an object.  Of objects that tell nothing of it no row is here.
CREATE VIEW v_unit AS
SELECT i.name AS image,
	p.text AS path,
	o.name AS module,
	i.id AS image_id, o.id AS object_id
FROM image i
CROSS JOIN object o ON o.image = i.id
CROSS JOIN unit u ON u.object = o.id
CROSS JOIN path p ON p.id = u.path;

-- What is called when the kernel starts, or when a module comes and goes.
CREATE VIEW v_initcall AS
SELECT i.name AS image,
	n.text AS name,
	o.name AS module,
	c.level,
	p.text AS file,
	c.line,
	l.text AS kbuild,
	c.number,
	i.id AS image_id, o.id AS object_id
FROM image i
CROSS JOIN object o ON o.image = i.id
CROSS JOIN initcall c ON c.object = o.id
CROSS JOIN name n ON n.id = c.name
LEFT JOIN path p ON p.id = c.file
LEFT JOIN label l ON l.id = c.module;
