/*
 * signals - SIGHUP, SIGTERM and SIGINT as things to wait for
 *
 * libmilter starts a thread that waits for the same signals and ends the
 * process at any of them, SIGHUP included.  The kernel offers a signal of the
 * process to its main thread first, so that is where ours are handled: call
 * these from the main thread only, which never blocks them.
 */
#pragma once
#include <glib.h>

typedef enum Event { EVENT_NONE, EVENT_RELOAD, EVENT_STOP, EVENT_ENDED } Event;

void  signals_start (void); /* once; for the rest of the process */
Event signals_wait (gint wait_ms); /* EVENT_NONE: time is over; -1: no limit */
void  signals_raise (Event event); /* from any thread */
