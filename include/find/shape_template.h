/*
 * shape_template - one template, compiled, and the line it is tried on
 */
#pragma once
#include "find/shape_rows.h"

#define TEMPLATE_MAX_OPS 40
#define TEMPLATE_WINDOW 4 /* bytes of an anchor */
#define LINE_MAX_ADDRESSES                                                                         \
    32 /* of one line; what stands behind the last of them is not matched                          \
        */

typedef enum OpKind { OP_LITERAL, OP_BLANKS, OP_SKIP, OP_FIELD } OpKind;

typedef struct Op {
    OpKind kind;
    const char *text;      /* OP_LITERAL */
    gsize n, rare;         /* its bytes, and which of them to look for */
    const ShapeSort *sort; /* OP_FIELD */
} Op;

typedef struct Template {
    const Shape *shape;
    Op ops[TEMPLATE_MAX_OPS];
    guint n_ops;
    gboolean from_start, nocase;
    gboolean needs_address; /* it has {src} or {dst} */
    guint64 bytes[4];       /* a bit for each byte value that must occur in the line */
    const Op *need; /* its longest literal: no line without it can match; NULL when it has none */
    guint32 window; /* the rarest TEMPLATE_WINDOW bytes of its literals, as template_window() sees
                       them */
    gboolean loose; /* no literal is long enough for a window */
} Template;

/* A line, and where its addresses are: found once, asked by every template. */
typedef struct LineView {
    Span text;
    guint n_addresses;
    Span addresses[LINE_MAX_ADDRESSES];
    gboolean stamp_tried; /* a stamp at the start of the line */
    const char *stamp_end;
} LineView;

/* TEMPLATE_WINDOW bytes at p, in one case for all: a false hit costs less than two tables. */
static inline guint32
template_window (const char *p)
{
    guint32 w;

    memcpy (&w, p, sizeof w);
    return w | 0x20202020u;
}

void template_compile (const Shape *shape,
                       Template *ret); /* a mistake in a template is a mistake of ours */
gboolean template_match (const Template *t, LineView *line, ShapeMatch *ret);

void line_view (Span line, LineView *ret);
