/*
 * arena - memory that lives exactly as long as one message
 *
 * Nothing in an arena is freed alone.  The arena has a byte limit; reaching it
 * is an attack or a monster, never a reason to die: arena_alloc() returns NULL
 * and stays exhausted, so a caller may build a whole value and test
 * arena_exhausted() once.  An arena belongs to one thread at a time.
 */
#pragma once
#include "base/span.h"
#include <stdarg.h>

typedef struct Arena Arena;

Arena *arena_new (gsize limit_bytes);
Arena *arena_beside (Arena *a);           /* shares the limit of `a', which outlives it: what it takes, `a' cannot */
void arena_free (Arena *a);               /* NULL is fine */
gpointer arena_alloc (Arena *a, gsize n); /* zeroed, max-aligned; NULL when exhausted */
char *arena_strndup (Arena *a, const char *s, gsize n); /* NUL-terminated; NULL when exhausted */
char *arena_strdup (Arena *a, const char *s);           /* NULL stays NULL */
char *arena_span_dup (Arena *a, Span s);
char *arena_printf (Arena *a, const char *format, ...) G_GNUC_PRINTF (2, 3);
gboolean arena_exhausted (const Arena *a);

/* Beyond the limit, never NULL: for the few small values that must tell that the limit was reached.
 */
gpointer arena_reserve (Arena *a, gsize n);
gsize arena_used (const Arena *a); /* bytes taken from the system */

#define arena_new0(a, Type, n) ((Type *)arena_alloc ((a), sizeof (Type) * (gsize)(n)))

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Arena, arena_free)

/*
 * A list that grows in an arena.  `items' is an array of Type, at most `max'
 * long; list_push() returns the new zeroed item, or NULL when the list is full
 * or the arena exhausted: the caller records a defect and goes on.
 *
 *     LIST (Fact) facts;  Fact *f = list_push (arena, &facts, LIMIT_FACTS);
 */
#define LIST(Type)                                                                                 \
    struct {                                                                                       \
        Type *items;                                                                               \
        guint n, room;                                                                             \
    }

#define list_push(a, list, max)                                                                    \
    ((__typeof__ ((list)->items))arena_list_push ((a), (gpointer *)&(list)->items, &(list)->n,     \
                                                  &(list)->room, sizeof *(list)->items, (max)))

gpointer arena_list_push (Arena *a, gpointer *items, guint *n, guint *room, gsize size, guint max);
