#include "shell/inbound.h"

static void
forged_clear (gpointer item)
{
    g_free (((Forged *)item)->name);
}

static char *
bare_address (const char *address)
{
    Span s = span_trim (span_of (address));

    if (span_left (s) >= 2 && s.p[0] == '<' && s.end[-1] == '>')
        s = (Span) { s.p + 1, s.end - 1 };
    return span_dup (s);
}

Inbound *
inbound_new (Knowledge *know, const char *sender)
{
    Inbound *in = g_new0 (Inbound, 1);

    in->know = know;
    in->sender = bare_address (sender);
    in->recipients = g_string_new (NULL);
    in->raw = g_byte_array_new ();
    in->forged = g_array_new (FALSE, FALSE, sizeof (Forged));
    g_array_set_clear_func (in->forged, forged_clear);
    return in;
}

void
inbound_free (Inbound *in)
{
    if (in == NULL)
        return;
    knowledge_unref (in->know);
    g_free (in->sender);
    g_string_free (in->recipients, TRUE);
    g_byte_array_unref (in->raw);
    g_array_unref (in->forged);
    g_clear_pointer (&in->counts, g_hash_table_unref);
    g_free (in);
}

static void
add_recipient_text (GString *list, const char *address)
{
    if (g_str_has_suffix (list->str, "..."))
        return;
    if (list->len + strlen (address) + 2 > INBOUND_MAX_ENVELOPE) {
        g_string_append (list, list->len > 0 ? ", ..." : "...");
        return;
    }
    g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", address);
}

void
inbound_recipient (Inbound *in, const char *address, const char *rewritten)
{
    const Settings *settings = in->know->settings;
    g_autofree char *bare = bare_address (address);

    add_recipient_text (in->recipients, bare);
    in->watched = in->watched || settings_watches (settings, bare) ||
                  (rewritten != NULL && settings_watches (settings, rewritten));
}

static gsize
room (const Inbound *in)
{
    gsize limit = in->know->settings->message_limit_bytes;

    return limit > in->raw->len ? limit - in->raw->len : 0;
}

static void
append (Inbound *in, const char *bytes, gsize n)
{
    gsize fits = MIN (n, room (in));

    g_byte_array_append (in->raw, (const guint8 *)bytes, (guint)fits);
    in->cut = in->cut || fits < n;
}

/* Lines arrive joined by a bare LF. */
static void
append_lines (Inbound *in, const char *value)
{
    const char *lf;

    while ((lf = strchr (value, '\n')) != NULL) {
        gsize n = (gsize)(lf - value);

        append (in, value, n > 0 && lf[-1] == '\r' ? n - 1 : n);
        append (in, "\r\n", 2);
        value = lf + 1;
    }
    append (in, value, strlen (value));
    append (in, "\r\n", 2);
}

/* RFC 5322 4.5 lets blanks stand before the colon; some MTAs leave them on the name. */
static Span
name_of (const char *name)
{
    return span_trim (span_of (name));
}

static void
note_forged (Inbound *in, const char *name)
{
    char *key = span_dup (name_of (name));
    Forged forged = { g_strdup (name), 1 };

    if (in->counts == NULL)
        in->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    for (char *c = key; *c != '\0'; c++)
        *c = g_ascii_tolower (*c);
    forged.index += GPOINTER_TO_UINT (g_hash_table_lookup (in->counts, key));
    g_hash_table_insert (in->counts, key, GUINT_TO_POINTER (forged.index));
    g_array_append_val (in->forged, forged);
}

void
inbound_header (Inbound *in, const char *name, const char *value, gboolean leading_space)
{
    if (span_starts_nocase (name_of (name), in->know->settings->header_prefix))
        note_forged (in, name);
    append (in, name, strlen (name));
    append (in, ": ", leading_space ? 1 : 2);
    append_lines (in, value);
}

void
inbound_end_of_headers (Inbound *in)
{
    append (in, "\r\n", 2);
}

gboolean
inbound_body (Inbound *in, const guint8 *bytes, gsize n)
{
    append (in, (const char *)bytes, n);
    return !in->cut;
}

Span
inbound_bytes (const Inbound *in)
{
    const char *p = in->raw->len > 0 ? (const char *)in->raw->data : "";

    return (Span) { p, p + in->raw->len };
}
