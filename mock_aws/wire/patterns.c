/* SPDX-License-Identifier: MIT */
/*
 * The named patterns of the AWS models, and the matching of them by PCRE2, compiled once for each
 * owner. Knows nothing of shapes.
 */
#include "wire/patterns.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/mem.h"
#include "wire/shapes.h"

enum {
    PATTERNS_MAX = 512,
    STEPS_MAX = 1000000 /* of matching one value: hostile texts end there, unmatched */
};

struct compiled {
    const struct pattern *pattern; /* NULL: free */
    pcre2_code *code;
};

struct patterns {
    pthread_mutex_t lock;
    pcre2_match_context *limits;
    size_t count;
    struct compiled slots[PATTERNS_MAX * 2]; /* open addressing by the pattern's address */
};

/* The smallest code point that needs so many bytes: anything less is an overlong form. */
static const uint32_t UTF8_FIRST[] = {0, 0, 0x80, 0x800, 0x10000};

size_t utf8_next(const char *at, uint32_t *out_point)
{
    unsigned char lead = (unsigned char)at[0];
    size_t bytes = lead < 0x80 ? 1 : lead < 0xC0 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    uint32_t point = bytes < 2 ? lead : lead & (0x7FU >> bytes);
    if (bytes == 0 || lead > 0xF4)
        return 0;
    for (size_t i = 1; i < bytes; i++) {
        unsigned char next = (unsigned char)at[i];
        if ((next & 0xC0) != 0x80)
            return 0;
        point = point << 6 | (next & 0x3FU);
    }
    if (point < UTF8_FIRST[bytes] || (point >= 0xD800 && point <= 0xDFFF) || point > 0x10FFFF)
        return 0;
    *out_point = point;
    return bytes;
}

size_t utf8_count(const char *text)
{
    size_t count = 0;
    while (*text != '\0') {
        uint32_t point;
        size_t bytes = utf8_next(text, &point);
        text += bytes > 0 ? bytes : 1;
        count++;
    }
    return count;
}

struct patterns *patterns_new(void)
{
    struct patterns *patterns = mem_new(sizeof *patterns);
    patterns->limits = pcre2_match_context_create(NULL);
    if (patterns->limits == NULL || pthread_mutex_init(&patterns->lock, NULL) != 0) {
        pcre2_match_context_free(patterns->limits);
        free(patterns);
        return NULL;
    }
    pcre2_set_match_limit(patterns->limits, STEPS_MAX);
    return patterns;
}

void patterns_free(struct patterns *patterns)
{
    if (patterns == NULL)
        return;
    for (size_t i = 0; i < sizeof patterns->slots / sizeof patterns->slots[0]; i++)
        pcre2_code_free(patterns->slots[i].code);
    pcre2_match_context_free(patterns->limits);
    pthread_mutex_destroy(&patterns->lock);
    free(patterns);
}

/* As the models mean it: the whole value, \w and \d of ASCII, \uHHHH as in Java. */
static pcre2_code *compile(const struct pattern *pattern)
{
    const char *text = pattern->matched == NULL ? pattern->text : pattern->matched;
    int error = 0;
    PCRE2_SIZE offset = 0;
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)text, PCRE2_ZERO_TERMINATED,
                                     PCRE2_UTF | PCRE2_ANCHORED | PCRE2_ENDANCHORED |
                                         PCRE2_DOLLAR_ENDONLY | PCRE2_ALT_BSUX,
                                     &error, &offset, NULL);
    assert(code != NULL); /* a test compiles every pattern that is offered */
    return code;
}

/* Of this pattern, compiled now if it is the first time. */
static pcre2_code *code_of(struct patterns *patterns, const struct pattern *pattern)
{
    const size_t slots = sizeof patterns->slots / sizeof patterns->slots[0];
    pthread_mutex_lock(&patterns->lock);
    size_t at = ((uintptr_t)pattern >> 3) % slots;
    while (patterns->slots[at].pattern != NULL && patterns->slots[at].pattern != pattern)
        at = (at + 1) % slots;
    struct compiled *slot = &patterns->slots[at];
    if (slot->pattern == NULL && patterns->count < PATTERNS_MAX) {
        *slot = (struct compiled){pattern, compile(pattern)};
        patterns->count++;
    }
    pcre2_code *code = slot->code;
    pthread_mutex_unlock(&patterns->lock);
    return code;
}

