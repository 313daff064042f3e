/*
 * page - the text of a page as it is written: lines, paragraphs, tables, quotes
 *
 * Breaks, blanks and the bars between cells are owed until text comes, so that
 * what holds no text leaves no trace.
 */
#pragma once
#include "base/arena.h"

#define PAGE_MAX_TABLES 64 /* nested; deeper ones are read as if they had no rows */
#define PAGE_MAX_QUOTES 4  /* "> " marks in front of a line */

typedef struct PageRow {
    gboolean started; /* some text stands in it */
    gsize start;      /* where that begins */
    gboolean fresh;   /* a cell has begun, and no text in it yet */
    guint cells;      /* begun so far */
    guint bars;       /* owed between what stands there and the next text */
} PageRow;

typedef struct Page {
    GString *out;
    guint breaks;                  /* line ends owed before the next text */
    gboolean blank;                /* a blank is owed */
    gsize line;                    /* where the current line begins */
    guint quotes;                  /* quotes we are in */
    PageRow rows[PAGE_MAX_TABLES]; /* one a table; rows[tables - 1] is the innermost */
    guint tables;
} Page;

void page_break (Page *page, guint n);   /* n line ends, at least */
void page_text_begins (Page *page);      /* pays what is owed; then text may be appended to `out' */
void page_words (Page *page, Span text); /* runs of blanks are one */
void page_pre (Page *page, Span text);   /* blanks count */

/* A row's cells stand on one line with " | " between, unless one of them holds several lines. */
void page_begin_table (Page *page);
void page_end_table (Page *page);
void page_begin_row (Page *page);
void page_end_row (Page *page);
void page_begin_cell (Page *page);
void page_end_cell (Page *page);

Span page_text (Page *page, Arena *arena); /* what was written; valid UTF-8 whatever was given */
