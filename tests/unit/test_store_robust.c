// SPDX-License-Identifier: GPL-2.0-or-later
/* An atlas that is killed, full, foreign, read-only or held by someone else. */
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

#include "store_bench.h"

/* Takes an error that there must be, and holds it to one line with these words. */
static void assert_refused(struct error *err, const char *word)
{
	if (!err) {
		fail_msg("no error that says '%s'", word);
		return;
	}
	if (!strstr(err->text, word) || strchr(err->text, '\n'))
		fail_msg("'%s' does not say '%s' in one line", err->text, word);
	error_free(err);
}

static void put_file(const char *path, const char *bytes, size_t length)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, length), length);
	close(fd);
}

static void assert_unusable(struct bench *b, const char *word)
{
	static const enum store_mode modes[] = {STORE_READ, STORE_WRITE, STORE_CREATE};
	struct stat before, after;
	struct store *store;

	assert_int_equal(stat(b->path, &before), 0);
	for (size_t i = 0; i < ARRAY_LEN(modes); i++)
		assert_refused(store_open(b->path, modes[i], &store), word);
	assert_int_equal(stat(b->path, &after), 0);
	assert_int_equal(before.st_size, after.st_size);
	assert_true(before.st_mtim.tv_sec == after.st_mtim.tv_sec && before.st_mtim.tv_nsec == after.st_mtim.tv_nsec);
}

/* Runs SQL on the file as another program would. */
static void run_sqlite(struct bench *b, const char *sql)
{
	AUTO_FREE char *command = xasprintf("sqlite3 %s \"%s\" >%s/out 2>&1", b->path, sql, b->dir);
	AUTO_FREE char *out = xasprintf("%s/out", b->dir);
	int status = system(command);

	unlink(out);
	if (status != 0)
		skip();
}

static void test_text_is_no_atlas(void **state)
{
	struct bench *b = *state;

	for (int i = 0; i < 100; i++)
		put_file(b->path, "just some notes, and then some more of them, until there is enough\n", 67);
	assert_unusable(b, "not an atlas");
}

static void test_other_database_is_no_atlas(void **state)
{
	struct bench *b = *state;

	run_sqlite(b, "CREATE TABLE bird (name TEXT)");
	assert_unusable(b, "not an atlas");
}

static void test_other_schema_version(void **state)
{
	struct bench *b = *state;

	write_small(b, "6.1", "aa");
	run_sqlite(b, "PRAGMA user_version = 99");
	assert_unusable(b, "schema version 99");
}

static void test_absent_and_empty(void **state)
{
	struct bench *b = *state;
	struct store *store;

	assert_refused(store_open(b->path, STORE_READ, &store), "no such atlas");
	assert_refused(store_open(b->path, STORE_WRITE, &store), "no such atlas");
	assert_int_equal(access(b->path, F_OK), -1);
	put_file(b->path, "", 0);
	assert_refused(store_open(b->path, STORE_READ, &store), "empty");
	assert_refused(store_open(b->path, STORE_WRITE, &store), "empty");
	write_small(b, "6.1", "aa");
	assert_sound(b);
}

static void test_no_directory(void **state)
{
	struct bench *b = *state;
	AUTO_FREE char *path = xasprintf("%s/none/atlas.db", b->dir);
	struct store *store;

	assert_refused(store_open(path, STORE_CREATE, &store), "none");
	assert_refused(store_open(b->dir, STORE_CREATE, &store), b->dir);
	assert_refused(store_open("/dev/null", STORE_CREATE, &store), "/dev/null");
}

static void test_read_only_store_does_not_write(void **state)
{
	struct bench *b = *state;
	struct store *store;
	struct facts facts;

	write_small(b, "6.1", "aa");
	ok(store_open(b->path, STORE_READ, &store));
	small_facts(&facts, "6.2", "bb");
	assert_refused(store_write_image(store, &facts, CONFLICT_REFUSE), "reading only");
	facts_fini(&facts);
	store_close(store);
}

