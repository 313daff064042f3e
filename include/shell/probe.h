/*
 * probe - asks a milter whether it is alive, as an MTA would: a negotiation on its own socket
 */
#pragma once
#include <glib.h>

/* FALSE and the reason when there was no right answer in time. */
gboolean probe_milter (const char *listen, guint wait_ms, GError **error);
