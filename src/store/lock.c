// SPDX-License-Identifier: GPL-2.0-or-later
/* Waiting for another process that holds the atlas. */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <time.h>
#include <unistd.h>

#include "store/internal.h"

#define WAIT_STEP_MS  20
#define TELL_AFTER_MS 1000
/* One image is written within seconds: whoever holds the atlas for so long is stuck. */
#define GIVE_UP_AFTER_MS (10 * 60 * 1000)

/*
 * The process that holds a lock on the file, 0 if the kernel does not tell.
 * /proc/locks is read because opening and closing the file itself would drop
 * the locks this process has on it (fcntl(2)).
 */
static long lock_holder(const char *path)
{
	struct stat st;
	FILE *locks = stat(path, &st) == 0 ? fopen("/proc/locks", "re") : NULL;
	char line[256], wanted[64];
	long holder = 0;

	if (!locks)
		return 0;
	snprintf(wanted, sizeof(wanted), " %02x:%02x:%llu ", major(st.st_dev), minor(st.st_dev),
		 (unsigned long long)st.st_ino);
	while (!holder && fgets(line, sizeof(line), locks)) {
		long pid;

		if (!strstr(line, wanted) || strstr(line, "->"))
			continue;
		if (sscanf(line, "%*s POSIX %*s %*s %ld", &pid) == 1 && pid > 0 && pid != getpid())
			holder = pid;
	}
	fclose(locks);
	return holder;
}

static void process_name(long pid, char *name, size_t room)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%ld/comm", pid);
	FILE *file = fopen(path, "re");

	name[0] = '\0';
	if (!file)
		return;
	if (fgets(name, (int)room, file))
		name[strcspn(name, "\n")] = '\0';
	fclose(file);
}

static long parent_of(long pid)
{
	char path[64], text[512];
	long parent = 0;

	snprintf(path, sizeof(path), "/proc/%ld/stat", pid);
	FILE *file = fopen(path, "re");

	if (!file)
		return 0;
	text[fread(text, 1, sizeof(text) - 1, file)] = '\0';
	fclose(file);
	/* The name before it may hold anything, a parenthesis too. */
	char *end = strrchr(text, ')');

	return end && sscanf(end, ") %*c %ld", &parent) == 1 ? parent : 0;
}

static bool runs_this_program(long pid)
{
	struct stat self, other;
	char path[64];

	snprintf(path, sizeof(path), "/proc/%ld/exe", pid);
	return stat("/proc/self/exe", &self) == 0 && stat(path, &other) == 0 && self.st_dev == other.st_dev &&
	       self.st_ino == other.st_ino;
}

/* Another worker of the same run: whoever started the run need not hear of it. */
static bool is_of_this_run(long holder)
{
	long parent = parent_of(holder);

	return parent == getpid() || (parent == getppid() && runs_this_program(parent));
}

static void tell(struct store *store)
{
	long holder = lock_holder(store->path);
	char name[64];

	if (holder && is_of_this_run(holder))
		return;
	if (!holder) {
		fprintf(stderr, "atlasgen: %s: waiting for another process that holds the atlas\n", store->path);
		return;
	}
	process_name(holder, name, sizeof(name));
	fprintf(stderr, "atlasgen: %s: waiting for process %ld%s%s%s, which holds the atlas\n", store->path, holder,
		*name ? " (" : "", name, *name ? ")" : "");
}

static int wait_once(void *context, int waits)
{
	struct store *store = context;
	const struct timespec step = {.tv_nsec = WAIT_STEP_MS * 1000000L};

	if (waits == 0)
		store->told_waiting = false;
	if (waits >= GIVE_UP_AFTER_MS / WAIT_STEP_MS)
		return 0;
	if (waits >= TELL_AFTER_MS / WAIT_STEP_MS && !store->told_waiting) {
		store->told_waiting = true;
		tell(store);
	}
	nanosleep(&step, NULL);
	return 1;
}

void lock_wait_install(struct store *store)
{
	sqlite3_busy_handler(store->db, wait_once, store);
}
