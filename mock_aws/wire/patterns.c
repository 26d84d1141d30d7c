/* SPDX-License-Identifier: MIT */
/*
 * The named patterns of the AWS models, each a small matcher beside the expression that messages print. Knows nothing
 * of shapes.
 *
 * Without a Unicode table \p{L}, \p{M}, \p{S}, \p{N} and \p{P} together are "all but what REFUSED lists" (identity-wire 5.1);
 * where a model wants letters alone, everything of that kind beyond ASCII passes.
 */
#include "wire/patterns.h"

#include <stdbool.h>
#include <string.h>

#include "wire/shapes.h"

#define DIGITS "0123456789"
#define LOWER "abcdefghijklmnopqrstuvwxyz"
#define UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define LETTERS LOWER UPPER
#define LOWER_HEX DIGITS "abcdef"
#define HEX LOWER_HEX "ABCDEF"

struct range {
    uint32_t first;
    uint32_t last;
};

/* Controls, separators, format characters, surrogates, private use, non-characters. */
static const struct range REFUSED[] = {
    {0x0000, 0x0020},   {0x007F, 0x00A0}, {0x00AD, 0x00AD}, {0x0600, 0x0605},   {0x061C, 0x061C},
    {0x06DD, 0x06DD},   {0x070F, 0x070F}, {0x1680, 0x1680}, {0x180E, 0x180E},   {0x2000, 0x200F},
    {0x2028, 0x202F},   {0x205F, 0x2064}, {0x2066, 0x206F}, {0x3000, 0x3000},   {0xD800, 0xF8FF},
    {0xFDD0, 0xFDEF},   {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}, {0xE0001, 0xE0001}, {0xE0020, 0xE007F},
    {0xF0000, 0x10FFFF}};

/* \p{Z} */
static const struct range SEPARATORS[] = {{0x0020, 0x0020}, {0x00A0, 0x00A0}, {0x1680, 0x1680},
                                          {0x2000, 0x200A}, {0x2028, 0x2029}, {0x202F, 0x202F},
                                          {0x205F, 0x205F}, {0x3000, 0x3000}};

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

static bool in_ranges(uint32_t point, const struct range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (point >= ranges[i].first && point <= ranges[i].last)
            return true;
    }
    return false;
}

static bool is_graphic(uint32_t point)
{
    bool non_character = (point & 0xFFFE) == 0xFFFE;
    return !non_character && !in_ranges(point, REFUSED, sizeof REFUSED / sizeof REFUSED[0]);
}

static bool is_separator(uint32_t point)
{
    return in_ranges(point, SEPARATORS, sizeof SEPARATORS / sizeof SEPARATORS[0]);
}

static bool is_ascii_in(uint32_t point, const char *set)
{
    return point < 0x80 && point != 0 && strchr(set, (int)point) != NULL;
}

static bool is_letter(uint32_t point)
{
    return point < 0x80 ? is_ascii_in(point, LETTERS) : is_graphic(point);
}

/* Past exactly `count` characters of `set`, or NULL; NULL in, NULL out, so that calls can be chained. */
static const char *take(const char *at, const char *set, size_t count)
{
    for (size_t i = 0; at != NULL && i < count; i++)
        at = *at != '\0' && strchr(set, *at) != NULL ? at + 1 : NULL;
    return at;
}

static const char *take_word(const char *at, const char *word)
{
    size_t bytes = strlen(word);
    return at != NULL && strncmp(at, word, bytes) == 0 ? at + bytes : NULL;
}

/* Past `min` to `max` characters of `set`, as many as there are. */
static const char *take_run(const char *at, const char *set, size_t min, size_t max)
{
    if (at == NULL)
        return NULL;
    size_t count = strspn(at, set);
    return count >= min && count <= max ? at + count : NULL;
}

static const char *take_uuid(const char *at, const char *hex)
{
    static const size_t GROUPS[] = {8, 4, 4, 4, 12};
    at = take(at, hex, GROUPS[0]);
    for (size_t i = 1; i < sizeof GROUPS / sizeof GROUPS[0]; i++)
        at = take(take_word(at, "-"), hex, GROUPS[i]);
    return at;
}

static bool ended(const char *at)
{
    return at != NULL && *at == '\0';
}

static bool is_run(const char *value, const char *set, size_t min)
{
    return ended(take_run(value, set, min, SIZE_MAX));
}

/* One or more graphic characters, or code points of `also`, which a 0 ends. */
static bool is_graphic_text(const char *value, const uint32_t *also)
{
    if (*value == '\0')
        return false;
    while (*value != '\0') {
        uint32_t point;
        size_t bytes = utf8_next(value, &point);
        const uint32_t *extra = also;
        while (*extra != 0 && *extra != point)
            extra++;
        if (bytes == 0 || (!is_graphic(point) && *extra == 0))
            return false;
        value += bytes;
    }
    return true;
}

