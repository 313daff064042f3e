/*
 * addrspec - a mail address that can stand anywhere as it is
 */
#pragma once
#include <glib.h>

#define ADDRSPEC_MAX 250 /* bytes; RFC 5321 4.5.3.1.3 allows 254 */

/* Printable ASCII, one "@" inside, and nothing that would need quoting (RFC 5321 4.1.2, Dot-string@Domain).  NULL
 * is none. */
gboolean addrspec_is_plain (const char *text);
