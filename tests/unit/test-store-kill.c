/* kill -9 at any moment: what a put answered is true afterwards. */
#include "store.h"
#include <signal.h>
#include <sys/wait.h>

#define ROUNDS 6
#define THREADS 8
#define EACH 100000 /* more than a round has time for */

static Heard heard;

typedef struct Putter {
    LogStore *log;
    guint first;
    int answers;
} Putter;

typedef struct Answer {
    guint n;
    LogPut put;
} Answer;

static gpointer
put_rows (gpointer data)
{
    const Putter *p = data;

    for (guint n = p->first; n < p->first + EACH; n++) {
        Answer a = { n, logstore_put (p->log, row_new (n)) };

        if (write (p->answers, &a, sizeof a) != sizeof a) /* short: atomic on a pipe */
            return NULL;
    }
    return NULL;
}

/* A daemon that puts rows until it is killed, while another process takes the lock now and then. */
static void
serve (const Scratch *s, guint round, int answers)
{
    LogStore *log = logstore_open (s->uri, s->spool, 1000, NULL);
    Putter putters[THREADS];

    for (guint i = 0; i < THREADS; i++) {
        putters[i] = (Putter) { log, (round * THREADS + i) * EACH, answers };
        g_thread_new ("put", put_rows, &putters[i]);
    }
    pause ();
}

/* Reads on until so many answers more were `put', or its end. */
static void
read_answers (int from, GArray *ret, LogPut put, guint n)
{
    Answer a;

    while (n > 0 && read (from, &a, sizeof a) == sizeof a) {
        g_array_append_val (ret, a);
        n -= a.put == put;
    }
}

/* Another process's lock, until rows were spooled for it. */
static void
disturb (const Scratch *s, int from, GArray *answers)
{
    g_autoptr (Db) db = db_open (s->uri, DB_WRITE, AWAIT_S * 1000, NULL);

    g_assert_nonnull (db);
    g_assert_true (db_begin (db, NULL));
    read_answers (from, answers, LOG_SPOOLED, THREADS);
    db_rollback (db);
}

static void
run_and_kill (const Scratch *s, guint round, GArray *answers)
{
    int ends[2], status;
    pid_t pid;

    g_assert_cmpint (pipe (ends), ==, 0);
    pid = fork ();
    if (pid == 0) {
        close (ends[0]);
        serve (s, round, ends[1]);
        _exit (0);
    }
    close (ends[1]);
    read_answers (ends[0], answers, LOG_COMMITTED, 2 * THREADS);
    if (round % 2 == 1)
        disturb (s, ends[0], answers);
    g_usleep (round * 37000); /* at any moment */
    g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
    read_answers (ends[0], answers, LOG_COMMITTED, G_MAXUINT);
    close (ends[0]);
    g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
    g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);
}

static gboolean
has_row (Db *db, guint n)
{
    g_autofree char *id = row_id (n);
    g_autoptr (DbStmt) s = db_prepare (
        db, "SELECT (SELECT count (*) FROM signals WHERE report = seq) FROM reports WHERE id = $1",
        NULL);
    gboolean row = FALSE;

    db_bind_text (s, 1, id);
    return db_step (s, &row, NULL) && row && db_int (s, 0) == 6;
}

static void
assert_answers_hold (const Scratch *s, const GArray *answers, gboolean (*for_put) (LogPut))
{
    g_autoptr (Db) db = db_open (s->uri, DB_READ, AWAIT_S * 1000, NULL);

    g_assert_nonnull (db);
    for (guint i = 0; i < answers->len; i++) {
        const Answer *a = &g_array_index (answers, Answer, i);

        g_assert_cmpint (a->put, !=, LOG_LOST);
        if (for_put (a->put) && !has_row (db, a->n))
            g_error ("row %u is missing, answer %d", a->n, (int)a->put);
    }
}

static gboolean
is_committed (LogPut put)
{
    return put == LOG_COMMITTED;
}

static gboolean
is_any (LogPut put)
{
    return put != LOG_LOST;
}

static void
take_in (const Scratch *s)
{
    LogStore *log = logstore_open (s->uri, s->spool, AWAIT_S * 1000, NULL);

    await_taken (log);
    logstore_close (log);
}

static void
test_kill (void)
{
    g_autoptr (GArray) answers = g_array_new (FALSE, FALSE, sizeof (Answer));
    guint spooled = 0, seen = 0;
    Scratch s;

    hear_from (&heard);
    scratch_new (&s);
    for (guint round = 0; round < ROUNDS; round++) {
        run_and_kill (&s, round, answers);
        for (spooled = 0; seen < answers->len; seen++)
            spooled += g_array_index (answers, Answer, seen).put == LOG_SPOOLED;
        g_test_message ("round %u: %u spooled of %u in all", round, spooled, seen);
        assert_answers_hold (&s, answers, is_committed); /* before anything is repaired */
    }
    take_in (&s);
    assert_answers_hold (&s, answers, is_any);
    for (guint i = spooled = 0; i < answers->len; i++)
        spooled += g_array_index (answers, Answer, i).put == LOG_SPOOLED;
    g_test_message ("%u rows, %u of them spooled", answers->len, spooled);
    g_assert_cmpuint (answers->len - spooled, >=, ROUNDS * 2 * THREADS);
    g_assert_cmpuint (spooled, >=, ROUNDS / 2 * THREADS);
    g_assert_cmpint (ask (&s, "SELECT count (*) - count (DISTINCT id) FROM reports"), ==, 0);
    g_assert_cmpint (ask (&s, "SELECT count (*) FROM signals"), ==,
                     6 * ask (&s, "SELECT count (*) FROM reports"));
    scratch_free (&s);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/store-kill/what-was-answered-is-true", test_kill);
    return g_test_run ();
}
