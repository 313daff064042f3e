#include "base/markup.h"
#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>

#define HTML_MAX_OPEN 512 /* elements the parser may hold open: closing searches them all */
#define MAX_ATTRIBUTES 32

typedef struct Reader {
    const MarkupHandler *handler;
    gpointer data;
    xmlParserCtxtPtr parser;
    const char *open[MARKUP_MAX_DEPTH]; /* names of the elements reported and not yet closed */
    guint depth, events;
    gsize stopped_at; /* HTML: where the parser was stopped to begin anew; 0 when it was not */
    gboolean bad;
} Reader;

static gboolean
spend (Reader *r)
{
    if (r->events++ < MARKUP_MAX_EVENTS)
        return TRUE;
    xmlStopParser (r->parser);
    return FALSE;
}

static void
start (Reader *r, const char *name, const MarkupAttribute *attributes, guint n)
{
    if (!spend (r) || r->depth++ >= MARKUP_MAX_DEPTH)
        return;
    r->open[r->depth - 1] = name;
    if (r->handler->start != NULL)
        r->handler->start (r->data, name, attributes, n);
}

static void
end (Reader *r)
{
    if (r->depth == 0 || r->depth-- > MARKUP_MAX_DEPTH || r->handler->end == NULL)
        return;
    r->handler->end (r->data, r->open[r->depth]);
}

static void
on_text (void *data, const xmlChar *text, int n)
{
    Reader *r = data;

    if (n > 0 && spend (r) && r->handler->text != NULL)
        r->handler->text (r->data, (Span) { (const char *)text, (const char *)text + n });
}

static void
ignore_error (void *data, xmlErrorPtr error)
{
    Reader *r = data;

    r->bad |= error->level >= XML_ERR_ERROR;
}

/* The parser keeps every unclosed element and searches them at every closing tag.  Past
 * HTML_MAX_OPEN it is stopped, and a new one goes on behind this tag. */
static void
limit_open (Reader *r)
{
    xmlParserCtxtPtr p = r->parser;

    if (p->nameNr < HTML_MAX_OPEN || p->input == NULL)
        return;
    r->stopped_at = (gsize)(p->input->cur - p->input->base) + p->input->consumed;
    xmlStopParser (p);
}

static void
on_html_start (void *data, const xmlChar *name, const xmlChar **pairs)
{
    Reader *r = data;
    MarkupAttribute attributes[MAX_ATTRIBUTES];
    guint n = 0;

    for (; pairs != NULL && pairs[0] != NULL && n < MAX_ATTRIBUTES; pairs += 2)
        attributes[n++] = (MarkupAttribute) { (const char *)pairs[0],
                                              pairs[1] != NULL ? (const char *)pairs[1] : "" };
    start (r, (const char *)name, attributes, n);
    limit_open (r);
}

static void
on_html_end (void *data, const xmlChar *name)
{
    (void)name;
    end (data);
}

static const xmlSAXHandler html_handler = {
    .startElement = on_html_start,
    .endElement = on_html_end,
    .characters = on_text,
    .ignorableWhitespace = on_text,
    .cdataBlock = on_text,
    .serror = ignore_error,
    .initialized = XML_SAX2_MAGIC,
};

