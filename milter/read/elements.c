#include "read/elements.h"
#include "read/quote.h"

typedef struct Builder {
    Arena *arena;
    Elements *into;
    guint open;    /* the element that text belongs to */
    GString *text; /* of it */
    Span rest;     /* of the source, behind the element before: for line numbers */
    guint line;
} Builder;

XmlCursor
elements_cursor (const Part *part)
{
    return (XmlCursor) { part->number, part->text, 1 };
}

static guint
count_lines (const char *from, const char *to)
{
    guint n = 0;

    for (; from < to; from++)
        n += *from == '\n';
    return n;
}

static void
move_to (Builder *b, const char *at)
{
    b->line += count_lines (b->rest.p, at);
    b->rest.p = at;
}

/* Every element has its opening tag in the source, in turn. */
static void
follow_tag (Builder *b)
{
    for (const char *p = b->rest.p; p + 1 < b->rest.end; p++)
        if (*p == '<' && strchr ("/!?", p[1]) == NULL) {
            move_to (b, p + 1);
            return;
        }
}

/* The text of an element without children begins behind its tag. */
static void
follow_text (Builder *b)
{
    const char *p = memchr (b->rest.p, '>', span_left (b->rest));

    if (p == NULL)
        return;
    for (p++; p < b->rest.end && g_ascii_isspace (*p);)
        p++;
    move_to (b, p);
}

static const MarkupAttribute *
copy_attributes (Arena *arena, const MarkupAttribute *from, guint n)
{
    MarkupAttribute *copy = arena_new0 (arena, MarkupAttribute, n);

    for (guint i = 0; copy != NULL && i < n; i++) {
        copy[i].name = arena_strdup (arena, from[i].name);
        copy[i].value = arena_strdup (arena, from[i].value);
    }
    return arena_exhausted (arena) ? NULL : copy;
}

static void
on_start (gpointer data, const char *name, const MarkupAttribute *attributes, guint n)
{
    Builder *b = data;
    Element *e = list_push (b->arena, &b->into->list, ELEMENTS_MAX);
    const Element *parent = b->open != ELEMENTS_NONE ? &b->into->list.items[b->open] : NULL;

    g_string_truncate (b->text, 0);
    follow_tag (b);
    if (e == NULL) {
        b->into->defect = "XML holds too many elements";
        return;
    }
    *e = (Element) { .parent = b->open, .line = b->line, .end = b->into->list.n };
    e->name = arena_strdup (b->arena, name);
    e->path = parent != NULL ? arena_printf (b->arena, "%s.%s", parent->name, name) : e->name;
    e->attributes = n > 0 ? copy_attributes (b->arena, attributes, n) : NULL;
    e->n_attributes = e->attributes != NULL ? n : 0;
    if (e->name == NULL || e->path == NULL)
        b->into->list.n--;
    else
        b->open = b->into->list.n - 1;
}

static void
on_text (gpointer data, Span text)
{
    Builder *b = data;

    g_string_append_len (b->text, text.p, (gssize)span_left (text));
}

static void
on_end (gpointer data, const char *name)
{
    Builder *b = data;
    Element *e = b->open != ELEMENTS_NONE ? &b->into->list.items[b->open] : NULL;
    Span text = span_trim ((Span) { b->text->str, b->text->str + b->text->len });
    const char *copy;

    if (e == NULL || strcmp (e->name, name) != 0) /* one that was not kept */
        return;
    if (b->into->list.n - 1 == b->open && (copy = arena_span_dup (b->arena, text)) != NULL) {
        e->text = span_of (copy);
        if (span_left (e->text) > 0)
            follow_text (b);
        e->line = b->line;
    }
    e->end = b->into->list.n;
    b->open = e->parent;
    g_string_truncate (b->text, 0);
}

/* "<Infringement" or "<acns:Infringement", and not "<InfringementList". */
static const char *
tag_at (Span text, const char *slash, const char *root)
{
    for (const char *at; (at = span_find (text, root)) != NULL; text.p = at + 1) {
        const char *open = at, *behind = at + strlen (root);

        if (open > text.p && open[-1] == ':')
            while (open > text.p && (g_ascii_isalnum (open[-1]) || open[-1] == ':'))
                open--;
        if (open - text.p < (gssize)strlen (slash) ||
            memcmp (open - strlen (slash), slash, strlen (slash)) != 0)
            continue;
        if (behind < text.end && (g_ascii_isspace (*behind) || strchr (">/", *behind) != NULL))
            return open - strlen (slash);
    }
    return NULL;
}