bool pattern_matches(struct patterns *patterns, const struct pattern *pattern, const char *value)
{
    struct patterns *own = patterns == NULL ? patterns_new() : NULL;
    struct patterns *used = patterns == NULL ? own : patterns;
    pcre2_code *code = used == NULL ? NULL : code_of(used, pattern);
    pcre2_match_data *data = code == NULL ? NULL : pcre2_match_data_create(1, NULL);
    int matched = data == NULL ? -1
                               : pcre2_match(code, (PCRE2_SPTR)value, strlen(value), 0, 0, data,
                                             used->limits);
    pcre2_match_data_free(data);
    patterns_free(own);
    return matched >= 0;
}

#define HEX_GROUPS(set) set "{8}-" set "{4}-" set "{4}-" set "{4}-" set "{12}"
#define GRAPHIC "\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}"
#define DAY_OF_31 "(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])"
#define DAY_OF_30 "(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)"
#define DAY_OF_28 "02-(?:0[1-9]|1\\d|2[0-8])"
#define LEAP_YEAR "(?:\\d\\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)"

const struct pattern PATTERN_IDENTITY_STORE_ID = {.text =
                                                      "d-[0-9a-f]{10}$|^" HEX_GROUPS("[0-9a-f]")};
const struct pattern PATTERN_RESOURCE_ID = {.text = "([0-9a-f]{10}-|)" HEX_GROUPS("[A-Fa-f0-9]")};
const struct pattern PATTERN_USER_NAME = {.text = "[" GRAPHIC "]+"};
const struct pattern PATTERN_GROUP_NAME = {.text = "[" GRAPHIC "\\t\\n\\r \u00A0]+"};
const struct pattern PATTERN_TEXT = {.text = "[" GRAPHIC "\\t\\n\\r \u00A0\u3000]+"};
const struct pattern PATTERN_PAGE_TOKEN = {.text = "[-a-zA-Z0-9+=/:_]*"};
const struct pattern PATTERN_INSTANCE_ARN = {
    .text = "arn:aws:sso:::instance/(sso)?ins-[a-zA-Z0-9-.]{16}"};
const struct pattern PATTERN_INSTANCE_NAME = {.text = "[\\w+=,.@-]+"};
const struct pattern PATTERN_CLIENT_TOKEN = {.text = "[!-~]+"};
const struct pattern PATTERN_TAG = {.text = "([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)"};
const struct pattern PATTERN_ATTRIBUTE_PATH = {
    .text = "(?:\\p{L}+:\\p{L}+:\\p{L}+(?:\\.\\p{L}+){0,3}|\\p{L}+(?:\\.\\p{L}+){0,2})"};
const struct pattern PATTERN_EXTENSION_NAME = {.text = "aws:identitystore:[a-z]{1,20}"};
const struct pattern PATTERN_BIRTHDATE = {.text = "[0-9]{4}-[0-9]{2}-[0-9]{2}",
                                          .matched = "\\d{4}-(?:" DAY_OF_31 "|" DAY_OF_30
                                                     "|" DAY_OF_28 ")|" LEAP_YEAR "-02-29"};
const struct pattern PATTERN_PROFILE_ARN = {
    .text = "arn:aws:(codewhisperer|transform):[-.a-z0-9]{1,63}:[0-9]{12}:profile/[A-Z0-9]{12}"};
const struct pattern PATTERN_PROFILE_NAME = {.text = "[a-zA-Z][a-zA-Z0-9_-]*"};
const struct pattern PATTERN_DESCRIPTION = {.text = "[a-zA-Z0-9\\s_-]+"};
const struct pattern PATTERN_REGION = {.text = "[a-z0-9-]+"};
const struct pattern PATTERN_CLAIM_IDENTIFIER = {
    .text = "arn:aws:user-subscriptions:[-a-z0-9]*:[0-9]{12}:subscription/[-a-zA-Z0-9]+"};
const struct pattern PATTERN_ACCOUNT_ID = {.text = "\\d{12}"};
const struct pattern PATTERN_EMAIL = {.text = "[^\\s@]+@[^\\s@]+\\.[^\\s@]+"};
const struct pattern PATTERN_PRINTABLE = {.text = "[\\u0020-\\u007E]+"};
const struct pattern PATTERN_REQUEST_ID = {.text = "car-[a-z0-9]{8,32}"};
const struct pattern PATTERN_APPLICATION_ARN = {
    .text = "arn:aws:sso::\\d{12}:application/(sso)?ins-[a-zA-Z0-9-.]{16}/apl-[a-zA-Z0-9]{16}"};
