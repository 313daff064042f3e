/*
 * regex_lint - what is probably not meant in a regex that PCRE2 takes
 *
 * For whoever writes scenarios, not for loading: a finding is advice.  It knows the
 * dialect of base/pattern (CASELESS, MULTILINE, not EXTENDED) and looks at what
 * stands side by side; that a regex has no finding does not prove that it can match.
 */
#pragma once
#include <glib.h>

#define REGEX_LINT_QUOTE 60 /* bytes of the regex that a finding quotes */

/* Adds a sentence (g_free() it) for each finding, the same one once. */
void regex_lint (const char *regex, GPtrArray *findings);
