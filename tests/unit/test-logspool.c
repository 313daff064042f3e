#include "effect/logspool.h"
#include "store.h"

#define WAIT_MS 60000 /* a slow disk's; what must not be committed fails at once */

static Heard heard;

typedef struct Files {
    Scratch s;
    char *spool, *bad;
} Files;

static void
files_new (Files *f)
{
    hear_from (&heard);
    scratch_new (&f->s);
    f->spool = beside (&f->s, ".spool");
    f->bad = beside (&f->s, ".spool.bad");
}

static void
files_free (Files *f)
{
    scratch_free (&f->s);
    g_free (f->spool);
    g_free (f->bad);
}

static void
spool_rows (const Files *f, guint first, guint n)
{
    LogSpool *spool = logspool_new (f->spool);

    for (guint i = first; i < first + n; i++) {
        g_autoptr (LogRow) row = row_new (i);
        LogRow *rows[] = { row };

        g_assert_true (logspool_add (spool, rows, 1, NULL));
    }
    logspool_free (spool);
}

static void
append_to (const char *path, const char *text)
{
    FILE *f = fopen (path, "a");

    g_assert_nonnull (f);
    g_assert_cmpint (fputs (text, f), >=, 0);
    fclose (f);
}

static void
assert_gone (const char *path)
{
    g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
take_in (const Files *f, guint waiting)
{
    LogStore *log = logstore_open (f->s.uri, f->s.spool, WAIT_MS, NULL);

    if (waiting > 0)
        g_assert_cmpuint (logstore_spooled (log), <=, waiting);
    await_taken (log);
    logstore_close (log);
    assert_gone (f->spool);
}

static void
test_lines_and_mode (void)
{
    g_autofree char *text = NULL;
    g_auto (GStrv) lines = NULL;
    struct stat st;
    Files f;

    files_new (&f);
    spool_rows (&f, 0, 3);
    g_assert_cmpint (stat (f.spool, &st), ==, 0);
    g_assert_cmpint (st.st_mode & 0777, ==, 0640);
    g_assert_true (g_file_get_contents (f.spool, &text, NULL, NULL));
    lines = g_strsplit (text, "\n", -1);
    g_assert_cmpuint (g_strv_length (lines), ==, 4);
    for (guint i = 0; i < 3; i++)
        g_assert_true (g_str_has_prefix (lines[i], "{\"v\":1,\"id\":\"01"));
    g_assert_cmpstr (lines[3], ==, "");
    files_free (&f);
}

static void
test_taken_in_at_start (void)
{
    Files f;

    files_new (&f);
    spool_rows (&f, 0, 300); /* more than a batch */
    take_in (&f, 300);
    assert_rows (&f.s, 300);
    g_assert_cmpuint (heard_now (&heard).warnings, ==, 0);
    files_free (&f);
}

static void
test_a_crash_while_taking (void) /* some of it is in the database already */
{
    Files f;

    files_new (&f);
    spool_rows (&f, 0, 20);
    take_in (&f, 20);
    spool_rows (&f, 10, 20);
    spool_rows (&f, 25, 15);
    take_in (&f, 35);
    assert_rows (&f.s, 40);
    files_free (&f);
}

static void
test_rows_that_come_meanwhile (void)
{
    g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify)logrow_free);
    LogSpool *spool;
    Files f;

    files_new (&f);
    spool_rows (&f, 0, 3);
    spool = logspool_new (f.spool);
    g_assert_true (logspool_take (spool, rows, 10, NULL));
    g_assert_cmpuint (rows->len, ==, 3);
    spool_rows (&f, 3, 2);
    logspool_taken (spool); /* must not empty what has grown */
    g_assert_true (logspool_take (spool, rows, 10, NULL));
    g_assert_cmpuint (rows->len, ==, 5);
    logspool_taken (spool);
    g_assert_cmpuint (logspool_count (f.spool), ==, 0);
    g_assert_cmpuint (logspool_waiting (spool), ==, 0);
    logspool_free (spool);
    assert_gone (f.spool);
    files_free (&f);
}

