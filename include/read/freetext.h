/*
 * freetext - addresses, ports, times and URLs in prose, log lines and blocks
 *
 * Goes over the lines that no format has read, cuts them into records (log
 * lines by find/shape, "Key: value" blocks, table rows, paragraphs) and adds
 * what the finders see, with the role where a shape, a key or a column says
 * it.  Roles of the others are judge/roles' affair.
 */
#pragma once
#include "find/shape.h"
#include "value/fact.h"

void freetext_read (Facts *facts, const Shapes *shapes);
