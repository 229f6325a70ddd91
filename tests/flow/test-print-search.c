/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * Every world that can be reached from the first one, to the last: no depth, no chance. If this
 * fails, there is a way to print a serial twice, to call a badge issued that nobody saw, or to
 * leave one of which nobody is ever asked. That it can fail is shown by spoiling the machine, one
 * edge at a time: each time the search must find the way.
 */

#include "print-model.h"

#include <string.h>

#define MOST_WORLDS 2000000

typedef struct
{
  const PrintRules *rules;
  GHashTable *seen; /* (element-type PrintWorld PrintWorld): a world and the one before it */
  GQueue todo;      /* (element-type PrintWorld) */
  const PrintWorld *from;
  const char *fault;
} Search;

static guint
world_hash (gconstpointer data)
{
  const guint8 *bytes = data;
  guint hash = 5381;

  for (gsize i = 0; i < sizeof (PrintWorld); i++)
    hash = hash * 33 + bytes[i];
  return hash;
}

static gboolean
world_equal (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (PrintWorld)) == 0;
}

static void
on_world (const PrintWorld *world, const char *what, gpointer user_data)
{
  Search *search = user_data;
  PrintWorld *kept;

  if (search->fault != NULL || g_hash_table_contains (search->seen, world))
    return;
  kept = g_memdup2 (world, sizeof *world);
  g_hash_table_insert (search->seen, kept, (gpointer)search->from);
  g_queue_push_tail (&search->todo, kept);
  search->fault = print_model_find_fault (world);
  for (int yes = 0; yes < 2 && search->fault == NULL; yes++)
    search->fault = print_model_settle (world, search->rules, yes);
  if (search->fault != NULL)
    g_test_message ("after %s: %s", what, search->fault);
}

/* Returns: (transfer none) (nullable): the first fault. @n_worlds: (out): how many there are */
static const char *
find_fault (const PrintRules *rules, guint *n_worlds)
{
  static const PrintWorld first = { .slot = LANYARD_PICKUP_IDLE };
  Search search = {
    .rules = rules,
    .seen = g_hash_table_new_full (world_hash, world_equal, g_free, NULL),
    .todo = G_QUEUE_INIT,
  };

  on_world (&first, "nothing", &search);
  while (search.fault == NULL && !g_queue_is_empty (&search.todo))
    {
      search.from = g_queue_pop_head (&search.todo);
      print_model_expand (search.from, rules, on_world, &search);
      g_assert_cmpuint (g_hash_table_size (search.seen), <, MOST_WORLDS);
    }
  *n_worlds = g_hash_table_size (search.seen);
  g_queue_clear (&search.todo);
  g_hash_table_unref (search.seen);
  return search.fault;
}

static void
test_all_worlds (void)
{
  static const PrintRules rules = { .step = lanyard_pickup_machine_step };
  guint n_worlds;
  const char *fault = find_fault (&rules, &n_worlds);

  g_assert_cmpstr (fault, ==, NULL);
  g_test_message ("%u worlds, all that there are", n_worlds);
  /* A search that got nowhere proves nothing. */
  g_assert_cmpuint (n_worlds, >, 1000);
}

/* Machines with one edge that is wrong. */

static void
submit_again (LanyardPickupStep *step, LanyardPickupState to)
{
  step->result = LANYARD_PICKUP_TAKEN;
  step->to = to;
  for (guint i = 0; i < LANYARD_PICKUP_MAX_EFFECTS; i++)
    if (step->effects[i] == LANYARD_PICKUP_EFFECT_NONE
        || step->effects[i] == LANYARD_PICKUP_EFFECT_ASK)
      {
        step->effects[i] = LANYARD_PICKUP_EFFECT_SUBMIT;
        return;
      }
}

static void
lead_to (LanyardPickupStep *step, LanyardPickupState to, LanyardRecordKind record)
{
  memset (step->effects, 0, sizeof step->effects);
  step->result = LANYARD_PICKUP_TAKEN;
  step->to = to;
  step->record = record;
  if (record != 0)
    step->effects[0] = LANYARD_PICKUP_EFFECT_COMMIT;
}

