#include "shell/signals.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

struct Signals {
    int out;
};

static int wake = -1; /* a signal handler has no other way to know where to write */

static void
write_event (Event event)
{
    char byte = (char)event;
    int saved = errno;

    while (write (wake, &byte, 1) < 0 && errno == EINTR)
        ; /* a full pipe already holds enough of them */
    errno = saved;
}

static void
on_signal (int number)
{
    write_event (number == SIGHUP ? EVENT_RELOAD : EVENT_STOP);
}

Signals *
signals_start (void)
{
    /* Not blocked while it is handled: a second one would go to libmilter's thread. */
    struct sigaction action = { .sa_handler = on_signal, .sa_flags = SA_RESTART | SA_NODEFER };
    Signals *s = g_new0 (Signals, 1);
    int ends[2];

    g_assert (wake == -1);
    if (pipe2 (ends, O_CLOEXEC | O_NONBLOCK) != 0)
        g_error ("cannot make a pipe: %s", g_strerror (errno));
    s->out = ends[0];
    wake = ends[1];
    sigemptyset (&action.sa_mask);
    sigaction (SIGHUP, &action, NULL);
    sigaction (SIGTERM, &action, NULL);
    sigaction (SIGINT, &action, NULL);
    signal (SIGPIPE, SIG_IGN);
    return s;
}

Event
signals_wait (Signals *s, gint wait_ms)
{
    struct pollfd poll_out = { s->out, POLLIN, 0 };
    char byte;

    if (poll (&poll_out, 1, wait_ms) <= 0 || read (s->out, &byte, 1) != 1)
        return EVENT_NONE;
    return (Event)byte;
}

void
signals_raise (Signals *s, Event event)
{
    (void)s;
    write_event (event);
}
