/*
 * literals - what can be told of a regex without running it: its alternatives, and texts of
 * which one must stand wherever it matches
 *
 * On the safe side: what is not understood has no literals, and then the regex has to be tried
 * on every text.
 */
#pragma once
#include <glib.h>

#define LITERAL_MIN_BYTES 3
#define LITERALS_MAX 256 /* of one regex */

/* The alternatives between the top level's bars, each a regex of its own that matches as it does there;
 * a regex that is not understood, or whose alternatives depend on each other, is its only one.
 * Where it matches is where the leftmost (of several there the first) of them does.  g_strfreev() it. */
char **regex_alternatives (const char *regex);

/* Two sets of folded texts (see base/fold.h), of each of which one must stand in a text that matches;
 * NULL for a set there is none of, the second only beside a first.  g_strfreev() them. */
void regex_literals (const char *regex, char **ret_sets[2]);
