/* SPDX-License-Identifier: MIT */
/* Lines for the operator, on stderr, one write each: "mock-aws: text". Never results. */
#ifndef MOCK_KIRO_BASE_LOG_H
#define MOCK_KIRO_BASE_LOG_H

void log_line(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
