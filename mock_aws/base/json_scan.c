/* SPDX-License-Identifier: MIT */
/*
 * A recursive descent over JSON text (RFC 8259) that builds nothing but marks. The first thing
 * wrong ends it, with the offset and a sentence. Works on a NUL-terminated copy, so that looking at
 * the next byte is always allowed.
 */
#include "base/json_scan.h"

#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "base/text.h"

enum {
    NUMBER_BYTES = 63, /* what cJSON copies of a number; it drops the rest */
    FOUND_BYTES = 48
};

static const long long INTEGER_LIMIT = 1LL << 53;

struct scanner {
    struct json_scan *scan;
    char *chars; /* scan->plain */
    size_t bytes;
    size_t at;
    size_t depth;
    enum json_flags flags;
    size_t error_at;
    struct json_error *error;
};

struct json_position json_scan_position(const char *chars, size_t offset)
{
    struct json_position position = {.line = 1, .column = 1};
    for (size_t i = 0; i < offset; i++) {
        if (chars[i] == '\n') {
            position.line++;
            position.column = 1;
        } else if (((unsigned char)chars[i] & 0xC0) != 0x80) {
            position.column++;
        }
    }
    return position;
}

__attribute__((format(printf, 3, 4))) static bool fail(struct scanner *scanner, size_t offset,
                                                       const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    text_vprint(scanner->error->message, sizeof scanner->error->message, format, arguments);
    va_end(arguments);
    scanner->error_at = offset;
    return false;
}

/* Bytes of the character at `chars`, 0 if it is not UTF-8; ends at the text's NUL by itself. The
 * range of the second byte shuts out overlong forms, surrogates and what lies beyond U+10FFFF. */
static size_t character_bytes(const char *chars)
{
    const unsigned char *bytes = (const unsigned char *)chars;
    unsigned char lead = bytes[0];
    if (lead < 0x80)
        return 1;
    if (lead < 0xC2 || lead > 0xF4)
        return 0;
    unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (bytes[1] < low || bytes[1] > high)
        return 0;
    size_t count = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    for (size_t i = 2; i < count; i++) {
        if ((bytes[i] & 0xC0) != 0x80)
            return 0;
    }
    return count;
}

static bool check_characters(struct scanner *scanner)
{
    size_t i = 0;
    while (i < scanner->bytes) {
        if (scanner->chars[i] == '\0')
            return fail(scanner, i, "a NUL character; JSON text has none");
        size_t bytes = character_bytes(scanner->chars + i);
        if (bytes == 0)
            return fail(scanner, i, "byte 0x%02X is not UTF-8; JSON text is UTF-8",
                        (unsigned)(unsigned char)scanner->chars[i]);
        i += bytes;
    }
    return true;
}

/* "expected X, found Y" at the scanner's place. */
static bool fail_expected(struct scanner *scanner, const char *expected)
{
    const char *here = scanner->chars + scanner->at;
    char found[FOUND_BYTES];
    if (scanner->at == scanner->bytes)
        snprintf(found, sizeof found, "the end of the text");
    else if ((unsigned char)*here < 0x20 || *here == 0x7F)
        snprintf(found, sizeof found, "the control character U+%04X", (unsigned)*here);
    else
        snprintf(found, sizeof found, "'%.*s'", (int)character_bytes(here), here);
    return fail(scanner, scanner->at, "expected %s, found %s", expected, found);
}

/* Overwrite a comment with spaces; line breaks stay, for the sake of whoever reads the plain
 * text. */
static bool blank_comment(struct scanner *scanner)
{
    size_t start = scanner->at;
    bool block = scanner->chars[start + 1] == '*';
    const char *end = block ? "*/" : "\n";
    size_t end_bytes = strlen(end), stop = start + 2;
    while (stop < scanner->bytes && strncmp(scanner->chars + stop, end, end_bytes) != 0)
        stop++;
    if (block && stop == scanner->bytes)
        return fail(scanner, start, "a comment without its closing '*/'");
    if (block)
        stop += end_bytes;
    for (size_t i = start; i < stop; i++) {
        if (scanner->chars[i] != '\n' && scanner->chars[i] != '\r')
            scanner->chars[i] = ' ';
    }
    scanner->at = stop;
    return true;
}

static bool skip_space(struct scanner *scanner)
{
    for (;;) {
        const char *here = scanner->chars + scanner->at;
        scanner->at += strspn(here, " \t\r\n");
        here = scanner->chars + scanner->at;
        if (here[0] != '/' || (here[1] != '/' && here[1] != '*'))
            return true;
        if (!(scanner->flags & JSON_COMMENTS))
            return fail(scanner, scanner->at, "a comment, which JSON does not have");
        if (!blank_comment(scanner))
            return false;
    }
}

