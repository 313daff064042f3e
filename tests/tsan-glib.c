/*
 * tsan-glib - tells ThreadSanitizer what GLib's locks order
 *
 * GLib is not instrumented and its locks are futexes of its own, so that everything they guard
 * would be reported as a race.  Linked into the programs of `make tsan' only, where these stand
 * before GLib's functions of the same names.
 */
#include <dlfcn.h>
#include <glib.h>
#include <sanitizer/tsan_interface.h>

#define REAL(name) ((__typeof__ (&name))dlsym (RTLD_NEXT, #name))

void
g_mutex_lock (GMutex *mutex)
{
    REAL (g_mutex_lock) (mutex);
    __tsan_acquire (mutex);
}

void
g_mutex_unlock (GMutex *mutex)
{
    __tsan_release (mutex);
    REAL (g_mutex_unlock) (mutex);
}

void
g_cond_wait (GCond *cond, GMutex *mutex)
{
    __tsan_release (mutex);
    REAL (g_cond_wait) (cond, mutex);
    __tsan_acquire (mutex);
}

gboolean
g_cond_wait_until (GCond *cond, GMutex *mutex, gint64 end_time)
{
    gboolean woken;

    __tsan_release (mutex);
    woken = REAL (g_cond_wait_until) (cond, mutex, end_time);
    __tsan_acquire (mutex);
    return woken;
}

void
g_async_queue_push (GAsyncQueue *queue, gpointer data)
{
    __tsan_release (queue);
    REAL (g_async_queue_push) (queue, data);
}

gpointer
g_async_queue_pop (GAsyncQueue *queue)
{
    gpointer data = REAL (g_async_queue_pop) (queue);

    __tsan_acquire (queue);
    return data;
}

gpointer
g_async_queue_try_pop (GAsyncQueue *queue)
{
    gpointer data = REAL (g_async_queue_try_pop) (queue);

    __tsan_acquire (queue);
    return data;
}

gpointer
g_async_queue_timeout_pop (GAsyncQueue *queue, guint64 timeout)
{
    gpointer data = REAL (g_async_queue_timeout_pop) (queue, timeout);

    __tsan_acquire (queue);
    return data;
}

void (g_once_init_leave) (volatile void *location, gsize result)
{
    __tsan_release ((void *)location);
    ((void (*) (volatile void *, gsize))dlsym (RTLD_NEXT, "g_once_init_leave")) (location, result);
}
