/*
 * cpu - what a piece of work costs this thread, whatever else the machine does meanwhile
 */
#pragma once
#include <time.h>

static inline double
cpu_seconds (void)
{
    struct timespec t;

    clock_gettime (CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}
