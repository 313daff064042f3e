/*
 * words - what the words around an address say of it
 *
 * "from 198.51.100.7", "your server (198.51.100.7)", "our host 203.0.113.9",
 * "attack against 203.0.113.9", "198.51.100.7 tried to": the nearest word with
 * a meaning decides, stepping over words without one ("the", "IP", "address").
 */
#pragma once
#include "value/fact.h"

#define WORDS_MAX_BACK 6  /* words looked at before the address */
#define WORDS_MAX_AHEAD 4 /* and behind it */

typedef struct WordRole {
    Role role;
    double strength; /* 1 weak to 4 strong */
    Span word;       /* the one that decided */
} WordRole;

/* FALSE when no word says anything.  `text' is the line that `address' stands in; `above' the last
 * full line before it, where a sentence that reaches back to the line's start goes on. */
gboolean words_role (Span text, Span above, Span address, WordRole *ret);

/* The word right before says "IP" or "address": whoever wrote it meant an address. */
gboolean words_name_ip (Span text, Span address);
