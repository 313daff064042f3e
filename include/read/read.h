/*
 * read - a Message becomes Facts: lines and zones, report formats, free text
 */
#pragma once
#include "find/shape.h"
#include "value/fact.h"

/* Never fails; everything lives in the message's arena. */
Facts *facts_read (Message *message, const Shapes *shapes);
