/*
 * tor_world - the exit lists and the running tor that the settings name, read outside of judging
 *
 * Whatever of them cannot be read is told, and the rest is used: a list that is
 * not there yet is no reason not to start.  Not for several threads at once.
 */
#pragma once
#include "know/knowledge.h"

#define TOR_WORLD_LOOK_S 10     /* how often to ask tor_world_changed() */
#define TOR_WORLD_ASK_S 600     /* how often that asks tor, which logs each time */
#define TOR_WORLD_RETRY_S 30    /* the same while it has not answered yet */
#define TOR_WORLD_MAX_FILES 5000

typedef struct TorWorld TorWorld;
typedef void (*TorTell) (const char *problem, gpointer data); /* a sentence */

TorWorld *tor_world_new (void);
void      tor_world_free (TorWorld *w); /* NULL is fine */

/* A snapshot of `k' with all that can be read; a problem is told once, until it has changed. */
Knowledge *tor_world_read (TorWorld *w, Knowledge *k, TorTell tell, gpointer data);

/* Has any of it changed since (a file's time, size or inode, a folder's files, tor's answer)?  Then it
 * is to be read again. */
gboolean tor_world_changed (TorWorld *w, const Settings *settings);

/* "exit policy of 18 rules, 1342 addresses in exit lists, the newest of ..."; g_free() it. */
char *tor_world_summary (const Knowledge *k);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TorWorld, tor_world_free)
