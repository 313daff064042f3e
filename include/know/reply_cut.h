/*
 * reply_cut - where the paragraphs and sentences of a reply's text end
 */
#pragma once
#include "base/span.h"

gboolean reply_next_paragraph (Span *rest, Span *ret); /* up to an empty line; FALSE at the end */
gboolean reply_next_sentence (Span *rest, Span *ret);  /* trimmed; FALSE at the end */
char    *reply_squeeze (Span text);                    /* white space made single blanks; g_free() it */
