#include "shell/probe.h"
#include "shell/socket.h"
#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* The milter protocol: length, command, then for 'O' version 6, no actions, no steps left out. */
static const guint8 negotiate[] = {
    0, 0, 0, 13, 'O', 0, 0, 0, 6, 0, 0, 1, 0xff, 0, 0x1f, 0xff, 0xff
};
static const guint8 quit[] = { 0, 0, 0, 1, 'Q' };

gboolean
probe_milter (const char *listen, guint wait_ms, GError **error)
{
    struct timeval wait = { wait_ms / 1000, (wait_ms % 1000) * 1000 };
    int fd = socket_connect (listen, error);
    guint8 reply[5] = { 0 };
    gboolean answered;

    if (fd < 0)
        return FALSE;
    setsockopt (fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    setsockopt (fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait);
    answered = send (fd, negotiate, sizeof negotiate, MSG_NOSIGNAL) == sizeof negotiate &&
               recv (fd, reply, sizeof reply, MSG_WAITALL) == sizeof reply && reply[4] == 'O';
    send (fd, quit, sizeof quit, MSG_NOSIGNAL);
    close (fd);
    if (!answered)
        g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED,
                     "%s: no milter answered within %u ms", listen, wait_ms);
    return answered;
}
