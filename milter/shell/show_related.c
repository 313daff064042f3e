#include "shell/show_related.h"
#include "base/calendar.h"
#include "shell/table.h"
#include "shell/world.h"
#include <unistd.h>

#define MAX_RELATED 20

typedef struct Related {
    Table *table;
    const char *case_id;
} Related;

static void
add_related (const LogRow *row, gpointer data)
{
    Related *l = data;
    char received[RFC3339_MAX];

    table_cell (l->table, row->id);
    table_cell (l->table, g_strcmp0 (row->case_id, l->case_id) == 0 && row->case_id != NULL
                              ? "case"
                              : "address");
    table_cell (l->table, calendar_rfc3339 (row->received_unix_ms / 1000, received));
    table_cell (l->table, row->corrected != NULL ? row->corrected : row->scenario);
    table_cell (l->table, row->from_address != NULL ? row->from_address : row->sender);
    table_cell (l->table, row->subject);
}

gboolean
show_related (LogReader *reader, const LogRow *r, GError **error)
{
    static const Column columns[] = { { "ID", 0, 0 },       { "SAME", 0, 0 },
                                      { "RECEIVED", 0, 1 }, { "SCENARIO", 12, 0 },
                                      { "SENDER", 14, 2 },  { "SUBJECT", 12, 3 },
                                      { NULL, 0, 0 } };
    g_autoptr (Table) t = table_new (columns);
    Related l = { t, r->case_id };

    if (!logreader_related (reader, r, MAX_RELATED, add_related, &l, error))
        return FALSE;
    if (table_rows (t) > 0) {
        printf ("\n%sRelated reports%s\n", world_colour () ? "\033[1m" : "",
                world_colour () ? "\033[0m" : "");
        table_print (t, stdout, isatty (STDOUT_FILENO) ? world_width () : 0, TRUE, world_colour ());
    }
    return TRUE;
}
