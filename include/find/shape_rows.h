/*
 * shape_rows - the table of log shapes and its fields, for find/shape and its tests
 */
#pragma once
#include "find/shape.h"

typedef struct ShapeRows {
    const Shape *rows;
    guint n;
} ShapeRows;

extern const ShapeRows *const shape_rows[]; /* in the order in which they are tried */
extern const guint n_shape_rows;

extern const ShapeRows shape_rows_http, shape_rows_login, shape_rows_mail, shape_rows_firewall,
    shape_rows_packets, shape_rows_generic;

/* What a {name} in a template reads. */
typedef struct ShapeSort {
    const char *name;
    ShapeWhat what;
    ShapeWhat port; /* of {src:sport}: what the port is; SHAPE_SKIP when there is none */
    gboolean (*read) (
        Span *s, char stop); /* at the start of s; `stop' begins the literal behind it, or NUL */
} ShapeSort;

const ShapeSort *shape_sort (Span name); /* NULL when unknown */

/* Could the field, an address apart, begin with this byte, behind that one?  Cheap; for searching. */
gboolean shape_may_start (const ShapeSort *sort, char before, char c);

/* The port behind an address, however joined: ":22", "/22", "#22", ".22", "(22)", "]:22". */
gboolean shape_port (Span *s, gboolean bracket, Span *ret_port);
