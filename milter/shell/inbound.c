#include "shell/inbound.h"
#include "effect/headers.h"

#define FIRST_HOLD ((gsize)16 * 1024)       /* bytes; doubled as more is wanted */
#define LAST_SMALL_HOLD ((gsize)256 * 1024) /* then, all that a mail may be */

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
inbound_new (Knowledge *know, Ration *ration, const char *sender)
{
    Inbound *in = g_new0 (Inbound, 1);

    in->know = know;
    in->ration = ration;
    in->wait_left_ms = know->settings->max_wait_ms;
    in->sender = bare_address (sender);
    in->recipients = g_string_new (NULL);
    in->watched_as = g_ptr_array_new_with_free_func (g_free);
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
    inbound_forget_bytes (in);
    g_ptr_array_unref (in->watched_as);
    g_free (in->subject);
    g_array_unref (in->forged);
    g_clear_pointer (&in->forged_at, g_hash_table_unref);
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
    if (!settings_watches (settings, bare) &&
        (rewritten == NULL || !settings_watches (settings, rewritten)))
        return;
    in->watched = TRUE;
    if (in->watched_as->len < INBOUND_MAX_RECIPIENTS)
        g_ptr_array_add (in->watched_as, g_strdup (address));
}

/* Small steps, then all at once: a mail that waits for more has little, and one that has much waits
 * for nothing, so that they do not wait for each other. */
static gsize
next_step (const Inbound *in)
{
    gsize limit = in->know->settings->message_limit_bytes;

    return in->held < LAST_SMALL_HOLD ? MIN (MAX (in->held, FIRST_HOLD), limit - in->held)
                                      : limit - in->held;
}

/* Holds memory for `wanted' bytes, if there is any in time; returns for how many in all. */
static gsize
hold (Inbound *in, gsize wanted)
{
    gsize most;

    if (in->held >= wanted || in->short_of_memory)
        return MIN (wanted, in->held);
    most = ration_limits (in->know->settings).held_bytes;
    while (in->held < wanted && !in->short_of_memory) {
        gsize more = next_step (in);
        gint64 from_us = g_get_monotonic_time (), waited_ms;

        in->short_of_memory = !ration_hold (in->ration, more, most, in->wait_left_ms);
        in->held += in->short_of_memory ? 0 : more;
        waited_ms = (g_get_monotonic_time () - from_us) / 1000;
        in->wait_left_ms -= (guint)MIN (waited_ms, (gint64)in->wait_left_ms);
    }
    return MIN (wanted, in->held);
}

static void
append (Inbound *in, const char *bytes, gsize n)
{
    gsize limit = in->know->settings->message_limit_bytes, fits;

    if (in->raw == NULL)
        in->raw = g_byte_array_new ();
    fits = hold (in, MIN (in->raw->len + n, limit)) - in->raw->len;
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

static Forged *
forged_of (Inbound *in, const char *key, Span name)
{
    gsize at =
        in->forged_at != NULL ? GPOINTER_TO_SIZE (g_hash_table_lookup (in->forged_at, key)) : 0;
    Forged forged = { NULL, 0 };

    if (at != 0)
        return &g_array_index (in->forged, Forged, at - 1);
    if (in->forged->len >= INBOUND_MAX_FORGED &&
        !headers_is_ours (key + strlen (in->know->settings->header_prefix)))
        return NULL;
    if (in->forged_at == NULL)
        in->forged_at = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    forged.name = span_dup (name);
    g_array_append_val (in->forged, forged);
    g_hash_table_insert (in->forged_at, g_strdup (key), GSIZE_TO_POINTER (in->forged->len));
    return &g_array_index (in->forged, Forged, in->forged->len - 1);
}

static void
note_forged (Inbound *in, Span name)
{
    g_autofree char *spelled = span_dup (name);
    g_autofree char *key = g_ascii_strdown (spelled, -1);
    Forged *forged = forged_of (in, key, name);

    if (forged != NULL)
        forged->count++;
}

void
inbound_header (Inbound *in, const char *name, const char *value, gboolean leading_space)
{
    if (in->subject == NULL && span_is_nocase (name_of (name), "Subject"))
        in->subject = g_strdup (leading_space && *value == ' ' ? value + 1 : value);
    if (span_starts_nocase (name_of (name), in->know->settings->header_prefix))
        note_forged (in, name_of (name));
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
    if (in->raw == NULL || in->raw->len == 0)
        return SPAN_LIT ("");
    return (Span) { (const char *)in->raw->data, (const char *)in->raw->data + in->raw->len };
}

void
inbound_forget_bytes (Inbound *in)
{
    g_clear_pointer (&in->raw, g_byte_array_unref);
    ration_release (in->ration, in->held);
    in->held = 0;
}
