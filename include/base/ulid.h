/*
 * ulid - keys that sort by time: 48 bits of milliseconds since 1970 UTC, 80 random bits,
 * as 26 characters of Crockford's base 32 (upper case).
 */
#pragma once
#include <glib.h>

#define ULID_LEN 26
#define ULID_ALPHABET "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

void     ulid_make (gint64 unix_ms, const guint8 random[10], char ret[ULID_LEN + 1]);
gboolean ulid_valid (const char *text);
gint64   ulid_unix_ms (const char *text); /* -1 when not valid */
