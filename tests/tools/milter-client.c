/*
 * milter-client - plays an MTA from a script on standard input, for tests
 *
 *     milter-client LISTEN < script
 *
 * One command a line; what the milter says is printed as "STEP REPLY", its edits before it:
 *
 *     eom: delete 1 X-Abuse-Id
 *     eom: insert 0 X-Abuse-Scenario: ssh-bruteforce
 *     eom continue
 *
 * Once a mail is accepted or refused, its remaining steps print "STEP not-sent".  The end is 1 when
 * an `expect' was not met or a command is not known.  In texts \n, \0, \\ and \xHH are undone.
 */
#include "lib/milter-wire.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Client {
    Wire *wire;
    const char *listen;
    char *queue_id;
    char *last;    /* the last reply's name */
    gboolean over; /* this mail is decided */
    gboolean body_skipped;
    gboolean half;   /* send only half of the next packet */
    GArray *headers; /* as the mail has them after the edits */
    GPtrArray *idle; /* of Wire: connections that say nothing any more */
    gboolean failed;
} Client;

typedef struct Command {
    const char *name, *arguments, *what;
    void (*run) (Client *c, char *rest);
} Command;

static void
say (Client *c, const char *step, const char *reply)
{
    g_free (c->last);
    c->last = g_strdup (reply);
    printf ("%s %s\n", step, reply);
}

static char *
unescape (const char *text, gsize *ret_n)
{
    GString *out = g_string_new (NULL);

    for (const char *p = text; *p != '\0'; p++) {
        if (*p != '\\' || p[1] == '\0') {
            g_string_append_c (out, *p);
            continue;
        }
        p++;
        if (*p == 'x' && g_ascii_isxdigit (p[1]) && g_ascii_isxdigit (p[2])) {
            g_string_append_c (
                out, (char)(g_ascii_xdigit_value (p[1]) * 16 + g_ascii_xdigit_value (p[2])));
            p += 2;
        } else
            g_string_append_c (out, *p == 'n' ? '\n' : *p == '0' ? '\0' : *p);
    }
    *ret_n = out->len;
    return g_string_free (out, FALSE);
}

static char *
first_word (char **rest)
{
    char *word = *rest + strspn (*rest, " ");
    char *end = word + strcspn (word, " ");

    *rest = *end != '\0' ? end + 1 : end;
    *end = '\0';
    return word;
}

static guint64
number (char **rest)
{
    return g_ascii_strtoull (first_word (rest), NULL, 0);
}

static WireHeader *
header_at (Client *c, guint i)
{
    return &g_array_index (c->headers, WireHeader, i);
}

static void
apply_insert (Client *c, guint at, const char *name, const char *value)
{
    gboolean spaced = (c->wire->steps & WIRE_LEADING_SPACE) != 0;
    WireHeader h = { g_strdup (name), g_strconcat (spaced ? "" : " ", value, NULL) };

    g_array_insert_val (c->headers, MIN (at, c->headers->len), h);
}

static void
apply_change (Client *c, guint index, const char *name, const char *value)
{
    guint seen = 0;

    for (guint i = 0; i < c->headers->len; i++) {
        if (g_ascii_strcasecmp (header_at (c, i)->name, name) != 0 || ++seen != index)
            continue;
        g_array_remove_index (c->headers, i);
        if (*value != '\0')
            apply_insert (c, i, name, value);
        return;
    }
    apply_insert (c, c->headers->len, name, value);
}

static void
edit (Client *c, const char *step, int command)
{
    const guint8 *data = c->wire->in->data;
    gsize at = command == 'h' ? 0 : 4;
    guint index = command == 'h' ? c->headers->len : (guint)(data[2] << 8 | data[3]);
    const char *name = (const char *)data + at, *value = name + strlen (name) + 1;
    g_autofree char *shown = NULL;

    if (strchr ("him", command) == NULL) {
        printf ("%s: edit %c %s\n", step, command, (const char *)data);
        return;
    }
    shown = g_strescape (value, NULL);
    if (command == 'm') {
        printf ("%s: %s %u %s%s%s\n", step, *value != '\0' ? "change" : "delete", index, name,
                *value != '\0' ? ":" : "", shown);
        apply_change (c, index, name, value);
    } else {
        printf ("%s: %s %u %s:%s\n", step, command == 'i' ? "insert" : "add", index, name, shown);
        apply_insert (c, index, name, value);
    }
}

