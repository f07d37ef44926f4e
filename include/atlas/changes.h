/* SPDX-License-Identifier: GPL-2.0-or-later */
/* layer: model */
/* What can differ between two images' accounts of one function, and the list of what does. */
#ifndef ATLAS_CHANGES_H
#define ATLAS_CHANGES_H

#include "atlas/mem.h"

/* In the order they are told.  The first five are all that the published style knows. */
#define CHANGES(X)                                               \
	X(CHANGE_PARAM_ADDED, "Param added")                     \
	X(CHANGE_PARAM_REMOVED, "Param removed")                 \
	X(CHANGE_PARAM_REORDERED, "Param reordered")             \
	X(CHANGE_PARAM_TYPE, "Param type changed")               \
	X(CHANGE_RETURN_TYPE, "Return type changed")             \
	X(CHANGE_PARAM_RENAMED, "Param renamed")                 \
	X(CHANGE_NAMESAKE, "Declaration of a namesake changed")  \
	X(CHANGE_APPEARED, "Appeared")                           \
	X(CHANGE_VANISHED, "Vanished")                           \
	X(CHANGE_APPEARED_IN_VMLINUX, "Appeared in vmlinux")     \
	X(CHANGE_VANISHED_FROM_VMLINUX, "Vanished from vmlinux") \
	X(CHANGE_NOW_DEFINED, "Defined, was only declared")      \
	X(CHANGE_NOW_DECLARED, "Only declared, was defined")     \
	X(CHANGE_TO_MODULE, "Moved from vmlinux to a module")    \
	X(CHANGE_TO_VMLINUX, "Moved from a module to vmlinux")   \
	X(CHANGE_MOVED, "Moved to another file")                 \
	X(CHANGE_PLACE_ADDED, "Also defined in")                 \
	X(CHANGE_PLACE_GONE, "No longer defined in")             \
	X(CHANGE_BECAME_STATIC, "Became static")                 \
	X(CHANGE_BECAME_GLOBAL, "Became global")                 \
	X(CHANGE_COLLISION, "Collision changed")                 \
	X(CHANGE_BECAME_ASSEMBLER, "Became assembler")           \
	X(CHANGE_BECAME_C, "Became C, was assembler")            \
	X(CHANGE_INLINED_EVERYWHERE, "Became inline everywhere") \
	X(CHANGE_NOT_EVERYWHERE, "No longer inline everywhere")  \
	X(CHANGE_PARTLY_INLINED, "Became partly inlined")        \
	X(CHANGE_NOT_PARTLY, "No longer partly inlined")         \
	X(CHANGE_LOST_SYMBOL, "Lost its symbol")                 \
	X(CHANGE_GOT_SYMBOL, "Has a symbol again")               \
	X(CHANGE_TRANSFORMED, "Became transformed")              \
	X(CHANGE_NOT_TRANSFORMED, "No longer transformed")       \
	X(CHANGE_EXPORTED, "Became exported to modules")         \
	X(CHANGE_NOT_EXPORTED, "No longer exported")             \
	X(CHANGE_GPL_ONLY, "Became GPL-only")                    \
	X(CHANGE_NOT_GPL_ONLY, "No longer GPL-only")             \
	X(CHANGE_NAMESPACE, "Export namespace changed")          \
	X(CHANGE_CRC, "CRC changed")

#define ENUM_MEMBER(id, text) id,
enum change_kind { CHANGES(ENUM_MEMBER) };
#undef ENUM_MEMBER

const char *change_text(enum change_kind kind);

/* Texts live in the arena or with the functions compared; NULL where that side has nothing to show. */
struct change {
	enum change_kind kind;
	const char *before, *after;
};

struct differences {
	VEC(struct change) changes;
	VEC(const char *) unknown; /* what could not be compared and why, one text each */
};

void differences_add(struct differences *differences, enum change_kind kind, const char *before, const char *after);
void differences_fini(struct differences *differences);

#endif
