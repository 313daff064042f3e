#include "read/parts.h"
#include "base/clean.h"
#include "read/charset.h"
#include "read/html.h"
#include "read/intake.h"
#include "read/pgp.h"

#define MAX_NAME 255
#define STUB_BYTES 600       /* a plain text up to this may be a mere stub beside its HTML */
#define HTML_HEAD_BYTES 1024 /* where <meta charset> is looked for (HTML 13.2.3.2) */

Part *
parts_add (Parts *ps, PartKind kind, const Leaf *leaf, const char *type)
{
    Arena *arena = ps->message->arena;
    Part *part = list_push (arena, &ps->list, INTAKE_MAX_PARTS);

    if (part == NULL) {
        if (!ps->full)
            message_bound (ps->message, "more than %d parts: the rest is not read",
                           INTAKE_MAX_PARTS);
        ps->full = TRUE;
        return NULL;
    }
    *part = (Part) { .number = ps->list.n,
                     .depth = ps->depth,
                     .mail = ps->mail,
                     .kind = kind,
                     .type = arena_strdup (arena, type),
                     .declared = arena_strdup (arena, leaf->declared),
                     .name = leaf->name };
    if (part->type != NULL && part->declared != NULL)
        return part;
    ps->list.n--;
    ps->full = TRUE; /* the arena is exhausted */
    return NULL;
}

void
parts_opaque (Parts *ps, const Leaf *leaf, Sniffed what)
{
    const Part *part = parts_add (ps, PART_OPAQUE, leaf, what.type);

    if (part != NULL && what.nature == NATURE_ENCRYPTED)
        message_defect (ps->message, "part %u is encrypted: not readable", part->number);
}

const char *
parts_file_name (Arena *arena, const char *name)
{
    Span s = span_of (name);
    g_autofree char *line = NULL;

    for (const char *p = s.p; p < s.end; p++)
        if (*p == '/' || *p == '\\')
            s.p = p + 1;
    s = span_trim (s);
    if (s.p == s.end)
        return NULL;
    line = clean_terminal (s, MAX_NAME);
    return arena_strdup (arena, line);
}

static gboolean
is_report (const char *declared)
{
    static const char *const types[] = { "message/feedback-report", "message/delivery-status",
                                         "message/global-delivery-status",
                                         "message/disposition-notification",
                                         "message/global-disposition-notification" };

    for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
        if (strcmp (declared, types[i]) == 0)
            return TRUE;
    return FALSE;
}

static gboolean
has_text (const Parts *ps, guint mail)
{
    for (guint i = 0; i < ps->list.n; i++)
        if (ps->list.items[i].mail == mail &&
            ps->list.items[i].text.p < ps->list.items[i].text.end &&
            (ps->list.items[i].kind == PART_TEXT || ps->list.items[i].kind == PART_MAIL_TEXT))
            return TRUE;
    return FALSE;
}

/* The first text is what the sender wrote, even when it carries a file name. */
static PartKind
kind_of (const Parts *ps, const Leaf *leaf, const char *type, Span text)
{
    gboolean prose = strcmp (type, "text/plain") == 0 || strcmp (type, "text/html") == 0 ||
                     strcmp (type, "text/enriched") == 0 || strcmp (type, "text/markdown") == 0 ||
                     strcmp (type, "text/richtext") == 0;
    gboolean first = !has_text (ps, ps->mail);

    if (is_report (leaf->declared) || (!first && sniff_is_xarf (text)))
        return PART_REPORT;
    if (g_str_has_prefix (leaf->declared, "text/") && !leaf->attachment && first)
        prose = TRUE;
    else if (leaf->attachment || (leaf->name != NULL && !first) ||
             !g_str_has_prefix (leaf->declared, "text/"))
        prose = FALSE;
    if (!prose)
        return PART_DATA;
    return ps->mail != 0 ? PART_MAIL_TEXT : PART_TEXT;
}

/* <meta charset="x"> or <meta ... content="text/html; charset=x">. */
static const char *
html_charset (Arena *arena, Span html)
{
    const char *at;
    Span value;

    html.end = html.p + MIN (span_left (html), HTML_HEAD_BYTES);
    at = span_find_nocase (html, "charset=");
    if (at == NULL)
        return NULL;
    value = (Span) { at + strlen ("charset="), html.end };
    while (value.p < value.end && (*value.p == '"' || *value.p == '\'' || *value.p == ' '))
        value.p++;
    for (at = value.p; at < value.end && (g_ascii_isalnum (*at) || strchr ("-_:.", *at) != NULL);
         at++)
        ;
    return at > value.p ? arena_span_dup (arena, span_to (value, at)) : NULL;
}