static void
read_reply (Client *c, const char *step)
{
    int command;

    while (wire_is_edit (command = wire_read (c->wire)) || command == 'p')
        if (command != 'p')
            edit (c, step, command);
    say (c, step, command < 0 ? c->wire->trouble : wire_reply_name (command));
    if (command != 'c' && command != 's')
        c->over = TRUE;
    c->body_skipped = c->body_skipped || command == 's';
}

static void
finish (Client *c, const char *step, guint32 no_reply)
{
    if (c->half) {
        guint cut = MAX (c->wire->out->len / 2, 1);

        g_byte_array_set_size (c->wire->out, cut);
        c->half = FALSE;
        wire_flush (c->wire);
        say (c, step, "half-sent");
        return;
    }
    if (c->wire->steps & no_reply)
        say (c, step, "no-reply");
    else
        read_reply (c, step);
}

static gboolean
not_sent (Client *c, const char *step, guint32 left_out)
{
    if (!c->over && !(c->wire->steps & left_out))
        return FALSE;
    say (c, step, "not-sent");
    return TRUE;
}

static void
run_connect (Client *c, char *rest)
{
    g_autoptr (GError) error = NULL;

    (void)rest;
    if (wire_connect (c->wire, c->listen, &error))
        say (c, "connect", "ok");
    else
        say (c, "connect", error->message);
}

static void
run_negotiate (Client *c, char *rest)
{
    guint64 actions = *rest != '\0' ? number (&rest) : WIRE_ALL_ACTIONS;
    guint64 steps = *rest != '\0' ? number (&rest) : WIRE_ALL_STEPS;
    guint64 version = *rest != '\0' ? number (&rest) : 6;

    if (!wire_negotiate (c->wire, (guint32)version, (guint32)actions, (guint32)steps)) {
        say (c, "negotiate", c->wire->trouble != NULL ? c->wire->trouble : "refused");
        return;
    }
    say (c, "negotiate", "ok");
    printf ("version %u actions 0x%x steps 0x%x\n", c->wire->version, c->wire->actions,
            c->wire->steps);
}

static char *
in_brackets (const char *address)
{
    return address[0] == '<' ? g_strdup (address) : g_strconcat ("<", address, ">", NULL);
}

static void
run_mail (Client *c, char *rest)
{
    g_autofree char *sender = in_brackets (rest);

    c->over = c->body_skipped = FALSE;
    g_array_set_size (c->headers, 0);
    wire_text (c->wire, 'M', sender);
    finish (c, "mail", WIRE_NR_MAIL);
}

static void
run_rcpt (Client *c, char *rest)
{
    g_autofree char *recipient = in_brackets (first_word (&rest));

    if (not_sent (c, "rcpt", 0))
        return;
    if (*rest != '\0')
        wire_macro (c->wire, 'R', "{rcpt_addr}", rest);
    wire_text (c->wire, 'R', recipient);
    finish (c, "rcpt", WIRE_NR_RCPT);
}

static void
run_data (Client *c, char *rest)
{
    (void)rest;
    if (c->wire->version < 4 || not_sent (c, "data", WIRE_NO_DATA))
        return;
    wire_packet (c->wire, 'T', "", 0);
    finish (c, "data", WIRE_NR_DATA);
}

static void
send_header (Client *c, const char *name, const char *value, gboolean quiet)
{
    WireHeader h = { g_strdup (name), g_strdup (value) };

    g_array_append_val (c->headers, h);
    if (quiet && c->over)
        return;
    if (!quiet && not_sent (c, "header", WIRE_NO_HEADERS))
        return;
    wire_header (c->wire, &h);
    if (!quiet || c->half || !(c->wire->steps & WIRE_NR_HEADER))
        finish (c, "header", WIRE_NR_HEADER);
}

static void
run_header (Client *c, char *rest)
{
    gsize n;
    g_autofree char *text = unescape (rest, &n);
    char *colon = strchr (text, ':');

    if (colon == NULL) {
        printf ("header without a colon: %s\n", text);
        c->failed = TRUE;
        return;
    }
    *colon = '\0';
    send_header (c, text, colon + 1, FALSE);
}

static void
run_headers (Client *c, char *rest)
{
    guint64 n = number (&rest);

    for (guint64 i = 1; i <= n; i++) {
        g_autofree char *name = g_strdup_printf ("X-Filler-%" G_GUINT64_FORMAT, i);

        send_header (c, name, *rest != '\0' ? rest : " filler", TRUE);
    }
}

static void
run_giant (Client *c, char *rest)
{
    const char *name = first_word (&rest);
    g_autofree char *value = g_strnfill (number (&rest), 'g');

    send_header (c, name, value, FALSE);
}

