/* SPDX-License-Identifier: MIT */
/*
 * The page about the scenario language and its JSON Schema, both made from the tables that parsing
 * uses.
 */
#ifndef MOCK_KIRO_CLIENT_LANGUAGE_H
#define MOCK_KIRO_CLIENT_LANGUAGE_H

/* Both end with a line feed; release with free(). */
char *language_page(void);   /* Markdown */
char *language_schema(void); /* JSON Schema, draft 2020-12 */

#endif
