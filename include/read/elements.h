/*
 * elements - an XML report as a flat list of its elements
 *
 * Found in a part that is XML, or somewhere in a body (quoted, dash-escaped, in
 * a PGP clearsigned text), from the root's opening tag to its closing one.
 * Elements stand in the order of the text, so a subtree is a run of them.
 * What is not well-formed is read as far as it goes.
 */
#pragma once
#include "base/markup.h"
#include "read/take.h"

#define ELEMENTS_MAX 20000
#define ELEMENTS_NONE G_MAXUINT

typedef struct Element {
    const char *name; /* without prefix, as written */
    const char *path; /* the parent's name and its own: "Source.IP_Address" */
    guint parent;     /* index, ELEMENTS_NONE of the root */
    guint end;        /* index behind its subtree */
    Span text;        /* of an element without children: trimmed, else empty */
    guint line;       /* in the part */
    const MarkupAttribute *attributes;
    guint n_attributes;
} Element;

typedef struct Elements {
    guint part, first_line, last_line;
    LIST (Element) list; /* the root is the first */
    const char *defect;  /* NULL: all is well */
} Elements;

typedef struct XmlCursor {
    guint part;
    Span rest;
    guint line;
} XmlCursor;

XmlCursor elements_cursor (const Part *part);

/* The next XML with that root element; FALSE at the end. */
gboolean elements_next (Arena *arena, XmlCursor *at, const char *root, Elements *ret);

const char *element_attribute (const Element *e,
                               const char *name); /* NULL when absent; ASCII case */

/* The first element of that path in a subtree, or NULL. */
const Element *elements_find (const Elements *e, guint root, const char *path);

/* Takes what the rows say of a subtree: their names are paths ("Source.IP_Address"). */
void elements_take (Facts *facts, const Elements *e, guint root, const TakeRow *rows, guint n_rows);

/* The same of one row and the element's own children, up to the first that is named `stop'. */
void elements_take_children (Facts *facts, const Elements *e, guint parent, const char *stop,
                             const TakeRow *row);
