#include "base/clean.h"
#include "effect/reply.h"
#include "judge/judge.h"
#include "read/intake.h"
#include "shell/drafts.h"
#include "shell/mailbox.h"
#include "shell/readlog.h"
#include "shell/world.h"
#include <stdio.h>

#define COMMAND "reply"
#define MAX_TOLD 500 /* bytes of a warning */

typedef struct Reply {
    const CommandContext *ctx;
    Knowledge *know;
    gint64 now;
    const char *maildir;
    gboolean edit;
    guint mails;
    int status;
} Reply;

static int
fail (const GError *error)
{
    g_autofree char *safe = clean_terminal (span_of (error->message), MAX_TOLD);

    fprintf (stderr, "abusectl " COMMAND ": %s\n", safe);
    return COMMAND_WORLD;
}

/* Where the draft goes */

static int
hand_out (const Reply *r, const char *mail)
{
    g_autoptr (GError) error = NULL;
    g_autofree char *edited = r->edit ? drafts_edit (mail, &error) : g_strdup (mail);
    g_autofree char *where = NULL;

    if (edited == NULL)
        return fail (error);
    if (r->maildir == NULL) {
        fputs (edited, stdout);
        return COMMAND_OK;
    }
    where = drafts_store (r->maildir, edited, &error);
    if (where == NULL)
        return fail (error);
    puts (where);
    return COMMAND_OK;
}

static void
tell_warnings (const ReplyAsk *ask, const Draft *d)
{
    g_autoptr (GPtrArray) warnings = reply_warnings (ask, d);

    for (guint i = 0; i < warnings->len; i++) {
        g_autofree char *safe = clean_terminal (span_of (warnings->pdata[i]), MAX_TOLD);

        fprintf (stderr, "abusectl " COMMAND ": note: %s\n", safe);
    }
}

static int
answer (const Reply *r, const LogRow *row, const Facts *mail)
{
    g_autoptr (Arena) arena = arena_new (r->know->settings->memory_limit_bytes);
    const ReplyAsk ask = { row, mail, r->know, r->now };
    g_autoptr (GError) error = NULL;
    const Draft *d = reply_draft (arena, &ask, &error);
    g_autofree char *text = NULL;

    if (d == NULL)
        return fail (error);
    tell_warnings (&ask, d);
    text = draft_text (d);
    return hand_out (r, text);
}

/* A mail as it is */

static gboolean
answer_mail (const char *name, Span mail, gpointer data)
{
    Reply *r = data;
    g_autoptr (Arena) arena = NULL;
    g_autoptr (LogRow) row = NULL;
    const Envelope unknown = { NULL, NULL, NULL };
    char id[ULID_LEN + 1];
    const Verdict *v;

    (void)name;
    if (r->mails++ > 0) {
        r->status = command_usage (COMMAND, "the file holds several mails: one at a time");
        return FALSE;
    }
    arena = arena_new (r->know->settings->memory_limit_bytes);
    v = judge_mail (r->know, arena, mail, r->now);
    ulid_make (r->now * 1000, (const guint8[10]) { 0 }, id);
    row = logrow_new (v, &unknown, id, r->now * 1000);
    r->status = answer (r, row, v->facts);
    return r->status == COMMAND_OK;
}

/* All mails of the file are counted before one is answered: of several it would be the wrong one.
 */
static gboolean
count_mail (const char *name, Span mail, gpointer data)
{
    (void)name;
    (void)mail;
    return ++*(guint *)data < 2;
}

static int
answer_file (Reply *r, const char *file)
{
    g_autoptr (GError) error = NULL;
    guint n = 0;

    if (strcmp (file, "-") != 0 && mailbox_each (file, count_mail, &n, NULL) && n > 1)
        return command_usage (COMMAND, "%s holds several mails: one at a time", file);
    if (!mailbox_each (file, answer_mail, r, &error))
        return fail (error);
    return r->mails > 0 ? r->status : COMMAND_NOTHING;
}

/* A report of the log */

static int
answer_row (const Reply *r, const LogRow *row)
{
    g_autoptr (Arena) arena = NULL;
    const Verdict *v;

    if (row->text == NULL)
        return answer (r, row, NULL);
    arena = arena_new (r->know->settings->memory_limit_bytes);
    v = judge_mail (r->know, arena, span_of (row->text), row->received_unix_ms / 1000);
    return answer (r, row, v->facts);
}

static int
answer_id (const Reply *r, const char *id)
{
    g_autoptr (LogReader) reader = readlog_open (r->ctx, COMMAND);
    g_autoptr (GError) error = NULL;
    g_autoptr (LogRow) row = NULL;

    if (reader == NULL)
        return COMMAND_WORLD;
    row = logreader_get (reader, id, &error);
    if (row != NULL)
        return answer_row (r, row);
    fail (error);
    return g_error_matches (error, LOGQUERY_ERROR, LOGQUERY_ERROR_ID)        ? COMMAND_USAGE
           : g_error_matches (error, LOGQUERY_ERROR, LOGQUERY_ERROR_NOTHING) ? COMMAND_NOTHING
                                                                             : COMMAND_WORLD;
}

static gboolean
is_file (const char *text)
{
    return strcmp (text, "-") == 0 || strchr (text, '/') != NULL ||
           g_file_test (text, G_FILE_TEST_EXISTS) || strchr (text, '.') != NULL;
}

static const char description[] =
    "Prints a draft of an answer: a whole mail, with a quoted excerpt of the complaint where its "
    "text is\n"
    "there.  Nothing is ever sent.  ID is the mail's X-Abuse-Id, or as much of its beginning as no "
    "other\n"
    "has; FILE is one mail, or - for standard input.  Reasons not to send it are told on standard\n"
    "error.  What it says stands in the scenarios' files and in common/reply.yaml beside them; the "
    "settings'\n"
    "reply block has your name, signature, language and own texts.\n\n"
    "  abusectl reply mail.eml | sendmail -t     after reading it\n"
    "  abusectl reply --edit --maildir ~/Maildir 01KB2M";

int
cmd_reply (int argc, char **argv, const CommandContext *ctx)
{
    g_autofree char *maildir = NULL;
    Reply r = { .ctx = ctx };
    const GOptionEntry options[] = {
        { "maildir", 'm', 0, G_OPTION_ARG_FILENAME, &maildir,
          "Put it into the Drafts of this Maildir, and print where it is", "DIR" },
        { "edit", 'e', 0, G_OPTION_ARG_NONE, &r.edit, "Edit it first, in $VISUAL or $EDITOR",
          NULL },
        { 0 },
    };
    int status;

    if (!command_options (&argc, &argv, options, "ID|FILE - draft an answer to a complaint",
                          description, &status))
        return status;
    if (argc != 2)
        return command_usage (COMMAND,
                              argc < 2 ? "no ID or FILE given" : "one ID or FILE at a time");
    r.know = world_knowledge (ctx);
    if (r.know == NULL)
        return COMMAND_WORLD;
    r.maildir = maildir;
    r.now = world_now ();
    intake_init ();
    status = is_file (argv[1]) ? answer_file (&r, argv[1]) : answer_id (&r, argv[1]);
    knowledge_unref (r.know);
    return status;
}
