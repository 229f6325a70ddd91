/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-model"

#include "lanyard-print-fault.h"

const char *
lanyard_print_fault_to_string (LanyardPrintFault fault)
{
  switch (fault)
    {
    case LANYARD_PRINT_FAULT_NONE:
      return "none";
    case LANYARD_PRINT_FAULT_OFFLINE:
      return "offline";
    case LANYARD_PRINT_FAULT_MEDIA_EMPTY:
      return "media-empty";
    case LANYARD_PRINT_FAULT_MEDIA_JAM:
      return "media-jam";
    case LANYARD_PRINT_FAULT_COVER_OPEN:
      return "cover-open";
    case LANYARD_PRINT_FAULT_RIBBON:
      return "ribbon";
    case LANYARD_PRINT_FAULT_PAUSED:
      return "paused";
    case LANYARD_PRINT_FAULT_OUTPUT_FULL:
      return "output-full";
    case LANYARD_PRINT_FAULT_REJECTED:
      return "rejected";
    case LANYARD_PRINT_FAULT_CANCELLED:
      return "cancelled";
    case LANYARD_PRINT_FAULT_OTHER:
    default:
      return "other";
    }
}
