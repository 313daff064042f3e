/* Rows out of the spool, from where they stand. */
#include "effect/logspool_own.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

/* A lock of its own kind keeps other takers out, but not those who add lines. */
static gboolean
lock_taking (int fd)
{
    struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

    return fcntl (fd, F_OFD_SETLK, &whole) == 0;
}

static gboolean
start_taking (LogSpool *s, GError **error)
{
    int fd = open (s->path, O_RDWR | O_CLOEXEC);

    if (fd < 0)
        return errno == ENOENT || logspool_fail (s->path, error);
    if (!lock_taking (fd)) { /* another process is at it */
        close (fd);
        return TRUE;
    }
    s->from = fd;
    s->stored_to = s->read_to = s->kept_bad_to = 0;
    s->handed = 0;
    return TRUE;
}

/* How much of the file is whole lines: nobody is writing one while we have the lock. */
static gboolean
measure (LogSpool *s, off_t *ret_end)
{
    struct stat st;
    gboolean ours;

    while (flock (s->from, LOCK_EX) != 0 && errno == EINTR)
        continue;
    ours = logspool_is_at (s->from, s->path, &st);
    flock (s->from, LOCK_UN);
    *ret_end = st.st_size;
    return ours;
}

static void
take_line (LogSpool *s, Span line, off_t end, GPtrArray *rows)
{
    const char *defect;
    g_autoptr (Json) j = json_read (line, &defect);
    LogRow *row = j != NULL ? logrow_from_json (j) : NULL;
    g_autoptr (GString) bad = NULL;

    s->handed++;
    if (row != NULL) {
        g_ptr_array_add (rows, row);
        return;
    }
    if (end <= s->kept_bad_to)
        return;
    bad = g_string_new_len (line.p, (gssize)span_left (line));
    logspool_keep_bad_line (s, g_string_append_c (bad, '\n'), "no row");
    s->kept_bad_to = end;
}

static gboolean
take_lines (LogSpool *s, FILE *f, off_t end, GPtrArray *rows, guint max)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t got;

    while (rows->len < max && s->read_to < end && (got = getline (&line, &room, f)) > 0) {
        Span text = span_trim ((Span) { line, line + got });

        s->read_to += got;
        if (span_left (text) > 0)
            take_line (s, text, s->read_to, rows);
    }
    free (line);
    return !ferror (f);
}

/* The stream is made anew each time: one that lives on would have read a part of what is written.
 */
static gboolean
take_from (LogSpool *s, off_t end, GPtrArray *rows, guint max, GError **error)
{
    int fd = fcntl (s->from, F_DUPFD_CLOEXEC, 0);
    FILE *f = fd >= 0 ? fdopen (fd, "r") : NULL;
    gboolean good;

    if (f == NULL) {
        logspool_fail (s->path, error);
        if (fd >= 0)
            close (fd);
        return FALSE;
    }
    good = (fseeko (f, s->read_to, SEEK_SET) == 0 && take_lines (s, f, end, rows, max)) ||
           logspool_fail (s->path, error);
    fclose (f);
    return good;
}

/* Emptied under the lock, and only when no line came since: then its room is kept anew. */
static void
empty (LogSpool *s)
{
    struct stat st;

    while (flock (s->from, LOCK_EX) != 0 && errno == EINTR)
        continue;
    if (logspool_is_at (s->from, s->path, &st) && st.st_size == s->stored_to) {
        if (st.st_size > 0 && ftruncate (s->from, 0) == 0)
            logspool_keep_room (s, s->from);
        pthread_mutex_lock (&s->lock);
        s->waiting = 0;
        pthread_mutex_unlock (&s->lock);
        logspool_stop_taking (s);
        return;
    }
    flock (s->from, LOCK_UN);
}

gboolean
logspool_take (LogSpool *s, GPtrArray *rows, guint max, GError **error)
{
    off_t end;

    if (s->from < 0 && !start_taking (s, error))
        return FALSE;
    if (s->from < 0)
        return TRUE;
    if (!measure (s,
                  &end)) { /* somebody took the file away: what is at its place comes next time */
        logspool_stop_taking (s);
        return TRUE;
    }
    if (!take_from (s, end, rows, max, error)) {
        logspool_again (s);
        return FALSE;
    }
    if (rows->len == 0) /* nothing but bad lines was left */
        logspool_taken (s);
    return TRUE;
}

void
logspool_taken (LogSpool *s)
{
    logspool_change (s, -(gint64)s->handed);
    s->handed = 0;
    s->stored_to = s->read_to;
    empty (s);
}

void
logspool_again (LogSpool *s)
{
    s->handed = 0;
    s->read_to = s->stored_to;
}