static void
run_eoh (Client *c, char *rest)
{
    (void)rest;
    if (not_sent (c, "eoh", WIRE_NO_EOH))
        return;
    wire_packet (c->wire, 'N', "", 0);
    finish (c, "eoh", WIRE_NR_EOH);
}

static void
send_body (Client *c, const guint8 *bytes, gsize n)
{
    for (gsize at = 0; at < n; at += WIRE_CHUNK) {
        if (c->body_skipped) {
            say (c, "body", "not-sent");
            return;
        }
        if (not_sent (c, "body", WIRE_NO_BODY))
            return;
        wire_packet (c->wire, 'B', bytes + at, MIN (n - at, WIRE_CHUNK));
        finish (c, "body", WIRE_NR_BODY);
    }
}

static void
run_body (Client *c, char *rest)
{
    gsize n;
    g_autofree char *text = unescape (rest, &n);
    g_autoptr (GByteArray) bytes = g_byte_array_new ();

    for (gsize i = 0; i < n; i++)
        g_byte_array_append (bytes, (const guint8 *)(text[i] == '\n' ? "\r\n" : text + i),
                             text[i] == '\n' ? 2 : 1);
    send_body (c, bytes->data, bytes->len);
}

static void
run_bytes (Client *c, char *rest)
{
    guint64 n = number (&rest);
    g_autofree char *filler = g_strnfill (n, '.');

    for (guint64 i = 77; i < n; i += 78)
        filler[i] = '\n';
    send_body (c, (const guint8 *)filler, n);
}

static void
run_eom (Client *c, char *rest)
{
    (void)rest;
    if (not_sent (c, "eom", 0))
        return;
    if (c->queue_id != NULL)
        wire_macro (c->wire, 'E', "i", c->queue_id);
    wire_packet (c->wire, 'E', "", 0);
    finish (c, "eom", 0);
}

/* A whole mail: from its header to its end. */
static void
run_file (Client *c, char *rest)
{
    g_autoptr (GError) error = NULL;
    WireMail *mail = wire_mail_read (rest, &error);

    if (mail == NULL) {
        printf ("%s\n", error->message);
        c->failed = TRUE;
        return;
    }
    for (guint i = 0; i < mail->headers->len; i++) {
        WireHeader *h = &g_array_index (mail->headers, WireHeader, i);

        send_header (c, h->name, h->value, TRUE);
    }
    run_eoh (c, rest);
    send_body (c, mail->body->data, mail->body->len);
    run_eom (c, rest);
}

static void
run_show (Client *c, char *rest)
{
    (void)rest;
    for (guint i = 0; i < c->headers->len; i++)
        printf ("| %s:%s\n", header_at (c, i)->name, header_at (c, i)->value);
}

static void
run_abort (Client *c, char *rest)
{
    (void)rest;
    wire_packet (c->wire, 'A', "", 0);
    say (c, "abort", wire_flush (c->wire) ? "sent" : c->wire->trouble);
    c->over = FALSE;
}

static void
run_quit (Client *c, char *rest)
{
    (void)rest;
    wire_packet (c->wire, 'Q', "", 0);
    say (c, "quit", wire_flush (c->wire) ? "sent" : c->wire->trouble);
    wire_close (c->wire);
}

static void
run_drop (Client *c, char *rest)
{
    (void)rest;
    wire_flush (c->wire);
    wire_close (c->wire);
    say (c, "drop", "done");
}

/* The end of the mail, and nobody there to hear the answer. */
static void
run_eom_drop (Client *c, char *rest)
{
    if (c->queue_id != NULL)
        wire_macro (c->wire, 'E', "i", c->queue_id);
    wire_packet (c->wire, 'E', "", 0);
    wire_flush (c->wire);
    g_usleep (number (&rest) * 1000);
    run_drop (c, rest);
}

