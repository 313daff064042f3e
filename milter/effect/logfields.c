#include "effect/logfields.h"

#define ROW(field) G_STRUCT_OFFSET (LogRow, field)
#define COLUMN(field) ROW (field), FALSE
#define DETAIL(field) ROW (field), TRUE
static const Field report[] = {
    { "id", FIELD_TEXT, COLUMN (id) },
    { "received_unix_ms", FIELD_MOMENT, COLUMN (received_unix_ms) },
    { "queue_id", FIELD_TEXT, DETAIL (queue_id) },
    { "sender", FIELD_TEXT, COLUMN (sender) },
    { "recipients", FIELD_TEXT, DETAIL (recipients) },
    { "message_id", FIELD_TEXT, COLUMN (message_id) },
    { "from.address", FIELD_TEXT, COLUMN (from_address) },
    { "from.name", FIELD_TEXT, COLUMN (from_name) },
    { "subject", FIELD_TEXT, COLUMN (subject) },
    { "date_unix_s", FIELD_MOMENT, DETAIL (date_unix_s) },
    { "in_reply_to", FIELD_TEXT, DETAIL (in_reply_to) },
    { "reply_to", FIELD_TEXT, DETAIL (reply_to) },
    { "auto_submitted", FIELD_TEXT, DETAIL (auto_submitted) },
    { "precedence", FIELD_TEXT, DETAIL (precedence) },
    { "list", FIELD_TEXT, DETAIL (list) },
    { "language", FIELD_TEXT, DETAIL (language) },
    { "complaint", FIELD_BOOL, COLUMN (complaint) },
    { "scenario", FIELD_TEXT, COLUMN (scenario) },
    { "confidence", FIELD_REAL, COLUMN (confidence) },
    { "format", FIELD_TEXT, COLUMN (format) },
    { "priority", FIELD_TEXT, COLUMN (priority) },
    { "priority_reason", FIELD_TEXT, DETAIL (priority_reason) },
    { "complainant.kind", FIELD_TEXT, COLUMN (complainant) },
    { "complainant.address", FIELD_TEXT, COLUMN (complainant_address) },
    { "complainant.name", FIELD_TEXT, DETAIL (complainant_name) },
    { "complainant.tor_aware", FIELD_BOOL, COLUMN (tor_aware) },
    { "reported_sender", FIELD_TEXT, DETAIL (reported_sender) },
    { "complainant.auth.spf", FIELD_TEXT, DETAIL (spf) },
    { "complainant.auth.dkim", FIELD_TEXT, DETAIL (dkim) },
    { "complainant.auth.dmarc", FIELD_TEXT, DETAIL (dmarc) },
    { "deadline", FIELD_TEXT, COLUMN (deadline) },
    { "deadline_text", FIELD_TEXT, DETAIL (deadline_text) },
    { "accused", FIELD_TEXT, COLUMN (accused) },
    { "incident_count", FIELD_COUNT, COLUMN (incident_count) },
    { "tor.standing", FIELD_TEXT, COLUMN (standing) },
    { "tor.relay", FIELD_TEXT, COLUMN (relay) },
    { "tor.judged", FIELD_BOOL, DETAIL (tor_judged) },
    { "tor.exit", FIELD_TEXT, COLUMN (exit) },
    { "tor.exit_reason", FIELD_TEXT, DETAIL (exit_reason) },
    { "tor.exit_time", FIELD_TEXT, DETAIL (exit_time) },
    { "tor.policy", FIELD_TEXT, COLUMN (policy) },
    { "tor.impossible", FIELD_TEXT, COLUMN (impossible) },
    { "tor.spoofable", FIELD_BOOL, COLUMN (spoofable) },
    { "case_id", FIELD_TEXT, COLUMN (case_id) },
    { "follow_up", FIELD_BOOL, DETAIL (follow_up) },
    { "correction.scenario", FIELD_TEXT, COLUMN (corrected) },
    { "correction.unix_ms", FIELD_MOMENT, COLUMN (corrected_unix_ms) },
    { "correction.author", FIELD_TEXT, COLUMN (corrected_by) },
    { "correction.note", FIELD_TEXT, COLUMN (correction_note) },
};

#define INCIDENT(field) G_STRUCT_OFFSET (LogIncident, field), FALSE
static const Field incident[] = {
    { "ip", FIELD_TEXT, INCIDENT (ip) },
    { "prefix", FIELD_NUMBER, INCIDENT (bits) },
    { "masked", FIELD_TEXT, INCIDENT (masked) },
    { "src_port", FIELD_NUMBER, INCIDENT (src_port) },
    { "dst_ip", FIELD_TEXT, INCIDENT (dst_ip) },
    { "dst_port", FIELD_NUMBER, INCIDENT (dst_port) },
    { "protocol", FIELD_TEXT, INCIDENT (protocol) },
    { "time", FIELD_TEXT, INCIDENT (time) },
    { "time_latest", FIELD_TEXT, INCIDENT (time_latest) },
    { "time_local", FIELD_TEXT, INCIDENT (time_local) },
    { "time_basis", FIELD_TEXT, INCIDENT (time_basis) },
    { "url", FIELD_TEXT, INCIDENT (url) },
    { "count", FIELD_COUNT, INCIDENT (count) },
    { "basis", FIELD_TEXT, INCIDENT (basis) },
    { "relay", FIELD_TEXT, INCIDENT (relay) },
    { "rule", FIELD_TEXT, INCIDENT (rule) },
    { "exit", FIELD_TEXT, INCIDENT (exit) },
    { "policy", FIELD_TEXT, INCIDENT (policy) },
    { "impossible", FIELD_TEXT, INCIDENT (impossible) },
    { "where.part", FIELD_NUMBER, INCIDENT (where.part) },
    { "where.line", FIELD_NUMBER, INCIDENT (where.line) },
    { "where.column", FIELD_NUMBER, INCIDENT (where.column) },
};

