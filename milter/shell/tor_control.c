#include "shell/tor_control.h"
#include "base/span.h"
#include "shell/socket.h"
#include <errno.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#define COOKIE_BYTES 32 /* control-spec 3.24: a controller must not send a file of another size */
#define POLICY_KEY "exit-policy/full"

struct TorControl {
    char *where;
    int fd;
    gint64 until_us; /* of this call */
    GString *in;     /* received, not yet read */
};

static gboolean fail (const TorControl *c, GError **error, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

static gboolean
fail (const TorControl *c, GError **error, const char *format, ...)
{
    g_autofree char *text = NULL;
    va_list args;

    va_start (args, format);
    text = g_strdup_vprintf (format, args);
    va_end (args);
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "tor's control at %s: %s", c->where,
                 text);
    return FALSE;
}

static gboolean
wait_for (const TorControl *c, short events, GError **error)
{
    struct pollfd p = { c->fd, events, 0 };
    gint64 left_ms = (c->until_us - g_get_monotonic_time ()) / 1000;

    if (left_ms > 0 && poll (&p, 1, (int)left_ms) == 1)
        return TRUE;
    return fail (c, error, "no answer within %d ms", TOR_CONTROL_WAIT_MS);
}

static gboolean
send_line (TorControl *c, const char *command, GError **error)
{
    g_autofree char *line = g_strconcat (command, "\r\n", NULL);
    Span rest = span_of (line);

    c->until_us = g_get_monotonic_time () + (gint64)TOR_CONTROL_WAIT_MS * 1000;
    while (rest.p < rest.end) {
        ssize_t n;

        if (!wait_for (c, POLLOUT, error))
            return FALSE;
        n = send (c->fd, rest.p, span_left (rest), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0 && errno != EAGAIN)
            return fail (c, error, "%s", g_strerror (errno));
        rest.p += MAX (n, 0);
    }
    return TRUE;
}

static gboolean
receive_more (TorControl *c, GError **error)
{
    char block[4096];
    ssize_t n;

    if (!wait_for (c, POLLIN, error))
        return FALSE;
    n = recv (c->fd, block, sizeof block, MSG_DONTWAIT);
    if (n < 0 && errno == EAGAIN)
        return TRUE;
    if (n <= 0)
        return fail (c, error, "%s", n < 0 ? g_strerror (errno) : "it hung up");
    g_string_append_len (c->in, block, n);
    return TRUE;
}

/* One line without its end; g_free() it. */
static char *
read_line (TorControl *c, GError **error)
{
    const char *end;
    gsize n;
    char *line;

    while ((end = memchr (c->in->str, '\n', c->in->len)) == NULL) {
        if (c->in->len > TOR_CONTROL_MAX_BYTES) {
            fail (c, error, "a line of more than %d bytes", TOR_CONTROL_MAX_BYTES);
            return NULL;
        }
        if (!receive_more (c, error))
            return NULL;
    }
    n = (gsize)(end - c->in->str);
    line = g_strndup (c->in->str, n > 0 && end[-1] == '\r' ? n - 1 : n);
    g_string_erase (c->in, 0, (gssize)n + 1);
    return line;
}

/* The lines of "250+key=", up to the dot (control-spec 2.1: a dot that begins a line is doubled).
 */
static gboolean
read_data (TorControl *c, GString *reply, GError **error)
{
    while (reply->len <= TOR_CONTROL_MAX_BYTES) {
        g_autofree char *line = read_line (c, error);

        if (line == NULL)
            return FALSE;
        if (strcmp (line, ".") == 0)
            return TRUE;
        g_string_append_printf (reply, "%s\n", line[0] == '.' ? line + 1 : line);
    }
    return fail (c, error, "a reply of more than %d bytes", TOR_CONTROL_MAX_BYTES);
}

static gboolean
read_reply (TorControl *c, GString *reply, GError **error)
{
    while (reply->len <= TOR_CONTROL_MAX_BYTES) {
        g_autofree char *line = read_line (c, error);

        if (line == NULL)
            return FALSE;
        if (strlen (line) < 4 || strspn (line, "0123456789") != 3)
            return fail (c, error, "not a control port: it says '%.40s'", line);
        if (line[0] != '2')
            return fail (c, error, "%s", line + 4);
        if (line[3] == ' ')
            return TRUE;
        g_string_append_printf (reply, "%s\n", line + 4);
        if (line[3] == '+' && !read_data (c, reply, error))
            return FALSE;
    }
    return fail (c, error, "a reply of more than %d bytes", TOR_CONTROL_MAX_BYTES);
}

