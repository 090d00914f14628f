#include "cmd/doctor.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

enum { HOUR_S = 3600, OTHERS = 077, OTHERS_WRITE = 022, FEW_FILES = 1000 };

/* "" for the directory we are in. */
static struct rp_slice
directory_of(const char *path)
{
	struct rp_slice directory = rp_slice_str(path);

	while (directory.n > 0 && directory.p[directory.n - 1] != '/')
		directory.n--;
	if (directory.n > 1)
		directory.n--;
	return directory.n > 0 ? directory : RP_SLICE(".");
}

static const char *
text_of(struct doctor *doctor, struct rp_slice path)
{
	struct rp_slice copy;

	return arena_copy(doctor->arena, path, &copy) && copy.n > 0 ? copy.p : "";
}

/* false: it is not there. */
static bool
check_private(struct doctor *doctor, const char *path)
{
	struct stat is;

	if (stat(path, &is) != 0)
		return false;
	if ((is.st_mode & OTHERS) != 0)
		doctor_find(doctor, FINDING_WARNING, "permissions",
		            doctor_words(doctor, "%s may be used by others (mode %04o)",
		                         path, (unsigned)(is.st_mode & 07777)),
		            doctor_words(doctor, "chmod 600 %s", path));
	if (is.st_uid != geteuid())
		doctor_find(doctor, FINDING_WARNING, "permissions",
		            doctor_words(doctor,
		                         "%s belongs to user %u, and we are user %u",
		                         path, (unsigned)is.st_uid, (unsigned)geteuid()),
		            RP_SLICE("run riposte as that user, or give it the archive"));
	return true;
}

static void
check_archive(struct doctor *doctor)
{
	static const char *const endings[] = { "-wal", "-shm", "-collect" };
	size_t before = doctor->n;
	const char *directory = text_of(doctor, directory_of(doctor->archive));
	struct stat is;

	if (!check_private(doctor, doctor->archive)) {
		/* Else it was told already that it cannot be opened. */
		if (errno != ENOENT)
			return;
		doctor_find(doctor, FINDING_OK, "archive",
		            doctor_words(doctor, "%s is not there yet", doctor->archive),
		            RP_SLICE(""));
		return;
	}
	for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++)
		(void)check_private(
			doctor,
			doctor_words(doctor, "%s%s", doctor->archive, endings[i]).p);
	if (stat(directory, &is) == 0 && (is.st_mode & OTHERS_WRITE) != 0 &&
	    !(is.st_mode & S_ISVTX))
		doctor_find(doctor, FINDING_WARNING, "permissions",
		            doctor_words(doctor, "others may write to %s", directory),
		            doctor_words(doctor, "chmod go-w %s", directory));
	if (doctor->n == before && doctor->store != NULL)
		doctor_find(doctor, FINDING_OK, "archive", rp_slice_str(doctor->archive),
		            RP_SLICE(""));
}

/* What is new may be in use still. */
static void
check_left(struct doctor *doctor, const char *directory)
{
	DIR *all = opendir(directory);
	const struct dirent *entry;
	struct stat is;

	if (all == NULL)
		return;
	while ((entry = readdir(all)) != NULL) {
		struct rp_slice name = rp_slice_str(entry->d_name), path;

		if (!rp_slice_starts(name, RP_SLICE(".riposte-")) ||
		    !rp_slice_ends(name, RP_SLICE(".tmp")))
			continue;
		path = doctor_words(doctor, "%s/%s", directory, entry->d_name);
		if (path.n > 0 && lstat(path.p, &is) == 0 &&
		    time(NULL) - is.st_mtime > HOUR_S)
			doctor_find(doctor, FINDING_WARNING, "left behind",
			            doctor_words(doctor,
			                         "%s, by a program that was killed (%jd "
			                         "bytes)",
			                         path.p, (intmax_t)is.st_size),
			            doctor_words(doctor, "rm %s", path.p));
	}
	(void)closedir(all);
}

/* compact, rebuild and backup want room for a second archive. */
static void
check_room(struct doctor *doctor, const char *directory)
{
	struct statvfs disk;
	struct stat is;
	uint64_t free_bytes, wanted = 500 << 20;

	if (statvfs(directory, &disk) != 0)
		return;
	free_bytes = (uint64_t)disk.f_bavail * disk.f_frsize;
	if (stat(doctor->archive, &is) == 0 && (uint64_t)is.st_size > wanted)
		wanted = (uint64_t)is.st_size;
	if (free_bytes < wanted)
		doctor_find(doctor, FINDING_WARNING, "disk",
		            doctor_words(doctor,
		                         "%" PRIu64 " MB are free in %s, and %" PRIu64
		                         " MB are wanted",
		                         free_bytes >> 20, directory, wanted >> 20),
		            RP_SLICE("make room, or move the archive"));
	else if (disk.f_files > 0 && disk.f_favail < FEW_FILES)
		doctor_find(doctor, FINDING_WARNING, "disk",
		            doctor_words(doctor, "almost no more files can be made in %s",
		                         directory),
		            RP_SLICE("remove some, or move the archive"));
	else
		doctor_find(doctor, FINDING_OK, "disk",
		            doctor_words(doctor, "there is room in %s", directory),
		            RP_SLICE(""));
}

void
doctor_files(struct doctor *doctor)
{
	const char *directory;

	if (doctor->archive == NULL)
		return;
	directory = text_of(doctor, directory_of(doctor->archive));
	check_archive(doctor);
	check_left(doctor, directory);
	/* The directory may be as new as the archive would be. */
	if (access(directory, F_OK) == 0)
		check_room(doctor, directory);
}
