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

Daemon    *daemon_new (Knowledge *know, LogStore *log); /* takes both; log may be NULL */
void       daemon_free (Daemon *d);
void       daemon_set_knowledge (Daemon *d, Knowledge *know); /* takes it; sessions keep theirs */
Knowledge *daemon_knowledge (Daemon *d);                /* a reference */

/* Blocks in smfi_main until daemon_stop(); FALSE and an error when the socket cannot be had. */
gboolean   daemon_listen (Daemon *d, GError **error);   /* opens the socket, sets mode and group */
gboolean   daemon_run (Daemon *d, GError **error);
void       daemon_stop (Daemon *d);                     /* from any thread: drains */
