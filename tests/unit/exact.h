/*
 * exact - texts without a byte behind them, for the tests of what reads spans
 */
#pragma once
#include "base/span.h"
#include <string.h>

/* A copy of just the text's bytes, no NUL: reading past its end is seen by ASan.  g_free() it. */
static inline char *
exact_copy (const char *text, Span *ret)
{
    gsize n = strlen (text);
    char *exact = g_malloc (n + (n == 0));

    memcpy (exact, text, n);
    *ret = (Span) { exact, exact + n };
    return exact;
}

/* Fails the test, and goes on with the next row, when `got' is not `want'. */
static inline void
expect (const char *in, const char *got, const char *want)
{
    if (g_str_equal (got, want))
        return;
    g_printerr ("'%s': got '%s', wanted '%s'\n", in, got, want);
    g_test_fail ();
}
