#include "shell/notify.h"
#include <systemd/sd-daemon.h>

void
notify_ready (const char *status)
{
    sd_notifyf (0, "READY=1\nSTATUS=%s", status);
}

void
notify_reloading (void)
{
    sd_notifyf (0, "RELOADING=1\nMONOTONIC_USEC=%" G_GINT64_FORMAT, g_get_monotonic_time ());
}

void
notify_stopping (void)
{
    sd_notify (0, "STOPPING=1");
}

void
notify_alive (void)
{
    sd_notify (0, "WATCHDOG=1");
}

gint
notify_watchdog_ms (void)
{
    guint64 usec = 0;

    if (sd_watchdog_enabled (0, &usec) <= 0)
        return -1;
    return (gint)MIN (usec / 2000, G_MAXINT); /* half the time it allows, as its manual advises */
}
