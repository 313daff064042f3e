/*
 * process - a mail that is whole: judged, logged, and what is to become of it
 *
 * The same steps as `abusectl classify', with a clock, an id and the log.
 */
#pragma once
#include "effect/edits.h"
#include "effect/headers.h"
#include "shell/daemon.h"
#include "shell/inbound.h"

#define PROCESS_HEADERS_BYTES (256 * 1024) /* of the arena that holds them */

typedef struct Outcome {
    Arena *arena; /* holds the lines and edits */
    HeaderLine lines[HEADERS_MAX]; /* as they are to stand at the top of the mail */
    guint n_lines;
    Edits edits;
    gboolean logged; /* FALSE only when there is a log, and it lost the row */
} Outcome;

/* FALSE: the mail was not judged; counted and told in `d'.  A log that takes no row is counted too, and
 * the mail only gets no id.  Of `in', the bytes are forgotten. */
gboolean process_mail (Daemon *d, Inbound *in, const char *queue_id, Outcome *ret);
void     outcome_clear (Outcome *o);
