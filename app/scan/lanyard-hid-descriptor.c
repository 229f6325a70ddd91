/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-hid-descriptor.h"

#include <string.h>

#include "lanyard-error.h"

/* A prefix without its two bits of size: HID 1.11 §6.2.2.4 (main), §6.2.2.7 (global), §6.2.2.8
 * (local). */
enum
{
  ITEM_INPUT = 0x80,
  ITEM_OUTPUT = 0x90,
  ITEM_COLLECTION = 0xa0,
  ITEM_FEATURE = 0xb0,
  ITEM_END_COLLECTION = 0xc0,

  ITEM_USAGE_PAGE = 0x04,
  ITEM_REPORT_SIZE = 0x74,
  ITEM_REPORT_ID = 0x84,
  ITEM_REPORT_COUNT = 0x94,
  ITEM_PUSH = 0xa4,
  ITEM_POP = 0xb4,

  ITEM_USAGE = 0x08,
  ITEM_USAGE_MINIMUM = 0x18,
  ITEM_USAGE_MAXIMUM = 0x28,
};

#define ITEM_SIZE_MASK 0x03
#define ITEM_LONG 0xfe /* §6.2.2.3 */
/* Of an input item, §6.2.2.5. */
#define INPUT_CONSTANT 0x01

#define MAX_DEPTH 16
#define MAX_USAGES 256
#define MAX_FIELD_BITS 256 /* as Linux allows; what is looked for has 32 at most */
#define MAX_BITS (LANYARD_HID_MAX_REPORT_BYTES * 8)

typedef struct
{
  guint16 page;
  guint n_bits;
  guint count;
  guint report_id; /* 0: none yet */
} Globals;

typedef struct
{
  Globals globals;
  Globals stack[MAX_DEPTH];
  guint n_stack;
  guint depth; /* of collections */

  /* local to the next main item */
  guint32 usages[MAX_USAGES];
  guint n_usages;
  guint32 minimum; /* of the range under way */

  guint next_bit[256]; /* by report id: bits of its input fields so far */
  gboolean numbered;

  LanyardHidFieldFunc func;
  gpointer user_data;
} Walk;

static gboolean
fail (GError **error, const char *what)
{
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
               "The device describes its reports in a way that makes no sense (%s).", what);
  return FALSE;
}

/* A usage of four bytes brings its page with it, §6.2.2.8. */
static guint32
full_usage (const Walk *walk, guint32 value, gsize n_bytes)
{
  return n_bytes == 4 ? value : (guint32)walk->globals.page << 16 | value;
}

static void
add_usage (Walk *walk, guint32 usage)
{
  /* More than any scanner has: what is left out are fields that nobody looks for. */
  if (walk->n_usages < MAX_USAGES)
    walk->usages[walk->n_usages++] = usage;
}

static void
add_usages (Walk *walk, guint32 maximum)
{
  for (guint32 usage = walk->minimum; usage <= maximum && walk->n_usages < MAX_USAGES; usage++)
    {
      add_usage (walk, usage);
      if (usage == G_MAXUINT32)
        break;
    }
}

/* Each value has a usage; the last one is that of all that are left, §6.2.2.8. */
static void
tell_fields (Walk *walk, guint bit)
{
  for (guint i = 0; i < walk->globals.count;)
    {
      guint nth = MIN (i, walk->n_usages - 1);
      LanyardHidField field = {
        .usage = walk->usages[nth],
        .report_id = walk->globals.report_id,
        .bit = bit + i * walk->globals.n_bits,
        .n_bits = walk->globals.n_bits,
        .count = 1,
      };

      if (nth == walk->n_usages - 1)
        field.count = walk->globals.count - i;
      walk->func (&field, walk->user_data);
      i += field.count;
    }
}

static gboolean
take_input (Walk *walk, guint32 flags, GError **error)
{
  guint *next = &walk->next_bit[walk->globals.report_id];
  guint bit = *next;

  if (walk->globals.n_bits > MAX_FIELD_BITS || walk->globals.count > MAX_BITS)
    return fail (error, "a field is too large");
  *next += walk->globals.n_bits * walk->globals.count;
  if (*next > MAX_BITS)
    return fail (error, "a report is too long");
  if ((flags & INPUT_CONSTANT) == 0 && walk->n_usages > 0 && walk->globals.n_bits > 0
      && walk->globals.n_bits <= 32)
    tell_fields (walk, bit);
  return TRUE;
}

