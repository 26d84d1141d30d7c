/* SPDX-License-Identifier: MIT */
/* Signatures recomputed and compared; see sigv4.h. */
#include "wire/sigv4.h"

#include <assert.h>
#include <ctype.h>
#include <gnutls/crypto.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/times.h"

#define UNRESERVED "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~"
#define UNSIGNED_PAYLOAD "UNSIGNED-PAYLOAD"

enum { DIGEST_BYTES = 32, MINUTE_S = 60 };

static void to_hex(const unsigned char digest[DIGEST_BYTES], char out[SIGNATURE_BYTES])
{
    static const char HEX[] = "0123456789abcdef";
    for (size_t i = 0; i < DIGEST_BYTES; i++) {
        out[2 * i] = HEX[digest[i] >> 4];
        out[2 * i + 1] = HEX[digest[i] & 0xF];
    }
    out[SIGNATURE_BYTES - 1] = '\0';
}

static void hash(const char *chars, size_t bytes, char out_hex[SIGNATURE_BYTES])
{
    unsigned char digest[DIGEST_BYTES];
    int result = gnutls_hash_fast(GNUTLS_DIG_SHA256, chars, bytes, digest);
    assert(result == 0);
    to_hex(digest, out_hex);
}

static void keyed_hash(const void *key, size_t key_bytes, const char *chars,
                       unsigned char out_digest[DIGEST_BYTES])
{
    unsigned char digest[DIGEST_BYTES];
    int result = gnutls_hmac_fast(GNUTLS_MAC_SHA256, key, key_bytes, chars, strlen(chars), digest);
    assert(result == 0);
    memcpy(out_digest, digest, sizeof digest);
}

static void add_encoded(struct text *out, const char *chars, size_t bytes, const char *kept)
{
    for (size_t i = 0; i < bytes; i++) {
        if (chars[i] != '\0' && strchr(kept, chars[i]) != NULL)
            text_add_bytes(out, chars + i, 1);
        else
            text_addf(out, "%%%02X", (unsigned)(unsigned char)chars[i]);
    }
}

/* What an escape stands for, and its length; a broken one stands for itself. */
static char unescaped(const char *at, size_t left, size_t *out_bytes)
{
    char hex[3] = "";
    bool escape = at[0] == '%' && left >= 3 && isxdigit((unsigned char)at[1]) != 0 &&
                  isxdigit((unsigned char)at[2]) != 0;
    *out_bytes = escape ? 3 : 1;
    if (!escape)
        return at[0];
    memcpy(hex, at + 1, 2);
    return (char)strtoul(hex, NULL, 16);
}

/* "name=value", encoded as signers do, whatever way it came. */
static char *parameter(const char *chars, size_t bytes)
{
    struct text out = {0};
    bool in_name = true;
    size_t step;
    for (size_t i = 0; i < bytes; i += step) {
        char byte = unescaped(chars + i, bytes - i, &step);
        bool divides = in_name && chars[i] == '=';
        if (divides)
            text_add(&out, "=");
        else
            add_encoded(&out, &byte, 1, UNRESERVED);
        in_name = in_name && !divides;
    }
    if (in_name)
        text_add(&out, "=");
    return text_take(&out);
}

/* By name, then by value: '=' must come before every character of a longer name. */
static int compare_parameters(const void *left, const void *right)
{
    const char *a = *(const char *const *)left;
    const char *b = *(const char *const *)right;
    size_t a_bytes = strcspn(a, "=");
    size_t b_bytes = strcspn(b, "=");
    int order = memcmp(a, b, a_bytes < b_bytes ? a_bytes : b_bytes);
    if (order == 0 && a_bytes != b_bytes)
        return a_bytes < b_bytes ? -1 : 1;
    return order != 0 ? order : strcmp(a + a_bytes, b + b_bytes);
}

