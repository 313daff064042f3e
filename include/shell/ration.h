/*
 * ration - what all mails together may take: memory held, mails judged at once
 *
 * memory_total, less what the daemon takes without any mail, is cut in two: up to two thirds are
 * for judging, memory_limit for each mail that is judged at once; what is left is for the mails
 * that arrive.  So neither can starve the other.  Whoever finds no place waits for a while.  Every
 * function may be called from any thread; the limits come with each call, for a reload may change them.
 */
#pragma once
#include "know/settings.h"

typedef struct Ration Ration;

typedef struct RationLimits {
    gsize held_bytes; /* of all mails that arrive */
    guint judging;    /* mails at once: max_judging, or as many as there is memory for; at least one */
} RationLimits;

RationLimits ration_limits (const Settings *s);

Ration *ration_new (void);
void    ration_free (Ration *r); /* NULL is fine */

/* `bytes' more are held.  FALSE: within wait_ms there was no room for them below `most'. */
gboolean ration_hold (Ration *r, gsize bytes, gsize most, guint wait_ms);
void     ration_release (Ration *r, gsize bytes);

/* One of `at_once' judges.  FALSE: there was no place within wait_ms. */
gboolean ration_begin (Ration *r, guint at_once, guint wait_ms);
void     ration_end (Ration *r);

gsize ration_held (Ration *r); /* bytes */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Ration, ration_free)
