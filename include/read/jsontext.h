/*
 * jsontext - JSON objects in the text of a part
 *
 * A part that is JSON, lines of it, a list, or an object somewhere in a body,
 * quoted or not.  An object ends where its braces balance; one that never
 * closes goes to the end of the text.
 */
#pragma once
#include "value/fact.h"

typedef struct JsonText {
    Span text; /* "{ ... }" without quote marks: in the part, or in the arena */
    guint part, first_line, last_line;
} JsonText;

typedef struct JsonCursor {
    guint part;
    Span rest;
    guint line;
} JsonCursor;

JsonCursor jsontext_cursor (const Part *part);
gboolean jsontext_next (Arena *arena, JsonCursor *at, JsonText *ret);

/* The line on which that value stands (the first one, when there are several). */
Where jsontext_where (const JsonText *j, Span value);

/* For text that is nearly JSON: each "key": followed by a text or number, wherever it stands. */
typedef struct JsonPair {
    Span rest, key, value;
} JsonPair;

gboolean jsontext_pair (JsonPair *at, JsonPair *ret);
