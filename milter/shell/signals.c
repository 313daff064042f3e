#include "shell/signals.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

/* A signal handler has no other way to know where to write. */
static int read_end = -1, write_end = -1;

void
signals_raise (Event event)
{
    char byte = (char)event;
    int saved = errno;

    while (write (write_end, &byte, 1) < 0 && errno == EINTR)
        ; /* a full pipe already holds enough of them */
    errno = saved;
}

static void
on_signal (int number)
{
    signals_raise (number == SIGHUP ? EVENT_RELOAD : EVENT_STOP);
}

void
signals_start (void)
{
    /* Not blocked while it is handled: a second one would go to libmilter's thread. */
    struct sigaction action = { .sa_handler = on_signal, .sa_flags = SA_RESTART | SA_NODEFER };
    int ends[2];

    g_assert (read_end == -1);
    if (pipe2 (ends, O_CLOEXEC | O_NONBLOCK) != 0)
        g_error ("cannot make a pipe: %s", g_strerror (errno));
    read_end = ends[0];
    write_end = ends[1];
    sigemptyset (&action.sa_mask);
    sigaction (SIGHUP, &action, NULL);
    sigaction (SIGTERM, &action, NULL);
    sigaction (SIGINT, &action, NULL);
    signal (SIGPIPE, SIG_IGN);
    signal (SIGXFSZ,
            SIG_IGN); /* a limit on file sizes is a full disk: the log spools, the mail goes on */
}

Event
signals_wait (gint wait_ms)
{
    struct pollfd readable = { read_end, POLLIN, 0 };
    char byte;

    if (poll (&readable, 1, wait_ms) <= 0 || read (read_end, &byte, 1) != 1)
        return EVENT_NONE;
    return (Event)byte;
}
