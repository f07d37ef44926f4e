// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * From the names of callers to their instances.  A caller that was not read gets
 * an instance of its own, behind those that were, so that the order of what was
 * read stays as it is.
 */
#include <stdlib.h>
#include <string.h>

#include "reader.h"

struct resolver {
	struct reader *reader;
	struct facts *facts;
	size_t count;	     /* callers, the unused id 0 included */
	str_id *ids;	     /* by old instance row: its caller id */
	uint32_t *instances; /* by caller id: its instance, NO_INDEX until it is made */
	uint32_t *functions; /* by caller id: its function */
	uint32_t *mentions;  /* by function: instances to make; later the row of the next one */
	uint32_t *moved;     /* by old instance row: the new one */
	size_t mention_count;
};

/* Every read instance as a caller would be named. */
static str_id *name_instances(struct reader *reader)
{
	const struct facts *facts = reader->facts;
	str_id *ids = xcalloc(facts->instances.count, sizeof(*ids));

	for (size_t i = 0; i < facts->instances.count; i++) {
		const struct fact_instance *instance = &facts->instances.items[i];

		ids[i] = reader_caller(reader, (struct caller){
						       .path = instance->file,
						       .name = facts->functions.items[instance->function].name,
						       .object = instance->object,
					       });
	}
	return ids;
}

static struct caller caller_at(const struct reader *reader, str_id id)
{
	struct caller caller;

	memcpy(&caller, reader->callers.entries.items[id].text, sizeof(caller));
	return caller;
}

static uint32_t function_of(struct reader *reader, str_id name)
{
	uint32_t row = reader_function(reader, name);

	if (row != NO_INDEX)
		return row;
	reader_add_function(reader, name)->flags = FUNCTION_MENTIONED;
	return reader_function(reader, name);
}

/* Of several read instances in one file the first stands for all. */
static void find_instances(struct resolver *resolver)
{
	const struct facts *facts = resolver->facts;

	for (size_t i = 0; i < facts->instances.count; i++) {
		str_id id = resolver->ids[i];

		if (resolver->instances[id] == NO_INDEX)
			resolver->instances[id] = (uint32_t)i;
	}
}

static void find_functions(struct resolver *resolver)
{
	for (str_id id = 1; id < resolver->count; id++)
		resolver->functions[id] = function_of(resolver->reader, caller_at(resolver->reader, id).name);
}

static void count_mentions(struct resolver *resolver)
{
	resolver->mentions = xcalloc(resolver->facts->functions.count, sizeof(*resolver->mentions));
	for (str_id id = 1; id < resolver->count; id++) {
		if (resolver->instances[id] != NO_INDEX)
			continue;
		resolver->mentions[resolver->functions[id]]++;
		resolver->mention_count++;
	}
}

/* Copies the read instances of each function to their new rows and leaves room for the mentioned ones. */
static void move_instances(struct resolver *resolver)
{
	struct facts *facts = resolver->facts;
	size_t count = facts->instances.count + resolver->mention_count;
	struct fact_instance *items = xcalloc(count, sizeof(*items));
	uint32_t next = 0;

	resolver->moved = xcalloc(facts->instances.count, sizeof(*resolver->moved));
	for (size_t f = 0; f < facts->functions.count; f++) {
		struct fact_function *function = &facts->functions.items[f];
		uint32_t mentions = resolver->mentions[f], first = next;

		for (uint32_t i = 0; i < function->instances; i++) {
			resolver->moved[function->first_instance + i] = next;
			items[next++] = facts->instances.items[function->first_instance + i];
		}
		resolver->mentions[f] = next;
		next += mentions;
		function->first_instance = first;
		function->instances += mentions;
	}
	free(facts->instances.items);
	facts->instances.items = items;
	facts->instances.count = facts->instances.room = count;
}

static uint32_t add_mention(struct resolver *resolver, str_id id)
{
	struct caller caller = caller_at(resolver->reader, id);
	uint32_t function = resolver->functions[id];
	uint32_t row = resolver->mentions[function]++;

	resolver->facts->instances.items[row] = (struct fact_instance){
		.function = function,
		.file = caller.path,
		.prototype = NO_INDEX,
		.symbol = NO_INDEX,
		.object = caller.object,
		.flags = INSTANCE_MENTIONED,
	};
	return row;
}

static void place_callers(struct resolver *resolver)
{
	for (str_id id = 1; id < resolver->count; id++) {
		uint32_t row = resolver->instances[id];

		resolver->instances[id] = row == NO_INDEX ? add_mention(resolver, id) : resolver->moved[row];
	}
}

/* A caller that is the callee itself is marked so, whether the stream says it or not. */
static void point_edges(struct resolver *resolver)
{
	struct facts *facts = resolver->facts;

	for (size_t i = 0; i < facts->edges.count; i++) {
		struct fact_edge *edge = &facts->edges.items[i];

		edge->callee = resolver->moved[edge->callee];
		edge->caller = resolver->instances[edge->caller];
		if (edge->callee == edge->caller)
			edge->flags |= EDGE_SELF;
	}
}

static void resolver_init(struct resolver *resolver, struct reader *reader)
{
	*resolver = (struct resolver){.reader = reader, .facts = reader->facts, .ids = name_instances(reader)};
	resolver->count = reader->callers.entries.count;
	resolver->functions = xcalloc(resolver->count, sizeof(*resolver->functions));
	resolver->instances = xmalloc(resolver->count * sizeof(*resolver->instances));
	for (size_t i = 0; i < resolver->count; i++)
		resolver->instances[i] = NO_INDEX;
}

static void resolver_fini(struct resolver *resolver)
{
	free(resolver->ids);
	free(resolver->instances);
	free(resolver->functions);
	free(resolver->mentions);
	free(resolver->moved);
}

void reader_resolve(struct reader *reader)
{
	struct resolver resolver;

	resolver_init(&resolver, reader);
	find_instances(&resolver);
	find_functions(&resolver);
	count_mentions(&resolver);
	move_instances(&resolver);
	place_callers(&resolver);
	point_edges(&resolver);
	resolver_fini(&resolver);
}