static gboolean
take_main (Walk *walk, guint8 item, guint32 value, GError **error)
{
  if (item == ITEM_INPUT && !take_input (walk, value, error))
    return FALSE;
  if (item == ITEM_COLLECTION && ++walk->depth > MAX_DEPTH)
    return fail (error, "collections are nested too deeply");
  if (item == ITEM_END_COLLECTION && walk->depth-- == 0)
    return fail (error, "a collection ends that never began");
  walk->n_usages = 0;
  walk->minimum = 0;
  return TRUE;
}

static gboolean
take_global (Walk *walk, guint8 item, guint32 value, GError **error)
{
  switch (item)
    {
    case ITEM_USAGE_PAGE:
      walk->globals.page = (guint16)value;
      break;
    case ITEM_REPORT_SIZE:
      walk->globals.n_bits = value;
      break;
    case ITEM_REPORT_COUNT:
      walk->globals.count = value;
      break;
    case ITEM_REPORT_ID:
      if (value == 0 || value > 255)
        return fail (error, "a report has an impossible number");
      walk->globals.report_id = value;
      walk->numbered = TRUE;
      break;
    case ITEM_PUSH:
      if (walk->n_stack == MAX_DEPTH)
        return fail (error, "its state is pushed too often");
      walk->stack[walk->n_stack++] = walk->globals;
      break;
    case ITEM_POP:
      if (walk->n_stack == 0)
        return fail (error, "its state is popped too often");
      walk->globals = walk->stack[--walk->n_stack];
      break;
    default:
      break;
    }
  return TRUE;
}

static gboolean
take_item (Walk *walk, guint8 item, guint32 value, gsize n_bytes, GError **error)
{
  switch (item)
    {
    case ITEM_INPUT:
    case ITEM_OUTPUT:
    case ITEM_FEATURE:
    case ITEM_COLLECTION:
    case ITEM_END_COLLECTION:
      return take_main (walk, item, value, error);
    case ITEM_USAGE:
      add_usage (walk, full_usage (walk, value, n_bytes));
      return TRUE;
    case ITEM_USAGE_MINIMUM:
      walk->minimum = full_usage (walk, value, n_bytes);
      return TRUE;
    case ITEM_USAGE_MAXIMUM:
      add_usages (walk, full_usage (walk, value, n_bytes));
      return TRUE;
    default:
      return take_global (walk, item, value, error);
    }
}

static guint32
get_value (const guint8 *data, gsize n_bytes)
{
  guint32 value = 0;

  for (gsize i = n_bytes; i > 0; i--)
    value = value << 8 | data[i - 1];
  return value;
}

gboolean
lanyard_hid_descriptor_walk (const guint8 *descriptor,
                             gsize n_bytes,
                             gboolean *numbered,
                             LanyardHidFieldFunc func,
                             gpointer user_data,
                             GError **error)
{
  Walk walk = { .func = func, .user_data = user_data };

  g_return_val_if_fail (descriptor != NULL || n_bytes == 0, FALSE);
  g_return_val_if_fail (numbered != NULL && func != NULL, FALSE);

  for (gsize i = 0; i < n_bytes;)
    {
      static const gsize sizes[] = { 0, 1, 2, 4 };
      guint8 prefix = descriptor[i++];
      gsize size = sizes[prefix & ITEM_SIZE_MASK];

      /* A long item: its size, its tag, its data. No standard defines one. */
      if (prefix == ITEM_LONG)
        size = i < n_bytes ? 2 + (gsize)descriptor[i] : 2;
      if (size > n_bytes - i)
        return fail (error, "it ends inside an item");
      if (prefix != ITEM_LONG
          && !take_item (&walk, prefix & (guint8)~ITEM_SIZE_MASK, get_value (descriptor + i, size),
                         size, error))
        return FALSE;
      i += size;
    }
  if (walk.depth > 0)
    return fail (error, "a collection does not end");
  *numbered = walk.numbered;
  return TRUE;
}
