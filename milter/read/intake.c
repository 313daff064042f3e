#include "read/intake.h"
#include "base/clean.h"
#include "read/charset.h"
#include "read/header.h"
#include "read/leaf.h"
#include "read/parts.h"
#include "read/tame.h"
#include <gmime/gmime.h>

#define MAX_MAIL_BYTES G_MAXINT32 /* more is not looked at */

void
intake_init (void)
{
    g_mime_init ();
}

/* Header values */

/* Bytes a header should not hold are made UTF-8 first, so that RFC 2047 words can be undone in it.
 */
static char *
header_utf8 (Parts *ps, Span raw)
{
    CharsetNote note;

    return span_dup (charset_to_utf8 (ps->scratch, raw, NULL, &note));
}

static const char *
header_value (Parts *ps, const char *raw)
{
    Arena *arena = ps->message->arena;
    Span s = span_of (raw), text;
    gsize bad;

    if (span_left (s) > INTAKE_MAX_HEADER_BYTES) {
        message_bound (ps->message, "a header field is longer than %d bytes",
                       INTAKE_MAX_HEADER_BYTES);
        s.end = s.p + INTAKE_MAX_HEADER_BYTES;
    }
    if (header_is_simple (s))
        return header_one_line (arena, s);

    g_autofree char *utf8 = header_utf8 (ps, s);
    g_autofree char *unfolded = g_mime_utils_header_unfold (utf8);
    g_autofree char *decoded = g_mime_utils_header_decode_text (NULL, unfolded);

    text = clean_utf8 (ps->scratch, span_of (decoded), &bad);
    return header_one_line (arena, text);
}

static const char *
mailbox_of_list (InternetAddressList *list, const char **ret_name)
{
    int n = list != NULL ? internet_address_list_length (list) : 0;

    for (int i = 0; i < n; i++) {
        InternetAddress *address = internet_address_list_get_address (list, i);
        const char *found;

        if (INTERNET_ADDRESS_IS_MAILBOX (address)) {
            *ret_name = internet_address_get_name (address);
            return internet_address_mailbox_get_addr (INTERNET_ADDRESS_MAILBOX (address));
        }
        found = mailbox_of_list (
            internet_address_group_get_members (INTERNET_ADDRESS_GROUP (address)), ret_name);
        if (found != NULL)
            return found;
    }
    return NULL;
}

static const char *
clean_value (Parts *ps, const char *text)
{
    Span s = span_of (text);
    gsize bad;

    if (text == NULL)
        return "";
    if (!g_str_is_ascii (text))
        s = clean_utf8 (ps->scratch, s, &bad);
    return header_one_line (ps->message->arena, s);
}

static const char *
mailbox (Parts *ps, const char *raw, const char **ret_name)
{
    g_autofree char *value = NULL;
    InternetAddressList *list;
    const char *name = NULL, *address;
    Span s = span_of (raw);

    *ret_name = "";
    if (raw == NULL)
        return "";
    s.end = s.p + MIN (span_left (s), INTAKE_MAX_HEADER_BYTES);
    value = header_utf8 (ps, s);
    list = internet_address_list_parse (NULL, value);
    address = clean_value (ps, mailbox_of_list (list, &name));
    *ret_name = clean_value (ps, name);
    if (strchr (address, '@') == NULL && header_word_with_at (span_of (value)).p != NULL)
        address = arena_span_dup (ps->message->arena, header_word_with_at (span_of (value)));
    if (list != NULL)
        g_object_unref (list);
    return address != NULL ? address : "";
}

/* The fields that GMime keeps with the body (Content-*) go back to where they stood. */
static void
headers_of (Parts *ps, GMimeMessage *mail, const Header **ret, guint *ret_n)
{
    GMimeHeaderList *lists[2] = { g_mime_object_get_header_list (GMIME_OBJECT (mail)), NULL };
    GMimeObject *body = g_mime_message_get_mime_part (mail);
    int at[2] = { 0, 0 }, n[2] = { g_mime_header_list_get_count (lists[0]), 0 };
    LIST (Header) list = { 0 };

    if (body != NULL) {
        lists[1] = g_mime_object_get_header_list (body);
        n[1] = g_mime_header_list_get_count (lists[1]);
    }
    while (at[0] < n[0] || at[1] < n[1]) {
        GMimeHeader *next[2] = {
            at[0] < n[0] ? g_mime_header_list_get_header_at (lists[0], at[0]) : NULL,
            at[1] < n[1] ? g_mime_header_list_get_header_at (lists[1], at[1]) : NULL
        };
        int from = next[0] == NULL || (next[1] != NULL && g_mime_header_get_offset (next[1]) <
                                                              g_mime_header_get_offset (next[0]));
        Header *header = list_push (ps->message->arena, &list, INTAKE_MAX_HEADERS);

        if (header == NULL) {
            message_bound (ps->message, "more than %d header fields: the rest is not read",
                           INTAKE_MAX_HEADERS);
            break;
        }
        at[from]++;
        header->name = clean_value (ps, g_mime_header_get_name (next[from]));
        header->value = header_value (ps, g_mime_header_get_raw_value (next[from]));
    }
    *ret = list.items;
    *ret_n = list.n;
}