static void
parse_html (Reader *r, Span html)
{
    htmlParserCtxtPtr parser = htmlCreateMemoryParserCtxt (html.p, (int)span_left (html));

    if (parser == NULL)
        return;
    r->parser = parser;
    r->depth = 0;
    r->stopped_at = 0;
    *parser->sax = html_handler;
    parser->userData = r;
    htmlCtxtUseOptions (parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                    HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
    parser->sax->serror = ignore_error;
    xmlSwitchEncoding (parser, XML_CHAR_ENCODING_UTF8);
    htmlParseDocument (parser);
    while (r->depth > 0)
        end (r);
    if (parser->myDoc != NULL)
        xmlFreeDoc (parser->myDoc);
    htmlFreeParserCtxt (parser);
}

/* libxml2 puts text that stands outside of everything into a paragraph of its own; an open body
 * spares us those.  What has been read makes room for it when a new parser goes on. */
void
markup_html (Span html, const MarkupHandler *handler, gpointer data)
{
    static const char open_body[] = "<html><body>";
    const gsize before = sizeof open_body - 1;
    Reader r = { .handler = handler, .data = data };
    gsize n = MIN (span_left (html), MARKUP_MAX_BYTES);
    g_autofree char *buffer = g_malloc (before + n);
    Span rest = { buffer + before, buffer + before + n };

    if (n > 0)
        memcpy (buffer + before, html.p, n);
    while (rest.p < rest.end) {
        char *start = buffer + (rest.p - buffer) - before;

        memcpy (start, open_body, before);
        parse_html (&r, (Span) { start, rest.end });
        if (r.stopped_at <= before || r.stopped_at >= (gsize)(rest.end - start))
            return;
        rest.p = start + r.stopped_at;
        (void)span_lit (&rest, "/");
        (void)span_lit (&rest, ">");
    }
}

static void
on_xml_start (void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
              int n_namespaces, const xmlChar **namespaces, int n_attributes, int n_defaulted,
              const xmlChar **attributes)
{
    MarkupAttribute list[MAX_ATTRIBUTES] = { 0 };
    guint n = 0;

    (void)prefix, (void)uri, (void)n_namespaces, (void)namespaces, (void)n_defaulted;
    for (int i = 0; i < n_attributes && n < MAX_ATTRIBUTES; i++, attributes += 5)
        list[n++] = (MarkupAttribute) { (const char *)attributes[0],
                                        g_strndup ((const char *)attributes[3],
                                                   (gsize)(attributes[4] - attributes[3])) };
    start (data, (const char *)name, list, n);
    for (guint i = 0; i < n; i++)
        g_free ((char *)list[i].value);
}

static void
on_xml_end (void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    (void)name, (void)prefix, (void)uri;
    end (data);
}

static xmlEntityPtr
predefined (void *data, const xmlChar *name)
{
    (void)data;
    return xmlGetPredefinedEntity (name);
}

static const xmlSAXHandler xml_handler = {
    /* no DTD callbacks: declarations are passed over */
    .startElementNs = on_xml_start, .endElementNs = on_xml_end,    .characters = on_text,
    .ignorableWhitespace = on_text, .cdataBlock = on_text,         .getEntity = predefined,
    .serror = ignore_error,         .initialized = XML_SAX2_MAGIC,
};

/* XML 1.0 section 4.6: the five, and character references; any other '&' is text. */
static gboolean
is_reference (Span s)
{
    static const char *const names[] = { "&amp;", "&lt;", "&gt;", "&quot;", "&apos;" };
    const char *p = s.p + 1;

    for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
        if (span_lit (&s, names[i]))
            return TRUE;
    if (p == s.end || *p++ != '#')
        return FALSE;
    if (p < s.end && *p == 'x')
        p++;
    for (s.p = p; p < s.end && g_ascii_isxdigit (*p); p++)
        ;
    return p > s.p && p < s.end && *p == ';';
}

static GString *
escape_bare_ampersands (Span xml)
{
    GString *fixed = NULL;
    const char *kept = xml.p, *amp;

    for (Span rest = xml;
         rest.p < rest.end && (amp = memchr (rest.p, '&', span_left (rest))) != NULL;
         rest.p = amp + 1) {
        if (is_reference ((Span) { amp, xml.end }))
            continue;
        if (fixed == NULL)
            fixed = g_string_sized_new (span_left (xml) + 64);
        g_string_append_len (fixed, kept, amp - kept);
        g_string_append (fixed, "&amp;");
        kept = amp + 1;
    }
    if (fixed != NULL)
        g_string_append_len (fixed, kept, xml.end - kept);
    return fixed;
}

static void
parse_xml (Reader *r, Span xml)
{
    xmlParserCtxtPtr parser = xmlNewParserCtxt ();
    xmlDocPtr doc;

    if (parser == NULL)
        return;
    r->parser = parser;
    *parser->sax = xml_handler;
    parser->userData = r;
    doc = xmlCtxtReadMemory (parser, xml.p, (int)span_left (xml), NULL, "UTF-8",
                             XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOERROR |
                                 XML_PARSE_NOWARNING | XML_PARSE_IGNORE_ENC);
    r->bad |= !parser->wellFormed;
    while (r->depth > 0)
        end (r);
    if (doc != NULL)
        xmlFreeDoc (doc);
    xmlFreeParserCtxt (parser);
}

gboolean
markup_xml (Span xml, const MarkupHandler *handler, gpointer data, const char **ret_defect)
{
    Reader r = { .handler = handler, .data = data };
    const char *first = xml.p < xml.end ? memchr (xml.p, '<', span_left (xml)) : NULL;
    GString *fixed;

    *ret_defect = NULL;
    if (first == NULL) {
        *ret_defect = "no XML element";
        return FALSE;
    }
    if (span_left (xml) > MARKUP_MAX_BYTES)
        xml.end = xml.p + MARKUP_MAX_BYTES;
    xml.p = MIN (first, xml.end);
    fixed = escape_bare_ampersands (xml);
    if (fixed != NULL)
        xml = (Span) { fixed->str, fixed->str + fixed->len };
    parse_xml (&r, xml);
    if (r.bad)
        *ret_defect = "XML is not well-formed";
    else if (fixed != NULL)
        *ret_defect = "a bare '&' stands in XML";
    if (fixed != NULL)
        g_string_free (fixed, TRUE);
    return TRUE;
}
