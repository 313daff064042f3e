#include "effect/logrow.h"
#include "base/calendar.h"
#include "effect/logrow_keep.h"

static const char *
keep_ip (Arena *a, const Ip *ip)
{
    char text[IP_TEXT_MAX];

    return ip->family != 0 ? arena_strdup (a, ip_format (ip, text)) : NULL;
}

static const char *const *
keep_demands (Arena *a, guint demands)
{
    const char *names[N_DEMANDS];
    guint n = 0;

    for (guint i = 0; i < N_DEMANDS; i++)
        if (demands & 1u << i)
            names[n++] = demand_name ((Demand)i);
    return logrow_keep_list (a, names, n);
}

static void
keep_time (Arena *a, const Incident *in, LogIncident *out)
{
    out->time_local = logrow_keep (a, in->time_text);
    out->time_basis = zone_basis_name (in->when.basis);
    if (in->when.basis == TIME_NO_ZONE)
        return;
    out->time = logrow_keep_moment (a, in->when.unix_s);
    if (in->when.ambiguous)
        out->time_latest = logrow_keep_moment (a, in->when.latest_s);
}

static const char *
keep_exit (const ExitFound *found)
{
    return found->answer != EXIT_UNKNOWN ? exit_answer_name (found->answer) : NULL;
}

static const char *
keep_policy (PolicyVerdict v)
{
    return v != POLICY_UNKNOWN ? policy_verdict_name (v) : NULL;
}

static void
keep_incident (Arena *a, const Verdict *v, const Incident *in, LogIncident *out)
{
    out->ip = keep_ip (a, &in->ip);
    out->masked = logrow_keep (a, in->masked);
    out->src_port = in->src_port;
    out->dst_ip = keep_ip (a, &in->dst_ip);
    out->dst_port = in->dst_port;
    out->protocol = logrow_keep (a, in->protocol);
    if (in->has_time)
        keep_time (a, in, out);
    out->url = logrow_keep (a, in->url);
    out->count = MIN (in->count, G_MAXINT64);
    out->basis = basis_name (in->basis);
    out->relay = in->network >= 0 && in->network == v->incidents[0].network
                     ? logrow_keep (a, v->relay)
                     : NULL;
    out->rule = logrow_keep (a, in->rule);
    out->bits = in->bits;
    out->exit = keep_exit (&in->exit);
    out->policy = keep_policy (in->policy);
    out->impossible = impossible_name (in->impossible);
    out->where = in->where;
}

const char *
logrow_accused (const LogRow *row)
{
    const LogIncident *first = row->incidents;

    if (row->n_incidents == 0)
        return NULL;
    if (first->ip != NULL && first->bits != 0)
        return arena_printf (row->arena, "%s/%u", first->ip, first->bits);
    return first->ip != NULL ? first->ip : first->masked != NULL ? first->masked : first->url;
}

static void
keep_incidents (LogRow *row, const Verdict *v)
{
    guint n = MIN (v->n_incidents, LIMIT_INCIDENTS);

    row->incident_count = MIN (v->incident_count, G_MAXINT64);
    row->incidents = arena_new0 (row->arena, LogIncident, n);
    row->n_incidents = row->incidents != NULL ? n : 0;
    for (guint i = 0; i < row->n_incidents; i++)
        keep_incident (row->arena, v, &v->incidents[i], &row->incidents[i]);
    row->accused = logrow_accused (row);
}

static void
keep_signals (LogRow *row, const Verdict *v)
{
    guint n = MIN (v->n_signals, LOGROW_MAX_SIGNALS);

    row->signals = arena_new0 (row->arena, LogSignal, n);
    row->n_signals = row->signals != NULL ? n : 0;
    for (guint i = 0; i < row->n_signals; i++) {
        const Signal *s = &v->signals[i];

        row->signals[i] = (LogSignal) { .class_id = logrow_keep (row->arena, s->class_id),
                                        .name = logrow_keep (row->arena, s->name),
                                        .text = logrow_keep (row->arena, s->text),
                                        .zone = zone_name (s->zone),
                                        .weight = s->weight,
                                        .where = s->where };
    }
}

static void
keep_alternatives (LogRow *row, const Verdict *v)
{
    guint n = MIN (v->n_alternatives, LOGROW_MAX_LIST);

    row->alternatives = arena_new0 (row->arena, Alternative, n);
    row->n_alternatives = row->alternatives != NULL ? n : 0;
    for (guint i = 0; i < row->n_alternatives; i++)
        row->alternatives[i] =
            (Alternative) { logrow_keep (row->arena, v->alternatives[i].scenario),
                            v->alternatives[i].confidence };
}

static void
keep_verdict (LogRow *row, const Verdict *v)
{
    Arena *a = row->arena;

    row->scenario = logrow_keep (a, v->scenario);
    row->priority = priority_name (v->priority);
    row->priority_reason = logrow_keep (a, v->priority_reason);
    row->format = logrow_keep (a, v->format);
    row->complainant = complainant_name (v->complainant);
    row->complainant_address = logrow_keep_some (a, v->complainant_address);
    row->complainant_name = logrow_keep_some (a, v->complainant_name);
    row->spf = auth_result_name (v->auth[AUTH_SPF]);
    row->dkim = auth_result_name (v->auth[AUTH_DKIM]);
    row->dmarc = auth_result_name (v->auth[AUTH_DMARC]);
    row->confidence = v->confidence;
    row->complaint = v->complaint;
    row->tor_aware = v->tor_aware;
    row->deadline = v->has_deadline ? logrow_keep_moment (a, v->deadline_unix_s) : NULL;
    row->deadline_text = logrow_keep_some (a, v->deadline_text);
    row->demands = keep_demands (a, v->demands);
    row->urls = logrow_keep_list (a, v->urls, v->n_urls);
}

static void
keep_tor (LogRow *row, const Verdict *v)
{
    row->standing = standing_name (v->standing);
    row->relay = logrow_keep (row->arena, v->relay);
    row->tor_judged = v->tor;
    row->exit = keep_exit (&v->exit);
    row->exit_reason = v->tor ? exit_reason_text (v->exit.reason) : NULL;
    row->exit_time =
        v->exit.at_unix_s != 0 ? logrow_keep_moment (row->arena, v->exit.at_unix_s) : NULL;
    row->policy = keep_policy (v->policy);
    row->impossible = impossible_name (v->impossible);
    row->spoofable = v->spoofable;
}

LogRow *
logrow_new (const Verdict *verdict, const Envelope *envelope, const char *id,
            gint64 received_unix_ms)
{
    Arena *a = arena_new (LOGROW_LIMIT_BYTES);
    LogRow *row = arena_new0 (a, LogRow, 1);

    g_assert (row != NULL && ulid_valid (id));
    row->arena = a;
    row->id = arena_strdup (a, id);
    row->received_unix_ms = received_unix_ms;
    row->queue_id = logrow_keep (a, envelope->queue_id);
    row->sender = logrow_keep (a, envelope->sender);
    row->recipients = logrow_keep (a, envelope->recipients);
    row->corrected_unix_ms = G_MININT64;
    logrow_keep_message (row, verdict->facts->message);
    if (!verdict->urls_withheld)
        row->reported_sender = logrow_keep_reported (a, verdict->facts->message);
    keep_verdict (row, verdict);
    keep_tor (row, verdict);
    keep_alternatives (row, verdict);
    keep_signals (row, verdict);
    keep_incidents (row, verdict);
    return row;
}

void
logrow_free (LogRow *row)
{
    if (row != NULL)
        arena_free (row->arena); /* the row is in it */
}
