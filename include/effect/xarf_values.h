/*
 * xarf_values - one value of an XARF object each, of what the log knows
 */
#pragma once
#include "effect/xarf.h"
#include "effect/xarf_types.h"

typedef struct XarfMaker {
    const Knowledge *know;
    const LogRow *row;
    const LogIncident *in;
    const Class *class;
    const XarfType *type;
    gboolean withhold; /* neither URL nor host is told */
    Json *j;
    GString *missing;  /* keys, apart by ", " */
} XarfMaker;

Json    *xarf_value (const XarfMaker *m, const char *key); /* NULL: not known */
Json    *xarf_source (const XarfMaker *m);                 /* address, network, or a URL's host */
Json    *xarf_time (const XarfMaker *m);
Json    *xarf_port (guint port);                           /* NULL: none */
gboolean xarf_is_hostname (const char *host);
