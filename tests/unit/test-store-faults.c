/* Every way in which a database fails, made to happen: mail waits no longer than it must, and each
 * row is in the log once when the trouble is over. */
#include "store.h"
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>

/* A put that waits for nobody takes less than one that waits, by far; a loaded machine may add to
 * both. */
#define WAIT_MS 3000
#define SLACK_MS 60000

static Heard heard;

/* The disk's slowness: SQLite and the spool call these instead of the C library's. */
static gint sync_stands,
    sync_fails; /* of a file whose name ends in -wal: not before this is 0 again */

static const char *sync_takes, *sync_takes_to; /* and renames this file; to nowhere: deletes it */

static gboolean
is_wal (int fd)
{
    char link[64], path[256];
    ssize_t n;

    g_snprintf (link, sizeof link, "/proc/self/fd/%d", fd);
    n = readlink (link, path, sizeof path);
    return n > 4 && memcmp (path + n - 4, "-wal", 4) == 0;
}

static int
slow_sync (int fd, long call)
{
    if (is_wal (fd)) {
        while (g_atomic_int_get (&sync_stands))
            g_usleep (1000);
        if (sync_takes != NULL) {
            g_assert_cmpint (sync_takes_to != NULL ? rename (sync_takes, sync_takes_to)
                                                   : unlink (sync_takes),
                             ==, 0);
            sync_takes = NULL;
        }
        if (g_atomic_int_get (&sync_fails)) {
            errno = EIO;
            return -1;
        }
    }
    return (int)syscall (call, fd);
}

int
fdatasync (int fd)
{
    return slow_sync (fd, SYS_fdatasync);
}

int
fsync (int fd)
{
    return slow_sync (fd, SYS_fsync);
}

static LogStore *
open_log (const Scratch *s)
{
    LogStore *log;

    hear_from (&heard);
    log = logstore_open (s->uri, s->spool, WAIT_MS, NULL);
    g_assert_nonnull (log);
    return log;
}

static LogPut
put_within (LogStore *log, guint n, gint64 max_ms)
{
    gint64 start = g_get_monotonic_time ();
    LogPut put = logstore_put (log, row_new (n));

    g_assert_cmpint ((g_get_monotonic_time () - start) / 1000, <, max_ms);
    return put;
}

/* Rows first to first+n-1 are put while the database cannot: only the first may wait. */
static void
put_in_trouble (LogStore *log, guint first, guint n)
{
    gint64 start;

    g_assert_cmpint (put_within (log, first, WAIT_MS + SLACK_MS), ==, LOG_SPOOLED);
    start = g_get_monotonic_time ();
    for (guint i = 1; i < n; i++)
        g_assert_cmpint (logstore_put (log, row_new (first + i)), ==, LOG_SPOOLED);
    g_assert_cmpint ((g_get_monotonic_time () - start) / 1000, <, (n - 1) * WAIT_MS);
    g_assert_cmpuint (logstore_spooled (log), ==, n);
}

static void
assert_told_once (void)
{
    await_message (&heard);
    g_assert_cmpuint (heard_now (&heard).warnings, ==, 1);
    g_assert_cmpuint (heard_now (&heard).messages, ==, 1);
}

/* Locked */

static pid_t
lock_elsewhere (const Scratch *s, int *ret_release)
{
    int locked[2], release[2];
    char c;
    pid_t pid;

    g_assert_cmpint (pipe (locked) | pipe (release), ==, 0);
    pid = fork ();
    if (pid == 0) {
        Db *db = db_open (s->uri, DB_WRITE, SLACK_MS, NULL);

        close (release[1]);
        if (db == NULL || !db_exec (db, "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE", NULL))
            _exit (1);
        if (write (locked[1], "x", 1) != 1 || read (release[0], &c, 1) < 0)
            _exit (1);
        _exit (0); /* as a crash would: the lock goes with the process */
    }
    close (locked[1]);
    close (release[0]);
    g_assert_cmpint (read (locked[0], &c, 1), ==, 1);
    close (locked[0]);
    *ret_release = release[1];
    return pid;
}

static void
unlock_elsewhere (pid_t pid, int release)
{
    int status;

    close (release);
    g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
    g_assert_cmpint (status, ==, 0);
}