static const char *
raw_header (GMimeMessage *mail, const char *name)
{
    GMimeHeader *header =
        g_mime_header_list_get_header (g_mime_object_get_header_list (GMIME_OBJECT (mail)), name);

    return header != NULL ? g_mime_header_get_raw_value (header) : NULL;
}

static void
read_header (Parts *ps, GMimeMessage *mail)
{
    Message *m = ps->message;
    const char *ignored, *value;

    headers_of (ps, mail, &m->headers, &m->n_headers);
    if ((value = message_header (m, "Subject")) != NULL)
        m->subject = value;
    if ((value = message_header (m, "Message-ID")) != NULL)
        m->message_id = header_message_id (m->arena, value);
    m->from_address = mailbox (ps, raw_header (mail, "From"), &m->from_name);
    m->reply_to = mailbox (ps, raw_header (mail, "Reply-To"), &ignored);
    m->date = intake_moment (message_header (m, "Date"));
    if (!m->date.known && message_header (m, "Date") != NULL)
        message_defect (m, "the Date header cannot be read");
}

/* Bodies */

static void walk (Parts *ps, GMimeObject *object);

/* The mail's own bytes: GMime's stream over them is not read, for it would copy. */
static Span
raw_content (GMimePart *part)
{
    GMimeDataWrapper *content = g_mime_part_get_content (part);
    GMimeStream *stream = content != NULL ? g_mime_data_wrapper_get_stream (content) : NULL;
    const GByteArray *array;
    gint64 start, end;

    if (stream == NULL || !GMIME_IS_STREAM_MEM (stream))
        return SPAN_LIT ("");
    array = GMIME_STREAM_MEM (stream)->buffer;
    start = stream->bound_start;
    end = stream->bound_end >= 0 ? stream->bound_end : (gint64)array->len;
    end = MIN (end, (gint64)array->len);
    if (array->data == NULL || start >= end)
        return SPAN_LIT ("");
    return (Span) { (const char *)array->data + start, (const char *)array->data + end };
}

/* Blanks inside lines, or many bytes outside its alphabet: text that says it is base64 but is not.
 */
static gboolean
is_not_base64 (Span raw)
{
    gsize odd = 0, n = MIN (span_left (raw), 1024);

    for (const char *p = raw.p; p < raw.p + n; p++)
        odd += !g_ascii_isalnum (*p) && strchr ("+/=\r\n", *p) == NULL;
    return odd * 10 > n;
}

static Span
decode (Parts *ps, GMimeContentEncoding encoding, Span raw)
{
    GMimeEncoding state;
    char *out;
    gsize n;

    if (encoding == GMIME_CONTENT_ENCODING_BASE64 && is_not_base64 (raw))
        return raw;
    if (encoding != GMIME_CONTENT_ENCODING_BASE64 &&
        encoding != GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE &&
        encoding != GMIME_CONTENT_ENCODING_UUENCODE)
        return raw;
    g_mime_encoding_init_decode (&state, encoding);
    out = arena_alloc (ps->scratch, g_mime_encoding_outlen (&state, span_left (raw)) + 4);
    if (out == NULL)
        return SPAN_LIT ("");
    n = g_mime_encoding_step (&state, raw.p, span_left (raw), out);
    return (Span) { out, out + n };
}

typedef struct Parsed {
    GMimeMessage *mail; /* NULL: there is no header */
    Span bytes;
    GByteArray *array; /* GMime's view of them */
    GString *tamed;    /* owns them, unless the caller does */
} Parsed;

static Span
tame (Parts *ps, Span bytes, GString **ret_tamed)
{
    TameNote note;

    *ret_tamed = tame_mail (bytes, &note);
    if (note.cut)
        message_bound (ps->message, "header fields longer than %d bytes are cut", TAME_FIELD_BYTES);
    if (note.ended)
        message_defect (ps->message,
                        "more parts, fields or parameters than a mail has: the rest is not read");
    return *ret_tamed != NULL ? (Span) { (*ret_tamed)->str, (*ret_tamed)->str + (*ret_tamed)->len }
                              : bytes;
}