/* The four digits of a \u escape at `offset`, or -1. */
static long escape_unit(const struct scanner *scanner, size_t offset)
{
    const char *here = scanner->chars + offset;
    if (here[0] != '\\' || here[1] != 'u')
        return -1;
    char digits[5] = {0};
    strncpy(digits, here + 2, 4);
    return strspn(digits, "0123456789abcdefABCDEF") == 4 ? strtol(digits, NULL, 16) : -1;
}

static bool scan_unicode_escape(struct scanner *scanner)
{
    long unit = escape_unit(scanner, scanner->at);
    if (unit < 0)
        return fail(scanner, scanner->at, "expected four hexadecimal digits after '\\u'");
    if (unit == 0)
        return fail(scanner, scanner->at, "\\u0000: a string may not contain NUL");
    if (unit >= 0xDC00 && unit <= 0xDFFF)
        return fail(scanner, scanner->at,
                    "a low surrogate escape; expected a high one (\\uD800 to \\uDBFF) before it");
    scanner->at += 6;
    if (unit < 0xD800 || unit > 0xDBFF)
        return true;
    long low = escape_unit(scanner, scanner->at);
    if (low < 0xDC00 || low > 0xDFFF)
        return fail(scanner, scanner->at - 6,
                    "a high surrogate escape; expected a low one (\\uDC00 to \\uDFFF) after it");
    scanner->at += 6;
    return true;
}

static bool scan_escape(struct scanner *scanner)
{
    char kind = scanner->chars[scanner->at + 1];
    if (kind == 'u')
        return scan_unicode_escape(scanner);
    if (kind == '\0' || strchr("\"\\/bfnrt", kind) == NULL)
        return fail(scanner, scanner->at,
                    "an unknown escape; expected \\\" \\\\ \\/ \\b \\f \\n \\r \\t or \\u");
    scanner->at += 2;
    return true;
}

static bool scan_text(struct scanner *scanner)
{
    assert(scanner->chars[scanner->at] == '"');
    size_t start = scanner->at++;
    while (scanner->chars[scanner->at] != '"') {
        unsigned char c = (unsigned char)scanner->chars[scanner->at];
        if (scanner->at == scanner->bytes)
            return fail(scanner, start, "a string without its closing '\"'");
        if (c < 0x20)
            return fail(scanner, scanner->at,
                        "control character U+%04X in a string; expected its escape", (unsigned)c);
        if (c != '\\')
            scanner->at++;
        else if (!scan_escape(scanner))
            return false;
    }
    scanner->at++;
    return true;
}

static bool take_digits(struct scanner *scanner)
{
    size_t digits = strspn(scanner->chars + scanner->at, "0123456789");
    scanner->at += digits;
    return digits > 0;
}

/* The number just passed over, which began at `start`, keeps its value when it becomes a double. */
static bool check_number(struct scanner *scanner, size_t start, bool integer)
{
    if (scanner->at - start > NUMBER_BYTES)
        return fail(scanner, start, "a number of more than %d characters", NUMBER_BYTES);
    char digits[NUMBER_BYTES + 1] = {0};
    memcpy(digits, scanner->chars + start, scanner->at - start);
    if (integer) {
        long long value = strtoll(digits, NULL, 10);
        if (value > INTEGER_LIMIT || value < -INTEGER_LIMIT)
            return fail(scanner, start, "an integer beyond 9007199254740992 (2^53)");
        return true;
    }
    errno = 0;
    (void)strtod(digits, NULL);
    if (errno == ERANGE)
        return fail(scanner, start, "a number beyond the range of a double (about 1e308, 1e-308)");
    return true;
}

static bool scan_number(struct scanner *scanner)
{
    size_t start = scanner->at;
    bool integer = true;
    if (scanner->chars[scanner->at] == '-')
        scanner->at++;
    size_t first = scanner->at;
    if (!take_digits(scanner))
        return fail_expected(scanner, "a digit after '-'");
    if (scanner->chars[first] == '0' && scanner->at > first + 1)
        return fail(scanner, first, "a number does not start with 0 unless it is 0");
    if (scanner->chars[scanner->at] == '.') {
        integer = false;
        scanner->at++;
        if (!take_digits(scanner))
            return fail_expected(scanner, "a digit after '.'");
    }
    if (scanner->chars[scanner->at] == 'e' || scanner->chars[scanner->at] == 'E') {
        integer = false;
        scanner->at++;
        if (scanner->chars[scanner->at] == '+' || scanner->chars[scanner->at] == '-')
            scanner->at++;
        if (!take_digits(scanner))
            return fail_expected(scanner, "a digit of an exponent");
    }
    return check_number(scanner, start, integer);
}

static bool scan_word(struct scanner *scanner)
{
    static const char *const WORDS[] = {"true", "false", "null"};
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++) {
        size_t bytes = strlen(WORDS[i]);
        if (strncmp(scanner->chars + scanner->at, WORDS[i], bytes) == 0) {
            scanner->at += bytes;
            return true;
        }
    }
    return fail_expected(scanner,
                         "a value (an object, array, string, number, true, false or null)");
}

