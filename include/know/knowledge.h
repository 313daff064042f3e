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

/* From a settings file, or the built-in defaults (path NULL).  NULL with every mistake told. */
Knowledge *knowledge_load (const char *path, Mistakes *mistakes);
Knowledge *knowledge_ref (Knowledge *k);
void       knowledge_unref (Knowledge *k);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Knowledge, knowledge_unref)
