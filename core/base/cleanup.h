/*
 * Locals that own something say so where they are declared; early returns then cost
 * nothing.
 *
 *	DEFINE_CLEANUP(struct post_iter *, post_iter_close);
 *	...
 *	CLEANUP(post_iter_close) struct post_iter *it = NULL;
 *
 * A destructor takes NULL, copes with a half-built object and returns NULL.
 */
#ifndef RIPOSTE_CORE_BASE_CLEANUP_H
#define RIPOSTE_CORE_BASE_CLEANUP_H

#define CLEANUP(fn) __attribute__((cleanup(fn##_at)))

#define DEFINE_CLEANUP(type, fn)                                                         \
	static inline void fn##_at(type *p)                                              \
	{                                                                                \
		*p = fn(*p);                                                             \
	}                                                                                \
	struct rp_semicolon_wanted_here

/* The same for storage the caller owns, whose done() takes a pointer and
 * returns nothing. */
#define DEFINE_CLEANUP_DONE(type, fn)                                                    \
	static inline void fn##_at(type *p)                                              \
	{                                                                                \
		fn(p);                                                                   \
	}                                                                                \
	struct rp_semicolon_wanted_here

#endif
