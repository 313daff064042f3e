/*
 * logspool_own - what logspool.c, which adds rows, and logspool_take.c share
 */
#pragma once
#include "effect/logspool.h"
#include <pthread.h>
#include <sys/stat.h>

struct LogSpool {
    char *path, *bad, *folder;
    pthread_mutex_t lock; /* guards waiting */
    guint64 waiting;
    /* the taking thread's own */
    int from;          /* the file at path while we are the one who takes from it; else -1 */
    off_t stored_to;   /* up to here it is in the database */
    off_t read_to;     /* up to here it was handed out */
    off_t kept_bad_to; /* up to here its bad lines were put aside */
    guint64 handed;    /* lines between stored_to and read_to */
};

gboolean logspool_fail (const char *path, GError **error); /* by errno; FALSE */
void     logspool_change (LogSpool *s, gint64 change);     /* of the rows that wait */
gboolean logspool_is_at (int fd, const char *path, struct stat *ret); /* the open file is that at path */
void     logspool_keep_room (const LogSpool *s, int fd);   /* behind the end of an empty one */
void     logspool_stop_taking (LogSpool *s);               /* its lock goes with the file */
void     logspool_keep_bad_line (LogSpool *s, GString *line, const char *why); /* `line' may change */
