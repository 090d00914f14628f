/*
 * riposte timeline: posts in the order of their time, the oldest first.
 */
#include "cmd/reader.h"

int
cmd_timeline(struct invocation *inv)
{
	return reader_list(inv, ORDER_TIME);
}
