#include "effect/report_json.h"
#include "base/calendar.h"

static Json *
where_json (Where where)
{
    Json *j = json_new_object ();

    json_put (j, "part", json_new_int (where.part));
    json_put (j, "line", json_new_int (where.line));
    return j;
}

static Json *
ip_json (const Ip *ip)
{
    char text[IP_TEXT_MAX];

    return ip->family != 0 ? json_new_text (ip_format (ip, text)) : json_new_null ();
}

static Json *
port_json (guint port)
{
    return port != 0 ? json_new_int (port) : json_new_null ();
}

static Json *
utc_json (gboolean known, gint64 unix_s)
{
    char text[RFC3339_MAX];

    return known ? json_new_text (calendar_rfc3339 (unix_s, text)) : json_new_null ();
}

static Json *
exit_json (const ExitFound *f)
{
    return json_new_text (f->answer != EXIT_UNKNOWN ? exit_answer_name (f->answer) : NULL);
}

static Json *
policy_json (PolicyVerdict v)
{
    return json_new_text (v != POLICY_UNKNOWN ? policy_verdict_name (v) : NULL);
}

static Json *
incident_json (const Incident *i)
{
    gboolean utc = i->has_time && i->when.basis != TIME_NO_ZONE;
    Json *j = json_new_object ();

    json_put (j, "ip", ip_json (&i->ip));
    if (i->bits != 0)
        json_put (j, "prefix", json_new_int (i->bits));
    if (i->masked != NULL)
        json_put (j, "masked", json_new_text (i->masked));
    json_put (j, "src_port", port_json (i->src_port));
    json_put (j, "dst_ip", ip_json (&i->dst_ip));
    json_put (j, "dst_port", port_json (i->dst_port));
    json_put (j, "protocol", json_new_text (i->protocol));
    json_put (j, "time", utc_json (utc, i->when.unix_s));
    if (utc && i->when.ambiguous)
        json_put (j, "time_latest", utc_json (TRUE, i->when.latest_s));
    json_put (j, "time_local", json_new_text (i->time_text));
    json_put (j, "time_basis",
              json_new_text (i->has_time ? zone_basis_name (i->when.basis) : NULL));
    json_put (j, "url", json_new_text (i->url));
    json_put (j, "count", json_new_int ((gint64)i->count));
    json_put (j, "basis", json_new_text (basis_name (i->basis)));
    json_put (j, "rule", json_new_text (i->rule));
    json_put (j, "exit", exit_json (&i->exit));
    json_put (j, "policy", policy_json (i->policy));
    json_put (j, "impossible", json_new_text (impossible_name (i->impossible)));
    json_put (j, "where", where_json (i->where));
    return j;
}

static Json *
signal_json (const Signal *s)
{
    Json *j = json_new_object ();

    json_put (j, "name", json_new_text (s->name));
    json_put (j, "of", json_new_text (s->class_id));
    json_put (j, "weight", json_new_real (s->weight, 2));
    json_put (j, "zone", json_new_text (zone_name (s->zone)));
    json_put (j, "where", s->where.line != 0 ? where_json (s->where) : json_new_null ());
    json_put (j, "text", json_new_text (s->text));
    return j;
}

static Json *
auth_json (const Verdict *v)
{
    Json *j = json_new_object ();

    for (guint i = 0; i < N_AUTH_METHODS; i++)
        json_put (j, auth_method_name ((AuthMethod)i),
                  json_new_text (auth_result_name (v->auth[i])));
    return j;
}

static Json *
complainant_json (const Verdict *v)
{
    Json *j = json_new_object ();
    gboolean named = v->complainant_name != NULL && *v->complainant_name != '\0';

    json_put (j, "kind", json_new_text (complainant_name (v->complainant)));
    json_put (j, "address", json_new_text (v->complainant_address));
    json_put (j, "name", json_new_text (named ? v->complainant_name : NULL));
    json_put (j, "tor_aware", json_new_bool (v->tor_aware));
    json_put (j, "auth", auth_json (v));
    return j;
}

static Json *
demands_json (const Verdict *v)
{
    Json *list = json_new_list ();

    for (Demand d = 0; d < N_DEMANDS; d++)
        if (v->demands & 1u << d)
            json_add (list, json_new_text (demand_name (d)));
    return list;
}

static Json *
tor_json (const Verdict *v)
{
    Json *j = json_new_object ();

    json_put (j, "standing", json_new_text (standing_name (v->standing)));
    json_put (j, "relay", json_new_text (v->relay));
    json_put (j, "exit", exit_json (&v->exit));
    json_put (j, "exit_reason", json_new_text (v->tor ? exit_reason_text (v->exit.reason) : NULL));
    json_put (j, "exit_time", utc_json (v->exit.at_unix_s != 0, v->exit.at_unix_s));
    json_put (j, "policy", policy_json (v->policy));
    json_put (j, "impossible", json_new_text (impossible_name (v->impossible)));
    json_put (j, "spoofable", v->tor ? json_new_bool (v->spoofable) : json_new_null ());
    return j;
}

static Json *
lists_json (const Verdict *v, Json *j)
{
    Json *alternatives = json_new_list (), *incidents = json_new_list (), *urls = json_new_list ();
    Json *signals = json_new_list (), *defects = json_new_list ();
    const Message *m = v->facts->message;

    for (guint i = 0; i < v->n_alternatives; i++) {
        Json *a = json_new_object ();

        json_put (a, "scenario", json_new_text (v->alternatives[i].scenario));
        json_put (a, "confidence", json_new_real (v->alternatives[i].confidence, 4));
        json_add (alternatives, a);
    }
    for (guint i = 0; i < v->n_incidents; i++)
        json_add (incidents, incident_json (&v->incidents[i]));
    for (guint i = 0; i < v->n_urls; i++)
        json_add (urls, json_new_text (v->urls[i]));
    for (guint i = 0; i < v->n_signals; i++)
        json_add (signals, signal_json (&v->signals[i]));
    for (guint i = 0; i < m->defects.n; i++)
        json_add (defects, json_new_text (m->defects.items[i]));
    json_put (j, "alternatives", alternatives);
    json_put (j, "incidents", incidents);
    json_put (j, "incident_count", json_new_int ((gint64)v->incident_count));
    json_put (j, "urls", urls);
    json_put (j, "tor", tor_json (v));
    json_put (j, "signals", signals);
    json_put (j, "defects", defects);
    return j;
}

Json *
report_json (const Verdict *v, const char *file, const char *id)
{
    const Message *m = v->facts->message;
    Json *j = json_new_object ();

    json_put (j, "v", json_new_int (1));
    json_put (j, "file", json_new_text (file));
    json_put (j, "id", json_new_text (id));
    json_put (j, "message_id", json_new_text (*m->message_id != '\0' ? m->message_id : NULL));
    json_put (j, "complaint", json_new_bool (v->complaint));
    json_put (j, "scenario", json_new_text (v->scenario));
    json_put (j, "confidence", json_new_real (v->confidence, 4));
    json_put (j, "format", json_new_text (v->format));
    json_put (j, "priority", json_new_text (priority_name (v->priority)));
    json_put (j, "priority_reason", json_new_text (v->priority_reason));
    json_put (j, "complainant", complainant_json (v));
    json_put (j, "demands", demands_json (v));
    json_put (j, "deadline", utc_json (v->has_deadline, v->deadline_unix_s));
    json_put (j, "deadline_text", json_new_text (v->deadline_text));
    return lists_json (v, j);
}
