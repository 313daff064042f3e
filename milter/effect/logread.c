#include "effect/logread.h"
#include "effect/logdetail.h"
#include "effect/logfields.h"

static const char *const none[] = { NULL };

void
logread_select (GString *sql, gboolean whole)
{
    g_string_append (sql, "SELECT seq,demands");
    for (guint i = 0; i < log_report.n_fields; i++) {
        g_autofree char *column = field_column (&log_report.fields[i]);

        if (!log_report.fields[i].in_detail)
            g_string_append_printf (sql, ",%s", column);
    }
    g_string_append (sql, whole ? ",detail,text FROM reports"
                                  " LEFT JOIN details ON details.report = seq"
                                  " LEFT JOIN texts ON texts.report = seq"
                                : " FROM reports");
}

static void
read_field (Arena *a, DbStmt *s, guint column, const Field *f, gpointer base)
{
    switch (f->type) {
    case FIELD_TEXT:
        *FIELD_AT (const char *, base, f->at) = arena_strdup (a, db_text (s, column));
        break;
    case FIELD_NUMBER:
    case FIELD_COUNT:
    case FIELD_MOMENT:
        field_take_int (f, !db_is_null (s, column), db_int (s, column), base);
        break;
    case FIELD_REAL:
        *FIELD_AT (double, base, f->at) = db_real (s, column);
        break;
    case FIELD_BOOL:
        *FIELD_AT (gboolean, base, f->at) = db_int (s, column) != 0;
        break;
    }
}

static const char *const *
split_words (Arena *a, const char *text)
{
    const char **list = arena_new0 (a, const char *, LOGROW_MAX_LIST + 1);
    Span rest = span_of (text), word;

    if (list == NULL || text == NULL)
        return none;
    for (guint n = 0; n < LOGROW_MAX_LIST && span_until (&rest, ' ', &word);)
        if (span_left (word) > 0)
            list[n++] = arena_span_dup (a, word);
    return list;
}

static guint
read_columns (DbStmt *s, LogRow *row)
{
    guint column = 2;

    row->demands = split_words (row->arena, db_text (s, 1));
    for (guint i = 0; i < log_report.n_fields; i++)
        if (!log_report.fields[i].in_detail)
            read_field (row->arena, s, column++, &log_report.fields[i], row);
    return column;
}

LogRow *
logread_row (DbStmt *s, gboolean whole, GError **error)
{
    Arena *a = arena_new (LOGROW_LIMIT_BYTES);
    LogRow *made = arena_new0 (a, LogRow, 1);
    g_autoptr (LogRow) row = made;
    const char *detail = NULL;
    guint column;

    row->arena = a;
    column = read_columns (s, row);
    if (whole) {
        detail = db_text (s, column);
        row->text = arena_strdup (a, db_text (s, column + 1));
    }
    if (logdetail_read (detail != NULL ? detail : "{}", row))
        return g_steal_pointer (&row);
    g_set_error (error, DB_ERROR, DB_ERROR_CORRUPT, "report %s: its details cannot be read",
                 row->id);
    return NULL;
}
