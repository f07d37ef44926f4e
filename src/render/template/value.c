// SPDX-License-Identifier: GPL-2.0-or-later
/* The values that pages are made of. */
#include <stdio.h>
#include <string.h>

#include "template_parts.h"

/* Room for one more item; the old array stays behind in the arena. */
static void *grow(struct arena *arena, void *items, uint32_t count, uint32_t *room, size_t item_bytes)
{
	if (count < *room)
		return items;
	*room = *room ? *room * 2 : 8;
	void *more = arena_alloc(arena, *room * item_bytes);

	if (count)
		memcpy(more, items, count * item_bytes);
	return more;
}

struct object *object_new(struct arena *arena)
{
	struct object *object = arena_zalloc(arena, sizeof(*object));

	object->arena = arena;
	return object;
}

static struct value *add_field(struct object *object, template_key key, enum value_kind kind)
{
	object->fields = grow(object->arena, object->fields, object->count, &object->room, sizeof(*object->fields));
	struct field *field = &object->fields[object->count++];

	*field = (struct field){.key = key, .value.kind = kind};
	return &field->value;
}

void object_text(struct object *object, template_key key, const char *text)
{
	if (!text)
		return;
	struct value *value = add_field(object, key, VALUE_TEXT);

	value->text = text;
	value->length = (uint32_t)strlen(text);
}

void object_number(struct object *object, template_key key, uint64_t number)
{
	char digits[24];
	int length = snprintf(digits, sizeof(digits), "%llu", (unsigned long long)number);

	object_text(object, key, arena_strndup(object->arena, digits, (size_t)length));
}

void object_flag(struct object *object, template_key key, bool flag)
{
	add_field(object, key, VALUE_FLAG)->flag = flag;
}

struct object *object_object(struct object *object, template_key key)
{
	struct object *child = object_new(object->arena);

	add_field(object, key, VALUE_OBJECT)->object = child;
	return child;
}

struct list *object_list(struct object *object, template_key key)
{
	struct list *list = arena_zalloc(object->arena, sizeof(*list));

	list->arena = object->arena;
	add_field(object, key, VALUE_LIST)->list = list;
	return list;
}

static struct value *add_item(struct list *list, enum value_kind kind)
{
	list->items = grow(list->arena, list->items, list->count, &list->room, sizeof(*list->items));
	struct value *value = &list->items[list->count++];

	*value = (struct value){.kind = kind};
	return value;
}

struct object *list_object(struct list *list)
{
	struct object *object = object_new(list->arena);

	add_item(list, VALUE_OBJECT)->object = object;
	return object;
}

void list_text(struct list *list, const char *text)
{
	struct value *value = add_item(list, VALUE_TEXT);

	value->text = text;
	value->length = (uint32_t)strlen(text);
}

size_t list_length(const struct list *list)
{
	return list->count;
}
