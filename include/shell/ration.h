/*
 * ration - what all mails together may take: memory held, mails judged at once
 *
 * A mail that is collected holds what has arrived of it; judging it takes the whole of what the
 * settings grant one mail.  Both come out of one sum, of which collecting leaves enough to judge
 * one mail: however many wait with full hands, the next is judged.  Every function may be called
 * from any thread; the limits come with each call, for a reload may change them.
 */
#pragma once
#include <glib.h>

typedef struct Ration Ration;

Ration *ration_new (void);
void    ration_free (Ration *r); /* NULL is fine */

/* `bytes' more are held, if not more than `most' are then held and taken in all.  Does not wait. */
gboolean ration_hold (Ration *r, gsize bytes, gsize most);
void     ration_release (Ration *r, gsize bytes);

/* One of `at_once' judges, with `bytes' out of `most'.  FALSE: there was no place within wait_ms. */
gboolean ration_begin (Ration *r, gsize bytes, gsize most, guint at_once, guint wait_ms);
void     ration_end (Ration *r, gsize bytes);

gsize ration_taken (Ration *r); /* bytes, of both kinds */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Ration, ration_free)
