/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-client"

#include "lanyard-announcement.h"

#include <gio/gio.h>
#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "lanyard-hash.h"

#define MAX_STRING_BYTES 255 /* RFC 6763 §6.1 */

static void
add_string (GVariantBuilder *builder, const char *key, const char *value)
{
  g_autofree char *text = g_strconcat (key, "=", value, NULL);

  g_variant_builder_add_value (builder, g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, text,
                                                                   strlen (text), 1));
}

/* The first of a key counts (RFC 6763 §6.4), whatever its case. */
static gboolean
has (GVariant *txt, const char *key, const char *wanted)
{
  gsize n_key = strlen (key), n_wanted = strlen (wanted);
  gsize n_strings = MIN (g_variant_n_children (txt), LANYARD_ANNOUNCEMENT_MAX_STRINGS);

  for (gsize i = 0; i < n_strings; i++)
    {
      g_autoptr (GVariant) string = g_variant_get_child_value (txt, i);
      gsize n_bytes;
      const char *text = g_variant_get_fixed_array (string, &n_bytes, 1);

      if (n_bytes > MAX_STRING_BYTES || n_bytes <= n_key || text[n_key] != '='
          || g_ascii_strncasecmp (text, key, n_key) != 0)
        continue;
      return n_bytes - n_key - 1 == n_wanted && memcmp (text + n_key + 1, wanted, n_wanted) == 0;
    }
  return FALSE;
}

/* Whether the interface is this machine's own, which no cable leads to. */
static gboolean
is_loopback (const char *network)
{
  struct ifreq request = { 0 };
  int fd = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  gboolean loopback;

  if (fd < 0)
    return FALSE;
  g_strlcpy (request.ifr_name, network, sizeof request.ifr_name);
  loopback = ioctl (fd, SIOCGIFFLAGS, &request) == 0 && (request.ifr_flags & IFF_LOOPBACK) != 0;
  close (fd);
  return loopback;
}

/* An IPv4 address in IPv6's clothes is looked at as what it is. */
static GInetAddress *
parse (const char *text)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (text);
  static const guint8 mapped[12] = { [10] = 0xff, [11] = 0xff };

  if (address != NULL && g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6
      && memcmp (g_inet_address_to_bytes (address), mapped, sizeof mapped) == 0)
    return g_inet_address_new_from_bytes (g_inet_address_to_bytes (address) + sizeof mapped,
                                          G_SOCKET_FAMILY_IPV4);
  return g_steal_pointer (&address);
}

char *
lanyard_announcement_name_event (const LanyardPublicKey *root)
{
  LanyardHash hash;

  lanyard_hash_compute (&hash, "lanyard/announcement/1", root->bytes, sizeof root->bytes, NULL, 0);
  return lanyard_hex_encode (hash.bytes, LANYARD_ANNOUNCEMENT_EVENT_CHARS / 2);
}

GVariant *
lanyard_announcement_write (const char *event, const char *venue)
{
  GVariantBuilder builder;

  g_return_val_if_fail (event != NULL && venue != NULL, NULL);

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aay"));
  add_string (&builder, "txtvers", "1"); /* first: RFC 6763 §6.7 */
  add_string (&builder, "protocol", LANYARD_ANNOUNCEMENT_PROTOCOL);
  add_string (&builder, "event", event);
  add_string (&builder, "venue", venue);
  return g_variant_builder_end (&builder);
}

gboolean
lanyard_announcement_is_of (GVariant *txt, const char *event, const char *venue)
{
  g_return_val_if_fail (txt != NULL && event != NULL && venue != NULL, FALSE);

  return g_variant_is_of_type (txt, G_VARIANT_TYPE ("aay")) && has (txt, "txtvers", "1")
         && has (txt, "protocol", LANYARD_ANNOUNCEMENT_PROTOCOL) && has (txt, "event", event)
         && has (txt, "venue", venue);
}

char *
lanyard_announcement_make_url (const char *address, guint16 port, guint network)
{
  g_autoptr (GInetAddress) inet = parse (address);
  g_autofree char *text = NULL;
  char name[IF_NAMESIZE] = "";

  if (inet == NULL || port == 0 || if_indextoname (network, name) == NULL
      || g_inet_address_get_is_any (inet) || g_inet_address_get_is_multicast (inet)
      || (g_inet_address_get_is_loopback (inet) && !is_loopback (name)))
    return NULL;
  text = g_inet_address_to_string (inet);
  if (g_inet_address_get_family (inet) == G_SOCKET_FAMILY_IPV4)
    return g_strdup_printf ("http://%s:%u", text, port);
  if (g_inet_address_get_is_link_local (inet))
    return g_strdup_printf ("http://[%s%%25%s]:%u", text, name, port); /* RFC 6874 §2 */
  return g_strdup_printf ("http://[%s]:%u", text, port);
}
