/*
 * logstore_inner - what logstore.c (putting, any thread) and logstore_writer.c (the one thread that
 * writes) share
 */
#pragma once
#include "effect/db.h"
#include "effect/logindex.h"
#include "effect/logspool.h"
#include "effect/logstore.h"
#include "effect/logwrite.h"
#include <pthread.h>

#define RETRY_MIN_MS 200
#define NEVER G_MAXINT64

typedef enum SlotState { SLOT_QUEUED, SLOT_TAKEN, SLOT_DONE } SlotState;

/* One waiting logstore_put().  It and the queue (or the writer) hold a reference each. */
typedef struct Slot {
    LogRow *row; /* only read until the last reference goes */
    guint refs;
    SlotState state;
    LogPut outcome;
    gboolean left; /* the putter waits no longer and spools the row itself */
    pthread_cond_t done;
    GList link;
} Slot;

struct LogStore {
    char *uri;
    guint wait_ms;
    LogSpool *spool;
    pthread_t thread;

    pthread_mutex_t lock; /* guards the slots but for their rows, and: */
    pthread_cond_t work;
    GQueue queue;
    gboolean trouble; /* the database cannot: rows go to the spool at once */
    gboolean stuck;   /* the writer is at one commit for longer than wait_ms: so they do, too */
    gboolean reopen, quit;
    guint wanted; /* rows in the queue that the writer waits for; 0: any */
    guint64 lost; /* since the trouble began */

    pthread_mutex_t book_lock; /* guards: */
    pthread_cond_t book_changed;
    CaseBook *book;
    gboolean book_ready; /* the last stored cases are in it */
    gint64 book_by_ms;   /* for which a mail waits until then */
    guint64 book_reports;

    /* the writer's own */
    LogWriter *db;
    gint64 spool_at_ms; /* when to look into the spool, and after trouble at the database, again */
    guint retry_ms;
    gint64 index_at_ms; /* when to make searchable what was put */
    guint unindexed;    /* rows put since it was all searchable */
    gboolean index_warned;
    gboolean book_loaded; /* all that will be */
    gint64 cases_at_ms; /* when to ask what operators and other hosts did to cases */
};

void *logstore_writer (void *data); /* the thread's body; data: the LogStore */

/* logstore_cases.c, of the writer: stored cases into the book, the newest first, some at a time; and
 * what others did to them. */
CaseBook *logstore_new_book (void);
gboolean logstore_load_cases (LogStore *ls, guint max, gboolean *ret_all, GError **error);
gboolean logstore_follow_cases (LogStore *ls, GError **error);

/* logstore_idle.c, of the writer. */
void logstore_note_unindexed (LogStore *ls, guint n); /* rows that were put */
void logstore_make_searchable (LogStore *ls);         /* when index_at_ms has come */
void logstore_care_for_cases (LogStore *ls);          /* when cases_at_ms has come */

LogPut logstore_spool (LogStore *ls, LogRow *const *rows, guint n);
void   logstore_slot_unref (Slot *slot); /* under the lock */

gint64   logstore_now_ms (void); /* CLOCK_MONOTONIC, as are: */
gboolean logstore_wait_us (pthread_cond_t *cond, pthread_mutex_t *lock, gint64 at_us); /* FALSE: time is over */
gboolean logstore_wait (pthread_cond_t *cond, pthread_mutex_t *lock, gint64 at_ms);   /* NEVER: no end */
