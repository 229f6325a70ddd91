/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-client"

#include "lanyard-avahi.h"

#define TIMEOUT_MS 10000
#define AGAIN_S 30
#define ASK_AGAIN_S 10

struct _LanyardAvahi
{
  LanyardAvahiFunc up;
  LanyardAvahiFunc down; /* (nullable) */
  gpointer user_data;
  GMainContext *context;     /* owned */
  GCancellable *cancellable; /* owned: of everything under way */
  GDBusConnection *bus;      /* owned (nullable) */
  GArray *signals;           /* owned (element-type guint): subscribed */
  GSource *again;            /* owned (nullable) */
  guint watch;               /* 0: none */
  gboolean is_up;
  gboolean told; /* that there is none */
};

static void connect_to_bus (LanyardAvahi *avahi);

static void
forget_signals (LanyardAvahi *avahi)
{
  for (guint i = 0; i < avahi->signals->len; i++)
    g_dbus_connection_signal_unsubscribe (avahi->bus, g_array_index (avahi->signals, guint, i));
  g_array_set_size (avahi->signals, 0);
}

static void
go_down (LanyardAvahi *avahi)
{
  gboolean was_up = avahi->is_up;

  avahi->is_up = FALSE;
  if (avahi->bus != NULL)
    forget_signals (avahi);
  if (was_up && avahi->down != NULL)
    avahi->down (avahi->user_data);
}

static void
stop_again (LanyardAvahi *avahi)
{
  if (avahi->again != NULL)
    g_source_destroy (avahi->again);
  g_clear_pointer (&avahi->again, g_source_unref);
}

static gboolean
on_again (gpointer user_data)
{
  LanyardAvahi *avahi = user_data;

  stop_again (avahi);
  connect_to_bus (avahi);
  return G_SOURCE_REMOVE;
}

static void
tell_missing (LanyardAvahi *avahi, const char *why)
{
  if (!avahi->told)
    g_message ("Relays are not looked for in this network, nor announced: %s", why);
  avahi->told = TRUE;
}

static void
start_again (LanyardAvahi *avahi, guint seconds, GSourceFunc func)
{
  stop_again (avahi);
  avahi->again = g_timeout_source_new_seconds (seconds);
  g_source_set_callback (avahi->again, func, avahi, NULL);
  g_source_attach (avahi->again, avahi->context);
}

static void
try_again (LanyardAvahi *avahi)
{
  start_again (avahi, AGAIN_S, on_again);
}

static void
leave_bus (LanyardAvahi *avahi)
{
  go_down (avahi);
  if (avahi->watch != 0)
    g_bus_unwatch_name (avahi->watch);
  avahi->watch = 0;
  if (avahi->bus != NULL)
    g_signal_handlers_disconnect_by_data (avahi->bus, avahi);
  g_clear_object (&avahi->bus);
}

static void
go_up (LanyardAvahi *avahi)
{
  stop_again (avahi);
  go_down (avahi); /* one that took the place of another */
  avahi->is_up = TRUE;
  avahi->told = FALSE;
  avahi->up (avahi->user_data);
}

static gboolean
on_ask_again (gpointer user_data)
{
  LanyardAvahi *avahi = user_data;

  if (avahi->is_up)
    go_up (avahi);
  else
    stop_again (avahi); /* it tells when it is back */
  return G_SOURCE_REMOVE;
}

static void
on_name_appeared (GDBusConnection *bus, const char *name, const char *owner, gpointer user_data)
{
  go_up (user_data);
}

static void
on_name_vanished (GDBusConnection *bus, const char *name, gpointer user_data)
{
  LanyardAvahi *avahi = user_data;

  tell_missing (avahi, "the Avahi daemon does not run.");
  go_down (avahi);
}

static void
on_closed (GDBusConnection *bus, gboolean by_peer, GError *error, gpointer user_data)
{
  leave_bus (user_data);
  try_again (user_data);
}

