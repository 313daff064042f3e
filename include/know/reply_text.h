/*
 * reply_text - one text of a draft as YAML has it: what is said, in which order, and when
 *
 *     - A paragraph; its sentences, and those with a {variable}.
 *     - if: tor                      # or a list, of which all must hold; `not tor'
 *       say: |
 *         Paragraphs, with empty lines between them.
 *     - say:                         # one paragraph of sentences
 *         - The address is {ip}.
 *         - {if: several-times, say: It happened more than once.}
 *     - step: Done first.            # numbered
 *     - lines: |                     # as they stand
 *         reject {dst_ip}:*
 *     - use: farewell                # another text
 *
 * A text alone is a list of one.  A sentence ends with a full stop, an exclamation or question mark
 * before a blank (or with an ideographic one); it is left out when a fact is missing that it names.
 */
#pragma once
#include "know/reply_words.h"
#include "know/want.h"

typedef struct ReplyWhen { /* bits 1 << ReplyCondition */
    guint64 needs, forbids;
} ReplyWhen;

typedef struct ReplyWords { /* a sentence; of lines a line */
    ReplyWhen when;
    const char *text; /* white space made single blanks */
} ReplyWords;

typedef enum ReplyKind { REPLY_SAY, REPLY_STEP, REPLY_LINES, REPLY_USE } ReplyKind;

typedef struct ReplyItem {
    ReplyWhen when;
    ReplyKind kind;
    LIST (ReplyWords) words; /* of a paragraph */
    const YamlNode *use;     /* REPLY_USE: the other text's name */
} ReplyItem;

typedef struct ReplyText {
    const char *file;
    LIST (ReplyItem) items;
} ReplyText;

#define REPLY_MAX_ITEMS 200 /* of one text; also of the sentences of a paragraph */

/* NULL when there was a mistake; all of them are told. */
const ReplyText *reply_text_read (Want *w, const YamlNode *n, const char *key);

static inline gboolean
reply_holds (ReplyWhen when, guint64 conditions)
{
    return (when.needs & ~conditions) == 0 && (when.forbids & conditions) == 0;
}
