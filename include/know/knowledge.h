/*
 * knowledge - all that judging needs besides the mail: one immutable snapshot
 *
 * Settings, rules and shapes belong together; a reload makes a new snapshot and
 * swaps it whole.  Each mail keeps the snapshot it started with by a reference.
 */
#pragma once
#include "know/exit_list.h"
#include "know/reply_folder.h"
#include "know/rules.h"
#include "know/settings.h"

typedef struct Knowledge Knowledge;

struct Knowledge {
    Settings *settings;
    Rules *rules;
    Shapes *shapes;
    const ExitPolicy *policy; /* a running tor's, else the settings'; NULL when neither is known */
    const ExitList *exits;    /* NULL: none were read */
    const ReplyTexts *replies; /* of drafts: the operator's own, above those of the rules */
    /* private */
    Knowledge *base; /* owns the first three, and the texts, when this is a snapshot with other Tor data */
    ExitPolicy *own_policy;
    ExitList *own_exits;
    ReplyFolder *own_replies;
    gint refs;
};

/* From a settings file, or the built-in defaults (path NULL).  NULL with every mistake told: those of
 * the settings and those of the scenarios. */
Knowledge *knowledge_load (const char *path, Mistakes *mistakes);

/* The same with other folders of scenarios ("a:b", NULL: the settings'), as when run from the build tree. */
Knowledge *knowledge_load_from (const char *path, const char *directories, Mistakes *mistakes);

/* A new snapshot that shares all but the Tor data, which it takes: a running tor's policy (NULL: the
 * settings' stays) and exit lists (NULL: none). */
Knowledge *knowledge_with_tor (Knowledge *k, ExitPolicy *policy, ExitList *exits);

Knowledge *knowledge_ref (Knowledge *k);
void       knowledge_unref (Knowledge *k); /* NULL is fine */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Knowledge, knowledge_unref)
