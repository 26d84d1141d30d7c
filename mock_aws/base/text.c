/* SPDX-License-Identifier: MIT */
/* Texts that grow, texts that are cut, and the folding of case. Knows UTF-8; never asks the
 * locale. */
#include "base/text.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static void make_room(struct text *text, size_t more_bytes)
{
    size_t needed = text->bytes + more_bytes + 1;
    if (needed <= text->capacity)
        return;
    text->capacity = needed > text->capacity * 2 ? needed : text->capacity * 2;
    text->chars = mem_resize(text->chars, text->capacity);
}

void text_clear(struct text *text)
{
    free(text->chars);
    *text = (struct text){0};
}

void text_add(struct text *text, const char *more)
{
    text_add_bytes(text, more, strlen(more));
}

void text_add_bytes(struct text *text, const char *more, size_t bytes)
{
    make_room(text, bytes);
    if (bytes > 0)
        memcpy(text->chars + text->bytes, more, bytes);
    text->bytes += bytes;
    text->chars[text->bytes] = '\0';
}

void text_addf(struct text *text, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    assert(length >= 0);
    make_room(text, (size_t)length);
    vsnprintf(text->chars + text->bytes, (size_t)length + 1, format, again);
    text->bytes += (size_t)length;
    va_end(again);
    va_end(arguments);
}

char *text_take(struct text *text)
{
    char *chars = text->chars != NULL ? text->chars : mem_text("");
    *text = (struct text){0};
    return chars;
}

const char *text_chars(const struct text *text)
{
    return text->chars != NULL ? text->chars : "";
}

static bool is_continuation(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

/* Bytes of the UTF-8 character that starts with `lead`. */
static size_t character_bytes(char lead)
{
    unsigned char byte = (unsigned char)lead;
    return byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

/* Drop the last character of a text that was cut if some of its bytes are gone. */
static void trim_broken_end(char *chars)
{
    size_t bytes = strlen(chars);
    size_t start = bytes;
    while (start > 0 && is_continuation(chars[start - 1]))
        start--;
    if (start > 0 && start - 1 + character_bytes(chars[start - 1]) > bytes)
        chars[start - 1] = '\0';
}

bool text_vprint(char *to, size_t to_bytes, const char *format, va_list arguments)
{
    int length = vsnprintf(to, to_bytes, format, arguments);
    assert(length >= 0);
    bool whole = (size_t)length < to_bytes;
    if (!whole)
        trim_broken_end(to);
    return whole;
}

bool text_copy(char *to, size_t to_bytes, const char *from)
{
    size_t bytes = strlen(from);
    bool whole = bytes < to_bytes;
    size_t kept = whole ? bytes : to_bytes - 1;
    memcpy(to, from, kept);
    to[kept] = '\0';
    if (!whole)
        trim_broken_end(to);
    return whole;
}

/* Upper-case characters first, first + step, ... last, and the distance to their lower case. */
struct fold {
    uint32_t first;
    uint32_t last;
    uint32_t step;
    int32_t distance;
};

/* Unicode's simple case folding (CaseFolding.txt, status C and S) of the blocks named, in order. */
static const struct fold FOLDS[] = {
    /* Basic Latin, Latin-1 */
    {'A', 'Z', 1, 32},
    {0x00B5, 0x00B5, 1, 775},
    {0x00C0, 0x00D6, 1, 32},
    {0x00D8, 0x00DE, 1, 32},
    /* Latin Extended-A: neighbours, capital first */
    {0x0100, 0x012E, 2, 1},
    {0x0132, 0x0136, 2, 1},
    {0x0139, 0x0147, 2, 1},
    {0x014A, 0x0176, 2, 1},
    {0x0178, 0x0178, 1, -121},
    {0x0179, 0x017D, 2, 1},
    {0x017F, 0x017F, 1, -268},
    /* Greek */
    {0x0370, 0x0372, 2, 1},
    {0x0376, 0x0376, 1, 1},
    {0x037F, 0x037F, 1, 116},
    {0x0386, 0x0386, 1, 38},
    {0x0388, 0x038A, 1, 37},
    {0x038C, 0x038C, 1, 64},
    {0x038E, 0x038F, 1, 63},
    {0x0391, 0x03A1, 1, 32},
    {0x03A3, 0x03AB, 1, 32},
    {0x03C2, 0x03C2, 1, 1},
    {0x03CF, 0x03CF, 1, 8},
    {0x03D0, 0x03D0, 1, -30},
    {0x03D1, 0x03D1, 1, -25},
    {0x03D5, 0x03D5, 1, -15},
    {0x03D6, 0x03D6, 1, -22},
    {0x03D8, 0x03EE, 2, 1},
    {0x03F0, 0x03F0, 1, -54},
    {0x03F1, 0x03F1, 1, -48},
    {0x03F4, 0x03F4, 1, -60},
    {0x03F5, 0x03F5, 1, -64},
    {0x03F7, 0x03F7, 1, 1},
    {0x03F9, 0x03F9, 1, -7},
    {0x03FA, 0x03FA, 1, 1},
    {0x03FD, 0x03FF, 1, -130},
    /* Cyrillic and its supplement */
    {0x0400, 0x040F, 1, 80},
    {0x0410, 0x042F, 1, 32},
    {0x0460, 0x0480, 2, 1},
    {0x048A, 0x04BE, 2, 1},
    {0x04C0, 0x04C0, 1, 15},
    {0x04C1, 0x04CD, 2, 1},
    {0x04D0, 0x052E, 2, 1},
};

static uint32_t fold_character(uint32_t character)
{
    for (size_t i = 0; i < sizeof FOLDS / sizeof FOLDS[0]; i++) {
        const struct fold *fold = &FOLDS[i];
        if (character <= fold->last) {
            bool upper = character >= fold->first && (character - fold->first) % fold->step == 0;
            return upper ? (uint32_t)((int32_t)character + fold->distance) : character;
        }
    }
    return character;
}

static void add_character(struct text *text, uint32_t character)
{
    assert(character < 0x800);
    if (character < 0x80) {
        text_add_bytes(text, (char[]){(char)character}, 1);
        return;
    }
    const char pair[2] = {(char)(0xC0 | character >> 6), (char)(0x80 | (character & 0x3F))};
    text_add_bytes(text, pair, 2);
}

char *text_fold(const char *from)
{
    struct text folded = {0};
    while (*from != '\0') {
        unsigned char lead = (unsigned char)*from;
        if (lead < 0x80) {
            add_character(&folded, fold_character(lead));
            from += 1;
        } else if ((lead & 0xE0) == 0xC0 && is_continuation(from[1])) {
            uint32_t character = (lead & 0x1Fu) << 6 | ((unsigned char)from[1] & 0x3Fu);
            add_character(&folded, fold_character(character));
            from += 2;
        } else {
            /* Nothing folds in the characters of three and four bytes: theirs pass one by one. */
            text_add_bytes(&folded, from++, 1);
        }
    }
    return text_take(&folded);
}
