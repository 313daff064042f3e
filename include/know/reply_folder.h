/*
 * reply_folder - an operator's own texts for drafts, above those of the scenarios
 *
 * The .yaml files of `texts' (settings, reply:), and above them those of its
 * folder for `language', a region's last: texts/pt, texts/pt-BR.  Immutable
 * once loaded.
 */
#pragma once
#include "know/rules.h"
#include "know/settings.h"

typedef struct ReplyFolder ReplyFolder;

/* NULL after telling every mistake.  `rules' must live as long. */
ReplyFolder      *reply_folder_load (const ReplySettings *settings, const Rules *rules, Mistakes *mistakes);
void              reply_folder_free (ReplyFolder *f); /* NULL is fine */
const ReplyTexts *reply_folder_texts (const ReplyFolder *f);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReplyFolder, reply_folder_free)