static bool scan_value(struct scanner *scanner, size_t key);

/* After an item: true with `*out_more` telling whether another follows; past the closing bracket
 * if not. */
static bool scan_separator(struct scanner *scanner, char close, const char *expected,
                           bool *out_more)
{
    if (!skip_space(scanner))
        return false;
    size_t here = scanner->at;
    *out_more = scanner->chars[here] == ',';
    if (!*out_more && scanner->chars[here] != close)
        return fail_expected(scanner, expected);
    scanner->at++;
    if (!*out_more)
        return true;
    if (!skip_space(scanner))
        return false;
    if (scanner->chars[scanner->at] != close)
        return true;
    if (!(scanner->flags & JSON_COMMENTS))
        return fail(scanner, here, "a comma before the closing '%c', which JSON does not allow",
                    close);
    scanner->chars[here] = ' ';
    scanner->at++;
    *out_more = false;
    return true;
}

/* Enter a container: true with `*out_more` false (and past it) if it is empty. */
static bool scan_open(struct scanner *scanner, char close, bool *out_more)
{
    if (scanner->depth == LIMIT_JSON_DEPTH)
        return fail(scanner, scanner->at, "arrays and objects nested deeper than %d",
                    LIMIT_JSON_DEPTH);
    scanner->at++;
    if (!skip_space(scanner))
        return false;
    *out_more = scanner->chars[scanner->at] != close;
    if (!*out_more)
        scanner->at++;
    return true;
}

static bool scan_array(struct scanner *scanner)
{
    bool more = false;
    if (!scan_open(scanner, ']', &more))
        return false;
    scanner->depth++;
    while (more) {
        if (!scan_value(scanner, scanner->at) ||
            !scan_separator(scanner, ']', "',' or ']' after an item", &more))
            return false;
    }
    scanner->depth--;
    return true;
}

static bool scan_member(struct scanner *scanner)
{
    size_t key = scanner->at;
    if (scanner->chars[key] != '"')
        return fail_expected(scanner, "a key in double quotes");
    if (!scan_text(scanner) || !skip_space(scanner))
        return false;
    if (scanner->chars[scanner->at] != ':')
        return fail_expected(scanner, "':' after a key");
    scanner->at++;
    return skip_space(scanner) && scan_value(scanner, key);
}

static bool scan_object(struct scanner *scanner)
{
    bool more = false;
    if (!scan_open(scanner, '}', &more))
        return false;
    scanner->depth++;
    while (more) {
        if (!scan_member(scanner) ||
            !scan_separator(scanner, '}', "',' or '}' after a member", &more))
            return false;
    }
    scanner->depth--;
    return true;
}

/* The value at the scanner's place, which is not white space; `key` is where its key stands, or
 * itself. */
static bool scan_value(struct scanner *scanner, size_t key)
{
    struct json_scan *scan = scanner->scan;
    size_t mark = scan->mark_count;
    scan->marks = mem_grow(scan->marks, mark, &scan->mark_capacity, sizeof *scan->marks);
    scan->marks[mark] = (struct json_mark){.key = key, .value = scanner->at};
    scan->mark_count++;

    char first = scanner->chars[scanner->at];
    bool good = false;
    if (first == '{')
        good = scan_object(scanner);
    else if (first == '[')
        good = scan_array(scanner);
    else if (first == '"')
        good = scan_text(scanner);
    else if (first == '-' || (first >= '0' && first <= '9'))
        good = scan_number(scanner);
    else
        good = scan_word(scanner);
    scan->marks[mark].next = scan->mark_count;
    return good;
}

static bool scan_document(struct scanner *scanner)
{
    if (!check_characters(scanner) || !skip_space(scanner) || !scan_value(scanner, scanner->at) ||
        !skip_space(scanner))
        return false;
    return scanner->at == scanner->bytes || fail_expected(scanner, "nothing after the value");
}

bool json_scan(const char *chars, size_t bytes, enum json_flags flags, struct json_scan *out_scan,
               struct json_error *out_error)
{
    *out_scan = (struct json_scan){.plain = mem_resize(NULL, bytes + 1)};
    if (bytes > 0)
        memcpy(out_scan->plain, chars, bytes);
    out_scan->plain[bytes] = '\0';
    struct scanner scanner = {.scan = out_scan,
                              .chars = out_scan->plain,
                              .bytes = bytes,
                              .flags = flags,
                              .error = out_error};
    if (scan_document(&scanner))
        return true;
    /* Counted in the text as it came: a blanked comment may have lost multi-byte characters. */
    out_error->position = json_scan_position(chars, scanner.error_at);
    return false;
}
