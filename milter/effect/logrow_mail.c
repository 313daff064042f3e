/* What a LogRow keeps of the mail itself, and how texts are kept. */
#include "base/calendar.h"
#include "effect/logrow_keep.h"
#include <string.h>

static const char *const none[] = { NULL };

const char *
logrow_keep (Arena *a, const char *text)
{
    gsize n;

    if (text == NULL)
        return NULL;
    n = strnlen (text, LOGROW_MAX_TEXT + 1);
    if (n > LOGROW_MAX_TEXT)
        for (n = LOGROW_MAX_TEXT; n > 0 && ((guchar)text[n] & 0xc0) == 0x80;)
            n--;
    return arena_strndup (a, text, n);
}

const char *
logrow_keep_some (Arena *a, const char *text)
{
    return text != NULL && *text != '\0' ? logrow_keep (a, text) : NULL;
}

const char *
logrow_keep_moment (Arena *a, gint64 unix_s)
{
    char text[RFC3339_MAX];

    return arena_strdup (a, calendar_rfc3339 (unix_s, text));
}

const char *const *
logrow_keep_list (Arena *a, const char *const *items, guint n)
{
    guint room = MIN (n, LOGROW_MAX_LIST), kept = 0;
    const char **list = arena_new0 (a, const char *, room + 1);

    if (list == NULL)
        return none;
    for (guint i = 0; i < room; i++) {
        list[kept] = logrow_keep (a, items[i]);
        kept += list[kept] != NULL;
    }
    return list;
}

/* The next <message-id> of RFC 5322 3.6.4; whatever stands between two is passed over. */
static gboolean
next_id (Span *rest, Span *ret)
{
    Span skipped;

    while (span_until (rest, '<', &skipped)) {
        *ret = (Span) { rest->p, rest->p };
        while (ret->end < rest->end && strchr ("<> \t", *ret->end) == NULL)
            ret->end++;
        if (ret->end < rest->end && *ret->end == '>' && span_left (*ret) > 0)
            return TRUE;
    }
    return FALSE;
}

static const char *
keep_id (Arena *a, Span id)
{
    g_autofree char *text = span_dup (id);

    return logrow_keep (a, text);
}

/* Of too many the first, which names the thread, and the last ones. */
static const char *const *
keep_references (Arena *a, const char *value)
{
    const char **list = arena_new0 (a, const char *, LOGROW_MAX_REFERENCES + 1);
    Span rest = span_of (value), id;
    guint n = 0;

    if (list == NULL || value == NULL)
        return none;
    for (; next_id (&rest, &id); n++) {
        if (n >= LOGROW_MAX_REFERENCES) {
            memmove (&list[1], &list[2], (LOGROW_MAX_REFERENCES - 2) * sizeof *list);
            n = LOGROW_MAX_REFERENCES - 1;
        }
        list[n] = keep_id (a, id);
        if (list[n] == NULL) /* the arena is exhausted */
            break;
    }
    return list;
}

static const char *
keep_list_header (Arena *a, const Message *m)
{
    static const char *const names[] = { "List-Id", "List-Post", "List-Unsubscribe",
                                         "Mailing-List" };

    for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
        const char *value = message_header (m, names[i]);

        if (value != NULL && *value != '\0')
            return logrow_keep (a, value);
    }
    return NULL;
}

static const char *
keep_language (Arena *a, const char *value)
{
    Span rest = span_of (value), first;

    if (value == NULL || !span_until (&rest, ',', &first))
        return NULL;
    first = span_trim (first);
    return span_left (first) > 0 ? keep_id (a, first) : NULL;
}

void
logrow_keep_message (LogRow *row, const Message *m)
{
    const char *in_reply_to = message_header (m, "In-Reply-To");
    Span rest = span_of (in_reply_to), id;
    Arena *a = row->arena;

    row->message_id = logrow_keep_some (a, m->message_id);
    row->in_reply_to = in_reply_to != NULL && next_id (&rest, &id) ? keep_id (a, id) : NULL;
    row->references = keep_references (a, message_header (m, "References"));
    row->from_address = logrow_keep_some (a, m->from_address);
    row->from_name = logrow_keep_some (a, m->from_name);
    row->reply_to = logrow_keep_some (a, m->reply_to);
    row->auto_submitted = logrow_keep_some (a, message_header (m, "Auto-Submitted"));
    row->precedence = logrow_keep_some (a, message_header (m, "Precedence"));
    row->list = keep_list_header (a, m);
    row->language = keep_language (a, message_header (m, "Content-Language"));
    row->subject = logrow_keep_some (a, m->subject);
    row->date_unix_s = m->date.known ? m->date.unix_s : G_MININT64;
    row->defects = logrow_keep_list (a, m->defects.items, m->defects.n);
}
