/*
 * smtp-send - hands mails to an SMTP server, one after another in one session
 *
 *     smtp-send PORT SENDER RECIPIENT [FILE...]
 *
 * The server is on 127.0.0.1.  Without a file it only greets.  Prints "FILE<tab>the server's last
 * line" for each mail; ends with 1 when one was not taken.
 */
#include "shell/socket.h"
#include <glib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct Smtp {
    FILE *in, *out;
    char line[1024]; /* the reply's last line */
} Smtp;

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
    fputs (".\r\n", s->out);
}

static gboolean
send_mail (Smtp *s, const char *sender, const char *recipient, const char *path)
{
    g_autofree char *text = NULL;
    gsize size;

    if (!g_file_get_contents (path, &text, &size, NULL)) {
        g_strlcpy (s->line, "cannot read it", sizeof s->line);
        return FALSE;
    }
    fprintf (s->out, "MAIL FROM:<%s>\r\n", sender);
    if (reply (s) != '2')
        return FALSE;
    fprintf (s->out, "RCPT TO:<%s>\r\n", recipient);
    if (reply (s) != '2')
        return FALSE;
    fputs ("DATA\r\n", s->out);
    if (reply (s) != '3')
        return FALSE;
    send_lines (s, text, size);
    return reply (s) == '2';
}

static gboolean
greet (Smtp *s)
{
    if (reply (s) != '2')
        return FALSE;
    fputs ("EHLO sender.example.org\r\n", s->out);
    return reply (s) == '2';
}

int
main (int argc, char **argv)
{
    g_autoptr (GError) error = NULL;
    g_autofree char *listen = NULL;
    gboolean all = TRUE;
    Smtp s = { 0 };
    int fd;

    if (argc < 4) {
        fprintf (stderr, "usage: smtp-send PORT SENDER RECIPIENT [FILE...]\n");
        return 2;
    }
    listen = g_strdup_printf ("inet:%s@127.0.0.1", argv[1]);
    fd = socket_connect (listen, &error);
    if (fd < 0) {
        fprintf (stderr, "smtp-send: %s\n", error->message);
        return 1;
    }
    s.in = fdopen (fd, "r");
    s.out = fdopen (dup (fd), "w");
    if (!greet (&s)) {
        fprintf (stderr, "smtp-send: %s\n", s.line);
        return 1;
    }
    for (int i = 4; i < argc; i++) {
        gboolean taken = send_mail (&s, argv[2], argv[3], argv[i]);

        printf ("%s\t%s\n", argv[i], s.line);
        if (!taken)
            fputs ("RSET\r\n", s.out), reply (&s);
        all = all && taken;
    }
    fputs ("QUIT\r\n", s.out);
    reply (&s);
    fclose (s.in);
    fclose (s.out);
    return all ? 0 : 1;
}