static void
run_idle (Client *c, char *rest)
{
    guint64 n = number (&rest), good = 0;

    for (guint64 i = 0; i < n; i++) {
        Wire *wire = wire_new ();

        good += wire_connect (wire, c->listen, NULL) &&
                wire_negotiate (wire, 6, WIRE_ALL_ACTIONS, WIRE_ALL_STEPS);
        g_ptr_array_add (c->idle, wire);
    }
    printf ("idle %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT "\n", good, n);
}

static void
run_half (Client *c, char *rest)
{
    (void)rest;
    c->half = TRUE;
}

static void
run_raw (Client *c, char *rest)
{
    gsize n;
    g_autofree char *bytes = unescape (rest, &n);

    g_byte_array_append (c->wire->out, (const guint8 *)bytes, (guint)n);
    say (c, "raw", wire_flush (c->wire) ? "sent" : c->wire->trouble);
}

static void
run_read (Client *c, char *rest)
{
    (void)rest;
    read_reply (c, "read");
}

static void
run_slow (Client *c, char *rest)
{
    c->wire->slow_bytes = (guint)number (&rest);
    c->wire->slow_ms = (guint)number (&rest);
}

static void
run_sleep (Client *c, char *rest)
{
    (void)c;
    fflush (stdout);
    g_usleep (number (&rest) * 1000);
}

static void
run_timeout (Client *c, char *rest)
{
    c->wire->timeout_s = (guint)number (&rest);
}

static void
run_queue_id (Client *c, char *rest)
{
    g_free (c->queue_id);
    c->queue_id = g_strdup (rest);
}

static void
run_expect (Client *c, char *rest)
{
    if (g_strcmp0 (c->last, rest) == 0)
        return;
    printf ("expected %s, got %s\n", rest, c->last != NULL ? c->last : "nothing");
    c->failed = TRUE;
}

static const Command commands[] = {
    { "connect", "", "connect to LISTEN", run_connect },
    { "negotiate", "[ACTIONS [STEPS [VERSION]]]", "offer these flags", run_negotiate },
    { "queue-id", "ID", "the macro `i' at the end of the mail", run_queue_id },
    { "mail", "ADDRESS", "a new mail", run_mail },
    { "rcpt", "ADDRESS [REWRITTEN]", "with the macro {rcpt_addr}", run_rcpt },
    { "data", "", "", run_data },
    { "header", "NAME:VALUE", "", run_header },
    { "headers", "N [VALUE]", "so many fields", run_headers },
    { "giant", "NAME BYTES", "a field of that size", run_giant },
    { "eoh", "", "end of the header", run_eoh },
    { "body", "TEXT", "", run_body },
    { "bytes", "N", "so many bytes of body", run_bytes },
    { "eom", "", "end of the mail", run_eom },
    { "file", "PATH", "header, body and end from a file", run_file },
    { "show", "", "the header as the milter made it", run_show },
    { "abort", "", "end the mail, keep the connection", run_abort },
    { "quit", "", "end the connection", run_quit },
    { "drop", "", "close without a word", run_drop },
    { "eom-drop", "MS", "the end of the mail, and a close soon after", run_eom_drop },
    { "idle", "N", "so many more connections that negotiate and then are silent", run_idle },
    { "half", "", "send only the first half of the next packet", run_half },
    { "raw", "BYTES", "send these", run_raw },
    { "read", "", "wait for a reply", run_read },
    { "slow", "BYTES MS", "write so many at a time, with a pause", run_slow },
    { "sleep", "MS", "", run_sleep },
    { "timeout", "SECONDS", "of the next connection's reads", run_timeout },
    { "expect", "REPLY", "fail unless this was the last reply", run_expect },
};

static void
run_line (Client *c, char *line)
{
    char *rest = g_strchug (line);
    const char *word;

    if (rest[0] == '\0' || rest[0] == '#')
        return;
    word = first_word (&rest);
    for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
        if (strcmp (commands[i].name, word) == 0) {
            commands[i].run (c, rest);
            fflush (stdout);
            return;
        }
    printf ("no such command: %s\n", word);
    c->failed = TRUE;
}

static int
usage (void)
{
    fprintf (stderr, "usage: milter-client LISTEN < script; the commands are:\n");
    for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
        fprintf (stderr, "  %-10s %-28s %s\n", commands[i].name, commands[i].arguments,
                 commands[i].what);
    return 2;
}

int
main (int argc, char **argv)
{
    Client c = { 0 };
    char *line = NULL;
    size_t room = 0;
    ssize_t n;

    if (argc != 2 || argv[1][0] == '-')
        return usage ();
    c.wire = wire_new ();
    c.listen = argv[1];
    c.headers = g_array_new (FALSE, FALSE, sizeof (WireHeader));
    c.idle = g_ptr_array_new_with_free_func ((GDestroyNotify)wire_free);
    while ((n = getline (&line, &room, stdin)) >= 0) {
        if (n > 0 && line[n - 1] == '\n')
            line[n - 1] = '\0';
        run_line (&c, line);
    }
    free (line);
    g_ptr_array_unref (c.idle);
    wire_free (c.wire);
    return c.failed ? 1 : 0;
}
