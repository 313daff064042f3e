/*
 * show_related - the reports that have to do with one, for `abusectl show'
 */
#pragma once
#include "effect/logquery.h"

/* Prints those of the same case and those that accuse the same address; nothing when there are none. */
gboolean show_related (LogReader *reader, const LogRow *row, GError **error);