static Parsed
parse (Parts *ps, Span bytes)
{
    Parsed p = { NULL, bytes, NULL, NULL };
    GMimeParser *parser;
    GMimeStream *stream;

    p.bytes = tame (ps, header_start (bytes), &p.tamed);
    p.array = g_byte_array_new_take ((guint8 *)p.bytes.p, span_left (p.bytes));
    stream = g_mime_stream_mem_new_with_byte_array (p.array);
    parser = g_mime_parser_new_with_stream (stream);
    g_mime_stream_mem_set_owner (GMIME_STREAM_MEM (stream), FALSE);
    p.mail = g_mime_parser_construct_message (parser, NULL);
    g_object_unref (parser);
    g_object_unref (stream);
    return p;
}

static void
forget (Parsed *p)
{
    g_clear_object (&p->mail);
    (void)g_byte_array_free (p->array, FALSE); /* the bytes have an owner */
    if (p->tamed != NULL)
        g_string_free (p->tamed, TRUE);
}

static void
finish_head (Parts *ps, guint number, const Header *headers, guint n, Span text)
{
    Part *head = &ps->list.items[number - 1];

    head->headers = headers;
    head->n_headers = n;
    head->text = text;
    head->mail = number;
}

static void
read_attached_mail (Parts *ps, GMimeMessage *mail, const Leaf *leaf)
{
    const Part *head = parts_add (ps, PART_MAIL_HEAD, leaf, "message/rfc822");
    guint outer = ps->mail, alternative = ps->alternative;
    const Header *headers = NULL;
    guint n = 0;

    if (head == NULL)
        return;
    if (mail == NULL) {
        message_defect (ps->message, "part %u is an attached mail without content", head->number);
        finish_head (ps, head->number, NULL, 0, SPAN_LIT (""));
        return;
    }
    headers_of (ps, mail, &headers, &n);
    finish_head (ps, head->number, headers, n, header_lines (ps->message->arena, headers, n));
    ps->mail = head->number;
    ps->alternative = PARTS_NONE;
    ps->depth++;
    walk (ps, g_mime_message_get_mime_part (mail));
    ps->depth--;
    ps->alternative = alternative;
    ps->mail = outer;
}

/* Header fields that are not followed by a body, which GMime refuses. */
static void
read_mere_headers (Parts *ps, const Leaf *leaf, Span bytes)
{
    const Part *head = parts_add (ps, PART_MAIL_HEAD, leaf, "message/rfc822");
    LIST (Header) list = { 0 };
    Span name, value, text;

    if (head == NULL)
        return;
    for (Header *h; header_next (&bytes, &name, &value);) {
        h = list_push (ps->message->arena, &list, INTAKE_MAX_HEADERS);
        if (h == NULL)
            break;
        g_autofree char *raw = span_dup (value), *raw_name = span_dup (name);

        h->name = clean_value (ps, raw_name);
        h->value = header_value (ps, raw);
    }
    text = header_lines (ps->message->arena, list.items, list.n);
    if (list.n == 0)
        message_defect (ps->message, "part %u is an attached mail without content", head->number);
    finish_head (ps, head->number, list.items, list.n, text);
}

/* A mail inside a leaf: its own encoding was undone, or it is called something else. */
static void
read_mail_bytes (Parts *ps, const Leaf *leaf, Span bytes)
{
    Parsed p = parse (ps, bytes);

    if (p.mail != NULL)
        read_attached_mail (ps, p.mail, leaf);
    else
        read_mere_headers (ps, leaf, p.bytes);
    forget (&p);
}

static Leaf
leaf_of (Parts *ps, GMimePart *part)
{
    GMimeContentType *type = g_mime_object_get_content_type (GMIME_OBJECT (part));
    g_autofree char *mime_type = g_mime_content_type_get_mime_type (type);
    g_autofree char *lower = g_ascii_strdown (mime_type, -1);
    const char *disposition = g_mime_object_get_disposition (GMIME_OBJECT (part));
    const char *charset = g_mime_content_type_get_parameter (type, "charset");
    const char *declared = clean_value (ps, lower);

    return (Leaf) { .declared = declared,
                    .name = parts_file_name (ps->message->arena, g_mime_part_get_filename (part)),
                    .charset = charset,
                    .attachment =
                        disposition != NULL && g_ascii_strcasecmp (disposition, "attachment") == 0,
                    .headers = strcmp (declared, "text/rfc822-headers") == 0 ||
                               strcmp (declared, "message/rfc822-headers") == 0 ||
                               strcmp (declared, "message/rfc822") == 0 };
}

