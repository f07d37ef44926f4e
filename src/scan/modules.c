// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Many modules, read side by side and delivered in order.
 *
 * Each thread takes the next module, reads it, and waits for its turn to
 * deliver: so the atlas gets the same rows in the same order however many
 * threads there are, and at most one module a thread is held.
 */
#include <pthread.h>

#include "atlas/scan.h"

struct module_team {
	const struct module_stream *stream;
	const struct scan_options *options;
	pthread_mutex_t taking; /* next() */
	pthread_mutex_t lock;	/* what is below */
	pthread_cond_t turn;
	size_t taken;	  /* number of the next module */
	size_t delivered; /* number whose turn it is */
	bool ended;
	struct error *err;
};

/* Takes the next module and its number; false at the end. */
static bool take(struct module_team *team, struct module_input *input, size_t *number)
{
	bool have = false;

	pthread_mutex_lock(&team->taking);
	*input = (struct module_input){0};
	if (!team->ended) {
		struct error *err = team->stream->next(team->stream->context, input, &have);

		/* With an error the results mean nothing. */
		have = have && !err;
		pthread_mutex_lock(&team->lock);
		if (err && !team->err)
			team->err = err;
		else
			error_free(err);
		team->ended = !have || team->err;
		*number = team->taken;
		if (have)
			team->taken++;
		pthread_mutex_unlock(&team->lock);
	}
	pthread_mutex_unlock(&team->taking);
	return have;
}

static void deliver(struct module_team *team, size_t number, const struct module_input *input, struct facts *facts,
		    struct error *err)
{
	pthread_mutex_lock(&team->lock);
	while (team->delivered != number)
		pthread_cond_wait(&team->turn, &team->lock);
	if (team->err) {
		error_free(err);
	} else {
		team->err = team->stream->deliver(team->stream->context, input, facts, err);
		team->ended = team->ended || team->err;
	}
	team->delivered++;
	pthread_cond_broadcast(&team->turn);
	pthread_mutex_unlock(&team->lock);
}

static void *read_modules(void *argument)
{
	struct module_team *team = argument;
	struct module_input input;
	size_t number = 0;

	while (take(team, &input, &number)) {
		struct scan_options options = *team->options;
		struct error *err = input.err;
		struct facts facts;

		options.kernel_btf = input.kernel_btf;

		facts_init(&facts);
		if (!err)
			err = scan_module(input.path, input.bytes, input.size_bytes, &options, &facts);
		deliver(team, number, &input, err ? NULL : &facts, err);
		facts_fini(&facts);
		team->stream->release(team->stream->context, &input);
	}
	return NULL;
}

struct error *scan_modules(const struct module_stream *stream, const struct scan_options *options)
{
	struct module_team team = {.stream = stream, .options = options};
	pthread_t threads[64];
	int started = 0;

	pthread_mutex_init(&team.taking, NULL);
	pthread_mutex_init(&team.lock, NULL);
	pthread_cond_init(&team.turn, NULL);
	while (started < options->jobs - 1 && started < 64 &&
	       pthread_create(&threads[started], NULL, read_modules, &team) == 0)
		started++;
	read_modules(&team);
	for (int i = 0; i < started; i++)
		pthread_join(threads[i], NULL);
	pthread_cond_destroy(&team.turn);
	pthread_mutex_destroy(&team.lock);
	pthread_mutex_destroy(&team.taking);
	return team.err;
}
