/*
 * logspool - rows on a plain file while the database cannot take them
 *
 * DB.spool holds one JSON object a line (logrow_to_json), mode 0640.  A line
 * is there whole, and on the disk, when logspool_add() returns.  Room for
 * SPOOL_RESERVE_BYTES is kept behind the file's end where the file system can,
 * so that a full disk still takes some hundred rows.
 *
 * Rows are taken in from where they stand, and the file is emptied once its
 * last row was stored: a crash on the way loses nothing, and stores nothing
 * twice, for the id is the key; and as long as the trouble lasts the file
 * keeps its room.  A line that is no row (torn by a crash) goes to
 * DB.spool.bad.  Several processes may share a spool.
 */
#pragma once
#include "effect/logrow.h"

#define SPOOL_RESERVE_BYTES (2 << 20)

typedef struct LogSpool LogSpool;

/* Where the rows of the log at `uri' wait: beside it when it is a file, else at `elsewhere'; g_free() it. */
char *logspool_path_of (const char *uri, const char *elsewhere);

LogSpool *logspool_new (
    const char *path); /* never fails; nothing is there yet, perhaps not even the folder */
void logspool_free (LogSpool *s); /* removes the file when it is empty; NULL is fine */
const char *logspool_path (const LogSpool *s);

gboolean logspool_add (LogSpool *s, LogRow *const *rows, guint n, GError **error); /* any thread */
guint64 logspool_waiting (LogSpool *s);                                            /* any thread */

/* Taking in, by one thread: up to max rows into `rows' (which frees them), none when nothing waits
 * or another process is at it.  Then either logspool_taken(), or the same rows come again. */
gboolean logspool_take (LogSpool *s, GPtrArray *rows, guint max, GError **error);
void logspool_taken (LogSpool *s);
void logspool_again (LogSpool *s);

/* Without taking anything: the rows that wait at `path', and the lines that were no row. */
guint64  logspool_count (const char *path);
guint64  logspool_count_bad (const char *path);

/* A row that the database can never take is kept for a person to look at. */
void logspool_keep_bad (LogSpool *s, const LogRow *row);
