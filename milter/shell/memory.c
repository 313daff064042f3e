#include "shell/memory.h"
#include <malloc.h>

#define ARENAS 4 /* so many mails are judged at once, unless the settings say otherwise */
#define MAPPED_FROM                                                                                \
    (1 << 20) /* bytes: a block like that goes back to the system when it is freed */
#define KEPT_AT_TOP (2 << 20) /* bytes that an arena keeps for the next mail */

void
memory_give_back (void)
{
    malloc_trim (0);
}

void
memory_set_up (void)
{
    mallopt (M_ARENA_MAX, ARENAS);
    mallopt (M_MMAP_THRESHOLD, MAPPED_FROM);
    mallopt (M_TRIM_THRESHOLD, KEPT_AT_TOP);
}
