#include "effect/replay.h"
#include "judge/judge.h"
#include "read/intake.h"
#include "shell/filter_options.h"
#include "shell/mailbox.h"
#include "shell/readlog.h"
#include "shell/table.h"
#include "shell/world.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define COMMAND "replay"

static const Column columns[] = { { "ID", 0, 0 },   { "WHAT", 0, 0 },    { "LOG", 12, 0 },
                                  { "NOW", 12, 0 }, { "YOU SAY", 0, 2 }, { "MAIL", 12, 1 },
                                  { NULL, 0, 0 } };

typedef struct Replay {
    Knowledge *know;
    LogReader *reader;
    Table *table; /* NULL: JSON */
    GHashTable
        *logs; /* of files: the id of the report with that Message-ID; NULL: none are given */
    ReplaySum sum;
    guint no_text, not_logged;
    GError *error; /* of the log */
} Replay;

/* What differs, a row or an object for each field. */

static void
print_json (const ReplayRow *logged, const ReplayRow *now, ReplayField f, const char *mail)
{
    g_autoptr (Json) j = json_new_object ();
    g_autofree char *line = NULL;

    json_put (j, "id", json_new_text (logged->id));
    json_put (j, "mail", json_new_text (mail));
    json_put (j, "what", json_new_text (replay_field_name (f)));
    json_put (j, "log", json_new_text (logged->texts[f]));
    json_put (j, "now", json_new_text (now->texts[f]));
    json_put (j, "corrected", json_new_text (logged->corrected));
    line = json_line (j);
    puts (line);
}

static void
add_row (Table *t, const ReplayRow *logged, const ReplayRow *now, ReplayField f, const char *mail)
{
    table_cell (t, logged->id);
    table_cell (t, replay_field_name (f));
    table_cell (t, logged->texts[f]);
    table_cell (t, now->texts[f]);
    table_cell (t, f == REPLAY_SCENARIO ? logged->corrected : NULL);
    table_cell (t, mail);
}

static void
tell (Replay *r, const ReplayRow *logged, const ReplayRow *now, const char *mail)
{
    guint differ = replay_compare (logged, now, &r->sum);

    for (guint f = 0; f < N_REPLAY_FIELDS; f++) {
        if ((differ & 1u << f) == 0)
            continue;
        if (r->table != NULL)
            add_row (r->table, logged, now, (ReplayField)f, mail);
        else
            print_json (logged, now, (ReplayField)f, mail);
    }
}

/* name: the file's; NULL: the mail's subject tells which it is, unless that may name a host. */
static void
judge_again (Replay *r, const LogRow *row, const Verdict *v, const char *name)
{
    const Envelope envelope = { row->queue_id, row->sender, row->recipients };
    g_autoptr (LogRow) again = logrow_new (v, &envelope, row->id, row->received_unix_ms);
    ReplayRow logged = replay_row (row, v->urls_withheld), now = replay_row (again, FALSE);

    tell (r, &logged, &now, name != NULL ? name : v->urls_withheld ? NULL : row->subject);
}

/* The log's own mails */

static void
take_id (const LogRow *row, gpointer data)
{
    g_ptr_array_add (data, g_strdup (row->id));
}

static gboolean
replay_report (Replay *r, const char *id)
{
    g_autoptr (LogRow) row = logreader_get (r->reader, id, &r->error);
    g_autoptr (Arena) arena = NULL;

    if (row == NULL)
        return FALSE;
    if (row->text == NULL) {
        r->no_text++;
        return TRUE;
    }
    arena = arena_new (r->know->settings->memory_limit_bytes);
    judge_again (r, row,
                 judge_mail (r->know, arena, span_of (row->text), row->received_unix_ms / 1000),
                 NULL);
    return TRUE;
}

/* The ids first, for a statement that stays open keeps the log's journal from being emptied. */
static gboolean
replay_log (Replay *r, const LogFilter *filter)
{
    g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

    if (!logreader_list (r->reader, filter, take_id, ids, &r->error))
        return FALSE;
    for (guint i = 0; i < ids->len; i++)
        if (!replay_report (r, ids->pdata[i]))
            return FALSE;
    return TRUE;
}

/* Mails that are given */

static void
take_message_id (const LogRow *row, gpointer data)
{
    if (row->message_id != NULL && !g_hash_table_contains (data, row->message_id))
        g_hash_table_insert (data, g_strdup (row->message_id), g_strdup (row->id));
}

