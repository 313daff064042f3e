#include "read/html.h"
#include "base/markup.h"
#include "read/page.h"

#define MAX_UNENDED 100 /* comments without an end that are searched for one */
#define MAX_TARGET 2048 /* bytes of a link's target */

typedef enum Effect {
    INLINE,
    LINE,      /* begins and ends a line */
    PARAGRAPH, /* the same, with an empty line between */
    BREAK,     /* <br> */
    SKIP,      /* its content is not for reading */
    PRE,       /* blanks count */
    QUOTE,
    LINK,
    TABLE,
    ROW,
    CELL
} Effect;

static const struct {
    const char *name;
    Effect effect;
} elements[] = {
    { "a", LINK },           { "address", LINE }, { "article", LINE },  { "aside", LINE },
    { "blockquote", QUOTE }, { "br", BREAK },     { "caption", LINE },  { "center", LINE },
    { "dd", LINE },          { "div", LINE },     { "dl", PARAGRAPH },  { "dt", LINE },
    { "fieldset", LINE },    { "figure", LINE },  { "footer", LINE },   { "form", LINE },
    { "h1", PARAGRAPH },     { "h2", PARAGRAPH }, { "h3", PARAGRAPH },  { "h4", PARAGRAPH },
    { "h5", PARAGRAPH },     { "h6", PARAGRAPH }, { "head", SKIP },     { "header", LINE },
    { "hr", PARAGRAPH },     { "legend", LINE },  { "li", LINE },       { "listing", PRE },
    { "main", LINE },        { "nav", LINE },     { "noscript", SKIP }, { "object", SKIP },
    { "ol", PARAGRAPH },     { "option", LINE },  { "p", PARAGRAPH },   { "pre", PRE },
    { "script", SKIP },      { "section", LINE }, { "select", SKIP },   { "style", SKIP },
    { "svg", SKIP },         { "table", TABLE },  { "td", CELL },       { "template", SKIP },
    { "textarea", PRE },     { "th", CELL },      { "title", SKIP },    { "tr", ROW },
    { "ul", PARAGRAPH },     { "xmp", PRE },
};

typedef struct Writer {
    Page page;
    guint hidden, pre;
    char *target;      /* of the link we are in */
    gsize target_text; /* where its text begins */
    guint depth;
    guchar was[MARKUP_MAX_DEPTH]; /* per open element: what its end has to undo */
} Writer;

enum { UNDO_HIDDEN = 1, UNDO_QUOTE = 2, UNDO_EFFECT = 4 };

