/*
 * xlsx - a workbook's sheets as tab-separated text
 *
 * Spec: ECMA-376 part 1, 18.3 (worksheets), 18.4 (shared strings).  Texts and
 * numbers come as stored; a date is a number there and stays one.  Formulas
 * give their cached value.
 */
#pragma once
#include "base/arena.h"

#define XLSX_MAX_STRINGS 100000
#define XLSX_MAX_COLUMNS 256
#define XLSX_MAX_TEXT (4 * 1024 * 1024)

typedef struct Xlsx Xlsx;

Xlsx *xlsx_new (void);
void xlsx_free (Xlsx *x);

/* Members in the order of the archive; the text of what they hold is complete after the last. */
gboolean xlsx_is_member (const char *name); /* of any workbook or document of that family */
void xlsx_take (Xlsx *x, const char *name, Span bytes);
Span xlsx_text (Xlsx *x); /* rows of all sheets; empty when it is no workbook; lives as long as x */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Xlsx, xlsx_free)
