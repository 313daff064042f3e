/*
 * literals - what can be told of a regex without running it: its alternatives, and texts of
 * which one must stand wherever it matches
 *
 * On the safe side: what is not understood has no literals, and then the regex has to be tried
 * on every text.
 */
#pragma once
#include "base/reach.h"

#define LITERAL_MIN_BYTES 3
#define LITERALS_MAX 256 /* of one regex */

/* The alternatives between the top level's bars, each a regex of its own that matches as it does there;
 * a regex that is not understood, or whose alternatives depend on each other, is its only one.
 * Where it matches is where the leftmost (of several there the first) of them does.  g_strfreev() it. */
char **regex_alternatives (const char *regex);

typedef struct LiteralSet {
    char **texts; /* folded (see base/fold.h); NULL: there is no set */
    Reach reach;  /* from where a match begins to where one of them begins */
} LiteralSet;

/* Two sets of texts, of each of which one must stand in a text that matches; the second only beside a first.
 * g_strfreev() their texts. */
void regex_literals (const char *regex, LiteralSet ret_sets[2]);
