/* SPDX-License-Identifier: MIT */
/* Ids from a seed and a counter (splitmix64), and the hash of page tokens and digests (FNV-1a). */
#include "base/ids.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { HEX_DIGITS_EACH = 16 };

uint64_t ids_next(struct ids *ids)
{
    ids->counter++;
    uint64_t bits = ids->seed + ids->counter * UINT64_C(0x9E3779B97F4A7C15);
    bits = (bits ^ (bits >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    bits = (bits ^ (bits >> 27)) * UINT64_C(0x94D049BB133111EB);
    return bits ^ (bits >> 31);
}

void ids_uuid(struct ids *ids, char out[UUID_TEXT_BYTES])
{
    uint64_t high = ids_next(ids);
    uint64_t low = ids_next(ids);
    /* RFC 9562: the version in the thirteenth digit, the variant (8, 9, a or b) in the
     * seventeenth. */
    high = (high & ~UINT64_C(0xF000)) | UINT64_C(0x4000);
    low = (low & ~(UINT64_C(3) << 62)) | UINT64_C(2) << 62;
    snprintf(out, UUID_TEXT_BYTES,
             "%08" PRIx64 "-%04" PRIx64 "-%04" PRIx64 "-%04" PRIx64 "-%012" PRIx64, high >> 32,
             (high >> 16) & 0xFFFF, high & 0xFFFF, low >> 48, low & UINT64_C(0xFFFFFFFFFFFF));
}

void ids_hex(struct ids *ids, char *out, size_t digits)
{
    for (size_t i = 0; i < digits; i += HEX_DIGITS_EACH) {
        size_t left = digits - i < HEX_DIGITS_EACH ? digits - i : HEX_DIGITS_EACH;
        char sixteen[HEX_DIGITS_EACH + 1];
        snprintf(sixteen, sizeof sixteen, "%016" PRIx64, ids_next(ids));
        memcpy(out + i, sixteen, left);
    }
    out[digits] = '\0';
}

void ids_upper(struct ids *ids, char *out, size_t characters)
{
    static const char ALPHABET[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    for (size_t i = 0; i < characters; i++)
        out[i] = ALPHABET[ids_next(ids) % (sizeof ALPHABET - 1)];
    out[characters] = '\0';
}

uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t count)
{
    const unsigned char *byte = bytes;
    for (size_t i = 0; i < count; i++)
        hash = (hash ^ byte[i]) * UINT64_C(1099511628211);
    return hash;
}

uint64_t hash_text(uint64_t hash, const char *text)
{
    return hash_bytes(hash, text, strlen(text) + 1);
}
