/*
 * explain - a verdict as a page a person reads: what was found where, which signal decided, what
 * the headers will be
 */
#pragma once
#include "value/verdict.h"

#define EXPLAIN_MAX_ROWS 40 /* of one table; more are counted */

/* Appends the page; text of the mail is made safe for a terminal.  `width' in columns. */
void explain_page (GString *out, const Verdict *verdict, const char *prefix, gboolean colour, guint width);
