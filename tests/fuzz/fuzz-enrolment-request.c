/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lanyard-enrolment-message.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes);

/* An enrolment request: what anybody at all may send to a hub. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes)
{
  GError *error = NULL;
  LanyardEnrolmentRequest *message = lanyard_enrolment_request_open (data, n_bytes, &error);

  /* Either a message or a reason, never both or none. */
  g_assert_true ((message != NULL) != (error != NULL));
  lanyard_enrolment_request_free (message);
  g_clear_error (&error);
  return 0;
}
