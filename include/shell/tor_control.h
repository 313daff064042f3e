/*
 * tor_control - a question to a running tor over its control socket (control-spec)
 *
 * Where: unix:/path, inet:PORT@HOST, or HOST:PORT.  Authenticates with the
 * password when one is given, else with nothing or the cookie file, whatever
 * tor asks for.  Every call waits at most TOR_CONTROL_WAIT_MS in all; a reply has
 * at most TOR_CONTROL_MAX_BYTES.  Blocks: never call it while a mail waits.
 */
#pragma once
#include <glib.h>

#define TOR_CONTROL_WAIT_MS 3000
#define TOR_CONTROL_MAX_BYTES (1024 * 1024)

typedef struct TorControl TorControl;

TorControl *tor_control_open (const char *where, const char *password, GError **error);
void        tor_control_close (TorControl *c); /* NULL is fine */

/* The reply's lines without their codes, with LF; NULL and tor's words when it refuses.  g_free() it. */
char *tor_control_ask (TorControl *c, const char *command, GError **error);

/* What tor's exit policy is, as in its descriptor; opens and closes.  g_free() it. */
char *tor_control_exit_policy (const char *where, const char *password, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TorControl, tor_control_close)
