/*
 * reply_texts - the texts of drafts by name, an operator's own above those of the scenarios
 *
 * A scenario's parts are named "ID/PART".  `use: PART' in a text means the part of the draft's
 * scenario; any other name is that of a text of scenarios/common/ or of an operator's file, which reads
 *
 *     kind: reply
 *     texts: {farewell: ...}
 *     scenarios: {ssh-bruteforce: {advice: ...}}
 *
 * Immutable once loaded.
 */
#pragma once
#include "know/reply_text.h"

typedef enum ReplyPart { /* of a scenario */
    REPLY_OPENING,       /* what was complained about, to whoever was harmed */
    REPLY_ADVICE,        /* what helps, or what is done */
    REPLY_CONDUIT,       /* `provider': the same to a provider that has passed it on */
    REPLY_LETTER,        /* instead of the letter that is made of these */
    REPLY_CHECKLIST,     /* instead of any letter */
    N_REPLY_PARTS
} ReplyPart;

extern const char *const reply_parts[]; /* "opening", ...; NULL-terminated */

typedef struct ReplyTexts ReplyTexts;

ReplyTexts *reply_texts_new (const ReplyTexts *beneath); /* NULL is fine; it must live as long */
void        reply_texts_free (ReplyTexts *t);            /* NULL is fine */

void             reply_texts_put (ReplyTexts *t, const char *name, const ReplyText *text);
const ReplyText *reply_texts_get (const ReplyTexts *t, const char *name); /* NULL: there is none */

/* A scenario's parts by `reply:', a text or a block of parts, into `ret'; all mistakes are told. */
gboolean reply_parts_read (Want *w, const YamlNode *n, const ReplyText *ret[N_REPLY_PARTS]);
void     reply_texts_put_parts (ReplyTexts *t, const char *scenario, const ReplyText *const parts[N_REPLY_PARTS]);

/* A file of texts; `is_scenario' tells which scenarios there are (NULL: they may not be named). */
typedef gboolean (*ReplyIsScenario) (const char *id, gpointer data);
gboolean reply_texts_read (ReplyTexts *t, Want *w, const YamlNode *root, ReplyIsScenario is_scenario,
                           gpointer data);

/* Every `use' names a text that is there, and none comes back to itself. */
gboolean reply_texts_check (const ReplyTexts *t, Mistakes *mistakes);

/* The part of that name; N_REPLY_PARTS: it is none. */
ReplyPart reply_part_named (const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReplyTexts, reply_texts_free)
