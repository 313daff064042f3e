#include "shell/report_columns.h"
#include "base/calendar.h"
#include <string.h>

#define SHORT_ID 12 /* tells the millisecond and a little chance: enough for `abusectl show' */

typedef enum Form { TEXT, ID, RECEIVED, CONFIDENCE, COUNT, SCENARIO, REPORTER, DEMANDS, TOR } Form;

struct ReportColumn {
    const char *name, *title;
    guint least, miss;
    Form form;
    gsize at; /* of TEXT and ID, in a row */
};

#define AT(field) G_STRUCT_OFFSET (LogRow, field)
static const ReportColumn columns[] = {
    { "id", "ID", 0, 0, ID, AT (id) },
    { "received", "RECEIVED", 11, 0, RECEIVED, 0 },
    { "priority", "PRIO", 0, 0, TEXT, AT (priority) },
    { "scenario", "SCENARIO", 12, 0, SCENARIO, 0 },
    { "confidence", "CONF", 0, 4, CONFIDENCE, 0 },
    { "incidents", "COUNT", 0, 2, COUNT, 0 },
    { "accused", "ACCUSED", 15, 0, TEXT, AT (accused) },
    { "reporter", "SENDER", 14, 3, REPORTER, 0 },
    { "subject", "SUBJECT", 12, 1, TEXT, AT (subject) },
    { "relay", "RELAY", 8, 0, TEXT, AT (relay) },
    { "case", "CASE", 0, 0, ID, AT (case_id) },
    { "demands", "WANTS", 10, 0, DEMANDS, 0 },
    { "deadline", "DEADLINE", 0, 0, TEXT, AT (deadline) },
    { "format", "FORMAT", 8, 0, TEXT, AT (format) },
    { "complainant", "WHO", 0, 0, TEXT, AT (complainant) },
    { "tor", "TOR", 12, 0, TOR, 0 },
    { "corrected", "CORRECTED", 0, 0, TEXT, AT (corrected) },
    { "message-id", "MESSAGE-ID", 12, 0, TEXT, AT (message_id) },
};

static const ReportColumn *
column_named (Span name)
{
    for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
        if (span_is (name, columns[i].name))
            return &columns[i];
    return NULL;
}

const ReportColumn **
report_columns_read (const char *names, char **ret_wrong)
{
    const ReportColumn **list = g_new0 (const ReportColumn *, TABLE_MAX_COLUMNS + 1);
    Span rest = span_of (names), name;

    for (guint n = 0; span_until (&rest, ',', &name); n++) {
        name = span_trim (name);
        if (n < TABLE_MAX_COLUMNS && (list[n] = column_named (name)) != NULL)
            continue;
        *ret_wrong = span_dup (name);
        g_free (list);
        return NULL;
    }
    return list;
}

char *
report_columns_names (void)
{
    GString *out = g_string_new (NULL);

    for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
        g_string_append_printf (out, "%s%s", i > 0 ? ", " : "", columns[i].name);
    return g_string_free (out, FALSE);
}

const char *
report_column_name (const ReportColumn *c)
{
    return c->name;
}

Column
report_column_shape (const ReportColumn *c)
{
    return (Column) { c->title, c->least, c->miss };
}

static char *
received_text (gint64 unix_ms, gboolean short_form)
{
    char text[RFC3339_MAX];

    calendar_rfc3339 (unix_ms / 1000, text);
    if (short_form) { /* 2026-11-20 03:04 */
        text[strlen ("2026-11-20")] = ' ';
        text[strlen ("2026-11-20 03:04")] = '\0';
    }
    return g_strdup (text);
}

static char *
tor_text (const LogRow *row)
{
    GString *out = g_string_new (row->standing);

    if (row->exit != NULL)
        g_string_append_printf (out, "%sexit=%s", out->len > 0 ? " " : "", row->exit);
    if (row->impossible != NULL)
        g_string_append_printf (out, "%s%s", out->len > 0 ? " " : "", row->impossible);
    return g_string_free (out, out->len == 0);
}

char *
report_column_text (const ReportColumn *c, const LogRow *row, gboolean short_form)
{
    const char *text = G_STRUCT_MEMBER (const char *, row, c->at);

    switch (c->form) {
    case TEXT:
        return g_strdup (text);
    case ID:
        return text != NULL ? g_strndup (text, short_form ? SHORT_ID : ULID_LEN) : NULL;
    case RECEIVED:
        return received_text (row->received_unix_ms, short_form);
    case CONFIDENCE:
        return g_strdup_printf ("%.2f", row->confidence);
    case COUNT:
        return g_strdup_printf ("%" G_GUINT64_FORMAT, row->incident_count);
    case SCENARIO:
        return g_strdup (row->corrected != NULL ? row->corrected : row->scenario);
    case REPORTER:
        return g_strdup (row->from_address != NULL ? row->from_address : row->sender);
    case DEMANDS:
        return row->demands[0] != NULL ? g_strjoinv (" ", (char **)row->demands) : NULL;
    case TOR:
        return tor_text (row);
    }
    g_assert_not_reached ();
}

static const struct {
    const char *priority, *ink;
} inks[] = { { "urgent", "\033[1;31m" }, { "high", "\033[31m" }, { "low", "\033[2m" } };

const char *
report_column_ink (const ReportColumn *c, const LogRow *row)
{
    for (gsize i = 0; strcmp (c->name, "priority") == 0 && i < G_N_ELEMENTS (inks); i++)
        if (strcmp (inks[i].priority, row->priority) == 0)
            return inks[i].ink;
    return NULL;
}
