/*
 * smtp-send - hands mails to an SMTP server, one after another in one session
 *
 *     smtp-send PORT SENDER RECIPIENT [FILE...]
 *
 * The server is on 127.0.0.1.  Without a file it only greets.  Prints "FILE<tab>the server's last
 * line" for each mail; ends with 1 when one was not taken.
 */
#include "lib/smtp.h"

static gboolean
send_file (Smtp *s, char **argv, const char *path)
{
    g_autofree char *text = NULL;
    g_autoptr (GError) error = NULL;
    gboolean taken;
    gsize n;

    if (!g_file_get_contents (path, &text, &n, &error)) {
        printf ("%s\t%s\n", path, error->message);
        return FALSE;
    }
    taken = smtp_send (s, argv[2], argv[3], "", text, n);
    printf ("%s\t%s\n", path, s->line);
    return taken;
}

int
main (int argc, char **argv)
{
    g_autoptr (GError) error = NULL;
    gboolean all = TRUE;
    Smtp *s;

    if (argc < 4) {
        fprintf (stderr, "usage: smtp-send PORT SENDER RECIPIENT [FILE...]\n");
        return 2;
    }
    s = smtp_open (argv[1], &error);
    if (s == NULL) {
        fprintf (stderr, "smtp-send: %s\n", error->message);
        return 1;
    }
    for (int i = 4; i < argc; i++)
        all = send_file (s, argv, argv[i]) && all;
    smtp_quit (s);
    return all ? 0 : 1;
}
