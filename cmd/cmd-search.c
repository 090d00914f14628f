/*
 * riposte search: the posts that match, the newest first.
 */
#include "cmd/reader.h"

int
cmd_search(struct invocation *inv)
{
	return reader_list(inv, ORDER_TIME_DOWN);
}
