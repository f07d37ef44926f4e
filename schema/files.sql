-- SPDX-License-Identifier: GPL-2.0-or-later
-- Which files were compiled into an object, and what it calls when it starts.

-- Files, with or without functions of their own.
CREATE TABLE unit (
	object INTEGER NOT NULL REFERENCES object (id),
	path INTEGER NOT NULL REFERENCES path (id),
	PRIMARY KEY (object, path)
) STRICT, WITHOUT ROWID;

-- Functions called when the kernel starts (initcalls), or when a module comes and goes, in the order of the table.
CREATE TABLE initcall (
	object INTEGER NOT NULL REFERENCES object (id),
	number INTEGER NOT NULL,              -- from 0
	name INTEGER NOT NULL REFERENCES name (id),
	level TEXT NOT NULL,                  -- early, 0 to 7 and 0s to 7s, rootfs, con; of a module: module, exit
	file INTEGER REFERENCES path (id),    -- the unit that defines the function
	module INTEGER REFERENCES label (id), -- KBUILD_MODNAME of what is built in
	line INTEGER,                         -- where it is registered
	PRIMARY KEY (object, number)
) STRICT, WITHOUT ROWID;

-- Objects of which it is known what they are made of; of others nobody knows.
CREATE TABLE files_read (
	object INTEGER PRIMARY KEY REFERENCES object (id),
	flags INTEGER NOT NULL                -- 1: units; 2: initcalls
) STRICT;
