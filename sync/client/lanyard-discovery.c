/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-client"

#include "lanyard-discovery.h"

#include "lanyard-announcement.h"
#include "lanyard-avahi.h"

#define BROWSER LANYARD_AVAHI_NAME ".ServiceBrowser"
#define RESOLVED "(iissssisqaayu)"

/* One announcement at one interface over one protocol. */
typedef struct
{
  gint32 network, protocol;
  char *name, *domain; /* owned */
  char *url;           /* owned (nullable): it is ours */
  gboolean waiting;    /* for its turn to be resolved */
} Item;

struct _LanyardDiscovery
{
  char *event, *venue; /* owned */
  LanyardDiscoveryFunc func;
  gpointer user_data;
  LanyardAvahi *avahi; /* owned */
  GHashTable *items;   /* owned (element-type utf8 Item) */
  GSource *again;      /* owned */
  guint n_resolving;
};

/* Of one question to Avahi. Owned by its own callback. */
typedef struct
{
  LanyardDiscovery *discovery; /* dangles once the question is cancelled */
  char *key;
} Question;

static void
item_free (gpointer data)
{
  Item *item = data;

  g_free (item->name);
  g_free (item->domain);
  g_free (item->url);
  g_free (item);
}

static void
question_free (Question *question)
{
  g_free (question->key);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static gboolean
is_announced (LanyardDiscovery *discovery, const char *url)
{
  GHashTableIter iter;
  Item *item;

  g_hash_table_iter_init (&iter, discovery->items);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&item))
    if (g_strcmp0 (item->url, url) == 0)
      return TRUE;
  return FALSE;
}

/* @url: (transfer full) (nullable) */
static void
set_url (LanyardDiscovery *discovery, Item *item, char *url)
{
  g_autofree char *before = g_steal_pointer (&item->url);
  gboolean is_new = url != NULL && g_strcmp0 (before, url) != 0 && !is_announced (discovery, url);

  item->url = url;
  if (before != NULL && !is_announced (discovery, before))
    discovery->func (before, FALSE, discovery->user_data);
  if (is_new)
    discovery->func (url, TRUE, discovery->user_data);
}

static void resolve_waiting (LanyardDiscovery *discovery);

static void
on_resolved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = lanyard_avahi_finish (source, result, RESOLVED, &error);
  LanyardDiscovery *discovery = question->discovery;
  g_autoptr (GVariant) txt = NULL;
  const char *address;
  guint16 port;
  Item *item;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  discovery->n_resolving--;
  item = g_hash_table_lookup (discovery->items, question->key);
  if (item != NULL && answer != NULL) /* it may have gone meanwhile, or come back */
    {
      g_variant_get_child (answer, 7, "&s", &address);
      g_variant_get_child (answer, 8, "q", &port);
      txt = g_variant_get_child_value (answer, 9);
      set_url (discovery, item,
               lanyard_announcement_is_of (txt, discovery->event, discovery->venue)
                   ? lanyard_announcement_make_url (address, port, (guint)item->network)
                   : NULL);
    }
  resolve_waiting (discovery);
}

static void
resolve (LanyardDiscovery *discovery, const char *key, Item *item)
{
  Question *question = g_new0 (Question, 1);

  question->discovery = discovery;
  question->key = g_strdup (key);
  item->waiting = FALSE;
  discovery->n_resolving++;
  lanyard_avahi_call (discovery->avahi, "/", LANYARD_AVAHI_SERVER, "ResolveService",
                      g_variant_new ("(iisssiu)", item->network, item->protocol, item->name,
                                     LANYARD_ANNOUNCEMENT_TYPE, item->domain, item->protocol, 0),
                      on_resolved, question);
}

static void
resolve_waiting (LanyardDiscovery *discovery)
{
  GHashTableIter iter;
  const char *key;
  Item *item;

  g_hash_table_iter_init (&iter, discovery->items);
  while (discovery->n_resolving < LANYARD_DISCOVERY_MAX_RESOLVING
         && g_hash_table_iter_next (&iter, (gpointer *)&key, (gpointer *)&item))
    if (item->waiting)
      resolve (discovery, key, item);
}

static char *
make_key (const Item *item)
{
  return g_strdup_printf ("%d/%d/%s/%s", item->network, item->protocol, item->name, item->domain);
}