static gboolean
is_link (Span s)
{
    static const char *const schemes[] = { "<http:", "<https:", "<mailto:" };

    for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
        if (span_starts_nocase (s, schemes[i]))
            return TRUE;
    return FALSE;
}

/* Mail clients make links of what looks like one and write "text <target>" when they forward: even
 * in the namespaces of the root's tag. */
static Span
without_links (Arena *arena, Span xml)
{
    char *copy = arena_alloc (arena, span_left (xml) + 1), *end = copy;

    if (copy == NULL)
        return xml;
    for (const char *p = xml.p, *close; p < xml.end; p++) {
        Span rest = { p, xml.end };

        if (*p == '<' && is_link (rest) && (close = span_find (rest, ">")) != NULL)
            p = close;
        else
            *end++ = *p;
    }
    return (Span) { copy, end };
}

static gboolean
has_links (Span xml)
{
    return span_find (xml, "<http") != NULL || span_find (xml, "<mailto:") != NULL;
}

static gboolean
is_marked (Span text, const char *at)
{
    const char *start = at;

    while (start > text.p && start[-1] != '\n')
        start--;
    return quote_strip_line ((Span) { start, at }).p != start;
}

gboolean
elements_next (Arena *arena, XmlCursor *at, const char *root, Elements *ret)
{
    static const MarkupHandler handler = { on_start, on_end, on_text };
    Builder b = { .arena = arena, .into = ret, .open = ELEMENTS_NONE };
    const char *open = tag_at (at->rest, "<", root), *close;
    const char *defect;
    Span xml;

    if (open == NULL)
        return FALSE;
    close = tag_at ((Span) { open, at->rest.end }, "</", root);
    close = close != NULL ? memchr (close, '>', (gsize)(at->rest.end - close)) : NULL;
    xml = (Span) { open, close != NULL ? close + 1 : at->rest.end };
    *ret = (Elements) { .part = at->part, .defect = close != NULL ? NULL : "XML ends too early" };
    ret->first_line = at->line + count_lines (at->rest.p, open);
    ret->last_line = at->line = ret->first_line + count_lines (xml.p, xml.end);
    if (is_marked (at->rest, open))
        xml = quote_strip (arena, xml);
    if (has_links (xml))
        xml = without_links (arena, xml);
    at->rest.p = close != NULL ? close + 1 : at->rest.end;
    b.rest = xml;
    b.line = ret->first_line;
    b.text = g_string_new (NULL);
    markup_xml (xml, &handler, &b, &defect);
    for (; b.open != ELEMENTS_NONE; b.open = ret->list.items[b.open].parent)
        ret->list.items[b.open].end = ret->list.n; /* never closed */
    g_string_free (b.text, TRUE);
    ret->defect = ret->defect != NULL ? ret->defect : defect;
    return ret->list.n > 0;
}

const char *
element_attribute (const Element *e, const char *name)
{
    for (guint i = 0; i < e->n_attributes; i++)
        if (g_ascii_strcasecmp (e->attributes[i].name, name) == 0)
            return e->attributes[i].value;
    return NULL;
}

const Element *
elements_find (const Elements *e, guint root, const char *path)
{
    for (guint i = root; i < e->list.items[root].end; i++)
        if (take_same_name (span_of (e->list.items[i].path), path))
            return &e->list.items[i];
    return NULL;
}

void
elements_take (Facts *facts, const Elements *e, guint root, const TakeRow *rows, guint n_rows)
{
    for (guint i = 0; i < n_rows; i++)
        for (guint k = root; k < e->list.items[root].end; k++) {
            const Element *leaf = &e->list.items[k];

            if (span_left (leaf->text) > 0 && take_same_name (span_of (leaf->path), rows[i].name))
                take_value (facts, &rows[i], leaf->text, (Where) { e->part, leaf->line, 0 });
        }
}

void
elements_take_children (Facts *facts, const Elements *e, guint parent, const char *stop,
                        const TakeRow *row)
{
    guint end = e->list.items[parent].end;

    for (guint i = parent + 1; i < end; i = e->list.items[i].end) {
        const Element *child = &e->list.items[i];

        if (strcmp (child->name, stop) == 0)
            return;
        if (span_left (child->text) > 0 && take_same_name (span_of (child->path), row->name))
            take_value (facts, row, child->text, (Where) { e->part, child->line, 0 });
    }
}
