#include "smtp.h"
#include "shell/socket.h"
#include <string.h>
#include <unistd.h>

/* The first digit of the reply. */
static char
reply (Smtp *s)
{
    fflush (s->out);
    do {
        if (fgets (s->line, sizeof s->line, s->in) == NULL) {
            g_strlcpy (s->line, "421 the connection broke", sizeof s->line);
            return '4';
        }
    } while (strlen (s->line) > 3 && s->line[3] == '-');
    g_strchomp (s->line);
    return s->line[0];
}

static gboolean
greet (Smtp *s)
{
    if (reply (s) != '2')
        return FALSE;
    fputs ("EHLO sender.example.org\r\n", s->out);
    return reply (s) == '2';
}

Smtp *
smtp_open (const char *port, GError **error)
{
    g_autofree char *listen = g_strdup_printf ("inet:%s@127.0.0.1", port);
    int fd = socket_connect (listen, error);
    Smtp *s;

    if (fd < 0)
        return NULL;
    s = g_new0 (Smtp, 1);
    s->in = fdopen (fd, "r");
    s->out = fdopen (dup (fd), "w");
    if (greet (s))
        return s;
    g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, s->line);
    smtp_quit (s);
    return NULL;
}

/* RFC 5321 4.5.2: a dot that begins a line is doubled. */
static void
send_lines (Smtp *s, const char *text, gsize left)
{
    while (left > 0) {
        const char *lf = memchr (text, '\n', left);
        gsize whole = lf != NULL ? (gsize)(lf + 1 - text) : left, n = whole - (lf != NULL ? 1 : 0);

        n -= n > 0 && text[n - 1] == '\r' ? 1 : 0;
        if (text[0] == '.')
            fputc ('.', s->out);
        fwrite (text, 1, n, s->out);
        fputs ("\r\n", s->out);
        text += whole;
        left -= whole;
    }
}

static gboolean
begin (Smtp *s, const char *sender, const char *recipient)
{
    fprintf (s->out, "MAIL FROM:<%s>\r\n", sender);
    if (reply (s) != '2')
        return FALSE;
    fprintf (s->out, "RCPT TO:<%s>\r\n", recipient);
    if (reply (s) != '2')
        return FALSE;
    fputs ("DATA\r\n", s->out);
    return reply (s) == '3';
}

gboolean
smtp_send (Smtp *s, const char *sender, const char *recipient, const char *head, const char *text,
           gsize n)
{
    char refusal[sizeof s->line];

    if (begin (s, sender, recipient)) {
        send_lines (s, head, strlen (head));
        send_lines (s, text, n);
        fputs (".\r\n", s->out);
        return reply (s) == '2';
    }
    g_strlcpy (refusal, s->line, sizeof refusal);
    fputs ("RSET\r\n", s->out);
    reply (s);
    g_strlcpy (s->line, refusal, sizeof s->line);
    return FALSE;
}

void
smtp_quit (Smtp *s)
{
    if (s == NULL)
        return;
    fputs ("QUIT\r\n", s->out);
    reply (s);
    fclose (s->in);
    fclose (s->out);
    g_free (s);
}