static bool matches_identity_store_id(const char *value)
{
    return ended(take(take_word(value, "d-"), LOWER_HEX, 10)) || ended(take_uuid(value, LOWER_HEX));
}

static bool matches_resource_id(const char *value)
{
    return ended(take_uuid(value, HEX)) ||
           ended(take_uuid(take_word(take(value, LOWER_HEX, 10), "-"), HEX));
}

static bool matches_user_name(const char *value)
{
    static const uint32_t ALSO[] = {0};
    return is_graphic_text(value, ALSO);
}

static bool matches_group_name(const char *value)
{
    static const uint32_t ALSO[] = {'\t', '\n', '\r', ' ', 0xA0, 0};
    return is_graphic_text(value, ALSO);
}

static bool matches_text(const char *value)
{
    static const uint32_t ALSO[] = {'\t', '\n', '\r', ' ', 0xA0, 0x3000, 0};
    return is_graphic_text(value, ALSO);
}

static bool matches_page_token(const char *value)
{
    return is_run(value, LETTERS DIGITS "-+=/:_", 0);
}

static bool matches_instance_arn(const char *value)
{
    const char *at = take_word(value, "arn:aws:sso:::instance/");
    const char *bare = take_word(at, "sso");
    at = take_word(bare != NULL ? bare : at, "ins-");
    return ended(take(at, LETTERS DIGITS "-.", 16));
}

static bool matches_instance_name(const char *value)
{
    return is_run(value, LETTERS DIGITS "_+=,.@-", 1);
}

static bool matches_client_token(const char *value)
{
    const char *at = value;
    while (*at >= '!' && *at <= '~')
        at++;
    return at != value && *at == '\0';
}

static bool matches_tag(const char *value)
{
    while (*value != '\0') {
        uint32_t point;
        size_t bytes = utf8_next(value, &point);
        if (bytes == 0 ||
            !(is_letter(point) || is_separator(point) || is_ascii_in(point, DIGITS "_.:/=+-@")))
            return false;
        value += bytes;
    }
    return true;
}

/* Past one or more letters. */
static const char *take_letters(const char *at)
{
    const char *start = at;
    uint32_t point;
    while (at != NULL && *at != '\0' && utf8_next(at, &point) > 0 && is_letter(point))
        at += utf8_next(at, &point);
    return at != start ? at : NULL;
}

static bool is_dotted(const char *at, size_t dots_max)
{
    at = take_letters(at);
    for (size_t dots = 0; dots < dots_max && at != NULL && *at == '.'; dots++)
        at = take_letters(at + 1);
    return ended(at);
}

static bool matches_attribute_path(const char *value)
{
    const char *extension = take_word(take_letters(value), ":");
    extension = take_word(take_letters(extension), ":");
    return is_dotted(value, 2) || is_dotted(extension, 3);
}

static bool matches_extension_name(const char *value)
{
    return ended(take_run(take_word(value, "aws:identitystore:"), LOWER, 1, 20));
}

static int digits_value(const char *at, size_t count)
{
    int value = 0;
    for (size_t i = 0; i < count; i++)
        value = value * 10 + (at[i] - '0');
    return value;
}

/* times.h begins in 1970; people do not. */
static bool matches_birthdate(const char *value)
{
    static const int DAYS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const char *at = take_word(take(value, DIGITS, 4), "-");
    if (!ended(take(take_word(take(at, DIGITS, 2), "-"), DIGITS, 2)))
        return false;
    int year = digits_value(value, 4);
    int month = digits_value(value + 5, 2);
    int day = digits_value(value + 8, 2);
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    if (month < 1 || month > 12)
        return false;
    return day >= 1 && day <= DAYS[month - 1] + (leap && month == 2 ? 1 : 0);
}

static bool matches_profile_arn(const char *value)
{
    const char *at = take_word(value, "arn:aws:");
    const char *service = take_word(at, "codewhisperer:");
    at = service != NULL ? service : take_word(at, "transform:");
    at = take_word(take_run(at, LOWER DIGITS "-.", 1, 63), ":");
    at = take_word(take(at, DIGITS, 12), ":profile/");
    return ended(take(at, UPPER DIGITS, 12));
}

static bool matches_profile_name(const char *value)
{
    return ended(take_run(take(value, LETTERS, 1), LETTERS DIGITS "_-", 0, SIZE_MAX));
}

static bool matches_description(const char *value)
{
    return is_run(value, LETTERS DIGITS " \t\n\v\f\r_-", 1);
}

static bool matches_region(const char *value)
{
    return is_run(value, LOWER DIGITS "-", 1);
}

