/*
 * edits - what the actions of the settings ask to be done to one mail
 *
 * Of the actions that hold, in their order: each tag and each recipient, and the first redirection
 * and quarantine.  The texts are safe to hand to the MTA: tags and reasons are the operator's, a
 * scenario's id and a priority's name; of the mail only its subject comes back, where it was.
 */
#pragma once
#include "know/action.h"

typedef struct Redirect {
    const char *from, *to; /* in angle brackets; `from' as the MTA wrote it */
} Redirect;

typedef struct Edits {
    const char *subject;                 /* the new one, LF before the blank of a folded line; NULL: as it is */
    LIST (const char *) add_recipients;  /* in angle brackets */
    LIST (Redirect) redirects;
    const char *quarantine;              /* NULL: no */
} Edits;

#define EDITS_MAX_RECIPIENTS 20

/* `subject': what follows the blank after the colon, NULL without one; `recipients': the watched ones
 * as the MTA wrote them, NULL-terminated.  One that has an extension already is not redirected. */
void edits_make (Arena *arena, const Settings *settings, const Verdict *verdict, const char *subject,
                 const char *const *recipients, Edits *ret);
