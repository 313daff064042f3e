#include "shell/callbacks.h"
#include "shell/daemon.h"
#include "shell/socket.h"
#include <signal.h>
#include <sys/stat.h>

#define BACKLOG 1024

/* libmilter hangs up on a longer packet.  Its own 64 KiB are less than a header field that Postfix
 * lets pass (header_size_limit, 100 KiB). */
#define LARGEST_PACKET (1024 * 1024)

static gboolean
open_socket (Daemon *d, const char *listen, GError **error)
{
    g_autofree char *name = g_strdup (listen);

    smfi_setmaxdatasize (LARGEST_PACKET);
    if (smfi_setconn (name) == MI_SUCCESS &&
        smfi_register (session_callbacks (d, socket_is_unix (listen))) == MI_SUCCESS &&
        smfi_setbacklog (BACKLOG) == MI_SUCCESS && smfi_opensocket (FALSE) == MI_SUCCESS)
        return TRUE;
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "cannot listen at %s", listen);
    return FALSE;
}

gboolean
daemon_listen (Daemon *d, uid_t owner, GError **error)
{
    g_autoptr (Knowledge) know = daemon_knowledge (d);
    const Settings *settings = know->settings;
    mode_t before;
    gboolean opened;

    if (!socket_prepare (settings->listen, error))
        return FALSE;
    before = umask (0177); /* nobody else gets in before mode and group are right */
    opened = open_socket (d, settings->listen, error);
    umask (before);
    if (!opened)
        return FALSE;
    socket_set_nodelay (); /* Nagle and delayed acknowledgements: 23 instead of 700 mails a second
                            */
    return socket_give (settings->listen, owner, settings->socket_group, settings->socket_mode,
                        error);
}

static gpointer
serve (gpointer data)
{
    Daemon *d = data;
    sigset_t all;

    sigfillset (&all); /* libmilter waits for signals of its own: see abuse-milter.c */
    pthread_sigmask (SIG_BLOCK, &all, NULL);
    if (smfi_main () != MI_SUCCESS)
        daemon_broke (d);
    return NULL;
}

gboolean
daemon_run (Daemon *d, GError **error)
{
    g_thread_unref (g_thread_new ("milter", serve, d));
    if (!daemon_wait (d)) {
        g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "the milter library gave up");
        return FALSE;
    }
    if (!daemon_drain (d, DAEMON_DRAIN_S, DAEMON_WORK_S))
        g_warning ("stopping although a mail is still being judged");
    return TRUE;
}
