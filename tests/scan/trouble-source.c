/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "trouble-source.h"

#include <gst/base/gstpushsrc.h>

#define WIDTH 640
#define HEIGHT 360
#define CAPS "video/x-raw,format=GRAY8,width=640,height=360,framerate=30/1"

typedef struct
{
  GstPushSrc parent_instance;
  guint64 n_frames;
} TroubleSource;

typedef struct
{
  GstPushSrcClass parent_class;
} TroubleSourceClass;

static GType trouble_source_get_type (void);

G_DEFINE_TYPE (TroubleSource, trouble_source, GST_TYPE_PUSH_SRC)

static int trouble;         /* (atomic): a GstResourceError */
static gpointer the_pixels; /* (atomic) */

static gboolean
trouble_source_start (GstBaseSrc *source)
{
  int code = g_atomic_int_get (&trouble);

  if (code == 0)
    return TRUE;
  gst_element_message_full (GST_ELEMENT (source), GST_MESSAGE_ERROR, GST_RESOURCE_ERROR, code,
                            g_strdup ("Device '/dev/video7' cannot be had."), NULL, __FILE__,
                            G_STRFUNC, __LINE__);
  return FALSE;
}

static GstFlowReturn
trouble_source_create (GstPushSrc *source, GstBuffer **buffer)
{
  TroubleSource *self = (TroubleSource *)source;
  const guint8 *pixels = g_atomic_pointer_get (&the_pixels);

  *buffer = gst_buffer_new_memdup (pixels, WIDTH * HEIGHT);
  GST_BUFFER_PTS (*buffer) = self->n_frames * GST_SECOND / 30;
  GST_BUFFER_DURATION (*buffer) = GST_SECOND / 30;
  self->n_frames++;
  return GST_FLOW_OK;
}

static void
trouble_source_class_init (TroubleSourceClass *klass)
{
  g_autoptr (GstCaps) caps = gst_caps_from_string (CAPS);

  gst_element_class_set_static_metadata (GST_ELEMENT_CLASS (klass), "Trouble", "Source/Video",
                                         "Cannot be opened", "Lanyard");
  gst_element_class_add_pad_template (
      GST_ELEMENT_CLASS (klass), gst_pad_template_new ("src", GST_PAD_SRC, GST_PAD_ALWAYS, caps));
  GST_BASE_SRC_CLASS (klass)->start = trouble_source_start;
  GST_PUSH_SRC_CLASS (klass)->create = trouble_source_create;
}

static void
trouble_source_init (TroubleSource *self)
{
  gst_base_src_set_format (GST_BASE_SRC (self), GST_FORMAT_TIME);
}

void
trouble_source_register (void)
{
  gst_init (NULL, NULL);
  gst_element_register (NULL, "troublesource", GST_RANK_NONE, trouble_source_get_type ());
}

void
trouble_source_set (int code)
{
  g_atomic_int_set (&trouble, code);
}

void
trouble_source_show (const guint8 *pixels)
{
  g_atomic_pointer_set (&the_pixels, (gpointer)pixels);
}
