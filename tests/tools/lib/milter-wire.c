#include "milter-wire.h"
#include "shell/socket.h"
#include <arpa/inet.h>
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define LARGEST_PACKET (1024 * 1024)

/* The tools end when their work is done: a leak of theirs is none. */
const char *__asan_default_options (void);

const char *
__asan_default_options (void)
{
    return "detect_leaks=0";
}

Wire *
wire_new (void)
{
    Wire *w = g_new0 (Wire, 1);

    w->fd = -1;
    w->timeout_s = 30;
    w->out = g_byte_array_new ();
    w->in = g_byte_array_new ();
    return w;
}

void
wire_free (Wire *w)
{
    wire_close (w);
    g_byte_array_unref (w->out);
    g_byte_array_unref (w->in);
    g_free (w);
}

gboolean
wire_connect (Wire *w, const char *listen, GError **error)
{
    struct timeval wait = { .tv_sec = w->timeout_s };

    wire_close (w);
    w->fd = socket_connect (listen, error);
    if (w->fd < 0)
        return FALSE;
    setsockopt (w->fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    setsockopt (w->fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait);
    return TRUE;
}

void
wire_close (Wire *w)
{
    if (w->fd >= 0)
        close (w->fd);
    w->fd = -1;
    g_byte_array_set_size (w->out, 0);
}

void
wire_packet (Wire *w, char command, const void *data, gsize n)
{
    guint32 length = htonl ((guint32)n + 1);

    g_byte_array_append (w->out, (const guint8 *)&length, sizeof length);
    g_byte_array_append (w->out, (const guint8 *)&command, 1);
    g_byte_array_append (w->out, data, (guint)n);
}

void
wire_text (Wire *w, char command, const char *text)
{
    wire_packet (w, command, text, strlen (text) + 1);
}

static void
two_texts (GString *into, const char *a, const char *b)
{
    g_string_append_len (into, a, (gssize)strlen (a) + 1);
    g_string_append_len (into, b, (gssize)strlen (b) + 1);
}

void
wire_macro (Wire *w, char command, const char *name, const char *value)
{
    g_autoptr (GString) data = g_string_new (NULL);

    g_string_append_c (data, command);
    two_texts (data, name, value);
    wire_packet (w, 'D', data->str, data->len);
}

/* Without the flag for it, an MTA takes one blank off the value. */
void
wire_header (Wire *w, const WireHeader *h)
{
    g_autoptr (GString) data = g_string_new (NULL);
    gboolean strip = !(w->steps & WIRE_LEADING_SPACE) && h->value[0] == ' ';

    two_texts (data, h->name, h->value + (strip ? 1 : 0));
    wire_packet (w, 'L', data->str, data->len);
}

gboolean
wire_flush (Wire *w)
{
    gsize at = 0;

    while (at < w->out->len) {
        gsize step = w->slow_bytes > 0 ? MIN (w->slow_bytes, w->out->len - at) : w->out->len - at;
        ssize_t n = send (w->fd, w->out->data + at, step, MSG_NOSIGNAL);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            w->trouble = errno == EAGAIN ? "timeout" : "closed";
            g_byte_array_set_size (w->out, 0);
            return FALSE;
        }
        at += (gsize)n;
        if (w->slow_bytes > 0)
            g_usleep (w->slow_ms * 1000);
    }
    g_byte_array_set_size (w->out, 0);
    return TRUE;
}

static gboolean
read_all (Wire *w, guint8 *into, gsize n)
{
    while (n > 0) {
        ssize_t got = recv (w->fd, into, n, MSG_WAITALL);

        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0) {
            w->trouble = got < 0 && errno == EAGAIN ? "timeout" : "closed";
            return FALSE;
        }
        into += got;
        n -= (gsize)got;
    }
    return TRUE;
}

int
wire_read (Wire *w)
{
    guint8 head[5];
    guint32 length;

    if (!wire_flush (w) || !read_all (w, head, sizeof head))
        return -1;
    memcpy (&length, head, sizeof length);
    length = ntohl (length);
    if (length < 1 || length > LARGEST_PACKET) {
        w->trouble = "bad length";
        return -1;
    }
    g_byte_array_set_size (w->in, length);
    w->in->data[length - 1] = '\0'; /* what follows may be read as a text */
    g_byte_array_set_size (w->in, length - 1);
    return read_all (w, w->in->data, length - 1) ? head[4] : -1;
}

static guint32
word (const Wire *w, gsize at)
{
    guint32 v;

    memcpy (&v, w->in->data + at, sizeof v);
    return ntohl (v);
}

gboolean
wire_negotiate (Wire *w, guint32 version, guint32 actions, guint32 steps)
{
    guint32 offer[] = { htonl (version), htonl (actions), htonl (steps) };

    wire_packet (w, 'O', offer, sizeof offer);
    if (wire_read (w) != 'O' || w->in->len < sizeof offer)
        return FALSE;
    w->version = word (w, 0);
    w->actions = word (w, 4);
    w->steps = word (w, 8);
    return TRUE;
}

const char *
wire_reply_name (int command)
{
    static const struct {
        char command;
        const char *name;
    } names[] = {
        { 'c', "continue" }, { 'a', "accept" },    { 'r', "reject" }, { 't', "tempfail" },
        { 'd', "discard" },  { 'y', "replycode" }, { 's', "skip" },   { 'p', "progress" }
    };

    for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
        if (names[i].command == command)
            return names[i].name;
    return "unknown";
}

gboolean
wire_is_edit (int command)
{
    return command > 0 && strchr ("hmi+-2beq", command) != NULL;
}

static void
add_line (WireMail *m, const char *line, gsize n)
{
    const char *colon = memchr (line, ':', n);
    WireHeader *last;

    if ((line[0] == ' ' || line[0] == '\t') && m->headers->len > 0) {
        g_autofree char *more = g_strndup (line, n);
        char *joined;

        last = &g_array_index (m->headers, WireHeader, m->headers->len - 1);
        joined = g_strconcat (last->value, "\n", more, NULL);
        g_free (last->value);
        last->value = joined;
    } else if (colon != NULL) {
        WireHeader h = { g_strndup (line, (gsize)(colon - line)),
                         g_strndup (colon + 1, n - (gsize)(colon + 1 - line)) };

        g_array_append_val (m->headers, h);
    }
}

WireMail *
wire_mail_read (const char *path, GError **error)
{
    g_autofree char *text = NULL;
    gsize left = 0;
    gboolean in_body = FALSE;
    WireMail *m;

    if (!g_file_get_contents (path, &text, &left, error))
        return NULL;
    m = g_new0 (WireMail, 1);
    m->headers = g_array_new (FALSE, FALSE, sizeof (WireHeader));
    m->body = g_byte_array_new ();
    for (const char *p = text; left > 0;) {
        const char *lf = memchr (p, '\n', left);
        gsize whole = lf != NULL ? (gsize)(lf + 1 - p) : left;
        gsize n = whole - (lf != NULL ? 1 : 0);

        n -= n > 0 && p[n - 1] == '\r' ? 1 : 0;
        if (in_body) {
            g_byte_array_append (m->body, (const guint8 *)p, (guint)n);
            g_byte_array_append (m->body, (const guint8 *)"\r\n", 2);
        } else if (n == 0)
            in_body = TRUE;
        else
            add_line (m, p, n);
        p += whole;
        left -= whole;
    }
    return m;
}