static void add_query(struct text *out, const char *query)
{
    size_t count = 0;
    char **parameters = mem_new((strlen(query) + 1) * sizeof *parameters);
    for (const char *at = query; *at != '\0';) {
        size_t bytes = strcspn(at, "&");
        if (bytes > 0)
            parameters[count++] = parameter(at, bytes);
        at += bytes;
        at += strspn(at, "&");
    }
    if (count > 0)
        qsort(parameters, count, sizeof *parameters, compare_parameters);
    for (size_t i = 0; i < count; i++) {
        text_addf(out, "%s%s", i == 0 ? "" : "&", parameters[i]);
        free(parameters[i]);
    }
    free(parameters);
}

/* Outer blanks gone, inner runs of them made one. */
static void add_trimmed(struct text *out, const char *value)
{
    bool begun = false;
    for (const char *at = value + strspn(value, " \t"); *at != '\0';) {
        size_t blanks = strspn(at, " \t");
        if (blanks > 0 && at[blanks] != '\0' && begun)
            text_add(out, " ");
        at += blanks;
        size_t bytes = strcspn(at, " \t");
        text_add_bytes(out, at, bytes);
        begun = begun || bytes > 0;
        at += bytes;
    }
}

static void add_headers(struct text *out, const struct request *request, const char *signed_headers)
{
    for (const char *at = signed_headers; *at != '\0';) {
        char name[128];
        size_t bytes = strcspn(at, ";");
        snprintf(name, sizeof name, "%.*s", (int)(bytes < sizeof name ? bytes : 0), at);
        const char *value = request->header(request->header_self, name);
        text_addf(out, "%s:", name);
        add_trimmed(out, value == NULL ? "" : value);
        text_add(out, "\n");
        at += bytes;
        at += *at == ';' ? 1 : 0;
    }
}

void sigv4_canonical(const struct request *request, const char *signed_headers, struct text *out)
{
    char body_hash[SIGNATURE_BYTES];
    const char *told = request->header(request->header_self, "X-Amz-Content-Sha256");
    const char *path = request->signed_path == NULL ? request->path : request->signed_path;
    text_addf(out, "%s\n", request->method);
    add_encoded(out, path, strlen(path), UNRESERVED "/");
    text_add(out, "\n");
    add_query(out, request->query);
    text_add(out, "\n");
    add_headers(out, request, signed_headers);
    hash(request->body, request->body_bytes, body_hash);
    text_addf(out, "\n%s\n%s", signed_headers, told == NULL ? body_hash : told);
}

void sigv4_sign(const char *canonical, const char *date, const struct scope *scope,
                const char *secret, char out_signature[SIGNATURE_BYTES])
{
    const char *const chain[] = {scope->date, scope->region, scope->service, scope->terminator};
    unsigned char key[DIGEST_BYTES];
    char canonical_hash[SIGNATURE_BYTES];
    hash(canonical, strlen(canonical), canonical_hash);
    char *to_sign = mem_format("AWS4-HMAC-SHA256\n%s\n%s/%s/%s/%s\n%s", date, scope->date,
                               scope->region, scope->service, scope->terminator, canonical_hash);
    char *first = mem_format("AWS4%s", secret);
    keyed_hash(first, strlen(first), chain[0], key);
    for (size_t i = 1; i < sizeof chain / sizeof chain[0]; i++)
        keyed_hash(key, sizeof key, chain[i], key);
    keyed_hash(key, sizeof key, to_sign, key);
    to_hex(key, out_signature);
    gnutls_memset(first, 0, strlen(first));
    free(first);
    free(to_sign);
}

/* "20260102T030405Z" as an instant. */
static bool date_parse(const char *date, int64_t *out_s)
{
    if (strlen(date) != 16 || strspn(date, "0123456789") != 8 || date[8] != 'T' ||
        strspn(date + 9, "0123456789") != 6 || date[15] != 'Z')
        return false;
    char *spelled = mem_format("%.4s-%.2s-%.2sT%.2s:%.2s:%.2sZ", date, date + 4, date + 6, date + 9,
                               date + 11, date + 13);
    bool good = time_parse(spelled, out_s);
    free(spelled);
    return good;
}

