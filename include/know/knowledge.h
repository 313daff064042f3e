/*
 * knowledge - all that judging needs besides the mail: one immutable snapshot
 *
 * Settings, rules and shapes belong together; a reload makes a new snapshot and
 * swaps it whole.  Each mail keeps the snapshot it started with by a reference.
 */
#pragma once
#include "know/rules.h"
#include "know/settings.h"

typedef struct Knowledge {
    Settings *settings;
    Rules *rules;
    Shapes *shapes;
    gint refs;
} Knowledge;

/* From a settings file, or the built-in defaults (path NULL).  NULL with every mistake told: those of
 * the settings and those of the scenarios. */
Knowledge *knowledge_load (const char *path, Mistakes *mistakes);

/* The same with other folders of scenarios ("a:b", NULL: the settings'), as when run from the build tree. */
Knowledge *knowledge_load_from (const char *path, const char *directories, Mistakes *mistakes);

Knowledge *knowledge_ref (Knowledge *k);
void       knowledge_unref (Knowledge *k); /* NULL is fine */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Knowledge, knowledge_unref)
