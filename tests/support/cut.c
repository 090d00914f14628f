/*
 * Cuts the power at every request that a program made of the disk (trace.c), and looks at
 * what is left of its archive.
 *
 *	cut [OPTION...] JOURNAL PLACE
 *
 *	-a ARCHIVE	its name below the root of the trace (archive.db)
 *	-b BASE		what was there before: a directory
 *	-f FINAL	what was there afterwards: the journal is to give the same
 *	-s SEED		of what is left to chance (1)
 *	-n ROUNDS	how many random cuts of each kind at a request (1)
 *	-e EVERY	only at every so many-th request, and what is promised
 *	-c COMMAND	run in the directory of an image ...
 *	-r REFERENCE	... it prints what is in this file
 *	-C EVERY	of every so many-th image
 *	-p REQUEST	only leave one image in PLACE, cut behind that request (modulo
 *			their number)
 *
 * The archive of an image is opened by SQLite, which recovers it, and compared page for
 * page with what it was when the last transaction before the cut was acknowledged, and
 * with what the one under way makes of it: nothing else may be there.  Each of these
 * states is checked by itself, every record hashed.  Other files must be as before or as
 * afterwards, whole.
 *
 * Prints a line of numbers, and what is wrong with the first few images on stderr.
 * Status 0 whatever it found, 99 when it could not look.
 */
#include "tests/support/disk.h"
#include "tests/support/state.h"

#include <err.h>
#include <fcntl.h>
#include <inttypes.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TOLD = 5, STATES = 4096, OTHERS = 16 };

static const char *const cut_names[CUTS] = {
	[CUT_NOTHING] = "nothing unsynced survives",
	[CUT_SUBSET] = "some of it survives",
	[CUT_TORN] = "torn sectors",
	[CUT_ALL] = "all of it survives",
	[CUT_NO_ENTRIES] = "bytes without names",
	[CUT_NO_DATA] = "names without bytes",
};

/* Another file than the archive. */
struct other {
	char *name;
	uint64_t before, after; /* hashes; 0: it is not there */
};

static struct options {
	const char *archive, *base, *final, *command, *reference, *journal, *place;
	uint64_t seed, rounds, every, command_every, pick;
	bool picks;
} options = {
	.archive = "archive.db", .seed = 1, .rounds = 1, .every = 1, .command_every = 1
};

static struct found {
	struct state states[STATES]; /* 0: before; then one an acknowledgement */
	size_t n_states, n_acks;
	size_t ack_states[STATES]; /* which state an acknowledgement stands for */
	struct other others[OTHERS];
	size_t n_others;
	uint64_t images, promised, lost_images, lost_posts, corrupt, broken_files;
	uint64_t tried, converged;
	unsigned told;
} found;

/* ---- what is to be there ---- */

static size_t
add_state(struct disk *disk)
{
	char room[PATH_BYTES];
	const char *path = file_path(options.place, options.archive, room);
	struct state state;

	(void)disk_cut(disk, CUT_ALL, 0, options.place);
	state = archive_state(path);
	if (found.n_states > 0 && found.states[found.n_states - 1].hash == state.hash)
		return found.n_states - 1;
	if (found.n_states == STATES)
		errx(99, "too many transactions");
	if (!state.opened || !archive_sound(path))
		errx(99, "damaged without a cut, after %zu transactions", found.n_acks);
	found.states[found.n_states] = state;
	return found.n_states++;
}

static bool
is_archive(const char *name)
{
	const size_t n = strlen(options.archive);

	return strncmp(name, options.archive, n) == 0 &&
	       (name[n] == '\0' || strcmp(name + n, "-wal") == 0 ||
	        strcmp(name + n, "-journal") == 0 || strcmp(name + n, "-shm") == 0);
}

static void
add_other(void *context, const char *name)
{
	(void)context;
	if (is_archive(name))
		return;
	if (found.n_others == OTHERS)
		errx(99, "too many files");
	found.others[found.n_others++] = (struct other){
		.name = strdup(name),
		.before = options.base ? file_hash(options.base, name) : 0,
		.after = file_hash(options.place, name),
	};
}

static void
compare_final(void *context, const char *name)
{
	(void)context;
	if (file_hash(options.final, name) != file_hash(options.place, name))
		errx(99, "the journal does not give %s as it was in the end", name);
}

