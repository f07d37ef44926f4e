/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The names a template may use; docs/templates.md tells what each holds. */
#ifndef ATLAS_RENDER_KEYS_H
#define ATLAS_RENDER_KEYS_H

#include "atlas/template.h"

#define TEMPLATE_KEYS(X)   \
	X(absent)          \
	X(address)         \
	X(after)           \
	X(alias_calls)     \
	X(anchor)          \
	X(baseline)        \
	X(before)          \
	X(binding)         \
	X(both)            \
	X(called_as)       \
	X(calls)           \
	X(calls_self)      \
	X(cell)            \
	X(cells)           \
	X(changed)         \
	X(changes)         \
	X(collision)       \
	X(columns)         \
	X(count)           \
	X(declaration)     \
	X(differences)     \
	X(end)             \
	X(evidence)        \
	X(exported)        \
	X(file)            \
	X(groups)          \
	X(image)           \
	X(import_calls)    \
	X(images)          \
	X(incomparable)    \
	X(inlined)         \
	X(inlined_callers) \
	X(inlined_self)    \
	X(inlining)        \
	X(instance_count)  \
	X(instances)       \
	X(issues)          \
	X(items)           \
	X(kind)            \
	X(label)           \
	X(language)        \
	X(legend)          \
	X(letter)          \
	X(link)            \
	X(location)        \
	X(macro_over)      \
	X(matrix)          \
	X(members)         \
	X(module)          \
	X(modules_unread)  \
	X(more)            \
	X(more_instances)  \
	X(more_objects)    \
	X(name)            \
	X(new)             \
	X(no_declaration)  \
	X(notes)           \
	X(object)          \
	X(old)             \
	X(own_declaration) \
	X(pairs)           \
	X(present)         \
	X(readable)        \
	X(reasons)         \
	X(rename)          \
	X(rows)            \
	X(same)            \
	X(since)           \
	X(suffixes)        \
	X(symbol)          \
	X(symbols)         \
	X(text)            \
	X(title)           \
	X(transformed)     \
	X(unknown)         \
	X(where)

#define ENUM_MEMBER(name) KEY_##name,
enum { TEMPLATE_KEYS(ENUM_MEMBER) KEY_COUNT };
#undef ENUM_MEMBER

extern const struct template_names template_keys;

#endif
