/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * What desk and hub send to each other. sync/PROTOCOL.md is normative; the names here follow it.
 * Everything signed is COSE_Sign1 of deterministic CBOR; each message begins with its version.
 */

/* First item of every payload. A message of a later version is LANYARD_ERROR_NEWER. */
#define LANYARD_WIRE_VERSION 1
/* Pages of changes have a second one, which tells the era of the feed. A hub gives the version that
 * is asked for. */
#define LANYARD_CHANGES_VERSION 2

/* Content types: stand in the protected header, so no message passes as one of another kind. */
#define LANYARD_CONTENT_BATCH "lanyard/batch"
#define LANYARD_CONTENT_RECEIPT "lanyard/receipt"
#define LANYARD_CONTENT_CHANGES "lanyard/changes"
#define LANYARD_CONTENT_ALERTS "lanyard/alerts"
#define LANYARD_CONTENT_REQUEST "lanyard/request"
#define LANYARD_CONTENT_ENROLMENT_REQUEST "lanyard/enrolment-request"
#define LANYARD_CONTENT_ENROLMENT "lanyard/enrolment"
#define LANYARD_CONTENT_SNAPSHOT "lanyard/snapshot"
#define LANYARD_CONTENT_EDITION "lanyard/edition"

/* Limits, checked before anything is decoded. Bytes of the whole message unless told otherwise. */
#define LANYARD_BATCH_MAX_RECORDS 500
#define LANYARD_BATCH_MAX_BYTES (256 * 1024)
/* Records of one batch before compression; what a desk fills up to, and what a hub accepts. */
#define LANYARD_BATCH_FILL_BYTES (240 * 1024)
#define LANYARD_BATCH_MAX_RAW_BYTES (1024 * 1024)
#define LANYARD_RECEIPT_MAX_BYTES (64 * 1024)
#define LANYARD_RECEIPT_MAX_CONFLICTS 500
#define LANYARD_CHANGES_MAX_ROWS 256
#define LANYARD_CHANGES_MAX_BYTES (5 * 1024 * 1024)
#define LANYARD_CHANGES_MAX_RAW_BYTES (4 * 1024 * 1024 + 512 * 1024)
/* One row's entry. More than LANYARD_ENTRY_MAX_BYTES is a bad row and no bad page. */
#define LANYARD_CHANGES_MAX_ENTRY_BYTES (64 * 1024)
#define LANYARD_ALERTS_MAX_ROWS 200
#define LANYARD_ALERTS_MAX_BYTES (256 * 1024)
#define LANYARD_ALERT_MAX_SERIALS 16
#define LANYARD_LIST_MAX_BYTES (8 * 1024 * 1024)
#define LANYARD_PHOTO_MAX_BYTES (1024 * 1024)
#define LANYARD_ENROLMENT_MAX_BYTES 4096
#define LANYARD_EDITION_MAX_BYTES (256 * 1024)
#define LANYARD_SNAPSHOT_MAX_BYTES (256 * 1024)
#define LANYARD_SNAPSHOT_MAX_CHUNKS 4096
#define LANYARD_SNAPSHOT_MAX_ROWS 16777216
#define LANYARD_CHUNK_MAX_BYTES (4 * 1024 * 1024)
#define LANYARD_CHUNK_MAX_RAW_BYTES (16 * 1024 * 1024)
#define LANYARD_CHUNK_MAX_ROWS 65536
#define LANYARD_CHUNK_MAX_COLUMNS 64
/* What a hub fills a chunk with, before compression: 1 to 3 MiB of chunk. */
#define LANYARD_CHUNK_FILL_BYTES (8 * 1024 * 1024)
#define LANYARD_VENUE_MAX_BATCHES 64
#define LANYARD_VENUE_MAX_BYTES (1024 * 1024)
#define LANYARD_TOKEN_MAX_BYTES 512
#define LANYARD_WIRE_MAX_TEXT_BYTES 64
#define LANYARD_WIRE_MAX_PATH_BYTES 160
#define LANYARD_WIRE_MAX_NAME_BYTES 128

/* How far a request's time may be from the hub's, s, either way. */
#define LANYARD_TOKEN_SKEW_S 300
/* Longest long poll that a hub grants and what desks ask for, s. */
#define LANYARD_POLL_MAX_S 25
/* How many numbers of the feed one immutable segment spans. */
#define LANYARD_SEGMENT_GSEQ 256
/* Longest time over which a hub may have desks spread their return after an outage, s. */
#define LANYARD_SPREAD_MAX_S 600

/* Scheme of the Authorization header. */
#define LANYARD_AUTH_SCHEME "Lanyard "
/* Stands in every answer of a hub: tells it from a captive portal or a proxy. */
#define LANYARD_HUB_HEADER "Lanyard-Hub"

G_END_DECLS
