/* SPDX-License-Identifier: MIT */
/* Lines for the operator. */
#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

enum { LINE_BYTES = 2048 };

void log_line(const char *format, ...)
{
    char line[LINE_BYTES] = "mock-aws: ";
    size_t prefix = strlen(line);
    va_list arguments;
    va_start(arguments, format);
    text_vprint(line + prefix, sizeof line - prefix - 1, format, arguments);
    va_end(arguments);
    /* A stranger's text in a message must not look like a line of its own. */
    for (char *c = line; *c != '\0'; c++) {
        if ((unsigned char)*c < 0x20 || *c == 0x7F)
            *c = '?';
    }
    size_t length = strlen(line);
    line[length] = '\n';
    /* stderr has no buffer: one fwrite is one write. */
    fwrite(line, 1, length + 1, stderr);
}
