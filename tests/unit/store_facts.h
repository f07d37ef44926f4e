/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A small image, written down by hand: what the tests of the store put in.
 *
 *	pool_alloc   global, mm/pool.c: inlined once into main_loop (through helper),
 *	             called from main_loop and, by a copy, from helper
 *	helper       two static instances, mm/a.c and mm/b.c
 *	main_loop    global, init/main.c
 *	memcpy       assembler; called as __builtin_memcpy by main_loop
 *	outsider     only mentioned
 */
#ifndef TEST_STORE_FACTS_H
#define TEST_STORE_FACTS_H

#include <string.h>

#include "atlas/facts.h"

enum { F_POOL, F_HELPER, F_MAIN, F_MEMCPY, F_BUILTIN, F_OUTSIDER };
enum { I_POOL, I_HELPER_A, I_HELPER_B, I_MAIN, I_MEMCPY, I_BUILTIN, I_OUTSIDER };

static str_id text_of(struct facts *facts, const char *text)
{
	return intern(&facts->strings, text);
}

static void add_prototypes(struct facts *facts)
{
	vec_add(&facts->params, ((struct fact_param){text_of(facts, "pool"), text_of(facts, "struct pool *pool")}));
	vec_add(&facts->params, ((struct fact_param){text_of(facts, "(anon)"), text_of(facts, "void (anon)")}));
	vec_add(&facts->prototypes, ((struct fact_prototype){text_of(facts, "void *"), 0, 2}));
	vec_add(&facts->prototypes, ((struct fact_prototype){text_of(facts, "int"), 2, 0}));
}

static void add_function(struct facts *facts, const char *name, uint32_t instances, uint32_t symbols,
			 uint32_t prototype)
{
	static const uint32_t none;
	const struct fact_function *last =
		facts->functions.count ? &facts->functions.items[facts->functions.count - 1] : NULL;

	vec_add(&facts->functions, ((struct fact_function){
					   .name = text_of(facts, name),
					   .first_instance = last ? last->first_instance + last->instances : none,
					   .instances = instances,
					   .first_symbol = last ? last->first_symbol + last->symbols : none,
					   .symbols = symbols,
					   .prototype = prototype,
				   }));
}

static struct fact_instance *add_instance(struct facts *facts, uint32_t function, const char *file, uint64_t address,
					  uint8_t flags)
{
	struct fact_instance *instance = vec_push(&facts->instances);

	*instance = (struct fact_instance){
		.address = address,
		.function = function,
		.file = text_of(facts, file),
		.decl_file = text_of(facts, file),
		.decl_line = file ? 10 * (function + 1) : 0,
		.prototype = facts->functions.items[function].prototype,
		.symbol = NO_INDEX,
		.flags = flags | (address ? INSTANCE_HAS_ADDRESS : 0),
	};
	return instance;
}

static void add_symbol(struct facts *facts, uint32_t function, const char *name, uint64_t address, uint8_t binding)
{
	vec_add(&facts->symbols, ((struct fact_symbol){.address = address,
						       .size = 64,
						       .function = function,
						       .name = text_of(facts, name),
						       .binding = binding,
						       .type = 2}));
}

static void add_edge(struct facts *facts, uint32_t callee, uint32_t caller, uint8_t kind, uint8_t flags, uint32_t chain,
		     uint32_t line)
{
	struct fact_instance *instance = &facts->instances.items[callee];

	if (instance->inlined_edges + instance->call_edges == 0)
		instance->first_edge = (uint32_t)facts->edges.count;
	if (kind == EDGE_INLINED)
		instance->inlined_edges++;
	else
		instance->call_edges++;
	vec_add(&facts->edges, ((struct fact_edge){.address = 0xffffffff81000000 + facts->edges.count,
						   .callee = callee,
						   .caller = caller,
						   .chain = chain,
						   .line = line,
						   .kind = kind,
						   .flags = flags}));
}

static void add_functions(struct facts *facts)
{
	add_function(facts, "pool_alloc", 1, 2, 0);
	add_function(facts, "helper", 2, 1, 1);
	add_function(facts, "main_loop", 1, 1, 1);
	add_function(facts, "memcpy", 1, 1, NO_INDEX);
	add_function(facts, "__builtin_memcpy", 1, 0, NO_INDEX);
	add_function(facts, "outsider", 1, 0, NO_INDEX);
	facts->functions.items[F_MEMCPY].language = LANGUAGE_ASM;
	facts->functions.items[F_OUTSIDER].flags = FUNCTION_MENTIONED;
	add_symbol(facts, F_POOL, "pool_alloc", 0xffffffff81000100, 1);
	add_symbol(facts, F_POOL, "pool_alloc.cold", 0xffffffff81ff0000, 0);
	add_symbol(facts, F_HELPER, "helper", 0xffffffff81000200, 0);
	add_symbol(facts, F_MAIN, "main_loop", 0xffffffff81000300, 1);
	add_symbol(facts, F_MEMCPY, "memcpy", 0xffffffff81000400, 1);
}

static void add_instances(struct facts *facts)
{
	add_instance(facts, F_POOL, "mm/pool.c", 0xffffffff81000100, INSTANCE_EXTERNAL | INSTANCE_DEFINED)->symbol = 0;
	facts->instances.items[I_POOL].dw_inline = 1;
	add_instance(facts, F_HELPER, "mm/a.c", 0xffffffff81000200, INSTANCE_DEFINED)->symbol = 2;
	add_instance(facts, F_HELPER, "mm/b.c", 0, INSTANCE_DEFINED);
	add_instance(facts, F_MAIN, "init/main.c", 0xffffffff81000300, INSTANCE_EXTERNAL | INSTANCE_DEFINED)->symbol =
		3;
	add_instance(facts, F_MEMCPY, "lib/memcpy.S", 0xffffffff81000400, INSTANCE_DEFINED | INSTANCE_ASM)->symbol = 4;
	add_instance(facts, F_BUILTIN, NULL, 0, INSTANCE_EXTERNAL)->linkage = text_of(facts, "memcpy");
	add_instance(facts, F_OUTSIDER, "drivers/far.c", 0, INSTANCE_MENTIONED);
}

static void add_edges(struct facts *facts)
{
	vec_add(&facts->chains, ((struct fact_chain){NO_INDEX, text_of(facts, "helper")}));
	vec_add(&facts->chains, ((struct fact_chain){0, text_of(facts, "inner")}));
	add_edge(facts, I_POOL, I_MAIN, EDGE_INLINED, 0, 1, 41);
	add_edge(facts, I_POOL, I_MAIN, EDGE_DIRECT, 0, NO_INDEX, 42);
	add_edge(facts, I_POOL, I_HELPER_A, EDGE_TAIL, EDGE_COPY, NO_INDEX, 43);
	add_edge(facts, I_HELPER_B, I_OUTSIDER, EDGE_DIRECT, 0, NO_INDEX, 0);
	add_edge(facts, I_BUILTIN, I_MAIN, EDGE_DIRECT, 0, NO_INDEX, 44);
}

/* `build_id` may be NULL. */
static void small_facts(struct facts *facts, const char *version, const char *build_id)
{
	facts_init(facts);
	facts->image.version = xstrdup(version);
	facts->image.flavor = xstrdup("generic");
	facts->image.arch = xstrdup("amd64");
	facts->image.build_id = build_id ? xstrdup(build_id) : NULL;
	vec_add(&facts->objects, ((struct fact_object){.name = text_of(facts, "vmlinux")}));
	add_prototypes(facts);
	add_functions(facts);
	add_instances(facts);
	add_edges(facts);
}

#endif
