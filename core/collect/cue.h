/*
 * Cues: what every file of captions is read into before anybody asks who speaks.
 *
 *	WebVTT, SubRip (SRT), YouTube's json3, srv1, srv2 and srv3, the transcripts of
 *	podcasts in JSON and HTML, pages with the speakers' names in bold
 *
 * One reader each, cue-*.c.  All of them read leniently, in time linear in the file, and
 * tell which bytes they could make nothing of.
 */
#ifndef RIPOSTE_CORE_COLLECT_CUE_H
#define RIPOSTE_CORE_COLLECT_CUE_H

#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/base/error.h"
#include "core/base/slice.h"

enum {
	CUE_TEXT_BYTES = 512 << 20, /* texts and names of one file, 16 MB of which came */
	CUE_MAX_BYTES = 4 << 20,    /* of text in one cue; what is longer is none */
	CUE_NAME_BYTES = 300,       /* a speaker's; what is longer is no name */
};

#define CUE_NO_TIME INT64_MIN

/* When a word begins. */
struct cue_word {
	uint32_t at; /* in the cue's text */
	int64_t ms;
};

/* A stretch of text with its time; several of one cue where several speak in it. */
struct cue {
	int64_t start_ms, end_ms; /* from the start of the recording; CUE_NO_TIME */
	struct rp_slice speaker;  /* as the format names them; empty: it does not */
	struct rp_slice text;     /* valid UTF-8, no marks; lines end in '\n' */
	uint32_t at, n; /* its bytes in the file; of two cues the same, or apart */
	uint32_t payload_at, payload_n; /* of these, the text as written */
	uint32_t line;                  /* from 1; 0: the format has none */
	uint32_t marked;                /* bit i: line i has marks of its words' times */
	uint32_t word, n_words;         /* in cues.words */
	bool damaged;                   /* bytes were replaced */
	bool turn;                      /* a turn of its own, whatever stands before */
	bool heading;                   /* of a page */
};

struct cue_reject {
	uint32_t at, n, line;
	const char *reason; /* static */
};

struct cues {
	struct rp_slice bytes; /* the file; borrowed */
	struct arena *arena;   /* texts and names */
	struct rp_buf scratch; /* of the reader at work */
	struct cue *list;
	size_t n, room;
	struct cue_word *words;
	size_t n_words, words_room;
	struct cue_reject *rejects; /* in the order of the file */
	size_t n_rejects, rejects_room;
	struct rp_slice lang; /* as the file says; empty: it does not */
	size_t n_maps;        /* of WebVTT in segments: how many said X-TIMESTAMP-MAP */
	int64_t map_ms;       /* what the first one said */
	int64_t shift_ms;     /* how much later than they say the cues are */
};

/* false: out of memory. */
bool cues_init(struct cues *cues, struct rp_slice bytes) RP_MUST_USE;
void cues_done(struct cues *cues);
DEFINE_CLEANUP_DONE(struct cues, cues_done);

/* What a file is. */
enum cue_format {
	CUE_UNKNOWN,
	CUE_VTT,
	CUE_SRT,
	CUE_JSON3,
	CUE_PODCAST_JSON,
	CUE_XML, /* srv1, srv2, srv3 */
	CUE_HTML,
};

/* By its first bytes (64 KiB are enough); *sure_out as collector_ops.sniff says it. */
enum cue_format cue_format_of(struct rp_slice head, int *sure_out);

/* Read the file.  RP_FAILED: out of memory.  What cannot be read is among the rejects. */
enum rp_status cues_read(struct cues *cues, enum cue_format format,
                         struct rp_error *err) RP_MUST_USE;

/* ---- for the readers ---- */

typedef enum rp_status cue_reader(struct cues *cues, struct rp_error *err);
cue_reader cue_read_vtt, cue_read_srt, cue_read_json3, cue_read_podcast_json,
	cue_read_xml, cue_read_html;

bool cue_is_vtt(struct rp_slice head);
bool cue_is_srt(struct rp_slice head);

/* Room for one more, zeroed but for its times, which are not known; NULL: no memory. */
struct cue *cue_add(struct cues *cues) RP_MUST_USE;
bool cue_add_word(struct cues *cues, size_t at, int64_t ms) RP_MUST_USE;
/* Beside another one of the same reason it makes one reject with it. */
bool cue_reject(struct cues *cues, size_t at, size_t n, size_t line,
                const char *reason) RP_MUST_USE;

/* The bytes as text in the arena; what is no UTF-8, and NULs, replaced, and noted.  Of a
 * cue that is too long its place becomes a reject. */
bool cue_set_text(struct cues *cues, struct cue *cue, struct rp_slice bytes) RP_MUST_USE;

/* A speaker's name: one line, blanks collapsed, in the arena; empty when it is none. */
bool cue_set_speaker(struct cues *cues, struct cue *cue,
                     struct rp_slice name) RP_MUST_USE;

/* Each cue ends where the next one begins, if not before. */
void cues_cut_overlaps(struct cues *cues);

/*
 * "[H:]MM:SS.mmm" at the front, '.' or ',' and with `lenient` hours of any form and fewer
 * digits behind it: how many bytes it takes, 0 when it is none.
 */
size_t cue_time_read(struct rp_slice text, bool lenient, int64_t *ms_out);

/* "START --> END", and whatever is behind it: false when it is none of that. */
bool cue_times_read(struct rp_slice line, bool lenient, struct cue *cue);

/* Seconds, "12.345" or "12": false when it is no such number below a year. */
bool cue_seconds_read(struct rp_slice text, int64_t *ms_out);

/* Lines that end in "\r\n", "\n" or "\r". */
struct cue_lines {
	struct rp_slice bytes;
	size_t next; /* where the next line begins */
	size_t at;   /* where the line begins */
	struct rp_slice line;
	uint32_t number;
};
bool cue_line(struct cue_lines *lines);

#endif
