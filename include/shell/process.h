/*
 * process - a mail that is whole: judged, logged, and the headers it is to get
 *
 * The same steps as `abusectl classify', with a clock, an id and the log.
 */
#pragma once
#include "effect/headers.h"
#include "shell/daemon.h"
#include "shell/inbound.h"

#define PROCESS_HEADERS_BYTES (256 * 1024) /* of the arena that holds them */

typedef struct Outcome {
    Arena *arena; /* holds the lines */
    HeaderLine lines[HEADERS_MAX]; /* as they are to stand at the top of the mail */
    guint n_lines;
} Outcome;

/* FALSE: no verdict; counted and logged in `d'.  A log that takes no row is no failure of the mail:
 * it only gets no id. */
gboolean process_mail (Daemon *d, Inbound *in, const char *queue_id, Outcome *ret);
void     outcome_clear (Outcome *o);
