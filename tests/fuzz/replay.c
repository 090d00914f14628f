/*
 * A fuzz target over files instead of a fuzzer: the corpus and every crash ever found run
 * with the normal tests.  Arguments are files, or directories whose files are taken.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static unsigned replayed;

static int
replay_file(const char *path, size_t size)
{
	/* Exactly its size, so that a sanitizer sees the first byte read past the end. */
	uint8_t *data = malloc(size ? size : 1);
	FILE *file = fopen(path, "rb");
	int failed = 1;

	if (data == NULL || file == NULL || fread(data, 1, size, file) != size)
		perror(path);
	else {
		(void)LLVMFuzzerTestOneInput(data, size);
		replayed++;
		failed = 0;
	}
	if (file != NULL)
		(void)fclose(file);
	free(data);
	return failed;
}

static int replay_directory(const char *path);

static int
replay(const char *path)
{
	struct stat st;

	if (stat(path, &st) != 0) {
		perror(path);
		return 1;
	}
	if (S_ISDIR(st.st_mode))
		return replay_directory(path);
	return replay_file(path, (size_t)st.st_size);
}

static int
replay_directory(const char *path)
{
	DIR *dir = opendir(path);
	struct dirent *entry;
	char name[4096];
	int failed = 0;

	if (dir == NULL) {
		perror(path);
		return 1;
	}
	while ((entry = readdir(dir)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		(void)snprintf(name, sizeof(name), "%s/%s", path, entry->d_name);
		failed |= replay(name);
	}
	(void)closedir(dir);
	return failed;
}

int
main(int argc, char **argv)
{
	int failed = 0;

	for (int i = 1; i < argc; i++)
		failed |= replay(argv[i]);
	(void)printf("%u inputs replayed\n", replayed);
	return failed || replayed == 0;
}
