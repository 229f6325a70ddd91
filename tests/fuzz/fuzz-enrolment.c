/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lanyard-enrolment-message.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes);

/* The payload of an enrolment answer. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes)
{
  GError *error = NULL;
  LanyardEnrolmentAnswer *message = lanyard_enrolment_answer_decode (data, n_bytes, &error);

  /* Either a message or a reason, never both or none. */
  g_assert_true ((message != NULL) != (error != NULL));
  lanyard_enrolment_answer_free (message);
  g_clear_error (&error);
  return 0;
}
