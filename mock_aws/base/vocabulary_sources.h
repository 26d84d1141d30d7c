/* SPDX-License-Identifier: MIT */
/*
 * Who says what the rulebook says: the legend of the codes in a rule's `source`, and where the
 * sources contradict each other.
 */
#ifndef MOCK_KIRO_BASE_VOCABULARY_SOURCES_H
#define MOCK_KIRO_BASE_VOCABULARY_SOURCES_H

#include <stddef.h>

struct source {
    const char *code;  /* "S4" */
    const char *title; /* what it is and by whom, one line */
    const char *date;  /* when it was published or read, as far as it says: "2026-04-12" */
};

const struct source *source_find(const char *code); /* NULL if unknown */
const struct source *source_at(size_t index);       /* NULL at the end */

/* Codes with a number of their own behind it, as "#5888". */
#define SOURCE_ISSUE "#n"

struct contradiction {
    const char *id;  /* "c-access-date" */
    const char *one; /* a side, with who says so */
    const char *other;
    const char *reading;   /* what is held to be so by default */
    const char *parameter; /* the one that chooses a side, or NULL */
};

const struct contradiction *contradiction_at(size_t index); /* NULL at the end */

#endif
