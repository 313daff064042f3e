/*
 * block - runs of "Key: value" lines
 *
 * As ARF (RFC 5965 3), X-ARF and header fields have them: folded lines are
 * joined, quote marks ("> ") and an indentation common to the run are passed
 * over, a single empty line does not end a run (mail clients double line
 * ends), YAML's quotes around a value are taken off.
 */
#pragma once
#include "read/take.h"

#define BLOCK_MAX_FIELDS 200
#define BLOCK_MAX_VALUE 4096 /* bytes; what is folded on behind them is left out */

typedef struct Field {
    Span name, value; /* trimmed; in the part's text, or in the arena where it was folded */
    guint line, last; /* in the part, from 1 */
    guint column;     /* of the value, in its line */
} Field;

typedef struct Block {
    guint part;
    guint first, last; /* lines */
    LIST (Field) fields;
} Block;

typedef struct BlockCursor {
    guint part;
    Span rest;
    guint line; /* of the next line in `rest' */
} BlockCursor;

BlockCursor block_cursor (const Part *part);

/* The next run of at least one field; FALSE at the end. */
gboolean block_next (Arena *arena, BlockCursor *at, Block *ret);

const Field *block_field (const Block *b, const char *name); /* the first of that name, or NULL */

/* Opens a record of the format, takes what the rows say, and claims the block's lines. */
gboolean block_take (Facts *facts, const Block *b, const char *format, const TakeRow *rows,
                     guint n_rows);
