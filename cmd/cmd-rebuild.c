#include "cmd/report.h"
#include "core/ingest/ingest.h"

#include <inttypes.h>

int
cmd_rebuild(struct invocation *inv)
{
	struct rp_error err = { .status = RP_OK };
	uint64_t records = 0;

	if (ingest_rebuild(inv->store, &records, &err) != RP_OK)
		return report_error(&err);
	if (option(&inv->options, "quiet") == NULL)
		report("rebuilt from %" PRIu64 " records", records);
	return EXIT_DONE;
}
