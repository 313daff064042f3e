#include "shell/socket.h"
#include <errno.h>
#include <glib/gstdio.h>
#include <grp.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

typedef union Address {
    struct sockaddr any;
    struct sockaddr_un un;
    struct sockaddr_storage room;
} Address;

static gboolean
fail (GError **error, int number, const char *listen, const char *what)
{
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (number), "%s: %s: %s", listen, what,
                 g_strerror (number));
    return FALSE;
}

const char *
socket_path (const char *listen)
{
    if (g_str_has_prefix (listen, "unix:") || g_str_has_prefix (listen, "local:"))
        return strchr (listen, ':') + 1;
    return listen[0] == '/' ? listen : NULL;
}

gboolean
socket_is_unix (const char *listen)
{
    return socket_path (listen) != NULL;
}

static gboolean
unix_address (const char *listen, Address *ret, socklen_t *ret_size, GError **error)
{
    const char *path = socket_path (listen);

    memset (ret, 0, sizeof *ret);
    if (strlen (path) >= sizeof ret->un.sun_path)
        return fail (error, ENAMETOOLONG, listen, "socket name");
    ret->un.sun_family = AF_UNIX;
    memcpy (ret->un.sun_path, path, strlen (path));
    *ret_size = sizeof ret->un;
    return TRUE;
}

static gboolean
inet_address (const char *listen, int flags, Address *ret, socklen_t *ret_size, GError **error)
{
    gboolean six = g_str_has_prefix (listen, "inet6:");
    struct addrinfo hints = { .ai_family = six ? AF_INET6 : AF_INET,
                              .ai_socktype = SOCK_STREAM,
                              .ai_flags = flags };
    struct addrinfo *found = NULL;
    const char *colon = strchr (listen, ':');
    g_auto (GStrv) parts = g_strsplit (colon != NULL ? colon + 1 : listen, "@", 2);
    g_autofree char *host = g_strdup (parts[0] != NULL ? parts[1] : NULL);
    int rc;

    if (host != NULL && host[0] == '[' && g_str_has_suffix (host, "]")) {
        host[strlen (host) - 1] = '\0';
        memmove (host, host + 1, strlen (host));
    }
    rc = getaddrinfo (host, parts[0], &hints, &found);
    if (rc != 0) {
        g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s: %s", listen, gai_strerror (rc));
        return FALSE;
    }
    memcpy (ret, found->ai_addr, found->ai_addrlen);
    *ret_size = found->ai_addrlen;
    freeaddrinfo (found);
    return TRUE;
}

static gboolean
address_of (const char *listen, int flags, Address *ret, socklen_t *ret_size, GError **error)
{
    return socket_is_unix (listen) ? unix_address (listen, ret, ret_size, error)
                                   : inet_address (listen, flags, ret, ret_size, error);
}

int
socket_connect (const char *listen, GError **error)
{
    Address address;
    socklen_t size;
    int fd;

    if (!address_of (listen, 0, &address, &size, error))
        return -1;
    fd = socket (address.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0 && connect (fd, &address.any, size) == 0)
        return fd;
    fail (error, errno, listen, "cannot connect");
    if (fd >= 0)
        close (fd);
    return -1;
}

#define BACKLOG 64

static gboolean
bind_with_mode (int fd, const Address *address, socklen_t size, guint mode)
{
    mode_t before = umask (~mode & 0777);
    gboolean good = bind (fd, &address->any, size) == 0;

    umask (before);
    return good;
}

int
socket_listen (const char *listen_at, guint mode, GError **error)
{
    const int on = 1;
    Address address;
    socklen_t size;
    int fd;

    if (!socket_prepare (listen_at, error) ||
        !address_of (listen_at, AI_PASSIVE, &address, &size, error))
        return -1;
    fd = socket (address.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd >= 0 && setsockopt (fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
        bind_with_mode (fd, &address, size, mode) && listen (fd, BACKLOG) == 0)
        return fd;
    fail (error, errno, listen_at, "cannot listen");
    if (fd >= 0)
        close (fd);
    return -1;
}

static gboolean
prepare_unix (const char *listen, GError **error)
{
    const char *path = socket_path (listen);
    g_autofree char *folder = g_path_get_dirname (path);
    g_autoptr (GError) refused = NULL;
    struct stat st;
    int fd;

    if (g_access (folder, W_OK | X_OK) != 0)
        return fail (error, errno, listen, folder);
    if (lstat (path, &st) != 0)
        return errno == ENOENT || fail (error, errno, listen, "cannot look at it");
    if (!S_ISSOCK (st.st_mode))
        return fail (error, EEXIST, listen, "something that is no socket has this name");
    fd = socket_connect (listen, &refused);
    if (fd >= 0) {
        close (fd);
        return fail (error, EADDRINUSE, listen, "another program answers there");
    }
    if (!g_error_matches (refused, G_FILE_ERROR, g_file_error_from_errno (ECONNREFUSED))) {
        g_propagate_error (error, g_steal_pointer (&refused));
        return FALSE;
    }
    return unlink (path) == 0 || fail (error, errno, listen, "cannot remove the stale socket");
}

/* libmilter tells only syslog why it cannot bind. */
static gboolean
prepare_inet (const char *listen, GError **error)
{
    Address address;
    socklen_t size;
    int one = 1, fd, problem = 0;

    if (!inet_address (listen, AI_PASSIVE, &address, &size, error))
        return FALSE;
    fd = socket (address.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return fail (error, errno, listen, "cannot make a socket");
    setsockopt (fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind (fd, &address.any, size) != 0)
        problem = errno;
    close (fd);
    return problem == 0 || fail (error, problem, listen, "cannot listen");
}

gboolean
socket_prepare (const char *listen, GError **error)
{
    return socket_is_unix (listen) ? prepare_unix (listen, error) : prepare_inet (listen, error);
}

static gboolean
group_id (const char *name, gid_t *ret, GError **error)
{
    const struct group *group = getgrnam (name); /* before there are threads */

    if (group == NULL) {
        g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                     "socket_group: there is no group '%s'", name);
        return FALSE;
    }
    *ret = group->gr_gid;
    return TRUE;
}

gboolean
socket_give (const char *listen, uid_t owner, const char *group, guint mode, GError **error)
{
    const char *path = socket_path (listen);
    gid_t gid = (gid_t)-1;

    if (path == NULL)
        return TRUE;
    if (group != NULL && !group_id (group, &gid, error))
        return FALSE;
    if ((owner != (uid_t)-1 || group != NULL) && lchown (path, owner, gid) != 0)
        return fail (error, errno, listen, "cannot set its owner and group");
    return chmod (path, (mode_t)mode) == 0 || fail (error, errno, listen, "cannot set its mode");
}

void
socket_remove (const char *listen)
{
    const char *path = socket_path (listen);
    struct stat st;

    if (path != NULL && lstat (path, &st) == 0 && S_ISSOCK (st.st_mode))
        unlink (path);
}

static gboolean
listens (int fd)
{
    int value = 0;
    socklen_t size = sizeof value;

    return getsockopt (fd, SOL_SOCKET, SO_ACCEPTCONN, &value, &size) == 0 && value != 0;
}

/* libmilter does not give its descriptor away; it is the only one here that listens. */
void
socket_set_nodelay (void)
{
    long last = sysconf (_SC_OPEN_MAX);
    int one = 1;

    for (int fd = 0; fd < MIN (last, 1024); fd++)
        if (listens (fd))
            setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
}
