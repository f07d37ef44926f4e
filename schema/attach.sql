-- SPDX-License-Identifier: GPL-2.0-or-later
-- Where probes attach (docs/statuses.md).

-- Each distinct verdict once for each evidence it follows from; symbols refer to them.
CREATE TABLE attach (
	id INTEGER PRIMARY KEY,
	ftrace TEXT NOT NULL,                 -- yes, no or unknown: the tracer offers it
	kprobe TEXT NOT NULL,                 -- tracefs and perf accept it
	fentry TEXT NOT NULL,                 -- fentry and fexit programs
	kprobe_multi TEXT NOT NULL,
	reason TEXT NOT NULL,                 -- why not, and what to know; empty: nothing
	line TEXT NOT NULL,                   -- all of it in one line
	evidence INTEGER NOT NULL,            -- of the symbol itself: enum attach_evidence of include/atlas/attach.h
	UNIQUE (line, evidence)
) STRICT;

-- What a kernel as a whole can do, from its vmlinux: enum attach_gate of include/atlas/attach.h.
CREATE TABLE attach_gates (
	object INTEGER PRIMARY KEY REFERENCES object (id),
	gates INTEGER NOT NULL
) STRICT;
