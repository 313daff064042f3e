/*
 * html - HTML made into text as a person would see it
 *
 * Blocks and <br> become line breaks; table cells become one line a row with
 * " | " between cells (so that tables stay tables); links whose text is not
 * their target are followed by " <target>"; scripts, styles, comments, hidden
 * elements (display:none, hidden) and tracking pixels are left out; entities
 * are decoded; runs of blanks collapse outside <pre>.
 */
#pragma once
#include "base/arena.h"

Span html_to_text (Arena *arena, Span html_utf8);
