/*
 * read - a Message becomes Facts: lines and zones, report formats, free text
 */
#pragma once
#include "find/shape.h"
#include "value/fact.h"

/* NULL only when the arena is exhausted; everything lives in it. */
Facts *facts_read (Message *message, const Shapes *shapes);
