/*
 * auth_results - what one Authentication-Results field says (RFC 8601 2.2)
 *
 * Of the methods only SPF, DKIM and DMARC are told.  Of several DKIM signatures the best
 * counts (RFC 8601 2.7.1: a message may bear many, and one that fails says nothing of
 * the others); of SPF the envelope's sender goes before the HELO name; else what is said
 * first.  Whether to believe the field is judge/trust's question.
 */
#pragma once
#include "base/span.h"
#include "value/verdict.h"

typedef struct AuthResults {
    Span authserv_id; /* who says so, without quotes */
    AuthResult results[N_AUTH_METHODS];
} AuthResults;

/* The field's value, unfolded or not.  FALSE, *ret untouched, when it does not keep to the grammar:
 * an unclosed comment or quote, or something else where a method should be. */
gboolean auth_results_read (Span value, AuthResults *ret);
