/*
 * charset_guess - which charset gives the most plausible text
 */
#pragma once
#include "base/span.h"

/* Always answers a name that iconv knows; "UTF-8" when most of it is valid. */
const char *charset_guess (Span bytes);

gboolean
charset_is_utf8 (Span bytes); /* valid throughout, one cut-off character at the end aside */
gboolean charset_is_multibyte (
    const char *name); /* where bytes that look like UTF-8 mean something else; NULL: FALSE */
gboolean charset_is_seven_bit (
    const char *name); /* ASCII bytes may mean something else: UTF-7, ISO-2022, UTF-16 */
