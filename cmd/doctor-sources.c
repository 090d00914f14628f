#include "cmd/doctor.h"

#include "cmd/source.h"
#include "core/base/lock.h"
#include "core/base/time.h"
#include "core/config/secret.h"

static void
check_tokens(struct doctor *doctor)
{
	CLEANUP(secrets_free) struct secrets *secrets = secrets_new();
	struct rp_error why, err;
	size_t n = 0, bad = 0;

	for (size_t i = 0; secrets != NULL && i < doctor->config.n_sources; i++) {
		const struct source *source = &doctor->config.sources[i];
		const struct setting *token = section_get(&source->settings, "token");
		struct rp_slice secret;

		if (token == NULL)
			continue;
		n++;
		err = why = (struct rp_error){ .status = RP_OK };
		if (secret_read(secrets, token->value, doctor->config.path, &secret,
		                &why) == RP_OK)
			continue;
		bad++;
		(void)config_complain(&err, &doctor->config, &source->settings, token,
		                      "%s", why.text);
		doctor_find(doctor, FINDING_ERROR, "tokens",
		            doctor_words(doctor, "%s: %s", err.where, err.text),
		            RP_SLICE("see riposte-config(5)"));
	}
	if (n > 0 && bad == 0)
		doctor_find(
			doctor, FINDING_OK, "tokens",
			doctor_words(doctor, "%zu, which can be read by nobody else", n),
			RP_SLICE(""));
}

/* A source that is due for a day has nobody who asks it. */
static void
check_state(struct doctor *doctor, const struct source_state *state, size_t *overdue)
{
	if (state->paused)
		return;
	if (state->failures > 0)
		doctor_find(doctor, FINDING_WARNING, "sources",
		            doctor_words(doctor, "%.*s failed %u times in a row: %.*s",
		                         RP_FMT(state->name), state->failures,
		                         RP_FMT(state->trouble)),
		            doctor_words(doctor, "riposte source test %.*s",
		                         RP_FMT(state->name)));
	if (state->due != RP_TIME_UNKNOWN && state->due < doctor->inv->now &&
	    doctor->inv->now - state->due > RP_DAY)
		++*overdue;
}

static void
check_states(struct doctor *doctor)
{
	CLEANUP(source_states_done) struct source_states states = { 0 };
	struct rp_error err = { .status = RP_OK };
	size_t before = doctor->n, overdue = 0;

	if (source_states_load(&states, doctor->store, &err) != RP_OK) {
		doctor_find(doctor, FINDING_ERROR, "archive",
		            doctor_words(doctor, "%s: %s", doctor->archive, err.text),
		            RP_SLICE("riposte verify tells more"));
		return;
	}
	for (size_t i = 0; i < states.n; i++)
		if (config_source(&doctor->config, states.list[i].name) != NULL)
			check_state(doctor, &states.list[i], &overdue);
	if (overdue > 0)
		doctor_find(
			doctor, FINDING_WARNING, "sources",
			doctor_words(doctor, "%zu are due for more than a day", overdue),
			RP_SLICE("has riposte collect run by cron or systemd: riposte "
		                 "schedule prints what to put there"));
	if (doctor->n == before && doctor->config.n_sources == 0)
		doctor_find(doctor, FINDING_OK, "sources", RP_SLICE("none"),
		            RP_SLICE("riposte-config(5) tells how to add one"));
	else if (doctor->n == before)
		doctor_find(doctor, FINDING_OK, "sources",
		            doctor_words(doctor, "%zu, of which none fails",
		                         doctor->config.n_sources),
		            RP_SLICE(""));
}

static void
check_lock(struct doctor *doctor)
{
	CLEANUP(buf_done) struct rp_buf since;
	struct lock_holder holder;
	struct rp_slice path = doctor_words(doctor, "%s-collect", doctor->archive);

	buf_init(&since, 64);
	if (path.n == 0 || lock_look(path.p, &holder, NULL) != RP_OK)
		return;
	if (holder.since != RP_TIME_UNKNOWN)
		rp_time_write(&since, holder.since, RP_PRECISION_S);
	if (holder.since != RP_TIME_UNKNOWN && doctor->inv->now > holder.since &&
	    doctor->inv->now - holder.since > RP_DAY)
		doctor_find(doctor, FINDING_WARNING, "lock",
		            doctor_words(doctor, "process %lld collects since %.*s",
		                         (long long)holder.pid,
		                         RP_FMT(buf_slice(&since))),
		            doctor_words(doctor, "if it hangs: kill %lld",
		                         (long long)holder.pid));
	else
		doctor_find(doctor, FINDING_OK, "lock",
		            holder.pid > 0
		                    ? doctor_words(doctor,
		                                   "process %lld collects right now",
		                                   (long long)holder.pid)
		                    : RP_SLICE("somebody collects right now"),
		            RP_SLICE(""));
}

void
doctor_sources(struct doctor *doctor)
{
	if (doctor->has_config)
		check_tokens(doctor);
	if (doctor->has_config)
		check_states(doctor);
	if (doctor->archive != NULL)
		check_lock(doctor);
}
