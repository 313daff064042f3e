/*
 * memory - how the daemon's heap behaves; set up once, before there are threads
 *
 * glibc gives each thread an arena of its own and keeps what is freed.  libmilter makes a thread for each
 * connection that has something to say, so that sixty-four of them kept what four judge with.
 */
#pragma once
#include <glib.h>

#define MEMORY_LARGE_MAIL ((gsize)1 << 20) /* bytes; what one leaves free is worth the time to give it back */

void memory_set_up (void);
void memory_give_back (void); /* what is free, to the system; any thread, a millisecond or so */
