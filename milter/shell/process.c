#include "shell/process.h"
#include "base/clean.h"
#include "judge/judge.h"
#include <errno.h>
#include <sys/random.h>

static gboolean
make_id (gint64 now_ms, char ret[ULID_LEN + 1])
{
    guint8 random[10];

    if (getrandom (random, sizeof random, 0) != (ssize_t)sizeof random)
        return FALSE;
    ulid_make (now_ms, random, ret);
    return TRUE;
}

static void
keep_text (LogRow *row, Span mail)
{
    gsize bad;
    Span text = clean_utf8 (row->arena, mail, &bad);

    row->text = text.p != NULL ? arena_span_dup (row->arena, text) : NULL;
}

/* Whether the log holds the mail under this id from now on. */
static gboolean
log_mail (Daemon *d, const Inbound *in, const Verdict *verdict, const char *queue_id,
          const char *id, gint64 now_ms)
{
    Envelope envelope = { queue_id, in->sender, in->recipients->str };
    LogRow *row = logrow_new (verdict, &envelope, id, now_ms);

    if (in->know->settings->keep_text && !verdict->urls_withheld)
        keep_text (row, inbound_bytes (in));
    if (logstore_put (daemon_log (d), row) != LOG_LOST)
        return TRUE;
    daemon_failed (d, FAILURE_LOG, queue_id, "neither the log nor its spool took the report");
    return FALSE;
}

static void
tell (const Verdict *verdict, const char *queue_id, const char *id)
{
    g_message ("%s: %s (%.2f), priority %s, format %s, %" G_GUINT64_FORMAT " incident%s%s%s",
               queue_id != NULL ? queue_id : "no queue id", verdict->scenario, verdict->confidence,
               priority_name (verdict->priority), verdict->format, verdict->incident_count,
               verdict->incident_count == 1 ? "" : "s", id != NULL ? ", id " : "",
               id != NULL ? id : "");
}

static const Verdict *
judge (Arena *arena, const Inbound *in, gint64 now_s)
{
    const Verdict *verdict = judge_mail (in->know, arena, inbound_bytes (in), now_s);

    if (verdict != NULL && in->cut)
        message_bound (verdict->facts->message, "only the first %u of the mail's bytes were read",
                       in->raw->len);
    return verdict;
}

gboolean
process_mail (Daemon *d, Inbound *in, const char *queue_id, Outcome *ret)
{
    const Settings *settings = in->know->settings;
    gint64 now_ms = g_get_real_time () / 1000;
    g_autoptr (Arena) arena = arena_new (settings->memory_limit_bytes);
    const Verdict *verdict = judge (arena, in, now_ms / 1000);
    char id[ULID_LEN + 1];
    gboolean logged;

    if (verdict == NULL) {
        daemon_failed (d, FAILURE_JUDGE, queue_id,
                       "the mail was not judged: no memory for a verdict");
        return FALSE;
    }
    logged = daemon_log (d) != NULL && make_id (now_ms, id) &&
             log_mail (d, in, verdict, queue_id, id, now_ms);
    ret->arena = arena_new (PROCESS_HEADERS_BYTES);
    ret->n_lines =
        headers_make (ret->arena, verdict, settings->header_prefix, logged ? id : NULL, ret->lines);
    tell (verdict, queue_id, logged ? id : NULL);
    return TRUE;
}

void
outcome_clear (Outcome *o)
{
    g_clear_pointer (&o->arena, arena_free);
}
