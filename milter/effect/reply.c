#include "effect/reply.h"
#include "base/addrspec.h"
#include "effect/reply_fill.h"

G_DEFINE_QUARK (abuse - reply - error - quark, reply_error)

#define MAX_TOKENS 200
#define ID_HEX 24 /* of a Message-ID's left side */

static const char frame[] = "draft", attribution[] = "quote";

/* Who writes */

static const char *
watched_in (Arena *arena, const Settings *settings, const char *addresses)
{
    g_auto (GStrv) words =
        addresses != NULL ? g_strsplit_set (addresses, " ,;:<>\"()\t", MAX_TOKENS) : NULL;

    for (guint i = 0; words != NULL && words[i] != NULL; i++)
        if (addrspec_is_plain (words[i]) && settings_watches (settings, words[i]))
            return arena_strdup (arena, words[i]);
    return NULL;
}

const char *
reply_recipient (Arena *arena, const ReplyAsk *ask)
{
    static const char *const fields[] = { "Delivered-To", "X-Original-To", "To", "Cc" };
    const Settings *settings = ask->know->settings;
    const char *found = watched_in (arena, settings, ask->row->recipients);

    for (gsize i = 0; found == NULL && ask->mail != NULL && i < G_N_ELEMENTS (fields); i++)
        found = watched_in (arena, settings, message_header (ask->mail->message, fields[i]));
    return found;
}

static gboolean
set_from (Draft *d, Arena *arena, const ReplyAsk *ask, GError **error)
{
    const ReplySettings *reply = &ask->know->settings->reply;

    d->from_name = reply->name;
    d->from_address = reply->from != NULL ? reply->from : reply_recipient (arena, ask);
    if (d->from_address != NULL)
        return TRUE;
    g_set_error (error, REPLY_ERROR, REPLY_ERROR_FROM,
                 "no address to write from: the mail was sent to none that is watched; set "
                 "`reply: {from: ADDRESS}' in the settings");
    return FALSE;
}

/* Which mail it answers (RFC 5322 3.6.4) */

static void
set_thread (Draft *d, Arena *arena, const LogRow *row, gint64 now)
{
    const char *domain = strchr (d->from_address, '@') + 1;
    g_autofree char *seed = g_strdup_printf (
        "%s %s %" G_GINT64_FORMAT, row->message_id != NULL ? row->message_id : "", row->id, now);
    g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, seed, -1);
    guint n = g_strv_length ((char **)row->references), kept = 0;

    d->message_id = arena_printf (arena, "%.*s@%s", ID_HEX, hash, domain);
    d->in_reply_to = row->message_id;
    for (guint i = n > DRAFT_MAX_REFERENCES - 1 ? n - (DRAFT_MAX_REFERENCES - 1) : 0; i < n; i++)
        d->references[kept++] = row->references[i];
    if (n == 0 && row->in_reply_to != NULL)
        d->references[kept++] = row->in_reply_to;
    if (row->message_id != NULL)
        d->references[kept++] = row->message_id;
}

static const char *
subject_of (Arena *arena, const LogRow *row, gboolean checklist)
{
    Span text = span_trim (span_of (row->subject));

    while (span_lit_nocase (&text, "Re:"))
        text = span_trim (text);
    return arena_printf (arena, "%s: %.*s", checklist ? "Checklist" : "Re",
                         span_left (text) > 0 ? (int)span_left (text) : (int)strlen ("your report"),
                         span_left (text) > 0 ? text.p : "your report");
}

static void
set_to (Draft *d, const LogRow *row, gboolean checklist)
{
    d->to_address = checklist                                      ? d->from_address
                    : addrspec_is_plain (row->complainant_address) ? row->complainant_address
                                                                   : NULL;
    d->to_name = checklist ? d->from_name : row->complainant_name;
}

/* What it says */

static void
put_signature (GString *out, const char *signature)
{
    Span rest = span_of (signature), line;

    if (out->len > 0 && span_left (rest) > 0)
        g_string_append_c (out, '\n');
    while (span_line (&rest, &line))
        g_string_append_printf (out, "%.*s\n", (int)span_left (line), line.p);
}

static void
put_quote (GString *out, const ReplyFacts *f, const ReplyAsk *ask)
{
    g_autoptr (GString) head = g_string_new (NULL);
    g_autoptr (GString) lines = g_string_new (NULL);

    if (ask->mail == NULL || reply_facts_hold (f, IF_URLS_WITHHELD))
        return;
    reply_quote (lines, ask->mail, f->about != NULL ? f->about->where : (Where) { 0 });
    if (lines->len == 0)
        return;
    reply_fill (head, f, ask->know->replies, attribution);
    g_string_append_printf (out, "\n%s%s", head->str, lines->str);
}

static const char *
body_of (Arena *arena, const ReplyFacts *f, const ReplyAsk *ask)
{
    g_autoptr (GString) out = g_string_new (NULL);

    if (!reply_fill (out, f, ask->know->replies, frame))
        return NULL;
    if (!reply_facts_hold (f, IF_CHECKLIST))
        put_signature (out, ask->know->settings->reply.signature);
    put_quote (out, f, ask);
    return arena_strdup (arena, out->str);
}

Draft *
reply_draft (Arena *arena, const ReplyAsk *ask, GError **error)
{
    ReplyFacts *f = reply_facts_new (arena, ask->row, ask->know, ask->now_unix_s);
    gboolean checklist = reply_facts_hold (f, IF_CHECKLIST);
    Draft *d = arena_new0 (arena, Draft, 1);

    if (!set_from (d, arena, ask, error))
        return NULL;
    set_to (d, ask->row, checklist);
    set_thread (d, arena, ask->row, ask->now_unix_s);
    d->date_unix_s = ask->now_unix_s;
    d->subject = subject_of (arena, ask->row, checklist);
    d->language = ask->know->settings->reply.language;
    d->body = body_of (arena, f, ask);
    if (d->body != NULL)
        return d;
    g_set_error (error, REPLY_ERROR, REPLY_ERROR_TEXT,
                 "the scenarios have no text named '%s': it stands in common/reply.yaml", frame);
    return NULL;
}
