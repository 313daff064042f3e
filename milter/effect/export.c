#include "effect/export.h"
#include "base/calendar.h"
#include "judge/withhold.h"

typedef enum Form {
    OF_ROW,
    OF_INCIDENT,
    NUMBER,
    COUNT,
    RECEIVED,
    CONFIDENCE,
    SCENARIO,
    REPORTER
} Form;

#define ROW(field) OF_ROW, G_STRUCT_OFFSET (LogRow, field)
#define INCIDENT(field) OF_INCIDENT, G_STRUCT_OFFSET (LogIncident, field)
#define NUMBER_OF(field) NUMBER, G_STRUCT_OFFSET (LogIncident, field)

static const struct {
    const char *name;
    Form form;
    gsize at;
} columns[] = {
    { "report", ROW (id) },
    { "received", RECEIVED, 0 },
    { "case", ROW (case_id) },
    { "scenario", SCENARIO, 0 },
    { "confidence", CONFIDENCE, 0 },
    { "priority", ROW (priority) },
    { "ip", INCIDENT (ip) },
    { "prefix", NUMBER_OF (bits) },
    { "masked", INCIDENT (masked) },
    { "src_port", NUMBER_OF (src_port) },
    { "dst_ip", INCIDENT (dst_ip) },
    { "dst_port", NUMBER_OF (dst_port) },
    { "protocol", INCIDENT (protocol) },
    { "time", INCIDENT (time) },
    { "time_latest", INCIDENT (time_latest) },
    { "time_local", INCIDENT (time_local) },
    { "time_basis", INCIDENT (time_basis) },
    { "url", INCIDENT (url) },
    { "count", COUNT, 0 },
    { "basis", INCIDENT (basis) },
    { "relay", INCIDENT (relay) },
    { "exit", INCIDENT (exit) },
    { "policy", INCIDENT (policy) },
    { "impossible", INCIDENT (impossible) },
    { "complainant", ROW (complainant) },
    { "reporter", REPORTER, 0 },
    { "message_id", ROW (message_id) },
    { "subject", ROW (subject) },
};

guint
export_n_columns (void)
{
    return G_N_ELEMENTS (columns);
}

const char *
export_column (guint column)
{
    return columns[column].name;
}

static char *
number_text (guint n)
{
    return n != 0 ? g_strdup_printf ("%u", n) : NULL;
}

char *
export_cell (const LogRow *row, const LogIncident *in, guint column)
{
    gsize at = columns[column].at;
    char text[RFC3339_MAX];

    switch (columns[column].form) {
    case OF_ROW:
        return g_strdup (G_STRUCT_MEMBER (const char *, row, at));
    case OF_INCIDENT:
        return g_strdup (G_STRUCT_MEMBER (const char *, in, at));
    case NUMBER:
        return number_text (G_STRUCT_MEMBER (guint, in, at));
    case COUNT:
        return g_strdup_printf ("%" G_GUINT64_FORMAT, in->count);
    case RECEIVED:
        return g_strdup (calendar_rfc3339 (row->received_unix_ms / 1000, text));
    case CONFIDENCE:
        return g_strdup_printf ("%.2f", row->confidence);
    case SCENARIO:
        return g_strdup (row->corrected != NULL ? row->corrected : row->scenario);
    case REPORTER:
        return g_strdup (row->complainant_address != NULL ? row->complainant_address
                                                          : row->from_address);
    }
    g_assert_not_reached ();
}

static gboolean
withholds (const Knowledge *know, const char *scenario)
{
    const Class *c = scenario != NULL ? rules_scenario (know->rules, scenario) : NULL;

    return c != NULL && c->withhold_urls;
}

const LogRow *
export_row (const Knowledge *know, Arena *arena, const LogRow *row)
{
    static const char *const none[] = { NULL };
    LogRow *copy;

    if (!withholds (know, row->scenario) && !withholds (know, row->corrected))
        return row;
    copy = arena_new0 (arena, LogRow, 1);
    *copy = *row;
    copy->incidents = arena_new0 (arena, LogIncident, row->n_incidents);
    for (guint i = 0; i < row->n_incidents; i++) {
        copy->incidents[i] = row->incidents[i];
        copy->incidents[i].url = NULL;
    }
    copy->accused = logrow_accused (copy);
    copy->urls = copy->defects = none;
    copy->n_signals = 0;
    copy->subject = WITHHELD;
    copy->from_name = copy->complainant_name = copy->deadline_text = copy->text = NULL;
    copy->correction_note = copy->priority_reason = NULL;
    return copy;
}
