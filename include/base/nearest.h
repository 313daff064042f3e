/*
 * nearest - "did you mean": the known word that a misspelled one stands for
 */
#pragma once
#include <glib.h>

#define NEAREST_MAX_WORD 64 /* longer words are not compared */

/* The word with the fewest edits (insert, drop, change, swap neighbours), at most a third of its
 * length; NULL when none is that near.  `known' is NULL-terminated. */
const char *nearest_word (const char *word, const char *const *known);