/* @item: (transfer full) */
static void
add (LanyardDiscovery *discovery, Item *item)
{
  g_autofree char *key = make_key (item);

  if (g_hash_table_contains (discovery->items, key)
      || g_hash_table_size (discovery->items) >= LANYARD_DISCOVERY_MAX_KNOWN)
    {
      item_free (item);
      return;
    }
  item->waiting = TRUE;
  g_hash_table_insert (discovery->items, g_steal_pointer (&key), item);
  resolve_waiting (discovery);
}

static void
drop (LanyardDiscovery *discovery, const Item *like)
{
  g_autofree char *key = make_key (like);
  Item *item = g_hash_table_lookup (discovery->items, key);

  if (item == NULL)
    return;
  set_url (discovery, item, NULL);
  g_hash_table_remove (discovery->items, key);
}

static void
on_signal (GDBusConnection *bus,
           const char *sender,
           const char *path,
           const char *interface,
           const char *signal,
           GVariant *arguments,
           gpointer user_data)
{
  g_autofree char *type = NULL;
  Item *item;

  if (!g_variant_is_of_type (arguments, G_VARIANT_TYPE ("(iisssu)")))
    return;
  item = g_new0 (Item, 1);
  g_variant_get (arguments, "(iisssu)", &item->network, &item->protocol, &item->name, &type,
                 &item->domain, NULL);
  if (!g_str_equal (type, LANYARD_ANNOUNCEMENT_TYPE))
    item_free (item);
  else if (g_str_equal (signal, "ItemNew"))
    add (user_data, item);
  else
    {
      if (g_str_equal (signal, "ItemRemove"))
        drop (user_data, item);
      item_free (item);
    }
}

static void
on_browser_made (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = lanyard_avahi_finish (source, result, "(o)", &error);
  LanyardDiscovery *discovery = user_data; /* dangles once the question is cancelled */

  if (answer != NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_message ("Relays are not looked for yet: %s", error->message);
  lanyard_avahi_ask_again (discovery->avahi);
}

static void
on_up (gpointer user_data)
{
  LanyardDiscovery *discovery = user_data;

  /* Before the browser is made: its first signals come at once. */
  lanyard_avahi_listen (discovery->avahi, BROWSER, on_signal, discovery);
  lanyard_avahi_call (discovery->avahi, "/", LANYARD_AVAHI_SERVER, "ServiceBrowserNew",
                      g_variant_new ("(iissu)", LANYARD_AVAHI_ANY, LANYARD_AVAHI_ANY,
                                     LANYARD_ANNOUNCEMENT_TYPE, "", 0),
                      on_browser_made, discovery);
}

static void
on_down (gpointer user_data)
{
  LanyardDiscovery *discovery = user_data;
  GHashTableIter iter;
  Item *item;

  g_hash_table_iter_init (&iter, discovery->items);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&item))
    {
      set_url (discovery, item, NULL);
      g_hash_table_iter_remove (&iter);
    }
}

/* Its answer was lost, or it has changed what it says. */
static gboolean
on_again (gpointer user_data)
{
  LanyardDiscovery *discovery = user_data;
  GHashTableIter iter;
  Item *item;

  g_hash_table_iter_init (&iter, discovery->items);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&item))
    item->waiting = item->url == NULL;
  resolve_waiting (discovery);
  return G_SOURCE_CONTINUE;
}

LanyardDiscovery *
lanyard_discovery_new (const char *event,
                       const char *venue,
                       LanyardDiscoveryFunc func,
                       gpointer user_data)
{
  LanyardDiscovery *discovery;
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();

  g_return_val_if_fail (event != NULL && venue != NULL && func != NULL, NULL);

  discovery = g_new0 (LanyardDiscovery, 1);
  discovery->event = g_strdup (event);
  discovery->venue = g_strdup (venue);
  discovery->func = func;
  discovery->user_data = user_data;
  discovery->items = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, item_free);
  discovery->again = g_timeout_source_new_seconds (LANYARD_DISCOVERY_AGAIN_S);
  g_source_set_callback (discovery->again, on_again, discovery, NULL);
  g_source_attach (discovery->again, context);
  discovery->avahi = lanyard_avahi_new (on_up, on_down, discovery);
  return discovery;
}

void
lanyard_discovery_free (LanyardDiscovery *discovery)
{
  if (discovery == NULL)
    return;
  lanyard_avahi_free (discovery->avahi);
  g_source_destroy (discovery->again);
  g_source_unref (discovery->again);
  g_hash_table_unref (discovery->items);
  g_free (discovery->event);
  g_free (discovery->venue);
  g_free (discovery);
}