/* Makes the image larger than a page or two, so that a write has a middle. */
static void big_facts(struct facts *facts, const char *version)
{
	small_facts(facts, version, "cc");
	for (uint32_t i = 0; i < 20000; i++) {
		AUTO_FREE char *name = xasprintf("function_number_%u_%s", i, version);

		vec_add(&facts->functions, ((struct fact_function){
						   .name = text_of(facts, name),
						   .first_instance = (uint32_t)facts->instances.count,
						   .first_symbol = (uint32_t)facts->symbols.count,
						   .prototype = NO_INDEX,
					   }));
	}
}

static struct error *write_big(struct bench *b, const char *version)
{
	struct facts facts;

	big_facts(&facts, version);
	struct error *err = store_write_image(b->store, &facts, CONFLICT_REFUSE);

	facts_fini(&facts);
	return err;
}

/* In a child: opens the atlas anew and writes the big image; ends with 1 after an error. */
static _Noreturn void child_writes(struct bench *b)
{
	struct error *err = store_open(b->path, STORE_CREATE, &b->store);

	if (!err)
		err = write_big(b, "6.2");
	_exit(err != NULL);
}

static void limit_files(off_t bytes)
{
	const struct rlimit limit = {(rlim_t)bytes, (rlim_t)bytes};

	setrlimit(RLIMIT_FSIZE, &limit);
}

static off_t size_of(const char *path)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	return st.st_size;
}

static int run_child(struct bench *b, off_t file_limit, void (*on_limit)(int))
{
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		signal(SIGXFSZ, on_limit);
		limit_files(file_limit);
		child_writes(b);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

static void assert_old_content(struct bench *b, const char *facts_before)
{
	assert_string_equal(rows_of(b, "SELECT image FROM v_image"), "6.1-generic-amd64\n");
	assert_string_equal(rows_of(b, "SELECT * FROM v_caller"), facts_before);
	assert_sound(b);
}

/* The limit strikes while pages are written to the file itself: the journal is whole and hot then. */
static void test_killed_in_the_middle_of_the_commit(void **state)
{
	struct bench *b = *state;

	write_small(b, "6.1", "aa");
	const char *before = rows_of(b, "SELECT * FROM v_caller");
	off_t size = size_of(b->path);

	store_close(b->store);
	b->store = NULL;
	for (off_t limit = size / 2; limit < size + 100000; limit += 50000) {
		int status = run_child(b, limit, SIG_DFL);

		assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGXFSZ);
		assert_old_content(b, before);
		assert_int_equal(size_of(b->path), size);
	}
}

static void test_killed_at_any_time(void **state)
{
	struct bench *b = *state;
	int killed = 0;

	write_small(b, "6.1", "aa");
	const char *before = rows_of(b, "SELECT * FROM v_caller");

	store_close(b->store);
	b->store = NULL;
	for (long delay_us = 500;; delay_us += 1500) {
		const struct timespec delay = {.tv_nsec = delay_us * 1000};
		pid_t pid = fork();
		int status;

		if (pid == 0)
			child_writes(b);
		nanosleep(&delay, NULL);
		kill(pid, SIGKILL);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		if (WIFEXITED(status) || delay_us > 400000)
			break;
		killed++;
		/* Killed after the commit, before the exit: then it is all there. */
		if (strcmp(rows_of(b, "SELECT count(*) FROM v_image"), "2\n") == 0)
			break;
		assert_old_content(b, before);
	}
	assert_true(killed > 0);
	assert_sound(b);
}

static void test_full_disk(void **state)
{
	struct bench *b = *state;

	write_small(b, "6.1", "aa");
	const char *before = rows_of(b, "SELECT * FROM v_caller");
	off_t size = size_of(b->path);

	store_close(b->store);
	b->store = NULL;
	for (off_t limit = 600; limit < size + 100000; limit = limit * 3 / 2) {
		int status = run_child(b, limit, SIG_IGN);

		assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 1);
		assert_old_content(b, before);
	}
}

