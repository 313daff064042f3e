#include "effect/db.h"
#include "effect/logspool_own.h"
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_MODE 0640

gboolean
logspool_fail (const char *path, GError **error)
{
    int e = errno;

    g_set_error (error, G_FILE_ERROR, (gint)g_file_error_from_errno (e), "%s: %s", path,
                 g_strerror (e));
    return FALSE;
}

void
logspool_change (LogSpool *s, gint64 change)
{
    pthread_mutex_lock (&s->lock);
    s->waiting = change < 0 && (guint64)-change > s->waiting ? 0 : s->waiting + (guint64)change;
    pthread_mutex_unlock (&s->lock);
}

guint64
logspool_waiting (LogSpool *s)
{
    guint64 n;

    pthread_mutex_lock (&s->lock);
    n = s->waiting;
    pthread_mutex_unlock (&s->lock);
    return n;
}

const char *
logspool_path (const LogSpool *s)
{
    return s->path;
}

/* Files */

gboolean
logspool_is_at (int fd, const char *path, struct stat *ret)
{
    struct stat there;

    return fstat (fd, ret) == 0 && stat (path, &there) == 0 && there.st_dev == ret->st_dev &&
           there.st_ino == ret->st_ino;
}

/* The file at `path' under its lock.  Who waited for the lock may hold a file that was renamed
 * meanwhile, in which nobody would look for a new line: then it is opened again. */
static int
open_locked (const char *path, int flags, struct stat *ret)
{
    for (;;) {
        int fd = open (path, O_RDWR | O_APPEND | O_CLOEXEC | flags, FILE_MODE);

        if (fd < 0)
            return -1;
        while (flock (fd, LOCK_EX) != 0 && errno == EINTR)
            continue;
        if (logspool_is_at (fd, path, ret))
            return fd;
        close (fd);
    }
}

static void
sync_folder (const LogSpool *s) /* a new name is on the disk only when its folder is */
{
    int fd = open (s->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd >= 0) {
        fsync (fd);
        close (fd);
    }
}

void
logspool_keep_room (const LogSpool *s, int fd)
{
    if (fallocate (fd, FALLOC_FL_KEEP_SIZE, 0, SPOOL_RESERVE_BYTES) != 0)
        g_debug ("%s: no room kept: %s", s->path, g_strerror (errno));
}

static void
reserve (LogSpool *s)
{
    struct stat st;
    int fd = open_locked (s->path, O_CREAT, &st);

    if (fd < 0)
        return;
    if (st.st_size == 0)
        logspool_keep_room (s, fd);
    close (fd);
}

void
logspool_stop_taking (LogSpool *s) /* its lock goes with the file */
{
    if (s->from >= 0)
        close (s->from);
    s->from = -1;
}

char *
logspool_path_of (const char *uri, const char *elsewhere)
{
    const char *where;
    const DbBackend *is = db_backend (uri, &where, NULL);

    return is != NULL && is->file ? g_strconcat (where, ".spool", NULL) : g_strdup (elsewhere);
}

guint64
logspool_count (const char *path)
{
    FILE *f = fopen (path, "re");
    char *line = NULL;
    size_t room = 0;
    guint64 n = 0;

    if (f == NULL)
        return 0;
    for (ssize_t got; (got = getline (&line, &room, f)) > 0;)
        n += got > 1;
    free (line);
    fclose (f);
    return n;
}

guint64
logspool_count_bad (const char *path)
{
    g_autofree char *bad = g_strconcat (path, ".bad", NULL);

    return logspool_count (bad);
}

LogSpool *
logspool_new (const char *path)
{
    LogSpool *s = g_new0 (LogSpool, 1);

    s->path = g_strdup (path);
    s->bad = g_strconcat (path, ".bad", NULL);
    s->folder = g_path_get_dirname (path);
    pthread_mutex_init (&s->lock, NULL);
    s->from = -1;
    s->waiting = logspool_count (path);
    reserve (s);
    return s;
}

void
logspool_free (LogSpool *s)
{
    struct stat st;
    int fd;

    if (s == NULL)
        return;
    fd = open_locked (s->path, 0, &st);
    if (fd >= 0) {
        if (st.st_size == 0)
            unlink (s->path);
        close (fd);
    }
    logspool_stop_taking (s);
    pthread_mutex_destroy (&s->lock);
    g_free (s->path);
    g_free (s->bad);
    g_free (s->folder);
    g_free (s);
}

/* Adding */

static gboolean
write_all (int fd, const char *p, gsize n)
{
    while (n > 0) {
        ssize_t done = write (fd, p, n);

        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return FALSE;
        p += done;
        n -= (gsize)done;
    }
    return TRUE;
}

static gboolean
ends_torn (int fd, off_t size)
{
    char last;

    return size > 0 && pread (fd, &last, 1, size - 1) == 1 && last != '\n';
}

/* Whole lines or none: what a full disk cut off is taken back while the lock is held.  A line that
 * a crash has torn gets an end, so that it does not swallow ours. */
static gboolean
append (const LogSpool *s, const char *path, GString *lines, GError **error)
{
    struct stat st;
    int fd = open_locked (path, O_CREAT, &st);
    gboolean good;

    if (fd < 0)
        return logspool_fail (path, error);
    if (ends_torn (fd, st.st_size))
        g_string_prepend_c (lines, '\n');
    good = write_all (fd, lines->str, lines->len) || logspool_fail (path, error);
    if (!good && ftruncate (fd, st.st_size) != 0)
        g_warning ("%s: a line that was cut off stays: %s", path, g_strerror (errno));
    flock (fd, LOCK_UN); /* to wait for the disk nobody needs the others to wait */
    good = good && (fdatasync (fd) == 0 || logspool_fail (path, error));
    close (fd);
    if (good && st.st_size == 0)
        sync_folder (s);
    return good;
}

static void
add_line (GString *lines, const LogRow *row)
{
    g_autoptr (Json) j = logrow_to_json (row);
    g_autofree char *line = json_line (j);

    g_string_append (lines, line);
    g_string_append_c (lines, '\n');
}

gboolean
logspool_add (LogSpool *s, LogRow *const *rows, guint n, GError **error)
{
    g_autoptr (GString) lines = g_string_new (NULL);

    for (guint i = 0; i < n; i++)
        add_line (lines, rows[i]);
    if (!append (s, s->path, lines, error))
        return FALSE;
    logspool_change (s, n);
    return TRUE;
}

void
logspool_keep_bad_line (LogSpool *s, GString *line, const char *why)
{
    g_autoptr (GError) error = NULL;

    if (append (s, s->bad, line, &error))
        g_warning ("%s: a line is %s: it is kept in %s", s->path, why, s->bad);
    else
        g_warning ("%s: a line is %s, and could not be kept: %s", s->path, why, error->message);
}

void
logspool_keep_bad (LogSpool *s, const LogRow *row)
{
    g_autoptr (GString) line = g_string_new (NULL);

    add_line (line, row);
    logspool_keep_bad_line (s, line, "refused by the database");
}
