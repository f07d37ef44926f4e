/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What compiling and running templates share. */
#ifndef ATLAS_TEMPLATE_PARTS_H
#define ATLAS_TEMPLATE_PARTS_H

#include "atlas/template.h"

/* {{.}} */
#define KEY_ITEM UINT16_MAX

enum node_kind { NODE_TEXT, NODE_VALUE, NODE_RAW, NODE_SECTION, NODE_INVERTED, NODE_PARTIAL };

struct node {
	enum node_kind kind;
	template_key key;		 /* value, section */
	uint32_t end;			 /* section: the node after its last */
	uint32_t length;		 /* text */
	const char *text;		 /* text, borrowed from the template */
	const struct template *included; /* partial */
};

struct template
{
	char *name;   /* as asked for; owned */
	char *file;   /* where it came from; owned */
	char *source; /* owned */
	VEC(struct node) nodes;
	bool compiling; /* seen again while true: it includes itself */
};

struct templates {
	const char *dir;
	struct template_names names;
	VEC(struct template *) loaded;
};

enum value_kind { VALUE_TEXT, VALUE_FLAG, VALUE_OBJECT, VALUE_LIST };

struct value {
	enum value_kind kind;
	uint32_t length; /* text */
	union {
		const char *text;
		bool flag;
		struct object *object;
		struct list *list;
	};
};

struct field {
	template_key key;
	struct value value;
};

struct object {
	struct arena *arena;
	struct field *fields;
	uint32_t count, room;
};

struct list {
	struct arena *arena;
	struct value *items;
	uint32_t count, room;
};

#endif