/* Cut where a line ends, so that no character is cut. */
static Span
cut (Span bytes, gsize max)
{
    Span kept = { bytes.p, bytes.p + MIN (span_left (bytes), max) };
    const char *end = kept.end;

    if (kept.end == bytes.end)
        return kept;
    while (end > kept.p && end > kept.end - 4096 && end[-1] != '\n')
        end--;
    return end > kept.p && end[-1] == '\n' ? span_to (kept, end) : kept;
}

static Span
decode_charset (Parts *ps, const Leaf *leaf, Sniffed what, Span bytes, guint number)
{
    gboolean html = what.nature == NATURE_HTML;
    const char *charset = leaf->charset;
    CharsetNote note;
    Span text;

    if (html && charset == NULL)
        charset = html_charset (ps->scratch, bytes);
    text = charset_to_utf8 (html ? ps->scratch : ps->message->arena, bytes, charset, &note);
    if (note.replaced)
        message_defect (ps->message, "part %u is not in the charset it declares: read as %s",
                        number, note.used != NULL ? note.used : "UTF-8");
    if (note.bad > 0)
        message_defect (ps->message, "part %u has %" G_GSIZE_FORMAT " bytes that are no characters",
                        number, note.bad);
    return html ? html_to_text (ps->message->arena, text) : text;
}

static Span
readable_text (Parts *ps, const Leaf *leaf, Sniffed what, Span bytes, guint number)
{
    PgpNote pgp;
    Span text = decode_charset (ps, leaf, what, bytes, number);

    text = pgp_read_through (ps->message->arena, text, &pgp);
    if (pgp.encrypted)
        message_defect (ps->message, "part %u is encrypted: not readable", number);
    return text;
}

static gboolean
is_prose (const Part *part)
{
    return part->kind == PART_TEXT || part->kind == PART_MAIL_TEXT;
}

static gboolean
is_html (const Part *part)
{
    return strcmp (part->declared, "text/html") == 0 || strcmp (part->type, "text/html") == 0;
}

static gboolean
has_full_plain_text (const Parts *ps)
{
    for (guint i = ps->alternative; i < ps->list.n; i++) {
        const Part *part = &ps->list.items[i];

        if (is_prose (part) && !is_html (part) && part->mail == ps->mail &&
            span_left (span_trim (part->text)) > STUB_BYTES)
            return TRUE;
    }
    return FALSE;
}

void
parts_text (Parts *ps, const Leaf *leaf, Sniffed what, Span bytes)
{
    Part *part = parts_add (ps, PART_OPAQUE, leaf, what.type);
    gsize max = MIN (INTAKE_MAX_PART_TEXT, ps->text_left);

    if (part == NULL)
        return;
    if (what.nature == NATURE_HTML && !leaf->attachment && has_full_plain_text (ps)) {
        part->kind = ps->mail != 0 ? PART_MAIL_TEXT : PART_TEXT;
        part->spare = TRUE;
        return;
    }
    if (span_left (bytes) > max) {
        message_bound (ps->message, "part %u is cut after %" G_GSIZE_FORMAT " bytes", part->number,
                       max);
        bytes = cut (bytes, max);
    }
    ps->text_left -= span_left (bytes);
    part->text = readable_text (ps, leaf, what, bytes, part->number);
    part->kind = kind_of (ps, leaf, what.type, part->text);
}

/* "This mail needs an HTML viewer" and texts that are all but empty. */
static gboolean
is_stub (Span plain, Span html)
{
    gsize n = span_left (plain = span_trim (plain)), n_html = span_left (span_trim (html));

    if (n == 0)
        return n_html > 0;
    if (n > STUB_BYTES || n_html < 2 * n)
        return FALSE;
    return n_html > 8 * n || span_find_nocase (plain, "html") != NULL;
}

void
parts_alternative (Parts *ps, guint first)
{
    Part *plain = NULL, *html = NULL;
    const Part *best;

    for (guint i = first; i < ps->list.n; i++) {
        Part *part = &ps->list.items[i];

        if (!is_prose (part) || part->mail != ps->mail)
            continue;
        if (is_html (part))
            html = html != NULL ? html : part;
        else
            plain = plain != NULL ? plain : part;
    }
    if (plain == NULL || html == NULL)
        return;
    best = is_stub (plain->text, html->text) ? html : plain;
    for (guint i = first; i < ps->list.n; i++) {
        Part *part = &ps->list.items[i];

        if (is_prose (part) && part->mail == ps->mail && is_html (part) != (best == html))
            part->spare = TRUE;
    }
}

void
parts_finish (Parts *ps)
{
    const Part *opaque = NULL;

    for (guint i = 0; i < ps->list.n; i++) {
        const Part *part = &ps->list.items[i];

        if (span_left (span_trim (part->text)) > 0)
            return;
        if (part->kind == PART_OPAQUE && opaque == NULL)
            opaque = part;
    }
    if (opaque != NULL)
        message_defect (ps->message, "there is no text beside part %u, which cannot be read",
                        opaque->number);
    else
        message_defect (ps->message, "there is no text");
}
