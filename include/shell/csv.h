/*
 * csv - comma-separated values as RFC 4180 has them, for spreadsheets
 *
 * Cells are made one line by clean_terminal().  What a spreadsheet would take
 * for a formula (it begins with = + - @) gets an apostrophe before it.
 */
#pragma once
#include <glib.h>
#include <stdio.h>

void csv_cell (GString *line, const char *text); /* appends the next cell; NULL is empty */
void csv_end (GString *line, FILE *out);         /* writes the line and empties it */
