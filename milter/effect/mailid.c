#include "effect/mailid.h"
#include "base/calendar.h"
#include "read/hop_header.h"
#include "read/intake.h"

#define MAX_RECEIVED 10 /* that are looked at for a date */
#define FIRST_YEAR 1990

/* What mail readers and stores write into a mail that they keep. */
static const char *const noted[] = {
    "Status:",          "X-Status:",       "X-Keywords:",     "X-UID:", "X-IMAPbase:", "X-IMAP:",
    "X-Mozilla-Status", "X-Mozilla-Keys:", "Content-Length:", "Lines:", "X-Evolution:"
};

/* The next field of a raw header, with its folded lines and their ends; FALSE at the header's end,
 * and rest->p is then behind the empty line. */
static gboolean
next_field (Span *rest, Span *ret)
{
    Span line;

    *ret = (Span) { rest->p, rest->p };
    if (!span_line (rest, &line) || span_left (line) == 0)
        return FALSE;
    while (rest->p < rest->end && (*rest->p == ' ' || *rest->p == '\t'))
        span_line (rest, &line);
    ret->end = rest->p;
    return TRUE;
}

static char *
unfolded (Span value)
{
    char *text = span_dup (value);

    for (char *p = text; *p != '\0'; p++)
        if (*p == '\r' || *p == '\n' || *p == '\t')
            *p = ' ';
    return g_strstrip (text);
}

static gboolean
is_usable (Span value, gint64 now_unix_s, gint64 *ret_unix_s)
{
    g_autofree char *text = unfolded (value);
    Moment m = intake_moment (text);

    *ret_unix_s = m.unix_s;
    return m.known && m.unix_s <= now_unix_s &&
           m.unix_s >= calendar_unix (FIRST_YEAR, 1, 1, 0, 0, 0);
}

static gboolean
time_of (Span mail, gint64 now_unix_s, gint64 *ret_unix_s)
{
    gboolean dated = FALSE;
    guint received = 0;
    gint64 at;
    Span field;

    while (next_field (&mail, &field)) {
        Span value = field;

        if (span_lit_nocase (&value, "Received:") && received++ < MAX_RECEIVED &&
            is_usable (hop_stamp (value), now_unix_s, ret_unix_s))
            return TRUE;
        if (span_lit_nocase (&value, "Date:") && !dated && is_usable (value, now_unix_s, &at)) {
            dated = TRUE;
            *ret_unix_s = at;
        }
    }
    return dated;
}

/* The digest */

static gboolean
is_noted (Span field)
{
    for (gsize i = 0; i < G_N_ELEMENTS (noted); i++)
        if (span_starts_nocase (field, noted[i]))
            return TRUE;
    return FALSE;
}

static void
digest_lines (GChecksum *sum, Span text)
{
    Span line;

    while (span_line (&text, &line)) {
        if (span_left (line) > 0)
            g_checksum_update (sum, (const guchar *)line.p, (gssize)span_left (line));
        g_checksum_update (sum, (const guchar *)"\n", 1);
    }
}

static void
digest_of (Span mail, guint8 ret[10])
{
    g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
    guint8 all[32];
    gsize n = sizeof all;
    Span field;

    while (next_field (&mail, &field))
        if (!is_noted (field))
            digest_lines (sum, field);
    while (mail.p < mail.end && (mail.end[-1] == '\n' || mail.end[-1] == '\r'))
        mail.end--;
    digest_lines (sum, SPAN_LIT ("\n"));
    digest_lines (sum, mail);
    g_checksum_get_digest (sum, all, &n);
    memcpy (ret, all, 10);
}

void
mailid_make (Span mail, gint64 now_unix_s, MailId *ret)
{
    gint64 at = now_unix_s;
    guint8 digest[10];

    ret->dated = time_of (mail, now_unix_s, &at);
    ret->received_unix_ms = (ret->dated ? at : now_unix_s) * 1000;
    digest_of (mail, digest);
    ulid_make (ret->received_unix_ms, digest, ret->id);
}

/* The envelope */

static Span
bare (const char *value)
{
    Span s = span_trim (span_of (value));

    if (span_left (s) >= 2 && *s.p == '<' && s.end[-1] == '>')
        return (Span) { s.p + 1, s.end - 1 };
    return s;
}

static const char *
all_of (const Message *m, const char *name)
{
    g_autoptr (GString) all = g_string_new (NULL);

    for (guint i = 0; i < m->n_headers; i++) {
        Span address = bare (m->headers[i].value);

        if (g_ascii_strcasecmp (m->headers[i].name, name) != 0 || span_left (address) == 0)
            continue;
        g_string_append (all, all->len > 0 ? ", " : "");
        g_string_append_len (all, address.p, (gssize)span_left (address));
    }
    return all->len > 0 ? arena_strdup (m->arena, all->str) : NULL;
}

void
mailid_envelope (const Message *m, Envelope *ret)
{
    static const char *const names[] = { "Delivered-To", "X-Original-To", "Envelope-To" };
    const char *sender = message_header (m, "Return-Path");

    *ret = (Envelope) { NULL, NULL, NULL };
    if (sender != NULL)
        ret->sender = arena_span_dup (m->arena, bare (sender));
    for (gsize i = 0; i < G_N_ELEMENTS (names) && ret->recipients == NULL; i++)
        ret->recipients = all_of (m, names[i]);
}
