/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include <json-glib/json-glib.h>

#include "lanyard-error.h"
#include "lanyard-fault.h"
#include "lanyard-hub-decisions.h"
#include "lanyard-hub-fleet.h"
#include "lanyard-hub-fold-private.h"

/* Lines of DIR/decisions.jsonl become what they were in the store that is lost. */

static const char *
read_text (JsonObject *object, const char *name)
{
  return json_object_get_string_member_with_default (object, name, "");
}

static guint64
read_number (JsonObject *object, const char *name)
{
  return (guint64)MAX (json_object_get_int_member_with_default (object, name, 0), 0);
}

static char **
read_words (JsonObject *object, const char *name)
{
  JsonArray *array
      = json_object_has_member (object, name) ? json_object_get_array_member (object, name) : NULL;
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    g_strv_builder_add (words, json_array_get_string_element (array, i));
  return g_strv_builder_end (words);
}

static LanyardResolution *
read_resolution (JsonObject *object)
{
  LanyardResolution *resolution = lanyard_resolution_new ();
  const char *second = json_object_get_string_member_with_default (object, "second", NULL);

  g_strfreev (resolution->voids);
  g_strfreev (resolution->settles);
  resolution->id = g_strdup (read_text (object, "id"));
  resolution->keep = g_strdup (read_text (object, "keep"));
  resolution->voids = read_words (object, "voids");
  resolution->settles = read_words (object, "settles");
  resolution->reason = (LanyardResolveReason)read_number (object, "reason");
  resolution->who = g_strdup (read_text (object, "who"));
  resolution->second = g_strdup (second);
  resolution->at_us = (gint64)read_number (object, "at_us");
  return resolution;
}

/* Between begin and commit. */
static gboolean
settle (LanyardHub *hub, const char *number, const LanyardResolution *resolution, GError **error)
{
  g_autoptr (LanyardHubTouched) touched = _lanyard_hub_touch (hub, number, error);
  LanyardHubFold fold = { .hub = hub, .now_us = resolution->at_us };

  return touched != NULL && _lanyard_hub_apply_resolution (&fold, touched, resolution, error)
         && _lanyard_hub_settle (&fold, touched, error);
}

static gboolean
end (LanyardHub *hub, gboolean done, GError **error)
{
  if (done)
    return _lanyard_hub_commit (hub, error);
  hub->store->ops->rollback (hub->store);
  return FALSE;
}

static gboolean
take_resolution (LanyardHub *hub,
                 JsonObject *object,
                 LanyardHubDecisionResult *result,
                 GError **error)
{
  g_autoptr (LanyardResolution) resolution = read_resolution (object);

  *result = LANYARD_HUB_DECISION_TAKEN;
  return hub->store->ops->begin (hub->store, error)
         && end (hub, settle (hub, read_text (object, "number"), resolution, error), error);
}

static gboolean
take_revocation (LanyardHub *hub,
                 JsonObject *object,
                 LanyardHubDecisionResult *result,
                 GError **error)
{
  const LanyardHubRevocation revocation = {
    .device = (guint32)read_number (object, "device"),
    .epoch = (guint32)read_number (object, "epoch"),
    .at_us = (gint64)read_number (object, "at_us"),
    .person = (char *)read_text (object, "person"),
    .reason = (char *)read_text (object, "reason"),
  };
  g_autoptr (GError) local_error = NULL;

  *result = LANYARD_HUB_DECISION_TAKEN;
  if (_lanyard_hub_revoke_again (hub, &revocation, read_number (object, "badges") == 1,
                                 &local_error))
    return TRUE;
  if (g_error_matches (local_error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND))
    *result = LANYARD_HUB_DECISION_WAITS;
  else if (g_error_matches (local_error, LANYARD_ERROR, LANYARD_ERROR_STATE))
    *result = LANYARD_HUB_DECISION_KNOWN;
  else
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return TRUE;
}

