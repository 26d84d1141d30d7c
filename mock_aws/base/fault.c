/* SPDX-License-Identifier: MIT */
/* The words that go with a fault. */
#include "base/fault.h"

#include <stdarg.h>

#include "base/text.h"

enum fault problem_set(struct problem *problem, enum fault fault, const char *format, ...)
{
    va_list arguments;
    problem->fault = fault;
    va_start(arguments, format);
    text_vprint(problem->message, sizeof problem->message, format, arguments);
    va_end(arguments);
    return fault;
}
