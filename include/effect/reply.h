/*
 * reply - the draft of an answer to a report
 *
 * A function of the log's row, of the mail where we have its text, of what we know and of the clock.
 * What is said stands in the scenarios' texts, from the one named "draft" on.
 * A scenario with a checklist has one instead of a letter: it goes to ourselves.
 */
#pragma once
#include "effect/draft.h"
#include "effect/logrow.h"
#include "know/knowledge.h"

#define REPLY_QUOTE_PROSE 20    /* lines of the complaint that are quoted */
#define REPLY_QUOTE_EVIDENCE 8
#define REPLY_QUOTE_BYTES 300   /* of a line */

#define REPLY_ERROR (reply_error_quark ())
GQuark reply_error_quark (void);

typedef enum ReplyError { REPLY_ERROR_FROM, REPLY_ERROR_TEXT } ReplyError;

typedef struct ReplyAsk {
    const LogRow *row;
    const Facts *mail; /* the complaint's text, to quote from; NULL: it was not kept */
    const Knowledge *know;
    gint64 now_unix_s;
} ReplyAsk;

/* Lives in `arena'.  NULL when we have no address, or the scenarios no text. */
Draft *reply_draft (Arena *arena, const ReplyAsk *ask, GError **error);

/* What a person should know before sending it, in sentences that are g_free()d with the array: why it should not be
 * answered (RFC 3834 2), or may not arrive. */
GPtrArray *reply_warnings (const ReplyAsk *ask, const Draft *d);

/* "> " lines, for the draft's end; of a report whose URLs are withheld, nothing. */
void reply_quote (GString *out, const Facts *mail, Where about);

/* The address that the complaint was sent to, as far as it is watched; NULL: none is. */
const char *reply_recipient (Arena *arena, const ReplyAsk *ask);
