#include "effect/draft.h"
#include "base/addrspec.h"
#include "base/clean.h"
#include <gmime/gmime.h>

#define CHARSET "utf-8"
#define MAX_SUBJECT 400
#define MAX_NAME 200
#define MAX_ID 250 /* bytes: a line holds 998, RFC 5322 2.1.1 */

static gboolean
is_plain (const char *text, const char *never)
{
    for (; *text != '\0'; text++)
        if (!g_ascii_isgraph (*text) || strchr (never, *text) != NULL)
            return FALSE;
    return TRUE;
}

gboolean
draft_good_message_id (const char *id)
{
    return id != NULL && *id != '\0' && strlen (id) <= MAX_ID && is_plain (id, "<>()\\\"");
}

static void
add_mailbox (GMimeMessage *mail, GMimeAddressType type, const char *address, const char *name)
{
    g_autofree char *safe = name != NULL ? clean_terminal (span_of (name), MAX_NAME) : NULL;

    InternetAddress *mailbox;

    if (!addrspec_is_plain (address))
        return;
    mailbox = internet_address_mailbox_new (safe, address);
    internet_address_set_charset (mailbox, CHARSET);
    internet_address_list_add (g_mime_message_get_addresses (mail, type), mailbox);
    g_object_unref (mailbox);
}

static void
set_header (GMimeMessage *mail, const char *name, const char *value)
{
    g_mime_object_set_header (GMIME_OBJECT (mail), name, value, NULL);
}

static void
set_ids (GMimeMessage *mail, const Draft *d)
{
    g_autoptr (GString) references = g_string_new (NULL);
    g_autofree char *parent = NULL;

    g_mime_message_set_message_id (mail, d->message_id);
    for (guint i = 0; d->references[i] != NULL; i++)
        if (draft_good_message_id (d->references[i]))
            g_string_append_printf (references, references->len > 0 ? " <%s>" : "<%s>",
                                    d->references[i]);
    if (draft_good_message_id (d->in_reply_to)) {
        parent = g_strdup_printf ("<%s>", d->in_reply_to);
        set_header (mail, "In-Reply-To", parent);
    }
    if (references->len > 0)
        set_header (mail, "References", references->str);
}

static void
set_date (GMimeMessage *mail, gint64 unix_s)
{
    GDateTime *date = g_date_time_new_from_unix_utc (unix_s);

    g_mime_message_set_date (mail, date);
    g_date_time_unref (date);
}

static GMimeObject *
new_body (const Draft *d)
{
    GMimeContentEncoding encoding =
        g_str_is_ascii (d->body) ? GMIME_CONTENT_ENCODING_7BIT : GMIME_CONTENT_ENCODING_8BIT;
    GMimePart *part = g_mime_part_new_with_type ("text", "plain");
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer (d->body, strlen (d->body));
    /* It says that it is encoded already, so that the text goes out as it is. */
    GMimeDataWrapper *content = g_mime_data_wrapper_new_with_stream (stream, encoding);

    g_mime_part_set_content_encoding (part, encoding);
    g_mime_part_set_content (part, content);
    g_mime_object_set_content_type_parameter (GMIME_OBJECT (part), "charset", CHARSET);
    g_mime_object_set_header (GMIME_OBJECT (part), "Content-Language", d->language, NULL);
    g_object_unref (content);
    g_object_unref (stream);
    return GMIME_OBJECT (part);
}

char *
draft_text (const Draft *d)
{
    GMimeMessage *mail = g_mime_message_new (TRUE);
    g_autofree char *subject = clean_terminal (span_of (d->subject), MAX_SUBJECT);
    GMimeObject *body = new_body (d);
    char *text;

    add_mailbox (mail, GMIME_ADDRESS_TYPE_FROM, d->from_address, d->from_name);
    add_mailbox (mail, GMIME_ADDRESS_TYPE_TO, d->to_address, d->to_name);
    g_mime_message_set_subject (mail, subject, CHARSET);
    set_date (mail, d->date_unix_s);
    set_ids (mail, d);
    g_mime_message_set_mime_part (mail, body);
    text = g_mime_object_to_string (GMIME_OBJECT (mail), NULL);
    g_object_unref (body);
    g_object_unref (mail);
    return text;
}