static void
test_locked (void)
{
    Scratch s;
    LogStore *log;
    int release;
    pid_t pid;

    scratch_new (&s);
    logstore_close (open_log (&s));
    pid = lock_elsewhere (&s, &release);
    log = open_log (&s);
    put_in_trouble (log, 0, 10);
    assert_warned_of (&heard, "locked");
    unlock_elsewhere (pid, release);
    await_taken (log);
    assert_told_once ();
    g_assert_cmpint (logstore_put (log, row_new (10)), ==, LOG_COMMITTED);
    logstore_close (log);
    assert_rows (&s, 11);
    scratch_free (&s);
}

static void
test_locked_for_a_moment (void) /* as by a reader's shell: nothing is spooled */
{
    g_autoptr (Db) other = NULL;
    Scratch s;
    LogStore *log;

    scratch_new (&s);
    hear_from (&heard);
    log = logstore_open (s.uri, s.spool, SLACK_MS, NULL);
    g_assert_cmpint (logstore_put (log, row_new (0)), ==, LOG_COMMITTED);
    other = db_open (s.uri, DB_WRITE, SLACK_MS, NULL);
    for (guint i = 1; i < 4; i++) {
        g_assert_true (db_begin (other, NULL));
        g_assert_true (db_exec (other, "UPDATE reports SET subject = 'x' WHERE seq = 1", NULL));
        g_assert_true (db_commit (other, NULL));
        g_assert_cmpint (logstore_put (log, row_new (i)), ==, LOG_COMMITTED);
    }
    logstore_close (log);
    g_assert_cmpuint (heard_now (&heard).warnings, ==, 0);
    assert_rows (&s, 4);
    scratch_free (&s);
}

typedef struct Rush {
    LogStore *log;
    guint n;
    LogPut put;
    gint64 took_ms;
} Rush;

static gpointer
put_one (gpointer data)
{
    Rush *r = data;
    gint64 start = g_get_monotonic_time ();

    r->put = logstore_put (r->log, row_new (r->n));
    r->took_ms = (g_get_monotonic_time () - start) / 1000;
    return NULL;
}

static GThread **
rush_begin (LogStore *log, Rush *rushes, guint n)
{
    GThread **threads = g_new0 (GThread *, n);

    for (guint i = 0; i < n; i++) {
        rushes[i] = (Rush) { log, i, LOG_LOST, 0 };
        threads[i] = g_thread_new ("rush", put_one, &rushes[i]);
    }
    return threads;
}

static void
rush_end (GThread **threads, guint n)
{
    for (guint i = 0; i < n; i++)
        g_thread_join (threads[i]);
    g_free (threads);
}

static void
rush (LogStore *log, Rush *rushes, guint n)
{
    rush_end (rush_begin (log, rushes, n), n);
}

static void
test_locked_and_many_threads (void)
{
    enum { N = 400 };
    g_autofree Rush *rushes = g_new0 (Rush, N);
    Scratch s;
    LogStore *log;
    int release;
    pid_t pid;

    scratch_new (&s);
    logstore_close (open_log (&s));
    pid = lock_elsewhere (&s, &release);
    log = open_log (&s);
    rush (log, rushes, N);
    for (guint i = 0; i < N; i++)
        g_assert_cmpint (rushes[i].put, ==, LOG_SPOOLED);
    unlock_elsewhere (pid, release);
    await_taken (log);
    logstore_close (log);
    assert_rows (&s, N);
    scratch_free (&s);
}

/* While the writer is at one commit, those that the queue has no place for do not wait. */
static void
test_more_threads_than_the_queue_holds (void)
{
    enum { N = 1300 };
    g_autofree Rush *rushes = g_new0 (Rush, N);
    GThread **threads;
    guint spooled = 0;
    Scratch s;
    LogStore *log;

    scratch_new (&s);
    hear_from (&heard);
    log = logstore_open (s.uri, s.spool, 60000, NULL);
    g_assert_cmpint (logstore_put (log, row_new (N)), ==, LOG_COMMITTED);
    g_atomic_int_set (&sync_stands, 1);
    threads = rush_begin (log, rushes, N);
    for (guint i = 0; i < 60000 && logstore_spooled (log) == 0; i++)
        g_usleep (1000); /* until the queue is full, however slow the machine */
    g_atomic_int_set (&sync_stands, 0);
    rush_end (threads, N);
    for (guint i = 0; i < N; i++) {
        g_assert_cmpint (rushes[i].put, !=, LOG_LOST);
        spooled += rushes[i].put == LOG_SPOOLED;
    }
    g_assert_cmpuint (spooled, >, 0);
    g_assert_cmpuint (spooled, <, N);
    await_taken (log);
    logstore_close (log);
    assert_rows (&s, N + 1);
    scratch_free (&s);
}

