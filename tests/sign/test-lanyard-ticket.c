/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "test-sign"

#include "lanyard-ticket.h"

#include <string.h>

#include "lanyard-base45.h"
#include "lanyard-cbor.h"
#include "lanyard-error.h"

/* Also in sync/PROTOCOL.md. A desk and a hub of different versions have to agree on it. */
#define GOLDEN                                                                                     \
  "LYE1:C*GA9DIWENPEJ/5B9DOICB$CBECP9ERZC04ER3DP:6BG62Y9N46PG87M8AB7EDBKF"                         \
  "6DL6WW6%:6224X507H0QS00+0J61%H1CT1V+1572OI2/T2H-2 73AJ3TU3P/3MY9MN8SN8"                         \
  "2%E7WEBJE41"

static LanyardTicket
make_ticket (void)
{
  LanyardTicket ticket = {
    .hub = (char *)"https://hub.example.org",
    .code = (char *)"7K2QM-0AB1C-9XYZ2-34567",
    .venue = (char *)"MAC",
    .name = (char *)"Counter 1",
  };

  for (guint i = 0; i < LANYARD_PUBLIC_KEY_BYTES; i++)
    ticket.root.bytes[i] = (guint8)i;
  return ticket;
}

static void
test_golden (void)
{
  LanyardTicket ticket = make_ticket ();
  g_autofree char *text = lanyard_ticket_encode (&ticket);
  g_autoptr (LanyardTicket) back = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (text, ==, GOLDEN);
  back = lanyard_ticket_decode (GOLDEN, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (back->hub, ==, ticket.hub);
  g_assert_cmpstr (back->code, ==, ticket.code);
  g_assert_cmpstr (back->venue, ==, ticket.venue);
  g_assert_cmpstr (back->name, ==, ticket.name);
  g_assert_cmpmem (back->root.bytes, 32, ticket.root.bytes, 32);
}

static void
assert_refused (const char *text, LanyardError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardTicket) ticket = lanyard_ticket_decode (text, &error);

  g_assert_null (ticket);
  g_assert_error (error, LANYARD_ERROR, (int)code);
  g_assert_null (strchr (error->message, '\n'));
}

/* What a scanner may read as well, and what somebody may hold up on purpose. */
static void
test_refused (void)
{
  g_autofree char *shorter = g_strndup (GOLDEN, strlen (GOLDEN) - 3);
  g_autofree char *longer = g_strconcat (GOLDEN, "00", NULL);
  g_autofree char *endless = g_strnfill (LANYARD_TICKET_MAX_BYTES, '0');
  g_autofree char *huge = g_strconcat (LANYARD_TICKET_PREFIX, endless, NULL);

  g_assert_false (lanyard_ticket_is (NULL));
  g_assert_false (lanyard_ticket_is ("LY1:ABC"));
  g_assert_false (lanyard_ticket_is ("LYE:ABC"));
  g_assert_false (lanyard_ticket_is ("LYE01:ABC"));
  g_assert_true (lanyard_ticket_is (GOLDEN));
  g_assert_true (lanyard_ticket_is ("LYE2:ABC"));
  assert_refused ("7K2QM-0AB1C-9XYZ2-34567", LANYARD_ERROR_INVALID);
  assert_refused ("LYE1:", LANYARD_ERROR_INVALID);
  assert_refused ("LYE2:ABC", LANYARD_ERROR_NEWER);
  assert_refused (huge, LANYARD_ERROR_LIMIT);
  assert_refused (shorter, LANYARD_ERROR_INVALID);
  assert_refused (longer, LANYARD_ERROR_INVALID);
}

/* A ticket must not send a desk to a file, or with somebody's password. */
static void
test_hubs (void)
{
  const char *const wrong[] = { "",
                                "hub.example.org",
                                "file:///etc/passwd",
                                "http://",
                                "https:///enrol",
                                "ftp://hub.example.org",
                                "https://u:p@hub.example.org",
                                "https://hub.example.org/?a=b" };

  g_assert_true (lanyard_ticket_is_hub ("http://127.0.0.1:8440"));
  g_assert_true (lanyard_ticket_is_hub ("https://[2001:db8::1]:8440/"));
  g_assert_false (lanyard_ticket_is_hub (NULL));
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      LanyardTicket ticket = make_ticket ();
      g_autofree char *text = NULL;

      g_assert_false (lanyard_ticket_is_hub (wrong[i]));
      ticket.hub = (char *)wrong[i];
      text = lanyard_ticket_encode (&ticket);
      assert_refused (text, LANYARD_ERROR_INVALID);
    }
}

/* A ticket that ends early is refused wherever that is, and nothing is read beyond it. */
static void
test_every_cut (void)
{
  for (gsize n = 0; n < strlen (GOLDEN); n++)
    {
      g_autofree char *text = g_strndup (GOLDEN, n);
      g_autoptr (LanyardTicket) ticket = lanyard_ticket_decode (text, NULL);

      g_assert_null (ticket);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sign/ticket/golden", test_golden);
  g_test_add_func ("/sign/ticket/refused", test_refused);
  g_test_add_func ("/sign/ticket/hubs", test_hubs);
  g_test_add_func ("/sign/ticket/every-cut", test_every_cut);
  return g_test_run ();
}
