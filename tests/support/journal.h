/*
 * What a program asked of the disk, in order: written by trace.c, read by disk.c.
 *
 * A file of records: a struct journal_record, then its name, then its data.  Numbers are
 * the machine's own: who writes it reads it.
 */
#ifndef RIPOSTE_TESTS_SUPPORT_JOURNAL_H
#define RIPOSTE_TESTS_SUPPORT_JOURNAL_H

#include <stdint.h>

enum journal_op {
	JOURNAL_FOUND = 1, /* name was there before; it is `file` from here on */
	JOURNAL_CREATE,    /* name is a new, empty file */
	JOURNAL_WRITE,     /* data at offset */
	JOURNAL_TRUNCATE,  /* to offset bytes */
	JOURNAL_SYNC,      /* the file is on the disk */
	JOURNAL_UNLINK,
	JOURNAL_RENAME, /* name to the name in data */
	JOURNAL_LINK,   /* name gets a second one, in data */
	JOURNAL_MKDIR,
	JOURNAL_SYNC_DIRECTORY, /* the names in it are on the disk; "" is the root */
	JOURNAL_ACK, /* SQLite told the program that a transaction is committed */
	JOURNAL_END, /* the program ended by itself: everything it said is to stay true */
};

struct journal_record {
	uint32_t op;
	uint32_t file; /* from 1 on; a name may stand for several in its time */
	uint64_t offset;
	uint32_t name_bytes; /* below the root, without a NUL */
	uint32_t data_bytes;
};

#endif
