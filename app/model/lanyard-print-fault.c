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
    case LANYARD_PRINT_FAULT_CONNECTING:
      return "connecting";
    case LANYARD_PRINT_FAULT_MEDIA_EMPTY:
      return "media-empty";
    case LANYARD_PRINT_FAULT_MEDIA_LOW:
      return "media-low";
    case LANYARD_PRINT_FAULT_TRAY_MISSING:
      return "tray-missing";
    case LANYARD_PRINT_FAULT_MEDIA_WRONG:
      return "media-wrong";
    case LANYARD_PRINT_FAULT_MEDIA_JAM:
      return "media-jam";
    case LANYARD_PRINT_FAULT_COVER_OPEN:
      return "cover-open";
    case LANYARD_PRINT_FAULT_RIBBON:
      return "ribbon";
    case LANYARD_PRINT_FAULT_RIBBON_LOW:
      return "ribbon-low";
    case LANYARD_PRINT_FAULT_WASTE_FULL:
      return "waste-full";
    case LANYARD_PRINT_FAULT_WASTE_HIGH:
      return "waste-high";
    case LANYARD_PRINT_FAULT_PAUSED:
      return "paused";
    case LANYARD_PRINT_FAULT_OUTPUT_FULL:
      return "output-full";
    case LANYARD_PRINT_FAULT_OUTPUT_HIGH:
      return "output-high";
    case LANYARD_PRINT_FAULT_SPOOL_FULL:
      return "spool-full";
    case LANYARD_PRINT_FAULT_REJECTED:
      return "rejected";
    case LANYARD_PRINT_FAULT_HOT:
      return "hot";
    case LANYARD_PRINT_FAULT_CANCELLED:
      return "cancelled";
    case LANYARD_PRINT_FAULT_SERVICE:
      return "needs-service";
    case LANYARD_PRINT_FAULT_WORN:
      return "worn";
    case LANYARD_PRINT_FAULT_OTHER:
    default:
      return "other";
    }
}
