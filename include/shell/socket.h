/*
 * socket - the listening socket's surroundings
 *
 * Names are those of the `listen' setting: unix:/path (or local:/path),
 * inet:port@host, inet6:port@host; the host may be left out.
 */
#pragma once
#include <glib.h>
#include <sys/types.h>

gboolean    socket_is_unix (const char *listen);
const char *socket_path (const char *listen); /* of a unix socket; points into `listen' */

/* Makes sure that listening can succeed: the folder is there, nobody answers at the name, a socket
 * file left by a dead program is removed (nothing else ever is), the port is free. */
gboolean socket_prepare (const char *listen, GError **error);

/* A unix socket's owner (-1: as it is), group (NULL: as it is) and mode, in an order that never
 * opens it wider than `mode'.  Nothing to do for the others. */
gboolean socket_give (const char *listen, uid_t owner, const char *group, guint mode,
                      GError **error);
void     socket_remove (const char *listen); /* at the end, when it still is a socket */

void socket_set_nodelay (void); /* on every TCP socket of this process that listens: accepted ones inherit it */

/* A socket that listens there, for others than libmilter, which opens its own; -1 and an error.
 * A unix socket has `mode' from the beginning. */
int socket_listen (const char *listen, guint mode, GError **error);

/* A connected socket, or -1 and an error. */
int socket_connect (const char *listen, GError **error);
