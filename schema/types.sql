-- SPDX-License-Identifier: GPL-2.0-or-later
-- Structs, unions, enums and typedefs: each distinct definition once, whatever images and objects have it.

-- Names of types.
CREATE TABLE type_name (
	id INTEGER PRIMARY KEY,
	text TEXT NOT NULL
) STRICT;

-- Words of definitions: names of members, and types as C text.  Frequent ones have small numbers.
-- The writer sees to it that each is there once, as it does for names.
CREATE TABLE type_word (
	id INTEGER PRIMARY KEY,
	text TEXT NOT NULL
) STRICT;

CREATE TABLE type_kind (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;

-- Definitions.  `body` says all the rest in as few bytes as possible (src/store/type_body.h); in SQL,
-- type_members(body), type_enumerators(body) and type_target(body) read it for the views below.
CREATE TABLE type (
	name INTEGER NOT NULL REFERENCES type_name (id),
	variant INTEGER NOT NULL,             -- 0, 1, ...: tells definitions of one name apart, of all kinds
	kind INTEGER NOT NULL REFERENCES type_kind (id),
	flags INTEGER NOT NULL,               -- 1: only declared; 2: an enum without negative values
	size INTEGER NOT NULL,                -- bytes; 0 where it is unknown
	body BLOB NOT NULL,
	PRIMARY KEY (name, variant)
) STRICT, WITHOUT ROWID;

-- Which image has it.  A module has rows of its own only for names that its vmlinux has no
-- definition of, or another one, or several.
CREATE TABLE type_place (
	image INTEGER NOT NULL REFERENCES image (id),
	name INTEGER NOT NULL,
	variant INTEGER NOT NULL,
	object INTEGER NOT NULL REFERENCES object (id),
	file INTEGER REFERENCES path (id),    -- where it is declared
	line INTEGER,
	units TEXT,                           -- of several definitions: JSON array of path ids, the units that mean
	                                      -- this one; NULL: all others
	PRIMARY KEY (image, name, variant, object),
	FOREIGN KEY (name, variant) REFERENCES type (name, variant)
) STRICT, WITHOUT ROWID;

-- Objects whose types were read: of others nobody knows them.
CREATE TABLE types_read (
	object INTEGER PRIMARY KEY REFERENCES object (id)
) STRICT;

-- Types by image.
CREATE VIEW v_type AS
SELECT i.name AS image,
	k.text AS kind,
	n.text AS name,
	o.name AS module,
	CASE WHEN t.flags & 1 THEN 'no' ELSE 'yes' END AS defined,
	CASE WHEN t.flags & 1 = 0 THEN t.size END AS size,
	p.text AS decl_file,
	l.line AS decl_line,
	t.name AS type_name_id, t.variant, i.id AS image_id, o.id AS object_id
FROM image i
CROSS JOIN type_place l ON l.image = i.id
CROSS JOIN type t ON t.name = l.name AND t.variant = l.variant
CROSS JOIN type_kind k ON k.id = t.kind
CROSS JOIN type_name n ON n.id = l.name
CROSS JOIN object o ON o.id = l.object
LEFT JOIN path p ON p.id = l.file
-- A declaration beside a definition only lists units that do not tell which of several they mean.
WHERE t.flags & 1 = 0 OR NOT EXISTS (SELECT 1 FROM type_place x CROSS JOIN type y ON y.name = x.name AND y.variant = x.variant
	WHERE x.image = l.image AND x.name = l.name AND x.object = l.object AND y.kind = t.kind AND y.flags & 1 = 0);

-- What typedefs stand for.
CREATE VIEW v_typedef AS
SELECT v.image, v.name, v.module, w.text AS target, v.type_name_id, v.variant, v.image_id
FROM v_type v
CROSS JOIN type t ON t.name = v.type_name_id AND t.variant = v.variant
LEFT JOIN type_word w ON w.id = type_target(t.body)
WHERE v.kind = 'typedef';

-- Their members, in order.  `offset` is in bytes; `bit` is where a bit-field begins in that byte.  What an anonymous struct or union
-- holds follows it; `parent` is the position of the member it stands in.
CREATE VIEW v_type_member AS
SELECT i.name AS image,
	k.text AS kind,
	n.text AS name,
	o.name AS module,
	j.key AS position,
	m.text AS member,
	w.text AS type,
	json_extract(j.value, '$[2]') / 8 AS offset,
	CASE WHEN json_extract(j.value, '$[4]') THEN json_extract(j.value, '$[2]') % 8 END AS bit,
	nullif(json_extract(j.value, '$[4]'), 0) AS bits,
	json_extract(j.value, '$[3]') AS size,
	json_extract(j.value, '$[5]') AS parent,
	t.name AS type_name_id, t.variant, i.id AS image_id
FROM image i
CROSS JOIN type_place l ON l.image = i.id
CROSS JOIN type_name n ON n.id = l.name
CROSS JOIN type t ON t.name = l.name AND t.variant = l.variant
CROSS JOIN type_kind k ON k.id = t.kind
CROSS JOIN object o ON o.id = l.object
CROSS JOIN json_each(type_members(t.body)) j
LEFT JOIN type_word m ON m.id = json_extract(j.value, '$[0]')
LEFT JOIN type_word w ON w.id = json_extract(j.value, '$[1]');

-- The enumerators of enums, and of anonymous enums inside of other types.
CREATE VIEW v_enumerator AS
SELECT i.name AS image,
	k.text AS kind,
	n.text AS name,
	o.name AS module,
	json_extract(j.value, '$[0]') AS enumerator,
	json_extract(j.value, '$[1]') AS value,
	t.name AS type_name_id, t.variant, i.id AS image_id
FROM image i
CROSS JOIN type_place l ON l.image = i.id
CROSS JOIN type_name n ON n.id = l.name
CROSS JOIN type t ON t.name = l.name AND t.variant = l.variant
CROSS JOIN type_kind k ON k.id = t.kind
CROSS JOIN object o ON o.id = l.object
CROSS JOIN json_each(type_enumerators(t.body)) j;
