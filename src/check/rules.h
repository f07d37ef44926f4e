/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What check can find: stable ids, weight, the published name of the issue and its consequence. */
#ifndef CHECK_RULES_H
#define CHECK_RULES_H

#include "atlas/report.h"

/*
 * id, key, title, severity, consequence, cell, help.  The titles of the first
 * group are those of DepSurf (docs/statuses.md).
 */
#define CHECK_RULES(X)                                                                                                 \
	X(RULE_ABSENCE, "absence", "Absence", INCOMPATIBLE, "error", "absent",                                         \
	  "The image does not have it: a probe does not attach, an object does not load, a module does not link.")     \
	X(RULE_GONE, "gone-from-vmlinux", "Absence", INCOMPATIBLE, "error", "missing",                                 \
	  "A vmlinux of this flavor and another version has it, this one has not.  Modules were not read: one may "    \
	  "have it, scan them, too.")                                                                                  \
	X(RULE_CHANGE, "change", "Change", INCOMPATIBLE, "stray read", "changed",                                      \
	  "Parameters differ: what reads or passes them by position or type means something else.")                    \
	X(RULE_APPENDED, "parameter-appended", "Change", CHANGE, "stray read", "appended",                             \
	  "Parameters were added behind the others, which are where they were: what reads only those goes on.")        \
	X(RULE_EVENT, "event-arguments", "Change", CHANGE, "stray read", "arguments",                                  \
	  "The arguments of an event's tracepoint differ. A program of the event reads its record, which is compared " \
	  "by itself where it has the event's name.")                                                                  \
	X(RULE_RETURNS, "return-type", "Change", CHANGE, "stray read", "returns",                                      \
	  "The return type differs: what reads the return value, or returns one, means something else.")               \
	X(RULE_FULL_INLINE, "full-inline", "Full Inline", INCOMPATIBLE, "error", "inlined",                            \
	  "No code of its own is left in the image: there is nothing to attach to or to call by name.")                \
	X(RULE_SELECTIVE_INLINE, "selective-inline", "Selective Inline", CHANGE, "missing invocation", "part inlined", \
	  "Some callers hold an inlined copy: a probe at the function does not see these calls.")                      \
	X(RULE_TRANSFORMATION, "transformation", "Transformation", INCOMPATIBLE, "error", "transformed",               \
	  "Only clones made by the compiler are left (.isra, .constprop, .part): the plain name is no symbol.")        \
	X(RULE_PARTIAL_TRANSFORMATION, "partial-transformation", "Transformation", CHANGE, "missing invocation",       \
	  "part clone",                                                                                                \
	  "Beside the function there are clones of it (.isra, .constprop, .part) that a probe at the "                 \
	  "plain name does not see.")                                                                                  \
	X(RULE_DUPLICATION, "duplication", "Duplication", CHANGE, "missing invocation", "duplicated",                  \
	  "A static function of a header has several copies: a probe at one of them misses the calls of the others.")  \
	X(RULE_COLLISION, "collision", "Collision", CHANGE, "stray read", "collision",                                 \
	  "Different functions have this name: which of them is meant is chance, and newer kernels refuse the probe.") \
	X(RULE_NO_ATTACH, "no-attach", "Does not attach", INCOMPATIBLE, "error", "no attach",                          \
	  "The function is there, but this kind of program cannot be attached to it.")                                 \
	X(RULE_MODULE, "moved-to-module", "Moved to a module", CHANGE, "error", "in module",                           \
	  "The function was in vmlinux and is now in a module: nothing attaches until that is loaded.")                \
	X(RULE_RENAMED, "parameter-renamed", "Parameter renamed", ADDITION, NULL, "renamed",                           \
	  "Types are the same, names of parameters differ: worth a look at what they mean now.")                       \
	X(RULE_SPELLING, "respelled", "Type spelled otherwise", ADDITION, NULL, "respelled",                           \
	  "The same type by another name (a typedef of it) or with another qualifier (const): what reads it goes on.") \
	X(RULE_FIELD_TYPE, "field-type", "Change of a field's type", INCOMPATIBLE, "stray read", "type",               \
	  "The member has another type or size: a read of it gets something else, and CO-RE may refuse it.")           \
	X(RULE_FIELD_SIZE, "field-size", "Change of a field's size", CHANGE, "stray read", "size",                     \
	  "The member has another size than in the object: CO-RE adapts loads of it, but not what copies it as a "     \
	  "whole.")                                                                                                    \
	X(RULE_FIELD_MOVED, "field-moved", "Change of a field's place", CHANGE, "stray read", "moved",                 \
	  "The member stands at another offset: what was compiled against the other layout reads something else. "     \
	  "CO-RE adapts to it.")                                                                                       \
	X(RULE_MEMBER_GONE, "member-removed", "Member removed", INCOMPATIBLE, "error", "member gone",                  \
	  "A member of the struct is gone.")                                                                           \
	X(RULE_MEMBER_TYPE, "member-type", "Member's type changed", INCOMPATIBLE, "stray read", "member type",         \
	  "A member of the struct has another type or size.")                                                          \
	X(RULE_MEMBER_MOVED, "member-moved", "Members moved", CHANGE, "stray read", "moved",                           \
	  "Members of the struct stand at other offsets, or its size differs.")                                        \
	X(RULE_MEMBER_ADDED, "member-added", "Members added", ADDITION, NULL, "grown", "The struct has new members.")  \
	X(RULE_VALUE, "enumerator-value", "Enumerator's value changed", CHANGE, "stray read", "value",                 \
	  "The enumerator has another value: what was compiled against the other one means something else. CO-RE "     \
	  "adapts to it.")                                                                                             \
	X(RULE_LAYOUT, "reached-layout", "Layout behind a pointer changed", CHANGE, "stray read", "layout",            \
	  "The prototype is the same, a type it reaches is laid out otherwise.")                                       \
	X(RULE_NOT_EXPORTED, "not-exported", "Not exported", INCOMPATIBLE, "error", "no export",                       \
	  "The name exists, but is not exported to modules: a module that needs it does not load.")                    \
	X(RULE_GPL, "gpl-only", "Export is GPL-only", INCOMPATIBLE, "error", "GPL only",                               \
	  "Only modules with a license that is compatible with the GPL may use it.")                                   \
	X(RULE_NAMESPACE, "export-namespace", "Export namespace", INCOMPATIBLE, "error", "namespace",                  \
	  "The export is in a namespace the module does not import (MODULE_IMPORT_NS), or no longer in the same one.") \
	X(RULE_VERMAGIC, "vermagic", "Built for another kernel", INCOMPATIBLE, "error", "vermagic",                    \
	  "The kernel has no modversions, so it takes only modules that were built for its very release.")             \
	X(RULE_CRC, "crc", "CRC of the export differs", INCOMPATIBLE, "error", "CRC",                                  \
	  "With modversions the kernel refuses a module that was built with another CRC of the symbol.")

#define ENUM_MEMBER(id, ...) id,
enum check_rule { CHECK_RULES(ENUM_MEMBER) CHECK_RULE_COUNT };
#undef ENUM_MEMBER

const struct rule *check_rule(enum check_rule id);
const char *check_rule_consequence(enum check_rule id);
const char *check_rule_cell(enum check_rule id);

#endif