static void test_full_disk_at_the_first_write(void **state)
{
	struct bench *b = *state;

	for (off_t limit = 600; limit < 300000; limit *= 3) {
		int status = run_child(b, limit, SIG_IGN);

		assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 1);
		assert_int_equal(access(b->path, F_OK), -1);
	}
	write_small(b, "6.1", "aa");
	assert_sound(b);
}

static void test_file_removed_behind_the_back(void **state)
{
	struct bench *b = *state;

	write_small(b, "6.1", "aa");
	unlink(b->path);
	write_small(b, "6.2", "bb");
	assert_string_equal(rows_of(b, "SELECT image FROM v_image"), "6.2-generic-amd64\n");
	assert_sound(b);
}

/* A process that holds the atlas from when it writes to `ready` until it can read from `go`. */
typedef void hold(struct bench *b, int go, int ready);

static void hold_as_another(struct bench *b, int go, int ready)
{
	AUTO_FREE char *command =
		xasprintf("(echo 'BEGIN IMMEDIATE;'; echo '.print held'; read -r line <&%d; echo 'COMMIT;') | "
			  "sqlite3 %s >&%d",
			  go, b->path, ready);

	_exit(system(command) != 0);
}

static void hold_as_worker(struct bench *b, int go, int ready)
{
	struct error *err = store_open(b->path, STORE_WRITE, &b->store);
	char byte;

	if (!err)
		err = store_begin(b->store);
	if (err || write(ready, "\n", 1) != 1 || read(go, &byte, 1) != 1)
		_exit(1);
	store_close(b->store);
	_exit(0);
}

/* Has another process write meanwhile; `said` is what that said. */
static void write_while_held(struct bench *b, hold *how, char *said, int room)
{
	AUTO_FREE char *path = xasprintf("%s/said", b->dir);
	int go[2], ready[2], status;

	write_small(b, "6.1", "aa");
	assert_int_equal(pipe(go) | pipe(ready), 0);
	pid_t holder = fork();

	if (holder == 0)
		how(b, go[0], ready[1]);
	close(ready[1]);
	if (read(ready[0], said, (size_t)room) <= 0)
		skip();
	int fd = open(path, O_WRONLY | O_CREAT, 0600);
	pid_t waiter = fork();

	if (waiter == 0) {
		if (dup2(fd, STDERR_FILENO) < 0)
			_exit(2);
		child_writes(b);
	}
	close(fd);
	for (int i = 0; i < 100 && size_of(path) == 0; i++)
		usleep(20000);
	assert_int_equal(write(go[1], "\n", 1), 1);
	assert_int_equal(waitpid(waiter, &status, 0), waiter);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	waitpid(holder, &status, 0);
	FILE *file = fopen(path, "r");
	size_t length = fread(said, 1, (size_t)room - 1, file);

	said[length] = '\0';
	fclose(file);
	unlink(path);
	assert_string_equal(rows_of(b, "SELECT count(*) FROM v_image"), "2\n");
	assert_sound(b);
}

static void test_second_writer_waits_and_says_so(void **state)
{
	char said[512];

	write_while_held(*state, hold_as_another, said, sizeof(said));
	assert_non_null(strstr(said, "waiting for"));
	assert_non_null(strstr(said, "sqlite3"));
	assert_ptr_equal(strchr(said, '\n') + 1, strchr(said, '\0'));
}

/* Workers of one run take turns; that is nothing to tell. */
static void test_worker_waits_for_worker_in_silence(void **state)
{
	char said[512];

	write_while_held(*state, hold_as_worker, said, sizeof(said));
	assert_string_equal(said, "");
}

