/* SPDX-License-Identifier: MIT */
/* A text that grows. `chars` is always NUL-terminated once something was added, else NULL. */
#ifndef MOCK_KIRO_BASE_TEXT_H
#define MOCK_KIRO_BASE_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct text {
    char *chars;
    size_t bytes; /* without the NUL */
    size_t capacity;
};

void text_clear(struct text *text);
void text_add(struct text *text, const char *more);
void text_add_bytes(struct text *text, const char *more, size_t bytes);
void text_addf(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The chars (never NULL), which the caller now frees; the text is empty afterwards. */
char *text_take(struct text *text);

/* The chars, or "" while nothing was added; borrowed. */
const char *text_chars(const struct text *text);

/* Copy or print into a fixed array, cut at its size (never inside a UTF-8 character), always
 * terminated. Returns false if it was cut. */
bool text_copy(char *to, size_t to_bytes, const char *from);
bool text_vprint(char *to, size_t to_bytes, const char *format, va_list arguments)
    __attribute__((format(printf, 3, 0)));

/* The lower-case form used to compare user names, group names and e-mails without case
 * (identity-wire 5.5: ASCII plus simple folding of Latin-1, Latin Extended-A, Greek and
 * Cyrillic). Takes UTF-8; returns a new text. */
char *text_fold(const char *from);

#endif
