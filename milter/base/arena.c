#include "base/arena.h"
#include <stdalign.h>
#include <stdio.h>

#define FIRST_BLOCK (16 * 1024)
#define LARGEST_STEP (1024 * 1024)
#define PRINTF_BRIEF 128 /* bytes of a text that is set once, not measured before */

typedef struct Block {
    struct Block *before;
    gsize size, used;
    alignas (max_align_t) char bytes[];
} Block;

struct Arena {
    Block *top;
    gsize limit, taken, next_size;
    gboolean exhausted;
    Arena *payer; /* whose limit it is; itself, unless it lives beside another */
};

Arena *
arena_new (gsize limit_bytes)
{
    Arena *a = g_new0 (Arena, 1);

    a->payer = a;
    a->limit = limit_bytes;
    a->next_size = FIRST_BLOCK;
    return a;
}

Arena *
arena_beside (Arena *a)
{
    Arena *beside = arena_new (a->limit);

    beside->payer = a;
    return beside;
}

void
arena_free (Arena *a)
{
    if (a == NULL)
        return;
    if (a->payer != a)
        a->payer->taken -= a->taken;
    while (a->top != NULL) {
        Block *block = a->top;

        a->top = block->before;
        g_free (block);
    }
    g_free (a);
}

static Block *
add_block (Arena *a, gsize at_least)
{
    gsize size = MAX (at_least, a->next_size), left = a->limit - a->payer->taken;
    Block *block;

    if (at_least > left)
        return NULL;
    size = MIN (size, left);
    block = g_try_malloc (sizeof *block + size);
    if (block == NULL)
        return NULL;
    *block = (Block) { .before = a->top, .size = size };
    a->top = block;
    a->taken += size;
    if (a->payer != a)
        a->payer->taken += size;
    a->next_size = MIN (a->next_size * 2, LARGEST_STEP);
    return block;
}

gpointer
arena_alloc (Arena *a, gsize n)
{
    const gsize align = alignof (max_align_t);
    gsize need = n <= a->limit ? (n + align - 1) & ~(align - 1) : n;
    Block *block = a->top;
    gpointer at;

    if (block == NULL || block->size - block->used < need)
        block = a->exhausted ? NULL : add_block (a, need);
    if (block == NULL) {
        a->exhausted = TRUE;
        return NULL;
    }
    at = block->bytes + block->used;
    block->used += need;
    return memset (at, 0, n);
}

gpointer
arena_reserve (Arena *a, gsize n)
{
    Block *block = g_malloc0 (sizeof *block + n);

    /* below the top block, so that the room left there stays in use */
    block->size = block->used = n;
    if (a->top == NULL) {
        a->top = block;
    } else {
        block->before = a->top->before;
        a->top->before = block;
    }
    return block->bytes;
}

char *
arena_strndup (Arena *a, const char *s, gsize n)
{
    char *copy = arena_alloc (a, n + 1);

    if (copy != NULL && n > 0)
        memcpy (copy, s, n);
    return copy;
}

char *
arena_strdup (Arena *a, const char *s)
{
    return s != NULL ? arena_strndup (a, s, strlen (s)) : NULL;
}

char *
arena_span_dup (Arena *a, Span s)
{
    return arena_strndup (a, s.p, span_left (s));
}

char *
arena_printf (Arena *a, const char *format, ...)
{
    char brief[PRINTF_BRIEF], *text;
    va_list args, again;
    int n;

    va_start (args, format);
    va_copy (again, args);
    n = vsnprintf (brief, sizeof brief, format, args);
    va_end (args);
    text = n >= 0 ? arena_alloc (a, (gsize)n + 1) : NULL;
    if (text != NULL && (gsize)n < sizeof brief)
        memcpy (text, brief, (gsize)n);
    else if (text != NULL)
        vsnprintf (text, (gsize)n + 1, format, again);
    va_end (again);
    return text;
}

gboolean
arena_exhausted (const Arena *a)
{
    return a->exhausted;
}

gsize
arena_used (const Arena *a)
{
    return a->taken;
}

gpointer
arena_list_push (Arena *a, gpointer *items, guint *n, guint *room, gsize size, guint max)
{
    if (*n >= max)
        return NULL;
    if (*n == *room) {
        guint more = MIN (MAX (*room * 2, 8), max);
        gpointer bigger = arena_alloc (a, more * size);

        if (bigger == NULL)
            return NULL;
        if (*n > 0)
            memcpy (bigger, *items, *n * size);
        *items = bigger;
        *room = more;
    }
    return (char *)*items + (*n)++ * size;
}
