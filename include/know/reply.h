/*
 * reply - the text of a draft: words with {variables} from a closed list
 *
 * "{{" is a brace.  What a variable stands for is the draft's affair; here is
 * what may be named, and how a text is cut.
 */
#pragma once
#include "base/span.h"

extern const char *const reply_variables[]; /* "ip", "time", ...; NULL-terminated */

/* The next piece: text, or the name between two braces (what follows an unclosed one, up to the
 * line's end).  FALSE at the end. */
gboolean reply_next (Span *rest, Span *ret_piece, gboolean *ret_is_variable);