/* Bytes that can matter of an encoded text: quoted-printable takes up to three for one. */
static Span
bounded (Span raw)
{
    return (Span) { raw.p, raw.p + MIN (span_left (raw), 3 * (gsize)INTAKE_MAX_PART_TEXT + 4096) };
}

static void
read_leaf (Parts *ps, GMimePart *part)
{
    Leaf leaf = leaf_of (ps, part);
    GMimeContentEncoding encoding = g_mime_part_get_content_encoding (part);
    Span raw = bounded (raw_content (part));
    Span start = { raw.p, raw.p + MIN (span_left (raw), 2 * SNIFF_BYTES) };
    Sniffed what = sniff (decode (ps, encoding, start), leaf.declared, leaf.name);

    if (what.nature == NATURE_OPAQUE || what.nature == NATURE_ENCRYPTED) {
        parts_opaque (ps, &leaf, what);
        return;
    }
    leaf_read (ps, &leaf, what, decode (ps, encoding, raw));
}

/* A multipart whose boundary never comes: what there is stands before it. */
static void
read_prologue (Parts *ps, GMimeMultipart *multipart)
{
    const char *text = g_mime_multipart_get_prologue (multipart);
    Leaf leaf = { .declared = "text/plain" };
    Span bytes = span_of (text);

    if (span_left (span_trim (bytes)) == 0)
        return;
    message_defect (ps->message, "a multipart's boundary is missing");
    parts_text (ps, &leaf, sniff (bytes, leaf.declared, NULL), bytes);
}

static void
walk_multipart (Parts *ps, GMimeMultipart *multipart)
{
    GMimeContentType *type = g_mime_object_get_content_type (GMIME_OBJECT (multipart));
    gboolean alternative = g_mime_content_type_is_type (type, "multipart", "alternative");
    guint first = ps->list.n, outer = ps->alternative;
    int n = g_mime_multipart_get_count (multipart);

    if (n == 0)
        read_prologue (ps, multipart);
    if (alternative)
        ps->alternative = first;
    for (int i = 0; i < n && !ps->full; i++)
        walk (ps, g_mime_multipart_get_part (multipart, i));
    ps->alternative = outer;
    if (alternative)
        parts_alternative (ps, first);
}

static void
walk (Parts *ps, GMimeObject *object)
{
    if (object == NULL || ps->full || budget_over (ps->message->budget))
        return;
    if (ps->depth > INTAKE_MAX_DEPTH) {
        message_bound (ps->message, "parts nested deeper than %d are not read", INTAKE_MAX_DEPTH);
        return;
    }
    if (GMIME_IS_MULTIPART (object)) {
        ps->depth++;
        walk_multipart (ps, GMIME_MULTIPART (object));
        ps->depth--;
    } else if (GMIME_IS_MESSAGE_PART (object)) {
        Leaf leaf = { .declared = "message/rfc822" };

        read_attached_mail (ps, g_mime_message_part_get_message (GMIME_MESSAGE_PART (object)),
                            &leaf);
    } else if (GMIME_IS_PART (object)) {
        read_leaf (ps, GMIME_PART (object));
    }
}

static void
read_mail (Parts *ps, Span bytes)
{
    Leaf leaf = { .declared = "text/plain" };
    Parsed p = parse (ps, bytes);

    if (p.mail != NULL) {
        read_header (ps, p.mail);
        walk (ps, g_mime_message_get_mime_part (p.mail));
    } else {
        message_defect (ps->message, "there is no header");
        parts_text (ps, &leaf, sniff (p.bytes, leaf.declared, NULL), p.bytes);
    }
    forget (&p);
}

Message *
intake_read (Arena *arena, Span mail)
{
    return intake_read_within (arena, NULL, mail);
}

Message *
intake_read_within (Arena *arena, Budget *budget, Span mail)
{
    Message *m = arena_reserve (arena, sizeof *m);
    Parts ps = { .message = m,
                 .text_left = INTAKE_MAX_TEXT,
                 .alternative = PARTS_NONE,
                 .read_mail = read_mail_bytes };

    *m = (Message) { .arena = arena,
                     .budget = budget,
                     .subject = "",
                     .from_address = "",
                     .from_name = "",
                     .reply_to = "",
                     .message_id = "",
                     .bytes = span_left (mail) };
    if (span_left (mail) > MAX_MAIL_BYTES)
        mail.end = mail.p + MAX_MAIL_BYTES;
    ps.scratch = arena_beside (arena);
    if (mail.p < mail.end)
        read_mail (&ps, mail);
    parts_finish (&ps);
    arena_free (ps.scratch);
    m->parts = ps.list.items;
    m->n_parts = ps.list.n;
    return m;
}