/* A slow or failing disk */

static void
test_a_slow_disk (void)
{
    enum { N = 8 };
    Rush rushes[N];
    Scratch s;
    LogStore *log;

    scratch_new (&s);
    log = open_log (&s);
    g_assert_cmpint (logstore_put (log, row_new (N)), ==, LOG_COMMITTED);
    g_atomic_int_set (&sync_stands, 1);
    rush (log, rushes, N);
    for (guint i = 0; i < N; i++) {
        g_assert_cmpint (rushes[i].put, ==, LOG_SPOOLED);
        g_assert_cmpint (rushes[i].took_ms, <, WAIT_MS + SLACK_MS);
    }
    g_assert_cmpint (put_within (log, N + 1, WAIT_MS), ==, LOG_SPOOLED); /* waits for nobody */
    g_atomic_int_set (&sync_stands, 0);
    await_taken (log);
    g_assert_cmpint (logstore_put (log, row_new (N + 2)), ==, LOG_COMMITTED);
    logstore_close (log);
    assert_rows (&s, N + 3);
    scratch_free (&s);
}

static void
test_a_sync_that_fails (void)
{
    Scratch s;
    LogStore *log;

    scratch_new (&s);
    log = open_log (&s);
    g_assert_cmpint (logstore_put (log, row_new (0)), ==, LOG_COMMITTED);
    g_atomic_int_set (&sync_fails, 1);
    put_in_trouble (log, 1, 5);
    g_atomic_int_set (&sync_fails, 0);
    await_taken (log);
    assert_told_once ();
    logstore_close (log);
    assert_rows (&s, 6);
    scratch_free (&s);
}

/* Full */

static void
test_a_file_may_not_grow (void)
{
    struct rlimit before, small = { 0 };
    guint n = 0, spooled = 0;
    Scratch s;
    LogStore *log;

    scratch_new (&s);
    log = open_log (&s);
    g_assert_cmpint (logstore_put (log, row_new (n++)), ==, LOG_COMMITTED);
    signal (SIGXFSZ, SIG_IGN);
    g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
    small = (struct rlimit) { 512 * 1024, before.rlim_max };
    g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
    while (n < 2000 && spooled < 20)
        spooled += logstore_put (log, row_new (n++)) == LOG_SPOOLED;
    g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
    g_assert_cmpuint (spooled, ==, 20);
    await_taken (log);
    assert_told_once ();
    logstore_close (log);
    assert_rows (&s, n);
    scratch_free (&s);
}

static gboolean
small_disk (const char *folder)
{
    if (unshare (geteuid () == 0 ? CLONE_NEWNS : CLONE_NEWNS | CLONE_NEWUSER) != 0)
        return FALSE;
    return mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
           mount ("tmpfs", folder, "tmpfs", 0, "size=8m") == 0;
}