/* The journal without a cut: every state that was acknowledged, and what came out. */
static size_t
learn(struct rp_slice journal)
{
	CLEANUP(disk_free) struct disk *disk = disk_new(options.base);
	struct request request;
	size_t n = 0;

	(void)add_state(disk);
	for (; request_next(&journal, &request); n++) {
		disk_request(disk, &request);
		if (request.head.op != JOURNAL_ACK && request.head.op != JOURNAL_END)
			continue;
		if (++found.n_acks == STATES)
			errx(99, "too many transactions");
		found.ack_states[found.n_acks] = add_state(disk);
	}
	(void)disk_cut(disk, CUT_ALL, 0, options.place);
	disk_walk(options.place, add_other, NULL);
	if (options.final != NULL) {
		disk_walk(options.final, compare_final, NULL);
		disk_walk(options.place, compare_final, NULL);
	}
	return n;
}

/* ---- images ---- */

/* Where the power was cut. */
struct moment {
	size_t request, acks;
	bool ended; /* by itself, before */
	enum cut cut;
	uint64_t seed;
};

static void
complain(const struct moment *moment, const char *what)
{
	if (found.told++ < TOLD)
		fprintf(stderr, "cut behind request %zu, %s, seed %" PRIu64 ": %s\n",
		        moment->request, cut_names[moment->cut], moment->seed, what);
}

static void
judge_archive(const struct moment *moment)
{
	char room[PATH_BYTES];
	const char *path = file_path(options.place, options.archive, room);
	const struct state is = archive_state(path);
	const size_t at = found.ack_states[moment->acks];
	const struct state *promised = &found.states[at];
	size_t older = at;

	found.promised += promised->posts;
	if (is.opened && (is.hash == promised->hash ||
	                  (at + 1 < found.n_states && is.hash == promised[1].hash)))
		return;
	while (is.opened && older-- > 0)
		if (is.hash == found.states[older].hash) {
			complain(moment, "an older state of the archive");
			found.lost_images++;
			found.lost_posts += promised->posts - found.states[older].posts;
			return;
		}
	complain(moment, "a state that the archive never had");
	found.corrupt++;
	if (found.told <= TOLD)
		(void)archive_sound(path);
}

static void
judge_others(const struct moment *moment)
{
	for (size_t i = 0; i < found.n_others; i++) {
		const struct other *other = &found.others[i];
		const uint64_t is = file_hash(options.place, other->name);

		if (is == other->after || (is == other->before && !moment->ended))
			continue;
		complain(moment, "a file that is neither as before nor as afterwards");
		found.broken_files++;
	}
}

extern char **environ;

/* Does the command, in the image, print what it should? */
static bool
converges(void)
{
	char output[PATH_BYTES], *argv[] = { "sh", "-c", NULL, NULL }, *text;
	posix_spawn_file_actions_t actions;
	struct rp_slice got, wanted;
	int status = 0;
	bool same;
	pid_t pid;

	(void)file_path(options.place, ".riposte-output", output);
	if (asprintf(&text, "cd '%s' && %s", options.place, options.command) < 0)
		err(99, "memory");
	argv[2] = text;
	if (posix_spawn_file_actions_init(&actions) != 0 ||
	    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output,
	                                     O_WRONLY | O_CREAT | O_TRUNC, 0600) != 0 ||
	    posix_spawnp(&pid, "sh", &actions, NULL, argv, environ) != 0 ||
	    waitpid(pid, &status, 0) != pid)
		err(99, "%s", options.command);
	(void)posix_spawn_file_actions_destroy(&actions);
	free(text);
	got = file_map(output);
	wanted = file_map(options.reference);
	same = status == 0 && rp_slice_eq(got, wanted);
	file_unmap(got);
	file_unmap(wanted);
	return same;
}

/* At the image in place; it may be changed. */
static void
look(struct disk *disk, const struct moment *moment)
{
	found.images++;
	judge_others(moment);
	if (options.command != NULL && found.images % options.command_every == 0) {
		found.tried++;
		if (converges())
			found.converged++;
		else
			complain(moment, "the next run does not come to the same");
		(void)disk_cut(disk, moment->cut, moment->seed, options.place);
	}
	judge_archive(moment);
}

