/*
 * clock - which zone and which date hold at a line of a mail
 *
 * Zone hints ("All times are UTC", "TZ - Europe/Moscow", a column head with a
 * zone) hold from their line to the next hint in the same part; a mail's only
 * hint holds everywhere in it.  A time of day takes the date of the last dated
 * stamp above it in the same part.
 */
#pragma once
#include "find/time.h"

typedef struct Clock Clock; /* lives in the message's arena */

#define CLOCK_MAX_HINTS 64

Clock *clock_new (Facts *facts); /* reads facts->lines */
void clock_free (Clock *clock);  /* what it holds outside the arena; NULL is fine */

/* FALSE when no moment can be named.  Lines are to be asked in order. */
gboolean clock_resolve (Clock *clock, guint line, const Stamp *stamp, When *ret);
