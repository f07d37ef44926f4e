-- SPDX-License-Identifier: GPL-2.0-or-later
-- Places that hold addresses of functions: function pointers in data, and code that makes them.

-- Dictionary of data symbols and members.  The writer sees to it that each is there once.
CREATE TABLE label (
	id INTEGER PRIMARY KEY,
	text TEXT NOT NULL
) STRICT;

-- `name` is that of the function whose address it is.  What a module imports may turn out to be a variable, or be
-- defined nowhere: such rows belong to no function.  Functions of the same name in other objects have nothing to do with it.
CREATE TABLE taken (
	id INTEGER PRIMARY KEY,
	image INTEGER NOT NULL REFERENCES image (id),
	name INTEGER NOT NULL REFERENCES name (id),
	object INTEGER NOT NULL REFERENCES object (id),  -- the place's
	flags INTEGER NOT NULL,                -- 1: code, else data; 2: imported, else of the same object
	symbol INTEGER REFERENCES symbol (id), -- whose address it is, where it is not the function's only symbol
	holder INTEGER REFERENCES function (id), -- code: what it is in; NULL: in no function
	path INTEGER REFERENCES path (id),     -- the unit that defines the data, or the holder
	label INTEGER REFERENCES label (id),   -- data: its symbol; code: what `offset` counts from, if not the holder's own symbol
	offset INTEGER NOT NULL,
	field INTEGER REFERENCES label (id)    -- data: the member there
) STRICT;
CREATE INDEX taken_by_name ON taken (image, name);

-- Objects that were searched, and their rows above.
CREATE TABLE taken_read (
	object INTEGER PRIMARY KEY REFERENCES object (id),
	code INTEGER NOT NULL,                -- 1: code was searched, too, not only data
	first_taken INTEGER NOT NULL, places INTEGER NOT NULL
) STRICT;
