#include "cmd/doctor.h"

#include "core/base/time.h"
#include "core/base/zone.h"

#include <dlfcn.h>
#include <string.h>

enum { FIRST_YEAR = 2020, LAST_YEAR = 2100 };

static void
check_clock(struct doctor *doctor)
{
	CLEANUP(buf_done) struct rp_buf text;
	int year = rp_time_to_civil(doctor->inv->now).year;

	buf_init(&text, 64);
	rp_time_write(&text, doctor->inv->now, RP_PRECISION_S);
	if (year < FIRST_YEAR || year > LAST_YEAR)
		doctor_find(doctor, FINDING_WARNING, "clock",
		            doctor_words(doctor, "it is %.*s here, which cannot be",
		                         RP_FMT(buf_slice(&text))),
		            RP_SLICE("set the clock: nothing can be asked over TLS, and "
		                     "what comes in gets wrong times"));
	else
		doctor_find(doctor, FINDING_OK, "clock",
		            doctor_words(doctor, "%.*s", RP_FMT(buf_slice(&text))),
		            RP_SLICE(""));
}

static void
check_zones(struct doctor *doctor)
{
	CLEANUP(zone_close) struct zone *zone = NULL;
	struct rp_error err = { .status = RP_OK };

	if (zone_open(RP_SLICE("Europe/Zurich"), &zone, &err) == RP_OK)
		doctor_find(doctor, FINDING_OK, "zones", RP_SLICE("zone files are there"),
		            RP_SLICE(""));
	else
		doctor_find(doctor, FINDING_WARNING, "zones",
		            doctor_words(doctor, "%s", err.text),
		            RP_SLICE("install tzdata"));
}

static size_t
two_words(const char *text)
{
	const size_t first = strcspn(text, " ");

	return first + (text[first] != '\0' ? 1 + strcspn(text + first + 1, " ") : 0);
}

/* Those that are loaded when they are needed; what it says of itself, or its name.  It
 * stays: what libraries keep for their own end would be lost. */
static void
check_library(struct doctor *doctor, const char *soname, const char *version,
              const char *package, const char *what)
{
	void *library = dlopen(soname, RTLD_NOW | RTLD_LOCAL);
	const char *(*tell)(void) = NULL;

	if (library == NULL) {
		doctor_find(doctor, FINDING_WARNING, "libraries",
		            doctor_words(doctor, "%s is not there: %s", soname, what),
		            doctor_words(doctor, "install %s", package));
		return;
	}
	/* POSIX lets a function come as a pointer to data. */
	*(void **)&tell = dlsym(library, version);
	if (tell != NULL)
		soname = tell();
	/* Behind those two words are all the libraries it was built with. */
	doctor_find(doctor, FINDING_OK, "libraries",
	            doctor_words(doctor, "%.*s", (int)two_words(soname), soname),
	            RP_SLICE(""));
}

void
doctor_machine(struct doctor *doctor)
{
	check_clock(doctor);
	check_zones(doctor);
	check_library(doctor, "libcurl.so.4", "curl_version", "libcurl4",
	              "nothing can be collected");
	check_library(doctor, "libarchive.so.13", "archive_version_details",
	              "libarchive13", "archives of people cannot be read");
}
