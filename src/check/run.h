/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One run of check: dependencies down, images across. */
#ifndef CHECK_RUN_H
#define CHECK_RUN_H

#include "atlas/check.h"
#include "check/state.h"

struct baseline;

struct run {
	struct store *store;
	const struct check_options *options;
	struct arena arena;
	struct dependencies dependencies;
	const struct image **images; /* ascending version */
	size_t image_count;
	const struct image *reference; /* --baseline; NULL: none */
	struct state *reference_states;
	struct state *states; /* of dependency d on image i at [d * image_count + i] */
	struct baseline *baseline;
	size_t other_arch; /* images left out: the module is not for them */
};

static inline struct state *run_state(const struct run *run, size_t dependency, size_t image)
{
	return &run->states[dependency * run->image_count + image];
}

/* results.c: compares the states and puts everything into the report. */
void run_report(struct run *run, struct report *report);

#endif