static void
test_room_is_kept (void) /* while rows wait, and once they are taken in */
{
    g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify)logrow_free);
    LogSpool *spool;
    struct stat st;
    Files f;

    files_new (&f);
    spool = logspool_new (f.spool);
    g_assert_cmpint (stat (f.spool, &st), ==, 0);
    if (st.st_blocks * 512 < SPOOL_RESERVE_BYTES) {
        g_test_skip ("this file system keeps no room");
    } else {
        spool_rows (&f, 0, 3);
        for (guint i = 0; i < 2; i++) {
            g_assert_true (logspool_take (spool, rows, 10, NULL));
            g_assert_cmpuint (rows->len, ==, 3);
            g_assert_cmpint (stat (f.spool, &st), ==, 0);
            g_assert_cmpint (st.st_blocks * 512, >=, SPOOL_RESERVE_BYTES);
            g_ptr_array_set_size (rows, 0);
            logspool_again (spool);
        }
        g_assert_true (logspool_take (spool, rows, 10, NULL));
        logspool_taken (spool);
        g_assert_cmpint (stat (f.spool, &st), ==, 0);
        g_assert_cmpint (st.st_size, ==, 0);
        g_assert_cmpint (st.st_blocks * 512, >=, SPOOL_RESERVE_BYTES);
    }
    logspool_free (spool);
    files_free (&f);
}

static void
test_a_torn_line (void)
{
    g_autofree char *kept = NULL;
    Files f;

    files_new (&f);
    spool_rows (&f, 0, 2);
    append_to (f.spool, "{\"v\":1,\"id\":\"01ARYZ6S41");
    spool_rows (&f, 2, 2); /* after the restart: must not be glued to it */
    append_to (f.spool, "\n\n{}\n");
    take_in (&f, 6);
    assert_rows (&f.s, 4);
    g_assert_cmpuint (heard_now (&heard).warnings, ==, 2);
    assert_warned_of (&heard, f.bad);
    g_assert_true (g_file_get_contents (f.bad, &kept, NULL, NULL));
    g_assert_cmpstr (kept, ==, "{\"v\":1,\"id\":\"01ARYZ6S41\n{}\n");
    files_free (&f);
}

static void
test_again_gives_the_same_rows (void)
{
    g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify)logrow_free);
    LogSpool *spool;
    Files f;

    files_new (&f);
    spool_rows (&f, 0, 5);
    spool = logspool_new (f.spool);
    g_assert_true (logspool_take (spool, rows, 2, NULL));
    logspool_taken (spool);
    for (guint i = 0; i < 2; i++) {
        g_autofree char *third = row_id (2);

        g_ptr_array_set_size (rows, 0);
        g_assert_true (logspool_take (spool, rows, 2, NULL));
        g_assert_cmpuint (rows->len, ==, 2);
        g_assert_cmpstr (((LogRow *)rows->pdata[0])->id, ==, third);
        g_assert_cmpuint (logspool_waiting (spool), ==, 3);
        logspool_again (spool);
    }
    logspool_free (spool);
    files_free (&f);
}

static void
test_two_processes_take_turns (void) /* the second finds nothing, and removes nothing */
{
    g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify)logrow_free);
    g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func ((GDestroyNotify)logrow_free);
    LogSpool *one, *two;
    Files f;

    files_new (&f);
    spool_rows (&f, 0, 3);
    one = logspool_new (f.spool);
    two = logspool_new (f.spool);
    g_assert_true (logspool_take (one, rows, 10, NULL));
    g_assert_true (logspool_take (two, others, 10, NULL));
    g_assert_cmpuint (rows->len, ==, 3);
    g_assert_cmpuint (others->len, ==, 0);
    logspool_free (one); /* it dies before it has stored them */
    g_assert_true (logspool_take (two, others, 10, NULL));
    g_assert_cmpuint (others->len, ==, 3);
    logspool_free (two);
    files_free (&f);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/logspool/add/lines-and-mode", test_lines_and_mode);
    g_test_add_func ("/logspool/take/at-start", test_taken_in_at_start);
    g_test_add_func ("/logspool/take/after-a-crash-while-taking", test_a_crash_while_taking);
    g_test_add_func ("/logspool/take/rows-that-come-meanwhile", test_rows_that_come_meanwhile);
    g_test_add_func ("/logspool/take/room-is-kept", test_room_is_kept);
    g_test_add_func ("/logspool/take/a-torn-line-is-kept-apart", test_a_torn_line);
    g_test_add_func ("/logspool/take/again-gives-the-same-rows", test_again_gives_the_same_rows);
    g_test_add_func ("/logspool/take/two-processes-take-turns", test_two_processes_take_turns);
    return g_test_run ();
}
