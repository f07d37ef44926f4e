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
	X(attach)          \
	X(badges)          \
	X(baseline)        \
	X(before)          \
	X(binding)         \
	X(body)            \
	X(both)            \
	X(called_as)       \
	X(calls)           \
	X(calls_self)      \
	X(canonical)       \
	X(cell)            \
	X(cells)           \
	X(changed)         \
	X(changes)         \
	X(collision)       \
	X(columns)         \
	X(count)           \
	X(declaration)     \
	X(description)     \
	X(differences)     \
	X(elixir)          \
	X(end)             \
	X(entries)         \
	X(evidence)        \
	X(exported)        \
	X(feed)            \
	X(file)            \
	X(files)           \
	X(folder)          \
	X(folders)         \
	X(functions)       \
	X(git)             \
	X(graph)           \
	X(groups)          \
	X(heat)            \
	X(href)            \
	X(image)           \
	X(images)          \
	X(import_calls)    \
	X(import_note)     \
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
	X(kinds)           \
	X(label)           \
	X(language)        \
	X(legend)          \
	X(letter)          \
	X(lines)           \
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
	X(open)            \
	X(others)          \
	X(own_declaration) \
	X(pair_link)       \
	X(pairs)           \
	X(path)            \
	X(plain)           \
	X(plot)            \
	X(present)         \
	X(prototype_diff)  \
	X(readable)        \
	X(reasons)         \
	X(release)         \
	X(rename)          \
	X(probes)          \
	X(root)            \
	X(rows)            \
	X(same)            \
	X(series)          \
	X(since)           \
	X(sites)           \
	X(some)            \
	X(source)          \
	X(style)           \
	X(suffixes)        \
	X(sum)             \
	X(summary)         \
	X(symbol)          \
	X(symbols)         \
	X(table)           \
	X(taken)           \
	X(text)            \
	X(timeline)        \
	X(title)           \
	X(total)           \
	X(transformed)     \
	X(types)           \
	X(unknown)         \
	X(version)         \
	X(ways)            \
	X(where)

#define ENUM_MEMBER(name) KEY_##name,
enum { TEMPLATE_KEYS(ENUM_MEMBER) KEY_COUNT };
#undef ENUM_MEMBER

extern const struct template_names template_keys;

#endif
