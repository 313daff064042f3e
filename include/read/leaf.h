/*
 * leaf - a part without parts in it: text, an attached mail by another name, an archive
 */
#pragma once
#include "read/parts.h"

/* `bytes' have their transfer encoding undone and are what `what' says. */
void leaf_read (Parts *ps, const Leaf *leaf, Sniffed what, Span bytes);
