/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * ThreadSanitizer sees what is compiled with it, and the locks of pthread. GLib is neither: its
 * mutexes are futexes of its own. This stands between our code and GLib, and tells of the order
 * that GLib's functions promise, and of no more than that; whatever is ordered by nothing is still
 * seen. Only in trees made with -Db_sanitize=thread, as LD_PRELOAD of all tests.
 */

#include <dlfcn.h>
#include <glib.h>

void __tsan_acquire (void *address) __attribute__ ((weak));
void __tsan_release (void *address) __attribute__ ((weak));

/* The function of this name that would have been called. */
#define REAL(name)                                                                                 \
  static __typeof__ (name) *real;                                                                  \
  if (__atomic_load_n (&real, __ATOMIC_RELAXED) == NULL)                                           \
  __atomic_store_n (&real, (__typeof__ (name) *)dlsym (RTLD_NEXT, #name), __ATOMIC_RELAXED)

static void
acquire (void *address)
{
  if (__tsan_acquire != NULL)
    __tsan_acquire (address);
}

static void
release (void *address)
{
  if (__tsan_release != NULL)
    __tsan_release (address);
}

void (g_mutex_lock) (GMutex *mutex)
{
  REAL (g_mutex_lock);
  real (mutex);
  acquire (mutex);
}

gboolean (g_mutex_trylock) (GMutex *mutex)
{
  REAL (g_mutex_trylock);
  gboolean had = real (mutex);

  if (had)
    acquire (mutex);
  return had;
}

void (g_mutex_unlock) (GMutex *mutex)
{
  REAL (g_mutex_unlock);
  release (mutex);
  real (mutex);
}

void
g_cond_wait (GCond *cond, GMutex *mutex)
{
  REAL (g_cond_wait);
  release (mutex);
  real (cond, mutex);
  acquire (mutex);
}

gboolean
g_cond_wait_until (GCond *cond, GMutex *mutex, gint64 end_us)
{
  REAL (g_cond_wait_until);
  gboolean in_time;

  release (mutex);
  in_time = real (cond, mutex, end_us);
  acquire (mutex);
  return in_time;
}

/* Whoever takes the last reference comes after all who gave theirs back. */
gboolean (g_atomic_ref_count_dec) (gatomicrefcount *count)
{
  REAL (g_atomic_ref_count_dec);
  gboolean last;

  release ((void *)count);
  last = real (count);
  if (last)
    acquire ((void *)count);
  return last;
}

void (g_once_init_leave) (volatile void *location, gsize result)
{
  __typeof__ (&(g_once_init_leave)) next
      = (__typeof__ (&(g_once_init_leave)))dlsym (RTLD_NEXT, "g_once_init_leave");

  release ((void *)location);
  next (location, result);
}

void
g_async_queue_push (GAsyncQueue *queue, gpointer data)
{
  REAL (g_async_queue_push);
  release (data);
  real (queue, data);
}

gpointer
g_async_queue_pop (GAsyncQueue *queue)
{
  REAL (g_async_queue_pop);
  gpointer data = real (queue);

  acquire (data);
  return data;
}

/* A pool's function, called behind what was done before its data was pushed. */
typedef struct
{
  GFunc func;
  gpointer user_data;
} Turn;

static void
take_turn (gpointer data, gpointer user_data)
{
  Turn *turn = user_data;

  acquire (data);
  turn->func (data, turn->user_data);
  release (turn);
}

GThreadPool *
g_thread_pool_new (GFunc func, gpointer user_data, gint n, gboolean exclusive, GError **error)
{
  REAL (g_thread_pool_new);
  Turn *turn = g_new (Turn, 1);

  turn->func = func;
  turn->user_data = user_data;
  return real (take_turn, turn, n, exclusive, error);
}

gboolean
g_thread_pool_push (GThreadPool *pool, gpointer data, GError **error)
{
  REAL (g_thread_pool_push);
  release (data);
  return real (pool, data, error);
}

void
g_thread_pool_free (GThreadPool *pool, gboolean immediate, gboolean wait)
{
  REAL (g_thread_pool_free);
  Turn *turn = pool->user_data;
  gboolean is_ours = pool->func == take_turn;

  real (pool, immediate, wait);
  if (wait && is_ours)
    acquire (turn);
}
