/*
 * Turn one bit of a file over.
 *
 *	flip FILE BIT
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int
main(int argc, char **argv)
{
	unsigned long long bit = argc == 3 ? strtoull(argv[2], NULL, 10) : 0;
	int fd = argc == 3 ? open(argv[1], O_RDWR) : -1;
	unsigned char byte;

	if (fd < 0 || pread(fd, &byte, 1, (off_t)(bit / 8)) != 1)
		return 1;
	byte = (unsigned char)(byte ^ 1u << (bit % 8));
	return pwrite(fd, &byte, 1, (off_t)(bit / 8)) == 1 ? 0 : 1;
}
