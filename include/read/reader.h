/*
 * reader - the state of read/freetext while it goes over a mail's lines
 *
 * One line is under the eye at a time; each of the small readers (log lines,
 * table rows, blocks, prose) takes it or leaves it to the next.  A record stays
 * open while the next line may belong to it.
 */
#pragma once
#include "find/shape.h"
#include "read/gather.h"
#include "read/table.h"

#define MAX_BLOCK_KEYS 32

typedef struct Reader {
    Facts *facts;
    const Shapes *shapes;
    Clock *clock;
    guint at;        /* index of the line under the eye */
    RecordKind open; /* the record that a next line may continue */
    gboolean is_open;
    guint part; /* of the open record */
    Table table;
    gboolean in_table;
    FieldMeaning
        keys[MAX_BLOCK_KEYS]; /* of the open block: a key that comes again begins the next */
    guint n_keys;
    guint no_flat_before; /* see read/flat */
    guint blanks;         /* empty lines since the last full one */
} Reader;

Line *reader_line (const Reader *r);
gboolean reader_begin (Reader *r, RecordKind kind,
                       const char *shape); /* FALSE at the limit of records */
void reader_mark (Reader *r);              /* the line belongs to the record opened last */
Gather
reader_gather (const Reader *r); /* what stands in signature and boilerplate accuses nobody */

/* It starts with a stamp: a log line, of whatever shape. */
gboolean reader_stamped (Span line);

gboolean is_quiet_zone (Zone z);
void set_evidence (Line *line); /* prose that turned out to be a log line, a table or a block */

/* The small readers: TRUE when they took the line. */
gboolean logline_read (Reader *r); /* by a shape of find/shape */
gboolean wrapped_pairs_read (Reader *r); /* "key=value" lines that were wrapped */
gboolean wrapped_line_read (Reader *r);  /* a log line that was wrapped before its shape's end */
gboolean escaped_read (Reader *r); /* texts in the strings of a JSON object */
gboolean tools_read (Reader *r); /* traceroute, nslookup, dig */
gboolean rows_read (Reader *r);    /* a table's head, or a row under one */
gboolean block_read (Reader *r);   /* "Key: value" */

/* What a shape found in a line, or in one put together again, into the record opened last. */
void logline_take (Reader *r, Span line, const ShapeMatch *match);