static void
on_bus (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_dbus_connection_new_for_address_finish (result, &error);
  LanyardAvahi *avahi = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (bus == NULL)
    {
      tell_missing (avahi, error->message);
      try_again (avahi);
      return;
    }
  avahi->bus = g_steal_pointer (&bus);
  g_signal_connect (avahi->bus, "closed", G_CALLBACK (on_closed), avahi);
  avahi->watch = g_bus_watch_name_on_connection (avahi->bus, LANYARD_AVAHI_NAME,
                                                 G_BUS_NAME_WATCHER_FLAGS_AUTO_START,
                                                 on_name_appeared, on_name_vanished, avahi, NULL);
}

/* Not the connection that a whole program shares: that one ends the program when the bus ends. */
static void
connect_to_bus (LanyardAvahi *avahi)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SYSTEM, NULL, &error);

  if (address == NULL)
    tell_missing (avahi, error->message);
  else
    g_dbus_connection_new_for_address (address,
                                       G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
                                           | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                       NULL, avahi->cancellable, on_bus, avahi);
}

LanyardAvahi *
lanyard_avahi_new (LanyardAvahiFunc up, LanyardAvahiFunc down, gpointer user_data)
{
  LanyardAvahi *avahi = g_new0 (LanyardAvahi, 1);

  g_return_val_if_fail (up != NULL, NULL);

  avahi->up = up;
  avahi->down = down;
  avahi->user_data = user_data;
  avahi->context = g_main_context_ref_thread_default ();
  avahi->cancellable = g_cancellable_new ();
  avahi->signals = g_array_new (FALSE, FALSE, sizeof (guint));
  connect_to_bus (avahi);
  return avahi;
}

void
lanyard_avahi_free (LanyardAvahi *avahi)
{
  GDBusConnection *bus;

  if (avahi == NULL)
    return;
  avahi->down = NULL;
  g_cancellable_cancel (avahi->cancellable);
  stop_again (avahi);
  bus = avahi->bus == NULL ? NULL : g_object_ref (avahi->bus);
  leave_bus (avahi);
  if (bus != NULL)
    g_dbus_connection_close (bus, NULL, NULL, NULL);
  g_clear_object (&bus);
  g_array_unref (avahi->signals);
  g_object_unref (avahi->cancellable);
  g_main_context_unref (avahi->context);
  g_free (avahi);
}

void
lanyard_avahi_call (LanyardAvahi *avahi,
                    const char *path,
                    const char *interface,
                    const char *method,
                    GVariant *arguments,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  g_return_if_fail (avahi->bus != NULL);

  g_dbus_connection_call (avahi->bus, LANYARD_AVAHI_NAME, path, interface, method, arguments, NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, TIMEOUT_MS, avahi->cancellable, callback,
                          user_data);
}

GVariant *
lanyard_avahi_finish (GObject *source, GAsyncResult *result, const char *type, GError **error)
{
  g_autoptr (GVariant) answer
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, error);

  if (answer == NULL || g_variant_is_of_type (answer, G_VARIANT_TYPE (type)))
    return g_steal_pointer (&answer);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "Avahi answered %s",
               g_variant_get_type_string (answer));
  return NULL;
}

void
lanyard_avahi_ask_again (LanyardAvahi *avahi)
{
  g_return_if_fail (avahi != NULL);

  if (avahi->bus != NULL)
    start_again (avahi, ASK_AGAIN_S, on_ask_again);
}

void
lanyard_avahi_listen (LanyardAvahi *avahi,
                      const char *interface,
                      GDBusSignalCallback callback,
                      gpointer user_data)
{
  guint id;

  g_return_if_fail (avahi->bus != NULL);

  id = g_dbus_connection_signal_subscribe (avahi->bus, LANYARD_AVAHI_NAME, interface, NULL, NULL,
                                           NULL, G_DBUS_SIGNAL_FLAGS_NONE, callback, user_data,
                                           NULL);
  g_array_append_val (avahi->signals, id);
}