#define SPOILT(name, condition, change)                                                            \
  static LanyardPickupStep name (LanyardPickupState state, LanyardPickupInput input,               \
                                 const LanyardPickupContext *context)                              \
  {                                                                                                \
    LanyardPickupStep step = lanyard_pickup_machine_step (state, input, context);                  \
                                                                                                   \
    if (condition)                                                                                 \
      change;                                                                                      \
    return step;                                                                                   \
  }
#define AT(from, what)                                                                             \
  (state == LANYARD_PICKUP_##from && input == LANYARD_PICKUP_INPUT_##what)

SPOILT (submits_first,
        AT (CONFIRM, CONFIRM),
        (step.effects[0] = LANYARD_PICKUP_EFFECT_SUBMIT,
         step.effects[1] = LANYARD_PICKUP_EFFECT_COMMIT))
SPOILT (prints_after_restart,
        AT (RESERVED, RESTART),
        submit_again (&step, LANYARD_PICKUP_ATTENTION))
SPOILT (prints_after_loss,
        AT (RESERVED, PRINT_DOUBTFUL) || AT (PRINTING, PRINT_DOUBTFUL),
        submit_again (&step, step.to))
SPOILT (prints_after_time_out, AT (PRINTING, TIMEOUT), submit_again (&step, step.to))
SPOILT (guesses_after_restart,
        AT (RESERVED, RESTART),
        lead_to (&step, LANYARD_PICKUP_VOID, LANYARD_RECORD_VOIDED))
SPOILT (believes_the_printer,
        AT (PRINTING, PRINT_COMPLETED),
        lead_to (&step, LANYARD_PICKUP_ISSUED, LANYARD_RECORD_ISSUED))
SPOILT (believes_the_printer_later,
        AT (ATTENTION, PRINT_COMPLETED),
        lead_to (&step, LANYARD_PICKUP_ISSUED, LANYARD_RECORD_ISSUED))
SPOILT (believes_a_failure,
        AT (PRINTING, PRINT_FAILED),
        lead_to (&step, LANYARD_PICKUP_VOID, LANYARD_RECORD_VOIDED))
SPOILT (gives_up_waiting,
        AT (ATTENTION, TIMEOUT),
        lead_to (&step, LANYARD_PICKUP_VOID, LANYARD_RECORD_VOIDED))
SPOILT (forgets_after_restart, AT (PRINTING, RESTART), lead_to (&step, LANYARD_PICKUP_PRINTING, 0))
SPOILT (tells_before_it_is_so,
        AT (RESERVED, PRINT_SPOOLED),
        lead_to (&step, LANYARD_PICKUP_PRINTING, 0))
SPOILT (takes_back_a_void,
        AT (VOID, BADGE_RIGHT),
        lead_to (&step, LANYARD_PICKUP_ISSUED, LANYARD_RECORD_ISSUED))
SPOILT (no_answer,
        state == LANYARD_PICKUP_ATTENTION && input == LANYARD_PICKUP_INPUT_NOT_OUT,
        lead_to (&step, LANYARD_PICKUP_ATTENTION, 0))

static void
test_spoilt_machines (void)
{
  static const struct
  {
    const char *name;
    PrintRules rules;
  } spoilt[] = {
    { "submits first", { .step = submits_first } },
    { "prints after a restart", { .step = prints_after_restart } },
    { "prints after a loss", { .step = prints_after_loss } },
    { "prints after a time-out", { .step = prints_after_time_out } },
    { "guesses after a restart", { .step = guesses_after_restart } },
    { "believes the printer", { .step = believes_the_printer } },
    { "believes the printer later", { .step = believes_the_printer_later } },
    { "believes a failure", { .step = believes_a_failure } },
    { "gives up waiting", { .step = gives_up_waiting } },
    { "forgets after a restart", { .step = forgets_after_restart } },
    { "tells before it is so", { .step = tells_before_it_is_so } },
    { "takes back a void", { .step = takes_back_a_void } },
    { "takes no answer", { .step = no_answer } },
    { "reissues in two steps", { .step = lanyard_pickup_machine_step, .reissue_apart = TRUE } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (spoilt); i++)
    {
      guint n_worlds;

      g_test_message ("a machine that %s", spoilt[i].name);
      g_assert_nonnull (find_fault (&spoilt[i].rules, &n_worlds));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/flow/print-search/all-worlds", test_all_worlds);
  g_test_add_func ("/flow/print-search/spoilt-machines", test_spoilt_machines);
  return g_test_run ();
}
