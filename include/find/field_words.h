/*
 * field_words - the words that names of fields are made of, and what each adds
 */
#pragma once
#include "find/field.h"

typedef struct FieldWord {
    const char *word; /* lower case UTF-8 */
    FieldWhat what;   /* FIELD_NONE when it only says a role */
    Role role;
    gboolean spoils; /* a name with this word is of something else ("mail address", "port forwarding
                        id") */
    gboolean report; /* with FIELD_TIME: the report's time */
} FieldWord;

const FieldWord *field_word (const char *word,
                             gsize len); /* NULL when unknown; `word' in lower case */

gboolean field_words_sorted (void); /* the table's own promise, for the test */
