/* SPDX-License-Identifier: MIT */
/*
 * Every id the server makes, in AWS's own forms (identity-wire 4, kiro-wire 3.2), from a seed and a
 * counter: the same seed and the same requests give the same ids. The n-th id depends on seed and n
 * alone, so a restart goes on where it was.
 */
#ifndef MOCK_KIRO_BASE_IDS_H
#define MOCK_KIRO_BASE_IDS_H

#include <stddef.h>
#include <stdint.h>

struct ids {
    uint64_t seed;
    uint64_t counter;
};

enum { UUID_TEXT_BYTES = 37 };

/* 64 fresh bits. */
uint64_t ids_next(struct ids *ids);

void ids_uuid(struct ids *ids, char out[UUID_TEXT_BYTES]);     /* version 4, lower case */
void ids_hex(struct ids *ids, char *out, size_t digits);       /* digits + 1 bytes */
void ids_upper(struct ids *ids, char *out, size_t characters); /* A-Z0-9, characters + 1 bytes */

/* FNV-1a, 64 bits, continued from `hash` (start with HASH_START): page tokens, digests. */
#define HASH_START UINT64_C(14695981039346656037)
uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t count);
uint64_t hash_text(uint64_t hash,
                   const char *text); /* with its NUL, so that ("a","b") and ("ab","") differ */

#endif
