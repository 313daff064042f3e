/*
 * memory - how the daemon's heap behaves; once, before there are threads
 *
 * glibc gives each thread an arena of its own and keeps what is freed.  libmilter makes a thread for each
 * connection that has something to say, so that sixty-four of them kept what four judge with.
 */
#pragma once

void memory_set_up (void);