static Effect
effect_of (const char *name)
{
    gsize low = 0, high = G_N_ELEMENTS (elements);

    while (low < high) {
        gsize mid = (low + high) / 2;
        int order = strcmp (name, elements[mid].name);

        if (order == 0)
            return elements[mid].effect;
        if (order < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return INLINE;
}

static void
on_text (gpointer data, Span text)
{
    Writer *w = data;

    if (w->hidden > 0)
        return;
    if (w->pre > 0)
        page_pre (&w->page, text);
    else
        page_words (&w->page, text);
}

static const char *
attribute (const MarkupAttribute *attributes, guint n, const char *name)
{
    for (guint i = 0; i < n; i++)
        if (strcmp (attributes[i].name, name) == 0)
            return attributes[i].value;
    return NULL;
}

/* "display : none" and the like, blanks and case aside.  A font size of 0 hides nothing: templates
 * set it on the boxes around a text that sets its own. */
static gboolean
style_hides (const char *style)
{
    static const char *const hides[] = { "display:none", "visibility:hidden", "opacity:0;" };
    char bare[256];
    gsize n = 0;

    for (; *style != '\0' && n < sizeof bare - 2; style++)
        if (!g_ascii_isspace (*style))
            bare[n++] = g_ascii_tolower (*style);
    bare[n] = ';';
    bare[n + 1] = '\0';
    for (gsize i = 0; i < G_N_ELEMENTS (hides); i++)
        if (strstr (bare, hides[i]) != NULL)
            return TRUE;
    return FALSE;
}

static gboolean
is_hidden (const MarkupAttribute *attributes, guint n)
{
    const char *style = attribute (attributes, n, "style");

    return attribute (attributes, n, "hidden") != NULL || (style != NULL && style_hides (style));
}

/* Mail programs mark a quoted mail; a plain blockquote may be mere indentation. */
static gboolean
is_quote (const MarkupAttribute *attributes, guint n)
{
    const char *type = attribute (attributes, n, "type");
    const char *class = attribute (attributes, n, "class");

    return (type != NULL && g_ascii_strcasecmp (type, "cite") == 0) ||
           (class != NULL && strstr (class, "quote") != NULL);
}

static void
begin_link (Writer *w, const char *href)
{
    g_clear_pointer (&w->target, g_free);
    if (href == NULL || w->hidden > 0)
        return;
    if (g_ascii_strncasecmp (href, "http", 4) != 0 && g_ascii_strncasecmp (href, "ftp", 3) != 0 &&
        g_ascii_strncasecmp (href, "mailto:", 7) != 0 && g_ascii_strncasecmp (href, "hxxp", 4) != 0)
        return;
    w->target = g_utf8_make_valid (href, (gssize)strnlen (href, MAX_TARGET));
    w->target_text = w->page.out->len;
}

/* "example.net/x" for "https://example.net/x/", "a@example.net" for
 * "mailto:a@example.net?subject=x". */
static Span
bare_target (Span target)
{
    const char *at;

    target = span_trim (target);
    if (span_lit_nocase (&target, "mailto:") && (at = span_find (target, "?")) != NULL)
        target.end = at;
    if ((at = span_find (target, "://")) != NULL)
        target.p = at + 3;
    if (target.end > target.p && target.end[-1] == '/')
        target.end--;
    return target;
}

static gboolean
text_shows_target (const Writer *w)
{
    Span text = { w->page.out->str + MIN (w->target_text, w->page.out->len),
                  w->page.out->str + w->page.out->len };
    Span target = bare_target (span_of (w->target));
    g_autofree char *wanted = span_dup (target);

    return *wanted == '\0' || span_find_nocase (text, wanted) != NULL;
}

static void
end_link (Writer *w)
{
    Span target = span_of (w->target);

    if (w->target == NULL)
        return;
    if (!text_shows_target (w)) {
        w->page.blank = TRUE;
        page_text_begins (&w->page);
        g_string_append_c (w->page.out, '<');
        for (; target.p < target.end; target.p++)
            if (!g_ascii_isspace (*target.p) && (guchar)*target.p >= 0x20)
                g_string_append_c (w->page.out, *target.p);
        g_string_append_c (w->page.out, '>');
    }
    g_clear_pointer (&w->target, g_free);
}

static void
open_element (Writer *w, Effect effect, const MarkupAttribute *attributes, guint n)
{
    switch (effect) {
    case INLINE:
    case SKIP:
        break;
    case LINE:
        page_break (&w->page, 1);
        break;
    case BREAK:
        page_break (&w->page, w->page.breaks + 1);
        break;
    case PARAGRAPH:
    case QUOTE:
        page_break (&w->page, 2);
        break;
    case PRE:
        page_break (&w->page, 1);
        w->pre++;
        break;
    case LINK:
        begin_link (w, attribute (attributes, n, "href"));
        break;
    case TABLE:
        page_begin_table (&w->page);
        break;
    case ROW:
        page_begin_row (&w->page);
        break;
    case CELL:
        page_begin_cell (&w->page);
        break;
    }
}

static void
close_element (Writer *w, Effect effect)
{
    switch (effect) {
    case INLINE:
    case SKIP:
    case BREAK:
        break;
    case LINE:
        page_break (&w->page, 1);
        break;
    case PARAGRAPH:
    case QUOTE:
        page_break (&w->page, 2);
        break;
    case PRE:
        page_break (&w->page, 1);
        w->pre--;
        break;
    case LINK:
        end_link (w);
        break;
    case TABLE:
        page_end_table (&w->page);
        break;
    case ROW:
        page_end_row (&w->page);
        break;
    case CELL:
        page_end_cell (&w->page);
        break;
    }
}

static void
on_start (gpointer data, const char *name, const MarkupAttribute *attributes, guint n)
{
    Writer *w = data;
    Effect effect = effect_of (name);
    guchar undo = 0;

    if (effect == SKIP || is_hidden (attributes, n))
        undo |= UNDO_HIDDEN;
    if (effect == QUOTE && is_quote (attributes, n))
        undo |= UNDO_QUOTE;
    w->hidden += (undo & UNDO_HIDDEN) != 0;
    if (w->hidden == 0) {
        undo |= UNDO_EFFECT;
        open_element (w, effect, attributes, n);
    }
    w->page.quotes += (undo & UNDO_QUOTE) != 0;
    w->was[w->depth++] = undo;
}

static void
on_end (gpointer data, const char *name)
{
    Writer *w = data;
    guchar undo = w->was[--w->depth];

    if (undo & UNDO_EFFECT)
        close_element (w, effect_of (name));
    w->hidden -= (undo & UNDO_HIDDEN) != 0;
    w->page.quotes -= (undo & UNDO_QUOTE) != 0;
}

/* What nobody sees and how it ends.  Half of many a mail's HTML is comments and styles, which the
 * parser would go through character by character; "<![if !supportLists]>" would even come as text.
 */
static const struct {
    const char *begins, *ends;
} unseen[] = {
    { "<!--", "-->" },        { "<![CDATA[", "]]>" },     { "<![", "]>" },
    { "<style", "</style>" }, { "<script", "</script>" },
};

/* Length of what nobody sees at the start; 0 when there is none, G_MAXSIZE when it never ends. */
static gsize
unseen_length (Span s)
{
    for (gsize i = 0; i < G_N_ELEMENTS (unseen); i++) {
        const char *end;

        if (!span_starts_nocase (s, unseen[i].begins))
            continue;
        end = span_find_nocase (s, unseen[i].ends);
        return end != NULL ? (gsize)(end - s.p) + strlen (unseen[i].ends) : G_MAXSIZE;
    }
    return 0;
}

static GString *
drop_unseen (Span html)
{
    GString *kept = g_string_sized_new (span_left (html));
    const char *from = html.p, *at;
    guint unended = 0;

    for (Span rest = html; unended < MAX_UNENDED && rest.p < rest.end;) {
        gsize n;

        at = memchr (rest.p, '<', span_left (rest));
        if (at == NULL || at + 1 == rest.end)
            break;
        rest.p = at + 1;
        n = strchr ("!sS", *rest.p) != NULL ? unseen_length ((Span) { at, html.end }) : 0;
        unended += n == G_MAXSIZE;
        if (n == 0 || n == G_MAXSIZE)
            continue;
        g_string_append_len (kept, from, at - from);
        from = rest.p = at + n;
    }
    g_string_append_len (kept, from, html.end - from);
    return kept;
}

Span
html_to_text (Arena *arena, Span html_utf8)
{
    static const MarkupHandler handler = { on_start, on_end, on_text };
    Writer w = { .page.out = g_string_sized_new (span_left (html_utf8) / 2 + 64) };
    GString *kept = drop_unseen (html_utf8);
    Span text;

    markup_html ((Span) { kept->str, kept->str + kept->len }, &handler, &w);
    g_free (w.target);
    text = page_text (&w.page, arena);
    g_string_free (w.page.out, TRUE);
    g_string_free (kept, TRUE);
    return text;
}
