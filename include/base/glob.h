/*
 * glob - '*' stands for any bytes, '?' for one; everything else for itself, in ASCII case
 *
 * Made for bytes of any kind: fnmatch() and GPatternSpec ask for a locale or valid UTF-8.
 */
#pragma once
#include "base/span.h"

gboolean glob_match (const char *glob, Span text); /* all of `text' */
