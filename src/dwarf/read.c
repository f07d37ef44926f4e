// SPDX-License-Identifier: GPL-2.0-or-later
#include "dwarf/read.h"

#include <pthread.h>
#include <stdatomic.h>

/* What the threads share.  Units are taken in order; each writes only its own. */
struct team {
	const struct dwarf_image *image;
	struct raw_unit *units;
	atomic_uint next;
	atomic_uint failed_unit; /* lowest unit that failed, NO_INDEX none */
	pthread_mutex_t lock;
	struct error *err; /* of that unit */
};

struct member {
	struct team *team;
	struct walker *walker;
};

static void note_failure(struct team *team, uint32_t unit, struct error *err)
{
	pthread_mutex_lock(&team->lock);
	if (unit < atomic_load(&team->failed_unit)) {
		atomic_store(&team->failed_unit, unit);
		error_free(team->err);
		team->err = err;
	} else {
		error_free(err);
	}
	pthread_mutex_unlock(&team->lock);
}

static void *run_member(void *argument)
{
	struct member *member = argument;
	struct team *team = member->team;

	for (;;) {
		uint32_t unit = atomic_fetch_add(&team->next, 1);

		/* A unit before the one that failed may still fail and is the one to report. */
		if (unit >= team->image->units.count || unit > atomic_load(&team->failed_unit))
			return NULL;
		struct error *err = walk_unit(member->walker, unit, &team->units[unit]);

		if (err)
			note_failure(team, unit, err);
	}
}

/* The unit of init/main.c tells where the source tree is; it comes early in link order. */
static struct error *learn_roots(struct die_reader *reader, const struct dwarf_image *image, struct path_roots *roots)
{
	for (uint32_t i = 0; i < image->units.count && roots->roots.count == 0; i++) {
		struct die die;
		bool has_die;

		TRY(reader->ops->open_unit(reader, i, &die, &has_die));
		if (!has_die)
			continue;
		const char *name = die_text(&die, AT_NAME);

		path_roots_learn(roots, name, die_text(&die, AT_COMP_DIR));
		if (name && str_ends(name, "init/main.c"))
			break;
	}
	return NULL;
}

static struct error *new_reader(const struct dwarf_image *image, enum decoder decoder, struct die_reader **reader)
{
	if (decoder == DECODER_LIBDWARF)
		return libdwarf_reader_new(image, reader);
	*reader = own_reader_new(image);
	return NULL;
}

static void run_team(struct team *team, struct dwarf_reading *reading)
{
	struct member members[64];
	pthread_t threads[64];
	int started = 0;

	for (int i = 0; i < reading->walker_count; i++)
		members[i] = (struct member){team, &reading->walkers[i]};
	/* The calling thread is a member too, so a thread that cannot start costs only speed. */
	for (int i = 1; i < reading->walker_count; i++, started++)
		if (pthread_create(&threads[i], NULL, run_member, &members[i]) != 0)
			break;
	run_member(&members[0]);
	for (int i = 1; i <= started; i++)
		pthread_join(threads[i], NULL);
}

static struct error *start(struct dwarf_reading *reading, const struct dwarf_image *image,
			   const struct symbol_map *symbols, const struct raw_image *raw, enum decoder decoder,
			   int jobs)
{
	reading->walkers = xcalloc((size_t)jobs, sizeof(*reading->walkers));
	for (int i = 0; i < jobs; i++) {
		struct die_reader *reader;

		TRY(new_reader(image, decoder, &reader));
		walker_init(&reading->walkers[i], reader, &reading->roots, symbols, raw);
		reading->walker_count = i + 1;
		if (i == 0)
			TRY(learn_roots(reader, image, &reading->roots));
	}
	return NULL;
}

struct error *dwarf_read(const struct dwarf_image *image, const struct symbol_map *symbols, const struct raw_image *raw,
			 enum decoder decoder, int jobs, struct dwarf_reading *reading)
{
	if (jobs > 64)
		jobs = 64;
	if (jobs < 1)
		jobs = 1;
	*reading = (struct dwarf_reading){.unit_count = (uint32_t)image->units.count};
	reading->units = xcalloc(reading->unit_count, sizeof(*reading->units));
	struct error *err = start(reading, image, symbols, raw, decoder, jobs);
	struct team team = {.image = image, .units = reading->units, .failed_unit = NO_INDEX};

	if (!err) {
		pthread_mutex_init(&team.lock, NULL);
		run_team(&team, reading);
		pthread_mutex_destroy(&team.lock);
		err = team.err;
	}
	if (err)
		dwarf_reading_fini(reading);
	return err;
}

void dwarf_reading_fini(struct dwarf_reading *reading)
{
	for (uint32_t i = 0; i < reading->unit_count; i++) {
		vec_free(&reading->units[i].subs);
		vec_free(&reading->units[i].sites);
		vec_free(&reading->units[i].fields);
		vec_free(&reading->units[i].exported);
		vec_free(&reading->units[i].types);
		vec_free(&reading->units[i].type_places);
	}
	free(reading->units);
	for (int i = 0; i < reading->walker_count; i++) {
		reading->walkers[i].reader->ops->close(reading->walkers[i].reader);
		walker_fini(&reading->walkers[i]);
	}
	free(reading->walkers);
	path_roots_free(&reading->roots);
	*reading = (struct dwarf_reading){0};
}
