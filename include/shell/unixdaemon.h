/*
 * unixdaemon - what a daemon does to its own process
 *
 * Background, pid file, rights, open files.  All of it before there are threads.
 */
#pragma once
#include <glib.h>
#include <sys/types.h>

/* Forks; the child goes on in a new session, the parent waits for unixdaemon_ready() and ends with
 * 0, or with the child's exit status when that ends before.  Returns what to hand to _ready(). */
int  unixdaemon_background (void);
void unixdaemon_ready (int report); /* lets go of the terminal; -1 is fine */

/* Locked as long as the process lives: a second daemon is refused and told who has it. */
int  unixdaemon_pid_file (const char *path, GError **error); /* a descriptor, or -1 */
void unixdaemon_remove_pid_file (const char *path, int fd);

typedef struct Identity { /* (uid_t) -1: stay who we are */
    uid_t uid;
    gid_t gid;
    const char *user;
} Identity;

gboolean unixdaemon_identity (const char *user, const char *group, Identity *ret, GError **error);
gboolean unixdaemon_become (const Identity *identity, GError **error);

void unixdaemon_raise_open_files (void); /* to the hard limit */
