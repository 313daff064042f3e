/*
 * notify - telling systemd how we are (the door to libsystemd)
 *
 * Each does nothing when systemd did not start us.
 */
#pragma once
#include <glib.h>

void notify_ready (const char *status);
void notify_reloading (void);
void notify_stopping (void);
void notify_alive (void); /* feeds the watchdog */

gint notify_watchdog_ms (void); /* how often it wants to be fed; -1 never */
