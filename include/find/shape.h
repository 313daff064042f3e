/*
 * shape - log lines known by their form, each column with its meaning
 *
 * The shapes are const rows (find/shapes.c): a name, what it is evidence of,
 * and a template such as
 *
 *     "sshd[{n}]: Failed password for {*} from {src} port {sport}"
 *
 * In a template a space stands for one or more blanks; {name} reads a field;
 * {*} skips as little as possible; everything else stands for itself.  A
 * template is searched anywhere in the line unless it starts with '^'.
 * Fields: {src} {dst} an address; {src:sport} {dst:dport} with its port in any
 * spelling (a:p, a/p, a#p, a.p, [a]:p); {sport} {dport} a port number; {time}
 * a stamp; {proto} a protocol's name or number; {url}; {host}; {user};
 * {count}; {n} digits; {w} a word; {q} a quoted string's inside.
 * Meanings are those of the incident: src is the offender's side.
 */
#pragma once
#include "base/span.h"

typedef enum ShapeWhat {
    SHAPE_SRC, SHAPE_DST, SHAPE_SPORT, SHAPE_DPORT, SHAPE_TIME, SHAPE_PROTO, SHAPE_URL, SHAPE_HOST,
    SHAPE_USER, SHAPE_COUNT, SHAPE_SKIP, N_SHAPE_WHATS
} ShapeWhat;

typedef struct Shape {
    const char *name;      /* "sshd-failed", unique; scenarios name it in `shape:' */
    const char *family;    /* "sshd", "apache", "iptables", ...: scenarios may name the family */
    const char *template_; /* as above */
    const char *protocol;  /* what the line implies ("tcp"), or NULL */
    guint dport;           /* what the service implies is NOT filled in: ports are stated, never implied; 0 */
} Shape;

typedef struct ShapeField {
    ShapeWhat what;
    Span text;             /* in the line */
} ShapeField;

#define SHAPE_MAX_FIELDS 16
#define SHAPE_MAX_LINE 4096 /* bytes of a line that are looked at */

typedef struct ShapeMatch {
    const Shape *shape;
    ShapeField fields[SHAPE_MAX_FIELDS];
    guint n_fields;
} ShapeMatch;

typedef struct Shapes Shapes; /* compiled: immutable, shared by threads */

Shapes *shapes_new (void);
void    shapes_free (Shapes *s);
guint   shapes_count (const Shapes *s);
const Shape *shapes_get (const Shapes *s, guint i);
gboolean shapes_known (const Shapes *s, const char *name_or_family);

/* The first shape (in the order of the table: specific before general) that holds for the line. */
gboolean shape_match (const Shapes *s, Span line, ShapeMatch *ret);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Shapes, shapes_free)
