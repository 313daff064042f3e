/*
 * scenario_lint - what is probably not meant in the scenarios
 *
 * Two looks: at the regexes as they are written, and at how the scenarios fare on
 * samples, mails in folders that are named by the scenario they belong to.
 */
#pragma once
#include "know/knowledge.h"

#define SCENARIO_LINT_NEAR                                                                         \
    0.25 /* from this confidence on, a wrong scenario is told as a near miss */

void scenario_lint_regexes (const Rules *rules, Mistakes *findings);

/* *ret_mails are read; FALSE and an error when a folder or a mail cannot be. */
gboolean scenario_lint_samples (const Knowledge *know, const char *folder, gint64 now_unix_s,
                                Mistakes *findings, guint *ret_mails, GError **error);
