/*
 * chars - small questions about one byte, for the finders
 */
#pragma once
#include <glib.h>
#include <string.h>

/* strchr() alone would find NUL in every set. */
static inline gboolean
char_in (char c, const char *set)
{
    return c != '\0' && strchr (set, c) != NULL;
}

static inline gboolean
char_in_word (char c)
{
    return g_ascii_isalnum (c) || c == '_';
}
