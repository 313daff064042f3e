/*
 * pattern - regular expressions, bounded
 *
 * The door to PCRE2.  Patterns are compiled with UTF, UCP, CASELESS and
 * MULTILINE, and JIT where it works; `.' does not match LF.  Subjects must be
 * valid UTF-8 (everything intake makes is).  A Pattern is shared by threads; the
 * scratch memory of a match is a PatternScratch, one for each thread of work at
 * a time.
 *
 * A match that reaches PATTERN_MATCH_LIMIT, _DEPTH_LIMIT or _HEAP_LIMIT_KIB is
 * "no match", counted in the scratch.
 */
#pragma once
#include "base/span.h"

#define PATTERN_MATCH_LIMIT 200000
#define PATTERN_DEPTH_LIMIT 5000
#define PATTERN_HEAP_LIMIT_KIB 4096

typedef struct Pattern Pattern;
typedef struct PatternScratch PatternScratch;

Pattern *pattern_new (const char *regex, GError **error); /* the error says what and at which offset */
Pattern *pattern_new_lazy (const char *regex); /* compiled at its first match; a bad one never matches */
void     pattern_free (Pattern *p);

PatternScratch *pattern_scratch_new (void);
void            pattern_scratch_free (PatternScratch *s);
guint           pattern_scratch_limits_hit (const PatternScratch *s);

/* The first match at or after `from' (a pointer into `subject'); ret_match may be NULL. */
gboolean pattern_match (const Pattern *p, PatternScratch *s, Span subject, const char *from,
                        Span *ret_match);

/* The first match that begins in `starts' (a stretch of `subject'), its end included. */
gboolean pattern_match_within (const Pattern *p, PatternScratch *s, Span subject, Span starts, Span *ret_match);

/* Whether the empty text matches.  Only of a pattern from pattern_new(). */
gboolean pattern_takes_nothing (const Pattern *p, PatternScratch *s);

GQuark pattern_error_quark (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Pattern, pattern_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PatternScratch, pattern_scratch_free)
