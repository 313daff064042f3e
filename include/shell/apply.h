/*
 * apply - what became of a mail, told to the MTA (a part of the door to libmilter)
 *
 * Only at the end of a mail.  FALSE: the MTA did not take all of it.
 */
#pragma once
#include "shell/process.h"
#include <libmilter/mfapi.h>

/* Takes the forged headers out, then puts ours at the top. */
gboolean apply_headers (SMFICTX *ctx, const GArray *forged, const Outcome *outcome, gboolean leading_space);

/* Does what the edits ask; *ret_what is the first thing that failed. */
gboolean apply_edits (SMFICTX *ctx, const Edits *edits, gboolean had_subject, gboolean leading_space,
                      const char **ret_what);
