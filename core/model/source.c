#include "core/model/source.h"

const char *
source_end_name(enum source_end end)
{
	static const char *const names[] = {
		[SOURCE_DONE] = "done",
		[SOURCE_STOPPED] = "stopped",
		[SOURCE_LATER] = "later",
		[SOURCE_FAILED] = "failed",
	};

	return names[end];
}
