-- SPDX-License-Identifier: GPL-2.0-or-later
-- What vmlinux and modules export to modules (EXPORT_SYMBOL and its kin), functions and variables alike.

CREATE TABLE export (
	object INTEGER NOT NULL REFERENCES object (id),
	name INTEGER NOT NULL REFERENCES name (id),
	flags INTEGER NOT NULL,               -- 1: GPL-only; 2: a function
	crc INTEGER,                          -- of modversions; NULL: none
	namespace INTEGER REFERENCES name (id),
	file INTEGER REFERENCES path (id),    -- of a variable: the unit that defines it
	PRIMARY KEY (object, name)
) STRICT, WITHOUT ROWID;

-- Objects whose export tables were read: of others nobody knows what they export.
CREATE TABLE exports_read (
	object INTEGER PRIMARY KEY REFERENCES object (id)
) STRICT;
