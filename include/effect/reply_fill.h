/*
 * reply_fill - a text of the scenarios filled with a report's facts
 *
 * A sentence that names a fact which is missing is left out, a paragraph
 * without sentences too.  Lines are at most REPLY_WIDTH columns wide but for words
 * that are wider themselves.
 */
#pragma once
#include "effect/reply_facts.h"

#define REPLY_WIDTH 72
#define REPLY_MAX_DEPTH 16 /* of texts in texts */

/* Appends the paragraphs of the text of that name, an empty line between them; FALSE when there is none
 * of that name. */
gboolean reply_fill (GString *out, const ReplyFacts *f, const ReplyTexts *texts, const char *name);

/* One paragraph: `first' stands before its first line, `others' before the rest. */
void reply_wrap (GString *out, const char *text, const char *first, const char *others);
