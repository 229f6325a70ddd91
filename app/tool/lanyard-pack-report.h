/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-badge-trial.h"

G_BEGIN_DECLS

/* One thing that is wrong with one template, for everybody to whom it happens alike. */
typedef struct
{
  char *template;        /* name */
  char *slot;            /* (nullable): NULL: the template as a whole */
  guint page;            /* 0 front, 1 back */
  char *holder;          /* (nullable): name of the made-up holder; NULL: anybody */
  GPtrArray *categories; /* owned (element-type utf8) */
  GPtrArray *languages;  /* owned (element-type utf8) */
  char *what;            /* what is wrong and what to do */
} LanyardPackProblem;

/* One template as it was tried. */
typedef struct
{
  char *name;
  double width_mm; /* 0 when it could not be read */
  double height_mm;
  guint n_pages;
  guint n_badges; /* drawn for trial */
  gboolean has_problems;
} LanyardTriedTemplate;

/* What came out of checking one pack. */
typedef struct
{
  LanyardPack *pack;    /* owned */
  GPtrArray *templates; /* owned (element-type LanyardTriedTemplate) */
  GPtrArray *problems;  /* owned (element-type LanyardPackProblem) */
} LanyardPackReport;

/* @pack: (transfer full) */
void lanyard_pack_report_init (LanyardPackReport *report, LanyardPack *pack);
void lanyard_pack_report_clear (LanyardPackReport *report);

/* Returns: (transfer none) */
LanyardTriedTemplate *lanyard_pack_report_begin (LanyardPackReport *report, const char *name);

/**
 * lanyard_pack_report_add:
 * @template: the one that is tried; (nullable): the pack as a whole
 * @finding: what was found
 * @holder: (nullable): with whom
 * @category: (nullable)
 * @language: (nullable)
 *
 * The same with the same holder in another category or language is one problem.
 */
void lanyard_pack_report_add (LanyardPackReport *report,
                              LanyardTriedTemplate *template,
                              const LanyardBadgeFinding *finding,
                              const char *holder,
                              const char *category,
                              const char *language);

/* Writes it to standard output, for people or as one JSON object. */
void lanyard_pack_report_print (const LanyardPackReport *report);
void lanyard_pack_report_print_json (const LanyardPackReport *report);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LanyardPackReport, lanyard_pack_report_clear)

G_END_DECLS
