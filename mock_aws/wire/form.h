/* SPDX-License-Identifier: MIT */
/* Parameters of the query protocol, and of REST in a URL, as the object that a shape describes. */
#ifndef MOCK_KIRO_WIRE_FORM_H
#define MOCK_KIRO_WIRE_FORM_H

#include "wire/operation.h"

/*
 * A new object (free with json_free) of those `members` that `parameters`, an object of texts,
 * gives: Tags.member.1.Key for lists of structures, Names.entry.1.key and .value for maps. Numbers
 * and truths become such; a text that is none stays one, for shape_check to refuse. A list ends
 * before its first number missing; parameters that no member reads are left.
 */
struct json *form_object(const struct shape *members, const struct json *parameters);

#endif