static void test_queries_cannot_write(void **state)
{
	static const char *const statements[] = {
		"DELETE FROM image",
		"CREATE TABLE x (y)",
		"CREATE TEMP TABLE x (y)",
		"ATTACH 'other.db' AS other",
		"PRAGMA user_version = 7",
		"PRAGMA query_only = OFF",
		"COMMIT",
		"VACUUM INTO 'copy.db'",
		"SELECT load_extension('x')",
		"SELECT 1; DELETE FROM image",
		"",
		"SELECT * FROM no_such_table",
	};
	struct bench *b = *state;
	AUTO_STR struct str text = {0};
	const struct result_sink sink = {&text, rows_header, rows_add};
	struct store *store;

	write_small(b, "6.1", "aa");
	ok(store_open(b->path, STORE_READ, &store));
	for (size_t i = 0; i < ARRAY_LEN(statements); i++)
		assert_refused(store_query(store, statements[i], &sink), "query: ");
	ok(store_query(store, "SELECT count(*) FROM image; -- and no more", &sink));
	assert_string_equal(text.data, "1\n");
	store_close(store);
	assert_int_equal(access("copy.db", F_OK), -1);
}

/* Whatever its rows say, reading ends, with an error or without. */
static void test_damaged_rows_are_errors(void **state)
{
	static const char *const damages[] = {
		"UPDATE function SET instances = 4000000000",
		"UPDATE function SET first_instance = first_instance + 1",
		"UPDATE function SET symbols = -1",
		"UPDATE instance SET inlined_edges = 1000000",
		"UPDATE prototype SET params = '[[\\\"pool'",
		"UPDATE prototype SET params = '{}'",
		"UPDATE chain SET parent = id",
		"UPDATE chain SET name = 99999",
		"DELETE FROM name WHERE text = 'main_loop'",
		"UPDATE edge SET chain = 4000000000",
	};
	struct bench *b = *state;

	for (size_t i = 0; i < ARRAY_LEN(damages); i++) {
		const struct function *function;
		struct store *store;

		unlink(b->path);
		store_close(b->store);
		ok(store_open(b->path, STORE_CREATE, &b->store));
		write_small(b, "6.1", "aa");
		run_sqlite(b, damages[i]);
		ok(store_open(b->path, STORE_READ, &store));
		struct error *err = store_function(store, &b->arena, image_of(b, "6.1-*"), "pool_alloc", &function);

		if (!err)
			fail_msg("no error after %s", damages[i]);
		assert_refused(err, "damaged");
		store_close(store);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_text_is_no_atlas, setup, teardown),
		cmocka_unit_test_setup_teardown(test_other_database_is_no_atlas, setup, teardown),
		cmocka_unit_test_setup_teardown(test_other_schema_version, setup, teardown),
		cmocka_unit_test_setup_teardown(test_absent_and_empty, setup, teardown),
		cmocka_unit_test_setup_teardown(test_no_directory, setup, teardown),
		cmocka_unit_test_setup_teardown(test_read_only_store_does_not_write, setup, teardown),
		cmocka_unit_test_setup_teardown(test_killed_in_the_middle_of_the_commit, setup, teardown),
		cmocka_unit_test_setup_teardown(test_killed_at_any_time, setup, teardown),
		cmocka_unit_test_setup_teardown(test_full_disk, setup, teardown),
		cmocka_unit_test_setup_teardown(test_full_disk_at_the_first_write, setup, teardown),
		cmocka_unit_test_setup_teardown(test_file_removed_behind_the_back, setup, teardown),
		cmocka_unit_test_setup_teardown(test_second_writer_waits_and_says_so, setup, teardown),
		cmocka_unit_test_setup_teardown(test_worker_waits_for_worker_in_silence, setup, teardown),
		cmocka_unit_test_setup_teardown(test_queries_cannot_write, setup, teardown),
		cmocka_unit_test_setup_teardown(test_damaged_rows_are_errors, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