/* Those that leave no choice are looked at once, when they are another than before. */
static void
cut_here(struct disk *disk, struct moment *moment, uint64_t last[CUTS])
{
	for (int cut = 0; cut < CUTS; cut++) {
		const bool chance = cut == CUT_SUBSET || cut == CUT_TORN;

		for (uint64_t round = 0; round < (chance ? options.rounds : 1); round++) {
			uint64_t hash;

			moment->cut = (enum cut)cut;
			moment->seed = options.seed + moment->request * 1000 + round;
			hash = disk_cut(disk, moment->cut, moment->seed, options.place) +
			       moment->acks;
			if (hash == last[cut])
				continue;
			last[cut] = hash;
			look(disk, moment);
		}
	}
}

static void
cut_everywhere(struct rp_slice journal)
{
	CLEANUP(disk_free) struct disk *disk = disk_new(options.base);
	uint64_t last[CUTS] = { 0 };
	struct moment moment = { .acks = 0 };
	struct request request;

	while (request_next(&journal, &request)) {
		const bool promise =
			request.head.op == JOURNAL_ACK || request.head.op == JOURNAL_END;

		disk_request(disk, &request);
		moment.request++;
		moment.acks += promise;
		moment.ended = request.head.op == JOURNAL_END;
		if (promise || moment.request % options.every == 0)
			cut_here(disk, &moment, last);
	}
}

/* Leaves one image to look at, or to go on with. */
static void
pick(struct rp_slice journal)
{
	static const enum cut kinds[] = { CUT_ALL, CUT_SUBSET, CUT_TORN };
	CLEANUP(disk_free) struct disk *disk = disk_new(options.base);
	struct rp_slice rest = journal;
	struct request request;
	uint64_t n = 0;

	while (request_next(&rest, &request))
		n++;
	for (uint64_t i = 0; i <= options.pick % n && request_next(&journal, &request);
	     i++)
		disk_request(disk, &request);
	(void)disk_cut(disk, kinds[options.pick % 3], options.seed, options.place);
}

/* ---- the program ---- */

static uint64_t
number(const char *text)
{
	char *end;
	uint64_t n = strtoull(text, &end, 10);

	if (*end != '\0' || end == text)
		errx(99, "%s is not a number", text);
	return n;
}

static uint64_t
at_least_one(const char *text)
{
	uint64_t n = number(text);

	return n > 0 ? n : 1;
}

static void
read_options(int argc, char **argv)
{
	int letter;

	while ((letter = getopt(argc, argv, "a:b:f:s:n:e:c:r:C:p:")) != -1)
		switch (letter) {
		case 'a':
			options.archive = optarg;
			break;
		case 'b':
			options.base = optarg;
			break;
		case 'f':
			options.final = optarg;
			break;
		case 's':
			options.seed = number(optarg);
			break;
		case 'n':
			options.rounds = at_least_one(optarg);
			break;
		case 'e':
			options.every = at_least_one(optarg);
			break;
		case 'c':
			options.command = optarg;
			break;
		case 'r':
			options.reference = optarg;
			break;
		case 'C':
			options.command_every = at_least_one(optarg);
			break;
		case 'p':
			options.pick = number(optarg), options.picks = true;
			break;
		default:
			exit(99);
		}
	if (argc - optind != 2 ||
	    (options.command != NULL) != (options.reference != NULL))
		errx(99, "see the head of its source");
	options.journal = argv[optind];
	options.place = argv[optind + 1];
}

int
main(int argc, char **argv)
{
	struct rp_slice journal;
	size_t n;

	read_options(argc, argv);
	journal = file_map(options.journal);
	if (options.picks) {
		pick(journal);
		return 0;
	}
	n = learn(journal);
	cut_everywhere(journal);
	printf("requests=%zu states_here=%zu images_here=%" PRIu64 " promised=%" PRIu64
	       " lost_images=%" PRIu64 " lost_posts=%" PRIu64 " corrupt=%" PRIu64
	       " broken_files=%" PRIu64 " tried=%" PRIu64 " converged_here=%" PRIu64 "\n",
	       n, found.n_states, found.images, found.promised, found.lost_images,
	       found.lost_posts, found.corrupt, found.broken_files, found.tried,
	       found.converged);
	return 0;
}