#define HEX_GROUPS(set) set "{8}-" set "{4}-" set "{4}-" set "{4}-" set "{12}"
#define GRAPHIC "\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}"

const struct pattern PATTERN_IDENTITY_STORE_ID = {"d-[0-9a-f]{10}$|^" HEX_GROUPS("[0-9a-f]"),
                                                  matches_identity_store_id};
const struct pattern PATTERN_RESOURCE_ID = {"([0-9a-f]{10}-|)" HEX_GROUPS("[A-Fa-f0-9]"),
                                            matches_resource_id};
const struct pattern PATTERN_USER_NAME = {"[" GRAPHIC "]+", matches_user_name};
const struct pattern PATTERN_GROUP_NAME = {"[" GRAPHIC "\\t\\n\\r \u00A0]+", matches_group_name};
const struct pattern PATTERN_TEXT = {"[" GRAPHIC "\\t\\n\\r \u00A0\u3000]+", matches_text};
const struct pattern PATTERN_PAGE_TOKEN = {"[-a-zA-Z0-9+=/:_]*", matches_page_token};
const struct pattern PATTERN_INSTANCE_ARN = {"arn:aws:sso:::instance/(sso)?ins-[a-zA-Z0-9-.]{16}",
                                             matches_instance_arn};
const struct pattern PATTERN_INSTANCE_NAME = {"[\\w+=,.@-]+", matches_instance_name};
const struct pattern PATTERN_CLIENT_TOKEN = {"[!-~]+", matches_client_token};
const struct pattern PATTERN_TAG = {"([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)", matches_tag};
const struct pattern PATTERN_ATTRIBUTE_PATH = {
    "(?:\\p{L}+:\\p{L}+:\\p{L}+(?:\\.\\p{L}+){0,3}|\\p{L}+(?:\\.\\p{L}+){0,2})",
    matches_attribute_path};
const struct pattern PATTERN_EXTENSION_NAME = {"aws:identitystore:[a-z]{1,20}",
                                               matches_extension_name};
const struct pattern PATTERN_BIRTHDATE = {"[0-9]{4}-[0-9]{2}-[0-9]{2}", matches_birthdate};
const struct pattern PATTERN_PROFILE_ARN = {
    "arn:aws:(codewhisperer|transform):[-.a-z0-9]{1,63}:[0-9]{12}:profile/[A-Z0-9]{12}",
    matches_profile_arn};
const struct pattern PATTERN_PROFILE_NAME = {"[a-zA-Z][a-zA-Z0-9_-]*", matches_profile_name};
const struct pattern PATTERN_DESCRIPTION = {"[a-zA-Z0-9\\s_-]+", matches_description};
const struct pattern PATTERN_REGION = {"[a-z0-9-]+", matches_region};

static bool matches_account_id(const char *value)
{
    return ended(take(value, DIGITS, 12));
}

#define NO_SPACE_NO_AT LETTERS DIGITS "!#$%&'*+/=?^_`{|}~.-"

static bool matches_email(const char *value)
{
    const char *at = take_word(take_run(value, NO_SPACE_NO_AT, 1, SIZE_MAX), "@");
    const char *dot = at == NULL ? NULL : strrchr(at, '.');
    return dot != NULL && dot > at && ended(take_run(at, NO_SPACE_NO_AT, 1, SIZE_MAX)) &&
           dot[1] != '\0';
}

static bool matches_printable(const char *value)
{
    for (; *value != '\0'; value++)
        if (*value < ' ' || *value > '~')
            return false;
    return true;
}

static bool matches_request_id(const char *value)
{
    return ended(take_run(take_word(value, "car-"), LOWER DIGITS, 8, 32));
}

const struct pattern PATTERN_ACCOUNT_ID = {"\\d{12}", matches_account_id};
const struct pattern PATTERN_EMAIL = {"[^\\s@]+@[^\\s@]+\\.[^\\s@]+", matches_email};
const struct pattern PATTERN_PRINTABLE = {"[ -;=?-~]+", matches_printable};
const struct pattern PATTERN_REQUEST_ID = {"car-[a-z0-9]{8,32}", matches_request_id};

static bool matches_application_arn(const char *value)
{
    const char *at =
        take_word(take(take_word(value, "arn:aws:sso::"), DIGITS, 12), ":application/");
    const char *bare = take_word(at, "sso");
    at = take_word(bare == NULL ? at : bare, "ins-");
    at = take_word(take(at, LETTERS DIGITS "-.", 16), "/apl-");
    return ended(take(at, LETTERS DIGITS, 16));
}

const struct pattern PATTERN_APPLICATION_ARN = {
    "arn:aws:sso::\\d{12}:application/(sso)?ins-[a-zA-Z0-9-.]{16}/apl-[a-zA-Z0-9]{16}",
    matches_application_arn};
