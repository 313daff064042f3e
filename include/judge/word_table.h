/*
 * word_table - words before and behind an address, and what each says of it
 *
 * In the languages complaints come in.  A word with ROLE_UNKNOWN is stepped over:
 * it says nothing itself ("the", "IP", "address").
 */
#pragma once
#include "value/fact.h"

typedef struct Meaning {
    const char *word; /* lower case */
    Role role;        /* ROLE_UNKNOWN: stepped over */
    double strength;
} Meaning;

const Meaning *word_before_address (Span word); /* NULL: not in the table */
const Meaning *word_behind_address (Span word);

gboolean word_tables_sorted (void); /* the tables' own promise, for the test */
