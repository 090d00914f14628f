/* Pages of lists, and everything that can be wrong with them (mock.h, "paging"). */
#include "tests/support/mock.h"

#include <inttypes.h>
#include <stdlib.h>

static bool
paging(const struct mock_request *r, const char *name)
{
	return r->fault != NULL && strcmp(r->fault->paging, name) == 0;
}

static struct mock_list
part(struct mock_list all, size_t start, size_t size)
{
	struct mock_list list = { all.at, 0 };

	if (start < all.n) {
		list.at = all.at + start;
		list.n = all.n - start < size ? all.n - start : size;
	}
	return list;
}

/* A copy: the list itself stays in order. */
static struct mock_list
changed(const struct mock_request *r, struct mock_list list)
{
	struct mock_list copy = { arena_array(r->arena, list.n + 1, sizeof(*copy.at)),
		                  list.n };

	if (copy.at == NULL)
		abort();
	for (size_t i = 0; i < list.n; i++)
		copy.at[i] = list.at[paging(r, "shuffle") ? (i * 7 + 3) % list.n : i];
	if (paging(r, "twice") && list.n > 1)
		copy.at[list.n - 1] = copy.at[0];
	return copy;
}

/* Where the page after the one at `start` begins, when the tokens go in circles. */
static size_t
circle(const struct mock_request *r, size_t start, size_t size, size_t next)
{
	if (paging(r, "stuck"))
		return start > 0 ? start : next;
	if (paging(r, "aba") && start >= 2 * size)
		return size;
	if (paging(r, "aba-empty")) {
		if (start >= MOCK_BEYOND)
			return size;
		if (start >= 2 * size)
			return MOCK_BEYOND;
	}
	return next;
}

struct mock_page
mock_page(const struct mock_request *r, struct mock_list all, size_t start, size_t size)
{
	struct mock_page page = { .total = all.n };
	size_t take = size;

	if (paging(r, "larger"))
		take = 2 * size;
	if (paging(r, "smaller"))
		take = size > 1 ? size / 2 : 1;
	page.posts = part(all, start, take);
	page.next = start + page.posts.n;
	page.has_next = page.next < all.n;
	if (paging(r, "skip")) {
		page.next += size;
		page.has_next = page.next < all.n;
	}
	if (paging(r, "aba") || paging(r, "aba-empty") || paging(r, "stuck")) {
		page.has_next = page.has_next || start >= size;
		page.next = circle(r, start, size, page.next);
	}
	if (paging(r, "endless") && !page.has_next) {
		page.next = (start >= MOCK_BEYOND ? start : MOCK_BEYOND) + 1;
		page.has_next = true;
	}
	if (paging(r, "total"))
		page.total = 3 * all.n + 7;
	if ((paging(r, "shuffle") || paging(r, "twice")) && page.posts.n > 0)
		page.posts = changed(r, page.posts);
	return page;
}

/* The key of the last post before the place, in letters that say nothing. */
struct rp_slice
mock_token(const struct mock_request *r, const struct mock_page *page,
           struct mock_list all)
{
	static const char digits[] = "0b1c2d3f4g5h6j7k";
	struct rp_slice key;
	char *text;

	if (!page->has_next)
		return RP_SLICE("");
	if (page->next >= MOCK_BEYOND || page->next > all.n || page->next == 0)
		return mock_print(r, "z%zu", page->next);
	key = all.at[page->next - 1]->key;
	text = arena_alloc(r->arena, 2 * key.n + 2);
	if (text == NULL)
		abort();
	text[0] = 'b';
	for (size_t i = 0; i < key.n; i++) {
		text[1 + 2 * i] = digits[(unsigned char)key.p[i] >> 4];
		text[2 + 2 * i] = digits[(unsigned char)key.p[i] & 15];
	}
	return rp_slice_from(text, 2 * key.n + 1);
}

static int
digit(char c)
{
	static const char digits[] = "0b1c2d3f4g5h6j7k";
	const char *at = c != '\0' ? strchr(digits, c) : NULL;

	return at != NULL ? (int)(at - digits) : -1;
}

bool
mock_token_read(struct rp_slice token, struct mock_list all, size_t *start_out)
{
	char key[2100];
	size_t n = (token.n - 1) / 2;

	if (token.n > 1 && token.p[0] == 'z') {
		*start_out = strtoul(token.p + 1, NULL, 10);
		return true;
	}
	if (token.n < 3 || token.p[0] != 'b' || n > sizeof(key))
		return false;
	for (size_t i = 0; i < n; i++) {
		int high = digit(token.p[1 + 2 * i]), low = digit(token.p[2 + 2 * i]);

		if (high < 0 || low < 0)
			return false;
		key[i] = (char)(high << 4 | low);
	}
	for (size_t i = 0; i < all.n; i++)
		if (rp_slice_eq(all.at[i]->key, rp_slice_from(key, n))) {
			*start_out = i + 1;
			return true;
		}
	*start_out = 0; /* the post is gone: from the beginning, as X's simulator */
	return true;
}
