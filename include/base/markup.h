/*
 * markup - HTML and XML as a stream of events
 *
 * The door to libxml2 (SAX).  No network, no DTD, no entity expansion beyond
 * the predefined ones, no files.  HTML is read as browsers do: nothing is
 * refused.  XML that is not well-formed is read as far as it goes (recovering:
 * a bare '&' is text) and *ret_defect says so.
 *
 * Names come without prefix, lower case for HTML, as written for XML.  Text
 * comes as UTF-8 in pieces of any size.  Handlers may be NULL.
 */
#pragma once
#include "base/span.h"

#define MARKUP_MAX_BYTES (8 * 1024 * 1024)
#define MARKUP_MAX_DEPTH 256      /* deeper elements are not reported */
#define MARKUP_MAX_EVENTS 1000000

typedef struct MarkupAttribute {
    const char *name, *value; /* NUL-terminated UTF-8, value "" when absent */
} MarkupAttribute;

typedef struct MarkupHandler {
    void (*start) (gpointer data, const char *name, const MarkupAttribute *attributes, guint n);
    void (*end) (gpointer data, const char *name);
    void (*text) (gpointer data, Span text);
} MarkupHandler;

void     markup_html (Span html_utf8, const MarkupHandler *handler, gpointer data);
gboolean markup_xml (Span xml, const MarkupHandler *handler, gpointer data, const char **ret_defect);
