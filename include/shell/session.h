/*
 * session - the milter conversation: the door to libmilter
 *
 * Per connection and per message state are apart; xxfi_abort may come at any
 * time.  Mail to unwatched recipients only is accepted before its body.  A
 * watched mail is collected (its head, when it is larger than
 * message_limit_bytes, and a defect says so), judged, its row committed or
 * spooled, forged headers removed, ours inserted at the top.  Whatever goes
 * wrong, the mail goes on (or is deferred, when on_error says tempfail).
 */
#pragma once
#include "effect/logstore.h"
#include "know/knowledge.h"

typedef struct Daemon Daemon; /* what sessions share: the current snapshot, the log, counters */

#define DAEMON_DRAIN_S 10 /* a stop waits this long for mails that have begun */
#define DAEMON_WORK_S 5   /* and then this long for those being judged or logged */

Daemon    *daemon_new (Knowledge *know, LogStore *log); /* takes both; log may be NULL */
void       daemon_free (Daemon *d);                     /* only while no session can be running */
void       daemon_set_log (Daemon *d, LogStore *log);   /* takes it; once, before daemon_run() */
void       daemon_set_knowledge (Daemon *d, Knowledge *know); /* takes it; sessions keep theirs */
Knowledge *daemon_knowledge (Daemon *d);                /* a reference */

/* Opens the socket of the settings and sets its mode and group; `owner' (or -1) is to own it.
 * Fails when another program answers there.  One daemon a process: libmilter has room for one. */
gboolean daemon_listen (Daemon *d, uid_t owner, GError **error);

/* Blocks until daemon_stop(); then the mails under way are finished (DAEMON_DRAIN_S), the log is
 * closed, and the process should end: libmilter's threads cannot be ended one by one. */
gboolean daemon_run (Daemon *d, GError **error);
void     daemon_stop (Daemon *d); /* from any thread, also before daemon_run() */
