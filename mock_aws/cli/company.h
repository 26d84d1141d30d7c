/* SPDX-License-Identifier: MIT */
/*
 * The world document that a command was given, and the ids of what it names: who is meant by a
 * name, where the company is, and what ids are called.
 */
#ifndef MOCK_KIRO_CLI_COMPANY_H
#define MOCK_KIRO_CLI_COMPANY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/json.h"

struct company;

/* `document` is a text that has been loaded, `names` what that answered; NULL: without a world. */
struct company *company_new(const char *document, size_t bytes, const char *names);
void company_free(struct company *company); /* NULL is fine */

/* The ids as mock_aws_load gave them; NULL without a world. */
const struct json *company_names(const struct company *company);

enum company_found { COMPANY_ONE, COMPANY_NOBODY, COMPANY_SEVERAL };

/* The user whose handle, user name or e-mail address it is, whatever its case. */
enum company_found company_user(const struct company *company, const char *name,
                                const char **out_id);

/* The handle nearest to a name that nobody has, as nearest_hint prints it. */
void company_hint(const struct company *company, const char *name, char *out);

/* The handle of a profile; its ARN if it has none. */
const char *company_profile(const struct company *company, const char *profile_arn);

/*
 * The Regions of the document, each once, that of its first instance first. `see` hears whether
 * instances are there, or profiles alone.
 */
void company_regions(const struct company *company,
                     void (*see)(void *self, const char *region, bool instance), void *self);

#endif
