/*
 * flat - tables that lost their rows: each cell on a line of its own
 *
 * HTML tables pasted as text often come so: the names of the columns one below
 * the other, then the values in the same turn.  A run of at least three lines
 * that are names find/field knows (others may stand among them) is the head;
 * the values follow as long as they fit: an address where an address is due.
 */
#pragma once
#include "read/clock.h"

#define FLAT_MAX_COLUMNS 24

/* TRUE when a flat table starts at that line: its lines have been read and marked.  *not_before is
 * where the next one could start, so that no run of names is gone over twice; 0 at first. */
gboolean flat_read (Facts *facts, Clock *clock, guint line, guint *not_before);
