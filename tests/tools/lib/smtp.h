/*
 * smtp - a session with an SMTP server on 127.0.0.1, for tests
 */
#pragma once
#include <glib.h>
#include <stdio.h>

typedef struct Smtp {
    FILE *in, *out;
    char line[1024]; /* the last reply's last line */
} Smtp;

/* Connects and says EHLO. */
Smtp *smtp_open (const char *port, GError **error);

/* One mail, of `head' (whole header lines, LF; may be "") and `text' (LF or CRLF). TRUE: it was
 * taken. */
gboolean smtp_send (Smtp *s, const char *sender, const char *recipient, const char *head,
                    const char *text, gsize n);

void smtp_quit (Smtp *s); /* NULL is fine */