static gboolean
replay_mail (const char *name, Span mail, gpointer data)
{
    Replay *r = data;
    g_autoptr (Arena) arena = arena_new (r->know->settings->memory_limit_bytes);
    g_autoptr (LogRow) row = NULL;
    const Message *m = intake_read (arena, mail);
    const char *id = m->message_id != NULL ? g_hash_table_lookup (r->logs, m->message_id) : NULL;

    if (id == NULL) {
        r->not_logged++;
        return TRUE;
    }
    row = logreader_get (r->reader, id, &r->error);
    if (row == NULL)
        return FALSE;
    judge_again (r, row, judge_mail (r->know, arena, mail, row->received_unix_ms / 1000), name);
    return TRUE;
}

static gboolean
replay_files (Replay *r, char **files, const LogFilter *filter)
{
    g_autoptr (GHashTable) logs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    gboolean good = logreader_list (r->reader, filter, take_message_id, logs, &r->error);

    r->logs = logs;
    for (; good && r->error == NULL && *files != NULL; files++)
        good = mailbox_each (*files, replay_mail, r, &r->error);
    return good && r->error == NULL;
}

/* All */

static int
print_sum (const Replay *r)
{
    g_autofree char *text = replay_sum_text (&r->sum);
    FILE *out = r->table != NULL ? stdout : stderr;

    if (r->table != NULL && table_rows (r->table) > 0) {
        table_print (r->table, stdout, isatty (STDOUT_FILENO) ? world_width () : 0, TRUE,
                     world_colour ());
        puts ("");
    }
    fprintf (out, "%s\n", text);
    if (r->no_text > 0)
        fprintf (stderr,
                 "abusectl " COMMAND ": %u report%s without the mail's text, which settings keep "
                 "with keep_text: give the mails as files\n",
                 r->no_text, r->no_text == 1 ? "" : "s");
    if (r->not_logged > 0)
        fprintf (stderr, "abusectl " COMMAND ": %u mail%s whose Message-ID is in no such report\n",
                 r->not_logged, r->not_logged == 1 ? "" : "s");
    return r->sum.mails > 0 ? COMMAND_OK : COMMAND_NOTHING;
}

static int
run (const CommandContext *ctx, char **files, const LogFilter *filter, gboolean json)
{
    g_autoptr (Knowledge) know = world_knowledge (ctx);
    g_autoptr (LogReader) reader = know != NULL ? readlog_open (ctx, COMMAND) : NULL;
    g_autoptr (Table) table = json ? NULL : table_new (columns);
    Replay r = { .know = know, .reader = reader, .table = table };
    gboolean good;

    if (reader == NULL)
        return COMMAND_WORLD;
    intake_init ();
    good = files != NULL ? replay_files (&r, files, filter) : replay_log (&r, filter);
    if (good)
        return print_sum (&r);
    fprintf (stderr, "abusectl " COMMAND ": %s\n", r.error->message);
    g_error_free (r.error);
    return COMMAND_WORLD;
}

static const char description[] =
    "With today's settings and scenarios (or those of --config), as of the moment when each mail\n"
    "came.  What would differ from the log is shown; nothing is changed.  Without FILE the log's\n"
    "own mails are judged, which it holds where settings say keep_text: as UTF-8, so that a mail "
    "of\n"
    "raw bytes in another charset may be judged differently.  FILE is as for classify, and its "
    "mails\n"
    "are found in the log by their Message-ID.  Exits with 0 whether anything differs or not, with "
    "1\n"
    "when no mail could be judged.";

int
cmd_replay (int argc, char **argv, const CommandContext *ctx)
{
    FilterOptions asked = { 0 };
    LogFilter filter = { .limit = G_MAXINT };
    gboolean json = FALSE;
    g_auto (GStrv) files = NULL;
    const GOptionEntry options[] = {
        FILTER_ENTRIES (&asked),
        { "json", 0, 0, G_OPTION_ARG_NONE, &json,
          "One JSON object a line for each difference; the sum goes to standard error", NULL },
        { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &files, NULL, NULL },
        { 0 },
    };
    int status;

    if (command_options (&argc, &argv, options,
                         "[FILE...] - judge mails again and show what would differ", description,
                         &status))
        status = filter_options_read (&asked, COMMAND, &filter) ? run (ctx, files, &filter, json)
                                                                : COMMAND_USAGE;
    filter_options_clear (&asked);
    return status;
}
