#include "shell/process.h"
#include "base/clean.h"
#include "judge/judge.h"
#include "shell/memory.h"
#include <sys/random.h>

typedef struct Work { /* one mail on its way through */
    Daemon *daemon;
    Inbound *in;
    const Settings *settings;
    const char *queue_id;
    char id[ULID_LEN + 1];      /* "": none */
    char case_id[ULID_LEN + 1]; /* of the case it has joined; "": none */
    gint64 now_ms;
    LogRow *row;     /* NULL: no log is kept */
    gint64 stage_us; /* when the stage at hand began */
    char *told;      /* the line for the daemon's own log, without the id */
} Work;

static gboolean
make_id (gint64 now_ms, char ret[ULID_LEN + 1])
{
    guint8 random[10];

    if (getrandom (random, sizeof random, 0) != (ssize_t)sizeof random)
        return FALSE;
    ulid_make (now_ms, random, ret);
    return TRUE;
}

static gint64
monotonic_us (gpointer data)
{
    (void)data;
    return g_get_monotonic_time ();
}

/* The stage at hand is over, and the next begins. */
static void
stage_done (Work *w, Stage stage)
{
    gint64 now_us = g_get_monotonic_time ();

    metrics_stage (daemon_metrics (w->daemon), stage, now_us - w->stage_us);
    w->stage_us = now_us;
}

static void
reading_done (gpointer data)
{
    stage_done (data, STAGE_READ);
}

static const Verdict *
judge (Work *w, Arena *arena)
{
    const Inbound *in = w->in;
    Budget budget = budget_new (monotonic_us, NULL, w->settings->time_limit_ms);
    const Verdict *verdict =
        judge_mail_with (in->know, arena, inbound_bytes (in), w->now_ms / 1000,
                         &(JudgeOptions) { .budget = &budget, .read = reading_done, .data = w });

    if (in->cut)
        message_bound (verdict->facts->message,
                       "only the first %" G_GSIZE_FORMAT " of the mail's bytes were read",
                       span_left (inbound_bytes (in)));
    stage_done (w, STAGE_JUDGE);
    metrics_verdict (daemon_metrics (w->daemon), verdict);
    return verdict;
}

/* Envelope and mail are bytes of anybody's choice; the log is UTF-8. */
static const char *
as_utf8 (Arena *arena, Span bytes)
{
    gsize bad;
    Span text = clean_utf8 (arena, bytes, &bad);

    return text.p != NULL ? arena_span_dup (arena, text) : NULL;
}

static LogRow *
row_of (const Work *w, Arena *arena, const Verdict *verdict)
{
    Envelope envelope = { w->queue_id, as_utf8 (arena, span_of (w->in->sender)),
                          as_utf8 (arena, span_of (w->in->recipients->str)) };
    LogRow *row = logrow_new (verdict, &envelope, w->id, w->now_ms);

    if (w->settings->keep_text && !verdict->urls_withheld)
        row->text = as_utf8 (row->arena, inbound_bytes (w->in));
    return row;
}

static char *
line_of (const Verdict *v)
{
    return g_strdup_printf ("%s (%.2f), priority %s, format %s, %" G_GUINT64_FORMAT " incident%s",
                            v->scenario, v->confidence, priority_name (v->priority), v->format,
                            v->incident_count, v->incident_count == 1 ? "" : "s");
}

/* All that needs the mail; what stays is a row and some lines. */
static void
understand (Work *w, Outcome *ret)
{
    g_autoptr (Arena) arena = arena_new (w->settings->memory_limit_bytes);
    const Verdict *verdict = judge (w, arena);
    gboolean with_id = daemon_log (w->daemon) != NULL && make_id (w->now_ms, w->id);

    if (with_id)
        w->row = row_of (w, arena, verdict);
    ret->arena = arena_new (PROCESS_HEADERS_BYTES);
    ret->n_lines = headers_make (ret->arena, verdict, w->settings->header_prefix,
                                 with_id ? w->id : NULL, ret->lines);
    g_ptr_array_add (w->in->watched_as, NULL);
    edits_make (ret->arena, w->settings, verdict, w->in->subject,
                (const char *const *)w->in->watched_as->pdata, &ret->edits);
    w->told = line_of (verdict);
}

/* The id is the first line: nothing keeps it. */
static void
take_id_back (Outcome *o)
{
    o->n_lines--;
    memmove (o->lines, o->lines + 1, o->n_lines * sizeof o->lines[0]);
}

static gboolean
put (Work *w)
{
    static const RowOutcome outcomes[] = {
        [LOG_COMMITTED] = ROW_COMMITTED, [LOG_SPOOLED] = ROW_SPOOLED, [LOG_LOST] = ROW_LOST
    };
    LogPut outcome;

    w->stage_us = g_get_monotonic_time ();
    if (logstore_fold (daemon_log (w->daemon), w->row))
        g_strlcpy (w->case_id, w->row->case_id, sizeof w->case_id);
    outcome = logstore_put (daemon_log (w->daemon), w->row);
    stage_done (w, STAGE_LOG);
    metrics_row (daemon_metrics (w->daemon), outcomes[outcome]);
    return outcome != LOG_LOST;
}

static void
keep_record (Work *w, Outcome *ret)
{
    ret->logged = w->row == NULL || put (w);
    if (!ret->logged) {
        take_id_back (ret);
        w->id[0] = '\0';
        daemon_failed (w->daemon, FAILURE_LOG, w->queue_id,
                       "neither the log nor its spool took the report");
    } else if (w->case_id[0] != '\0')
        ret->n_lines = headers_add_case (ret->arena, w->settings->header_prefix, w->case_id,
                                         ret->lines, ret->n_lines);
    g_message ("%s: %s%s%s", w->queue_id != NULL ? w->queue_id : "no queue id", w->told,
               w->id[0] != '\0' ? ", id " : "", w->id);
    g_free (w->told);
}

/* Others may hold so much that of this mail nothing, or not all, could be kept. */
static gboolean
is_readable (Daemon *d, const Inbound *in, const char *queue_id)
{
    gsize n = span_left (inbound_bytes (in));

    if (!in->short_of_memory)
        return TRUE;
    daemon_failed (d, FAILURE_MEMORY, queue_id,
                   "%s: other mails hold what memory_total allows, %" G_GSIZE_FORMAT
                   " bytes of this one were kept",
                   n > 0 ? "not wholly read" : "not judged", n);
    return n > 0;
}

gboolean
process_mail (Daemon *d, Inbound *in, const char *queue_id, Outcome *ret)
{
    const Settings *s = in->know->settings;
    Work w = { .daemon = d,
               .in = in,
               .settings = s,
               .queue_id = queue_id,
               .now_ms = g_get_real_time () / 1000 };
    gboolean large;

    if (!is_readable (d, in, queue_id))
        return FALSE;
    if (!ration_begin (daemon_ration (d), ration_limits (s).judging, in->wait_left_ms)) {
        daemon_failed (d, FAILURE_TURN, queue_id, "not judged: its turn did not come within %u ms",
                       s->max_wait_ms);
        return FALSE;
    }
    w.stage_us = g_get_monotonic_time ();
    large = span_left (inbound_bytes (in)) >= MEMORY_LARGE_MAIL;
    understand (&w, ret);
    inbound_forget_bytes (in);
    if (large)
        memory_give_back ();
    ration_end (daemon_ration (d));
    keep_record (&w, ret); /* it may wait: others have their turn meanwhile */
    return TRUE;
}

void
outcome_clear (Outcome *o)
{
    g_clear_pointer (&o->arena, arena_free);
}