static bool lists(const char *signed_headers, const char *name)
{
    size_t wanted = strlen(name);
    for (const char *at = signed_headers; *at != '\0';) {
        size_t bytes = strcspn(at, ";");
        if (bytes == wanted && strncasecmp(at, name, bytes) == 0)
            return true;
        at += bytes;
        at += *at == ';' ? 1 : 0;
    }
    return false;
}

static void basic_iso(int64_t time_s, char out[17])
{
    char spelled[TIME_TEXT_BYTES];
    size_t to = 0;
    time_print(time_s, spelled);
    for (const char *at = spelled; *at != '\0' && to < 16; at++)
        if (*at != '-' && *at != ':')
            out[to++] = *at;
    out[to] = '\0';
}

static enum fault check_distance(const char *date, int64_t date_s, int64_t now_s, int64_t window_s,
                                 struct problem *problem)
{
    char now[17];
    char limit[17];
    bool old = date_s < now_s - window_s;
    basic_iso(now_s, now);
    basic_iso(old ? now_s - window_s : now_s + window_s, limit);
    if (old)
        return problem_set(problem, FAULT_INVALID_SIGNATURE,
                           "Signature expired: %s is now earlier than %s (%s - %lld min.)", date,
                           limit, now, (long long)(window_s / MINUTE_S));
    if (date_s > now_s + window_s)
        return problem_set(problem, FAULT_INVALID_SIGNATURE,
                           "Signature not yet current: %s is still later than %s (%s + %lld min.)",
                           date, limit, now, (long long)(window_s / MINUTE_S));
    return FAULT_NONE;
}

enum fault sigv4_check_form(const struct scope *scope, const char *date, int64_t now_s,
                            int64_t window_s, struct problem *problem)
{
    int64_t date_s = 0;
    if (!date_parse(date, &date_s))
        return problem_set(problem, FAULT_INCOMPLETE_SIGNATURE,
                           "Date must be in ISO-8601 'basic format'. Got '%s'. See "
                           "http://en.wikipedia.org/wiki/ISO_8601",
                           date);
    enum fault fault = check_distance(date, date_s, now_s, window_s, problem);
    if (fault != FAULT_NONE)
        return fault;
    if (!lists(scope->signed_headers, "host"))
        fault = problem_set(problem, FAULT_INVALID_SIGNATURE,
                            "'Host' or ':authority' must be a 'SignedHeader' in the AWS "
                            "Authorization.");
    if (fault != FAULT_NONE)
        return fault;
    if (strcmp(scope->algorithm, "AWS4-HMAC-SHA256") != 0)
        fault = problem_set(problem, FAULT_INCOMPLETE_SIGNATURE,
                            "Unsupported AWS 'algorithm': '%s'", scope->algorithm);
    return fault;
}

/* Is the body what the header says of it? A signer may also say that it did not look. */
static bool body_is_told(const struct request *request)
{
    char body_hash[SIGNATURE_BYTES];
    const char *told = request->header(request->header_self, "X-Amz-Content-Sha256");
    if (told == NULL || strcmp(told, UNSIGNED_PAYLOAD) == 0)
        return true;
    hash(request->body, request->body_bytes, body_hash);
    return strcmp(told, body_hash) == 0;
}

enum fault sigv4_verify(const struct request *request, const struct scope *scope, const char *date,
                        const char *secret, struct problem *problem)
{
    struct text canonical = {0};
    char signature[SIGNATURE_BYTES];
    sigv4_canonical(request, scope->signed_headers, &canonical);
    sigv4_sign(text_chars(&canonical), date, scope, secret, signature);
    text_clear(&canonical);
    bool same = strlen(scope->signature) == SIGNATURE_BYTES - 1 &&
                gnutls_memcmp(signature, scope->signature, SIGNATURE_BYTES - 1) == 0;
    if (same && body_is_told(request))
        return FAULT_NONE;
    return problem_set(problem, FAULT_INVALID_SIGNATURE,
                       "The request signature we calculated does not match the signature you "
                       "provided. Check your AWS Secret Access Key and signing method. Consult the "
                       "service documentation for details.");
}
