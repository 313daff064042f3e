/*
 * address_context - what stands around a number decides whether it is an address
 */
#pragma once
#include "base/span.h"

/* What may stand right before an address.  "%2F" and "\n" are what is left of a slash and a line
 * break; "-" ends the first address of a range, or a word. */
gboolean address_may_begin (const char *line_start, const char *p);

/* No piece of a host name, a version, a MAC address; the text goes on to `end'. */
gboolean address_stands_alone (const char *line_start, Span original, const char *end);