static gboolean
take_aside (LanyardHub *hub,
            const char *decision,
            JsonObject *object,
            LanyardHubDecisionResult *result,
            GError **error)
{
  const LanyardHubAside decided = {
    .device = (guint32)read_number (object, "device"),
    .epoch = (guint32)read_number (object, "epoch"),
    .seq = read_number (object, "seq"),
    .decision = (char *)decision,
    .decided_us = (gint64)read_number (object, "at_us"),
    .decided_by = (char *)read_text (object, "person"),
    .reason = (char *)read_text (object, "reason"),
  };
  LanyardHubStream stream;

  if (!hub->store->ops->get_stream (hub->store, decided.device, decided.epoch, &stream, error)
      || !_lanyard_hub_decide_again (hub, &decided, result, error))
    return FALSE;
  if (stream.head_seq < decided.seq)
    *result = LANYARD_HUB_DECISION_WAITS;
  return TRUE;
}

static gboolean
take_deed (LanyardHub *hub, JsonObject *object, LanyardHubDecisionResult *result, GError **error)
{
  const LanyardHubDeed deed = {
    .at_us = (gint64)read_number (object, "at_us"),
    .person = (char *)read_text (object, "person"),
    .what = (char *)read_text (object, "what"),
    .subject = (char *)read_text (object, "subject"),
    .reason = (char *)read_text (object, "reason"),
  };

  *result = LANYARD_HUB_DECISION_TAKEN;
  return hub->store->ops->begin (hub->store, error)
         && end (hub, hub->store->ops->add_deed (hub->store, &deed, error), error);
}

/* @text: signed by this hub, and not in its store */
static gboolean
take (LanyardHub *hub, const char *text, LanyardHubDecisionResult *result, GError **error)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  JsonObject *object
      = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *decision = object == NULL ? "" : read_text (object, "decision");

  if (g_str_equal (decision, "badges"))
    return take_resolution (hub, object, result, error);
  if (g_str_equal (decision, "revoked"))
    return take_revocation (hub, object, result, error);
  if (g_str_equal (decision, "dismissed") || g_str_equal (decision, "retried"))
    return take_aside (hub, decision, object, result, error);
  if (g_str_equal (decision, "deed"))
    return take_deed (hub, object, result, error);
  *result = LANYARD_HUB_DECISION_BROKEN; /* of a later version */
  return TRUE;
}

static gboolean
take_line (LanyardHub *hub,
           GHashTable *known,
           const char *line,
           LanyardHubDecisionResult *result,
           GError **error)
{
  guint8 signature[LANYARD_SIGNATURE_BYTES];
  g_autofree char *text = _lanyard_hub_split_decision (line, signature);

  *result = *line == '\0' ? LANYARD_HUB_DECISION_KNOWN : LANYARD_HUB_DECISION_BROKEN;
  if (text == NULL
      || (!_lanyard_hub_verify_decision (hub, text, signature)
          && !lanyard_fault ("hub-decision-unchecked")))
    return TRUE;
  *result = LANYARD_HUB_DECISION_KNOWN;
  return g_hash_table_contains (known, text) || take (hub, text, result, error);
}

gboolean
lanyard_hub_take_decisions (LanyardHub *hub,
                            const char *const *lines,
                            GArray **results,
                            GError **error)
{
  g_autoptr (GPtrArray) here = lanyard_hub_list_decisions (hub, error);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (LanyardHubDecisionResult));

  if (here == NULL)
    return FALSE;
  for (guint i = 0; i < here->len; i++)
    g_hash_table_add (known, g_ptr_array_index (here, i));
  for (guint i = 0; lines[i] != NULL; i++)
    {
      LanyardHubDecisionResult result;

      if (!take_line (hub, known, lines[i], &result, error))
        return FALSE;
      g_array_append_val (all, result);
    }
  hub->generation++;
  *results = g_steal_pointer (&all);
  return TRUE;
}
