/*
 * fold - characters that a caseless pattern takes for the same, made the same
 *
 * Agrees with PCRE2's caseless matching (UTF, UCP) for every character that
 * fold_is_simple(); for the others nothing is promised.
 */
#pragma once
#include "base/span.h"

gunichar fold_char (gunichar c);
gboolean fold_is_simple (gunichar c); /* all that match it caselessly fold to the same, and nothing else does */

/* Folds valid UTF-8 into ret, which has room for as many bytes; returns how many there are. */
gsize fold_text (Span text, char *ret);