static gboolean
fill_disk (const char *path) /* to the last byte */
{
    int fd = open (path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    char block[4096];
    ssize_t n;

    memset (block, 'x', sizeof block);
    while ((n = write (fd, block, sizeof block)) > 0)
        continue;
    close (fd);
    return n < 0 && errno == ENOSPC;
}

static gboolean
mounts_are_allowed (
    void) /* tried in a process of its own: GTest takes a skip in one for a failure */
{
    pid_t child = fork ();
    int status = 1;

    if (child == 0)
        _exit (small_disk (g_get_tmp_dir ()) ? 0 : 1);
    return child > 0 && waitpid (child, &status, 0) == child && status == 0;
}

static void
test_full_disk_inside (void)
{
    g_autofree char *ballast = NULL;
    guint n = 0;
    Scratch s;
    LogStore *log;

    scratch_new (&s);
    g_assert_true (small_disk (s.folder));
    ballast = g_build_filename (s.folder, "ballast", NULL);
    log = open_log (&s);
    while (n < 20)
        g_assert_cmpint (logstore_put (log, row_new (n++)), ==, LOG_COMMITTED);
    g_assert_true (fill_disk (ballast));
    for (guint spooled = 0; spooled < 200; n++) /* the WAL may still have a little room */
        switch (logstore_put (log, row_new (n))) {
        case LOG_SPOOLED:
            spooled++;
            g_usleep (5000); /* so long that the database is tried again on the way */
            break;
        case LOG_COMMITTED:
            g_assert_cmpuint (spooled, ==, 0);
            break;
        case LOG_LOST:
            g_error ("row %u is lost: %s", n, heard_now (&heard).last_warning);
        }
    g_unlink (ballast);
    await_taken (log);
    logstore_close (log);
    assert_rows (&s, n);
    g_assert_cmpint (umount2 (s.folder, MNT_DETACH), ==, 0);
    scratch_free (&s);
}

/* In a process of its own: what it does to itself is not undone. */
static void
alone (void (*test) (void))
{
    if (g_test_subprocess ()) {
        test ();
        return;
    }
    g_test_trap_subprocess (NULL, 0,
                            G_TEST_SUBPROCESS_INHERIT_STDOUT | G_TEST_SUBPROCESS_INHERIT_STDERR);
    g_test_trap_assert_passed ();
}

static void
test_full_disk (void)
{
    if (mounts_are_allowed ())
        alone (test_full_disk_inside);
    else
        g_test_skip ("no tmpfs can be mounted here");
}

/* Read-only */

static void
test_readonly_inside (void)
{
    Scratch s;
    LogStore *log;

    if (geteuid () == 0)
        g_assert_cmpint (setresgid (65534, 65534, 65534) | setresuid (65534, 65534, 65534), ==, 0);
    scratch_new (&s);
    log = open_log (&s);
    g_assert_cmpint (logstore_put (log, row_new (0)), ==, LOG_COMMITTED);
    logstore_close (log);
    g_assert_cmpint (chmod (s.db, 0440), ==, 0);
    log = open_log (&s);
    put_in_trouble (log, 1, 5);
    g_assert_cmpint (chmod (s.db, 0640), ==, 0);
    await_taken (log);
    assert_told_once ();
    logstore_close (log);
    assert_rows (&s, 6);
    scratch_free (&s);
}

static void
test_readonly (void)
{
    alone (test_readonly_inside);
}

/* Damaged */

static void
test_no_database (void)
{
    static const char garbage[] = "This is no database, but somebody may need what it says.\n";
    g_autofree char *still = NULL;
    Scratch s;
    LogStore *log;

    scratch_new (&s);
    g_assert_true (g_file_set_contents (s.db, garbage, -1, NULL));
    log = open_log (&s);
    put_in_trouble (log, 0, 5);
    assert_warned_of (&heard, s.db);
    g_assert_true (g_file_get_contents (s.db, &still, NULL, NULL));
    g_assert_cmpstr (still, ==, garbage); /* never thrown away */
    g_unlink (s.db);
    await_taken (log);
    assert_told_once ();
    logstore_close (log);
    assert_rows (&s, 5);
    scratch_free (&s);
}

static void
test_damaged_pages (void)
{
    g_autofree char *aside = NULL, *bytes = NULL;
    gsize n;
    Scratch s;
    LogStore *log;

    scratch_new (&s);
    aside = beside (&s, ".aside");
    log = open_log (&s);
    for (guint i = 0; i < 50; i++)
        g_assert_cmpint (logstore_put (log, row_new (i)), ==, LOG_COMMITTED);
    logstore_close (log);
    g_assert_true (g_file_get_contents (s.db, &bytes, &n, NULL));
    memset (bytes + n / 2, 0x5a, n / 4);
    g_assert_true (g_file_set_contents (s.db, bytes, (gssize)n, NULL));
    log = open_log (&s);
    put_in_trouble (log, 0, 5);
    assert_warned_of (&heard, "damaged");
    g_assert_cmpint (g_rename (s.db, aside), ==, 0); /* the operator decides */
    await_taken (log);
    logstore_close (log);
    assert_rows (&s, 5);
    scratch_free (&s);
}

/* Gone */

static void
test_deleted_under_way (void)
{
    Scratch s;
    LogStore *log;

    scratch_new (&s);
    log = open_log (&s);
    g_assert_cmpint (logstore_put (log, row_new (7)), ==, LOG_COMMITTED);
    g_unlink (s.db);
    for (guint i = 0; i < 3; i++)
        g_assert_cmpint (logstore_put (log, row_new (i)), ==, LOG_COMMITTED);
    logstore_close (log);
    assert_rows (&s, 3);
    scratch_free (&s);
}

static void
test_replaced_under_way (void)
{
    g_autofree char *aside = NULL;
    Scratch s, old;
    LogStore *log;

    scratch_new (&s);
    scratch_in (&old, s.folder);
    aside = beside (&s, ".1");
    g_free (old.uri);
    old.uri = g_strconcat ("sqlite:", aside, NULL);
    log = open_log (&s);
    for (guint i = 0; i < 3; i++)
        g_assert_cmpint (logstore_put (log, row_new (i)), ==, LOG_COMMITTED);
    g_assert_cmpint (g_rename (s.db, aside), ==,
                     0); /* its WAL stays, as a careless rotation does */
    for (guint i = 0; i < 5; i++)
        g_assert_cmpint (logstore_put (log, row_new (i)), ==, LOG_COMMITTED);
    logstore_close (log);
    assert_rows (&s, 5);
    assert_rows (&old, 3);
    g_unlink (aside);
    g_free (old.folder);
    g_free (old.db);
    g_free (old.uri);
    scratch_free (&s);
}

/* In the midst of a commit: the row is in the moved file and not in the new one, too; or, when
 * there is no other file, in the new one. */
static void
test_taken_under_a_commit (gconstpointer kept)
{
    g_autofree char *aside = NULL, *aside_uri = NULL;
    Scratch s, old;
    LogStore *log;

    scratch_new (&s);
    aside = beside (&s, ".1");
    aside_uri = g_strconcat ("sqlite:", aside, NULL);
    old = (Scratch) { .folder = s.folder, .db = aside, .uri = aside_uri };
    log = open_log (&s);
    g_assert_cmpint (logstore_put (log, row_new (0)), ==, LOG_COMMITTED);
    sync_takes_to = kept != NULL ? aside : NULL;
    sync_takes = s.db;
    g_assert_cmpint (logstore_put (log, row_new (1)), ==, LOG_COMMITTED);
    g_assert_null (sync_takes);
    g_assert_cmpint (logstore_put (log, row_new (2)), ==, LOG_COMMITTED);
    logstore_close (log);
    g_assert_cmpint (ask (&s, "SELECT count (*) FROM reports"), ==, kept != NULL ? 1 : 2);
    if (kept != NULL)
        assert_rows (&old, 2);
    scratch_free (&s);
}

static void
test_no_folder (void)
{
    Scratch s;
    LogStore *log;

    scratch_new (&s);
    g_rmdir (s.folder);
    log = open_log (&s);
    g_assert_cmpint (put_within (log, 0, WAIT_MS + SLACK_MS), ==, LOG_LOST);
    g_assert_cmpint (put_within (log, 1, WAIT_MS), ==, LOG_LOST);
    g_assert_cmpuint (heard_now (&heard).warnings, ==, 2); /* the database's and the spool's */
    g_assert_cmpint (g_mkdir (s.folder, 0755), ==, 0);
    await_message (&heard);
    for (guint i = 0; i < 2; i++)
        g_assert_cmpint (logstore_put (log, row_new (i)), ==, LOG_COMMITTED);
    logstore_close (log);
    assert_rows (&s, 2);
    scratch_free (&s);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/store-faults/locked/by-another-process", test_locked);
    g_test_add_func ("/store-faults/locked/for-a-moment", test_locked_for_a_moment);
    g_test_add_func ("/store-faults/locked/and-many-threads", test_locked_and_many_threads);
    g_test_add_func ("/store-faults/disk/slow", test_a_slow_disk);
    g_test_add_func ("/store-faults/disk/slow-and-more-threads-than-the-queue-holds",
                     test_more_threads_than_the_queue_holds);
    g_test_add_func ("/store-faults/disk/a-sync-that-fails", test_a_sync_that_fails);
    g_test_add_func ("/store-faults/full/a-file-may-not-grow", test_a_file_may_not_grow);
    g_test_add_func ("/store-faults/full/the-disk", test_full_disk);
    g_test_add_func ("/store-faults/readonly/the-file", test_readonly);
    g_test_add_func ("/store-faults/damaged/no-database", test_no_database);
    g_test_add_func ("/store-faults/damaged/pages", test_damaged_pages);
    g_test_add_func ("/store-faults/gone/deleted-under-way", test_deleted_under_way);
    g_test_add_func ("/store-faults/gone/replaced-under-way", test_replaced_under_way);
    g_test_add_data_func ("/store-faults/gone/moved-under-a-commit", "", test_taken_under_a_commit);
    g_test_add_data_func ("/store-faults/gone/deleted-under-a-commit", NULL,
                          test_taken_under_a_commit);
    g_test_add_func ("/store-faults/gone/no-folder", test_no_folder);
    return g_test_run ();
}
