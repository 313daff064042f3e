/*
 * gather - everything the finders see in a stretch of one line, as facts of the open record
 *
 * A value gets the role that the key right before it says ("src=", "client:"),
 * else the one given; values inside a URL are the URL's own.
 */
#pragma once
#include "find/field.h"
#include "read/clock.h"

typedef struct Gather {
    Facts *facts;
    Clock *clock;
    guint line;           /* index into facts->lines */
    Role role;            /* for addresses without a key of their own */
    Role port_role;       /* for ports without one */
    Basis basis;          /* of roles that are known */
    const char *rule;     /* why `role' */
    gboolean event_times; /* FALSE: stamps here are not of events and are left out */
    gboolean no_ports;    /* bare port words are not looked for */
} Gather;

void gather_text (const Gather *g, Span text); /* a piece of the line's text */

/* One value of a known meaning (a field's, a column's, a shape's); TRUE when it was one. */
gboolean gather_value (const Gather *g, const FieldMeaning *meaning, Span value);

Where gather_where (const Gather *g, const char *at);

/* For gather_value's own parts. */
void gather_port (const Gather *g, Role role, guint port, Span original);
gboolean gather_stamp (const Gather *g, const Stamp *stamp);
