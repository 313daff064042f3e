/*
 * reach - how far a piece of a regex goes at most
 *
 * In characters; and in runs that only the text searched bounds: \s*, \W+, \w*.
 * What is on the safe side is further.
 */
#pragma once
#include "base/span.h"

#define REACH_MAX_CHARS 4096 /* more is endless */
#define REACH_MAX_RUNS 16

typedef enum RunKind {
    RUN_BLANKS, /* \s */
    RUN_GAPS,   /* \W */
    RUN_WORDS,  /* \w */
    N_RUN_KINDS
} RunKind;

typedef struct Reach {
    gboolean endless;
    guint chars;
    guint runs[N_RUN_KINDS];
} Reach;

Reach reach_chars (guint n);
Reach reach_run (RunKind kind);
Reach reach_endless (void);
Reach reach_after (Reach a, Reach b);  /* one behind the other */
Reach reach_either (Reach a, Reach b); /* as far as any of them, or further */
Reach reach_times (Reach r, guint n);

/* What a text bounds: its longest runs of each kind, measured when they are asked for. */
typedef struct Runs {
    Span text; /* valid UTF-8 */
    gboolean ascii;
    gsize longest[N_RUN_KINDS]; /* bytes; 0: not measured yet */
} Runs;

void runs_begin (Runs *runs, Span text);
gsize runs_longest (Runs *runs, RunKind kind);
gsize reach_bytes (Reach r, Runs *runs); /* G_MAXSIZE: endless */