char *
tor_control_ask (TorControl *c, const char *command, GError **error)
{
    g_autoptr (GString) reply = g_string_new (NULL);

    if (!send_line (c, command, error) || !read_reply (c, reply, error))
        return NULL;
    return g_string_free (g_steal_pointer (&reply), FALSE);
}

/* control-spec 2.1.1: a QuotedString. */
static char *
quote (const char *text)
{
    GString *out = g_string_new ("\"");

    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\')
            g_string_append_c (out, '\\');
        g_string_append_c (out, *text);
    }
    return g_string_free (g_string_append_c (out, '"'), FALSE);
}

/* The path in COOKIEFILE="...", with its backslashes undone; NULL when there is none. */
static char *
cookie_path (const char *info)
{
    const char *p = strstr (info, "COOKIEFILE=\"");
    GString *path;

    if (p == NULL)
        return NULL;
    path = g_string_new (NULL);
    for (p += strlen ("COOKIEFILE=\""); *p != '\0' && *p != '"' && *p != '\n'; p++) {
        p += *p == '\\' && p[1] != '\0';
        g_string_append_c (path, *p);
    }
    return g_string_free (path, FALSE);
}

static char *
cookie_as_hex (const TorControl *c, const char *info, GError **error)
{
    g_autofree char *path = cookie_path (info);
    g_autofree char *cookie = NULL;
    GString *hex;
    gsize n;

    if (path == NULL) {
        fail (c, error, "it wants a password (control_password)");
        return NULL;
    }
    if (!g_file_get_contents (path, &cookie, &n, error)) {
        g_prefix_error (error, "tor's control at %s: its cookie: ", c->where);
        return NULL;
    }
    if (n != COOKIE_BYTES) {
        fail (c, error, "its cookie %s has %" G_GSIZE_FORMAT " bytes, not %d", path, n,
              COOKIE_BYTES);
        return NULL;
    }
    hex = g_string_new (NULL);
    for (gsize i = 0; i < n; i++)
        g_string_append_printf (hex, "%02x", (guint8)cookie[i]);
    return g_string_free (hex, FALSE);
}

static gboolean
authenticate (TorControl *c, const char *password, GError **error)
{
    g_autofree char *info = tor_control_ask (c, "PROTOCOLINFO 1", error);
    g_autofree char *proof = NULL, *command = NULL, *answer = NULL;

    if (info == NULL)
        return FALSE;
    if (password != NULL)
        proof = quote (password);
    else if (strstr (info, "METHODS=NULL") != NULL)
        proof = g_strdup ("");
    else
        proof = cookie_as_hex (c, info, error);
    if (proof == NULL)
        return FALSE;
    command = g_strconcat ("AUTHENTICATE ", proof, NULL);
    answer = tor_control_ask (c, command, error);
    return answer != NULL;
}

/* HOST:PORT as the other sockets are named. */
static char *
socket_name (const char *where)
{
    const char *colon = strrchr (where, ':');

    if (colon == NULL || g_str_has_prefix (where, "unix:") || strchr (where, '@') != NULL)
        return g_strdup (where);
    return g_strdup_printf ("%s:%s@%.*s", where[0] == '[' ? "inet6" : "inet", colon + 1,
                            (int)(colon - where), where);
}

TorControl *
tor_control_open (const char *where, const char *password, GError **error)
{
    g_autofree char *name = socket_name (where);
    g_autoptr (TorControl) c = g_new0 (TorControl, 1);

    c->where = g_strdup (where);
    c->in = g_string_new (NULL);
    c->fd = socket_connect (name, error);
    if (c->fd < 0) {
        g_prefix_error (error, "tor's control: ");
        return NULL;
    }
    return authenticate (c, password, error) ? g_steal_pointer (&c) : NULL;
}

void
tor_control_close (TorControl *c)
{
    if (c == NULL)
        return;
    if (c->fd >= 0)
        close (c->fd);
    g_string_free (c->in, TRUE);
    g_free (c->where);
    g_free (c);
}

char *
tor_control_exit_policy (const char *where, const char *password, GError **error)
{
    g_autoptr (TorControl) c = tor_control_open (where, password, error);
    g_autofree char *reply = c != NULL ? tor_control_ask (c, "GETINFO " POLICY_KEY, error) : NULL;

    if (reply == NULL)
        return NULL;
    if (!g_str_has_prefix (reply, POLICY_KEY "=")) {
        fail (c, error, "no " POLICY_KEY " in its answer");
        return NULL;
    }
    return g_strdup (reply + strlen (POLICY_KEY "="));
}