#define SIGNAL(field) G_STRUCT_OFFSET (LogSignal, field), FALSE
static const Field reason[] = {
    { "of", FIELD_TEXT, SIGNAL (class_id) },
    { "name", FIELD_TEXT, SIGNAL (name) },
    { "weight", FIELD_REAL, SIGNAL (weight) },
    { "zone", FIELD_TEXT, SIGNAL (zone) },
    { "where.part", FIELD_NUMBER, SIGNAL (where.part) },
    { "where.line", FIELD_NUMBER, SIGNAL (where.line) },
    { "where.column", FIELD_NUMBER, SIGNAL (where.column) },
    { "text", FIELD_TEXT, SIGNAL (text) },
};

static const Field alternative[] = {
    { "scenario", FIELD_TEXT, G_STRUCT_OFFSET (Alternative, scenario), FALSE },
    { "confidence", FIELD_REAL, G_STRUCT_OFFSET (Alternative, confidence), FALSE },
};

const FieldSet log_report = { "reports", report, G_N_ELEMENTS (report), sizeof (LogRow), 1, 0, 0 };

const FieldSet log_arrays[LOG_ARRAYS] = {
    { "incidents", incident, G_N_ELEMENTS (incident), sizeof (LogIncident), LIMIT_INCIDENTS,
      ROW (incidents), ROW (n_incidents) },
    { "signals", reason, G_N_ELEMENTS (reason), sizeof (LogSignal), LOGROW_MAX_SIGNALS,
      ROW (signals), ROW (n_signals) },
    { "alternatives", alternative, G_N_ELEMENTS (alternative), sizeof (Alternative),
      LOGROW_MAX_LIST, ROW (alternatives), ROW (n_alternatives) },
};

const FieldList log_lists[LOG_LISTS] = {
    { "demands", NULL, NULL, ROW (demands) },
    { "urls", "urls", "url", ROW (urls) },
    { "defects", "defects", "defect", ROW (defects) },
    { "references", "refs", "message_id", ROW (references) },
};

char *
field_column (const Field *f)
{
    return g_strdelimit (g_strdup (f->name), ".", '_');
}

gboolean
field_is_empty (const Field *f, gconstpointer base)
{
    switch (f->type) {
    case FIELD_TEXT:
        return FIELD_GET (char *, base, f->at) == NULL;
    case FIELD_NUMBER:
        return FIELD_GET (guint, base, f->at) == 0;
    case FIELD_MOMENT:
        return FIELD_GET (gint64, base, f->at) == G_MININT64;
    case FIELD_COUNT:
        return FIELD_GET (guint64, base, f->at) == 0;
    case FIELD_BOOL:
        return !FIELD_GET (gboolean, base, f->at);
    case FIELD_REAL:
        return FALSE;
    }
    g_assert_not_reached ();
}

void
field_take_int (const Field *f, gboolean known, gint64 v, gpointer base)
{
    if (f->type == FIELD_NUMBER)
        *FIELD_AT (guint, base, f->at) = known && v >= 0 && v <= G_MAXINT ? (guint)v : 0;
    else if (f->type == FIELD_COUNT)
        *FIELD_AT (guint64, base, f->at) = known && v >= 0 ? (guint64)v : 0;
    else
        *FIELD_AT (gint64, base, f->at) = known ? v : G_MININT64;
}

void
field_take_json (Arena *a, const Field *f, const Json *value, gpointer base)
{
    gint64 v = 0;
    gboolean number = json_int (value, &v);

    switch (f->type) {
    case FIELD_TEXT:
        *FIELD_AT (const char *, base, f->at) = arena_strdup (a, json_text (value));
        break;
    case FIELD_NUMBER:
    case FIELD_COUNT:
    case FIELD_MOMENT:
        field_take_int (f, number, v, base);
        break;
    case FIELD_REAL:
        json_double (value, FIELD_AT (double, base, f->at));
        break;
    case FIELD_BOOL:
        json_bool (value, FIELD_AT (gboolean, base, f->at));
        break;
    }
}

gboolean
field_take_list (LogRow *row, const FieldList *l, const Json *list)
{
    gsize n = json_is_list (list) ? MIN (json_length (list), LOGROW_MAX_LIST) : 0, kept = 0;
    const char **items = arena_new0 (row->arena, const char *, n + 1);

    if (items == NULL)
        return FALSE;
    for (gsize i = 0; i < n; i++) {
        items[kept] = arena_strdup (row->arena, json_text (json_item (list, i)));
        kept += items[kept] != NULL;
    }
    *FIELD_AT (const char **, row, l->at) = items;
    return TRUE;
}
