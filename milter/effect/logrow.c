#include "effect/logrow.h"
#include "base/calendar.h"

static const char *const none[] = { NULL };

/* Text that a sender wrote may be of any length; what the log keeps of it is not. */
static const char *
keep (Arena *a, const char *text)
{
    gsize n;

    if (text == NULL)
        return NULL;
    n = strnlen (text, LOGROW_MAX_TEXT + 1);
    if (n > LOGROW_MAX_TEXT)
        for (n = LOGROW_MAX_TEXT; n > 0 && ((guchar)text[n] & 0xc0) == 0x80;)
            n--;
    return arena_strndup (a, text, n);
}

static const char *
keep_some (Arena *a, const char *text) /* "" says nothing */
{
    return text != NULL && *text != '\0' ? keep (a, text) : NULL;
}

static const char *
keep_moment (Arena *a, gint64 unix_s)
{
    char text[RFC3339_MAX];

    return arena_strdup (a, calendar_rfc3339 (unix_s, text));
}

static const char *
keep_ip (Arena *a, const Ip *ip)
{
    char text[IP_TEXT_MAX];

    return ip->family != 0 ? arena_strdup (a, ip_format (ip, text)) : NULL;
}

static const char *const *
keep_list (Arena *a, const char *const *items, guint n)
{
    guint room = MIN (n, LOGROW_MAX_LIST), kept = 0;
    const char **list = arena_new0 (a, const char *, room + 1);

    if (list == NULL)
        return none;
    for (guint i = 0; i < room; i++) {
        list[kept] = keep (a, items[i]);
        kept += list[kept] != NULL;
    }
    return list;
}

static const char *const *
keep_demands (Arena *a, guint demands)
{
    const char *names[N_DEMANDS];
    guint n = 0;

    for (guint i = 0; i < N_DEMANDS; i++)
        if (demands & 1u << i)
            names[n++] = demand_name ((Demand)i);
    return keep_list (a, names, n);
}

static void
keep_time (Arena *a, const Incident *in, LogIncident *out)
{
    out->time_local = keep (a, in->time_text);
    out->time_basis = zone_basis_name (in->when.basis);
    if (in->when.basis == TIME_NO_ZONE)
        return;
    out->time = keep_moment (a, in->when.unix_s);
    if (in->when.ambiguous)
        out->time_latest = keep_moment (a, in->when.latest_s);
}

static void
keep_incident (Arena *a, const Verdict *v, const Incident *in, LogIncident *out)
{
    out->ip = keep_ip (a, &in->ip);
    out->masked = keep (a, in->masked);
    out->src_port = in->src_port;
    out->dst_ip = keep_ip (a, &in->dst_ip);
    out->dst_port = in->dst_port;
    out->protocol = keep (a, in->protocol);
    if (in->has_time)
        keep_time (a, in, out);
    out->url = keep (a, in->url);
    out->count = MIN (in->count, G_MAXINT64);
    out->basis = basis_name (in->basis);
    out->relay =
        in->network >= 0 && in->network == v->incidents[0].network ? keep (a, v->relay) : NULL;
    out->rule = keep (a, in->rule);
    out->where = in->where;
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
}

static void
keep_signals (LogRow *row, const Verdict *v)
{
    guint n = MIN (v->n_signals, LOGROW_MAX_SIGNALS);

    row->signals = arena_new0 (row->arena, LogSignal, n);
    row->n_signals = row->signals != NULL ? n : 0;
    for (guint i = 0; i < row->n_signals; i++) {
        const Signal *s = &v->signals[i];

        row->signals[i] = (LogSignal) { .class_id = keep (row->arena, s->class_id),
                                        .name = keep (row->arena, s->name),
                                        .text = keep (row->arena, s->text),
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
        row->alternatives[i] = (Alternative) { keep (row->arena, v->alternatives[i].scenario),
                                               v->alternatives[i].confidence };
}

static void
keep_message (LogRow *row, const Message *m)
{
    Arena *a = row->arena;

    row->message_id = keep_some (a, m->message_id);
    row->from_address = keep_some (a, m->from_address);
    row->from_name = keep_some (a, m->from_name);
    row->subject = keep_some (a, m->subject);
    row->date_unix_s = m->date.known ? m->date.unix_s : G_MININT64;
    row->defects = keep_list (a, m->defects.items, m->defects.n);
}

static void
keep_verdict (LogRow *row, const Verdict *v)
{
    Arena *a = row->arena;

    row->scenario = keep (a, v->scenario);
    row->priority = priority_name (v->priority);
    row->priority_reason = keep (a, v->priority_reason);
    row->format = keep (a, v->format);
    row->complainant = complainant_name (v->complainant);
    row->complainant_address = keep_some (a, v->complainant_address);
    row->complainant_name = keep_some (a, v->complainant_name);
    row->spf = auth_result_name (v->auth[AUTH_SPF]);
    row->dkim = auth_result_name (v->auth[AUTH_DKIM]);
    row->dmarc = auth_result_name (v->auth[AUTH_DMARC]);
    row->confidence = v->confidence;
    row->complaint = v->complaint;
    row->tor_aware = v->tor_aware;
    row->standing = standing_name (v->standing);
    row->relay = keep (a, v->relay);
    row->deadline = v->has_deadline ? keep_moment (a, v->deadline_unix_s) : NULL;
    row->deadline_text = keep_some (a, v->deadline_text);
    row->demands = keep_demands (a, v->demands);
    row->urls = keep_list (a, v->urls, v->n_urls);
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
    row->queue_id = keep (a, envelope->queue_id);
    row->sender = keep (a, envelope->sender);
    row->recipients = keep (a, envelope->recipients);
    keep_message (row, verdict->facts->message);
    keep_verdict (row, verdict);
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
