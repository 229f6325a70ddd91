/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <cups/ipp.h>
#include <stdint.h>
#include <string.h>

#include "lanyard-ipp-condition.h"
#include "lanyard-ipp-messages.h"
#include "lanyard-ipp-plan.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes);

/* Of a badge. */
#define WIDTH_MM 105.0
#define HEIGHT_MM 135.0

typedef struct
{
  const uint8_t *data;
  size_t n_bytes;
} Rest;

static ssize_t
on_read (void *context, ipp_uchar_t *buffer, size_t n_bytes)
{
  Rest *rest = context;
  size_t n = MIN (n_bytes, rest->n_bytes);

  memcpy (buffer, rest->data, n);
  rest->data += n;
  rest->n_bytes -= n;
  return (ssize_t)n;
}

static void
read_condition (ipp_t *answer)
{
  g_autoptr (LanyardPrinterCondition) condition = lanyard_ipp_condition_read (answer);
  g_autofree char *device = lanyard_ipp_read_device (answer);

  g_assert_true (condition->answers && (device == NULL || g_str_has_prefix (device, "ipp")));
  g_assert_true (condition->make_and_model == NULL
                 || g_utf8_validate (condition->make_and_model, -1, NULL));
  for (guint i = 0; i < condition->supplies->len; i++)
    {
      const LanyardPrinterSupply *supply = g_ptr_array_index (condition->supplies, i);

      g_assert_cmpint (supply->level, <=, 100);
      g_assert_true (supply->name == NULL || g_utf8_validate (supply->name, -1, NULL));
    }
}

static void
read_jobs (ipp_t *answer)
{
  g_auto (LanyardIppJob) job = { 0 };
  g_auto (LanyardIppJob) found = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (lanyard_ipp_check_status (answer, &error) == (error == NULL));
  if (error != NULL)
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
  if (lanyard_ipp_job_read (answer, &job))
    g_assert_cmpint (job.id, >, 0);
  if (lanyard_ipp_job_find (answer, "K0471-000001A", &found))
    g_assert_cmpstr (found.name, ==, "K0471-000001A");
}

/* A badge that is printed has its size, however it lies. */
static void
read_plan (ipp_t *answer)
{
  GError *error = NULL;
  g_autoptr (LanyardIppPlan) plan
      = lanyard_ipp_plan_new (answer, WIDTH_MM, HEIGHT_MM, 2, TRUE, &error);
  g_autofree char *words = plan == NULL ? NULL : lanyard_ipp_plan_to_string (plan);
  int width;

  g_assert_true ((plan != NULL) != (error != NULL));
  g_clear_error (&error);
  if (plan == NULL)
    return;
  width = plan->turned ? plan->height_hmm : plan->width_hmm;
  g_assert_cmpint (ABS (width - (int)(WIDTH_MM * 100)), <=, LANYARD_IPP_SIZE_TOLERANCE_HMM);
  g_assert_true (g_utf8_validate (words, -1, NULL));
}

/* What a printer answers (RFC 8010 §3), to whichever question. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes)
{
  Rest rest = { data, n_bytes };
  ipp_t *answer = ippNew ();

  if (ippReadIO (&rest, on_read, 1, NULL, answer) == IPP_STATE_DATA)
    {
      read_condition (answer);
      read_jobs (answer);
      read_plan (answer);
    }
  ippDelete (answer);
  return 0;
}
