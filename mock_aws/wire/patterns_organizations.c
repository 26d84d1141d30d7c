/* SPDX-License-Identifier: MIT */
/* The patterns of organizations' model that no other service has (identity-wire 7). */
#include "wire/shapes.h"

#define ROOT "r-[0-9a-z]{4,32}"
#define UNIT "ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}"

const struct pattern PATTERN_ROOT_ID = {.text = "^" ROOT "$"};
const struct pattern PATTERN_UNIT_ID = {.text = "^" UNIT "$"};
const struct pattern PATTERN_PARENT_ID = {.text = "^(" ROOT ")|(" UNIT ")$"};
const struct pattern PATTERN_CHILD_ID = {.text = "^(\\d{12})|(" UNIT ")$"};
const struct pattern PATTERN_TARGET_ID = {.text = "^(" ROOT ")|(\\d{12})|(" UNIT ")$"};
const struct pattern PATTERN_TAGGED_ID = {
    .text = "^(" ROOT ")|(\\d{12})|(" UNIT ")|(^p-[0-9a-zA-Z_]{8,128})|(^rp-[0-9a-zA-Z_]{4,128})|"
            "(^rt-[0-9a-zA-Z_]{8,32})$"};
const struct pattern PATTERN_POLICY_ID = {.text = "^p-[0-9a-zA-Z_]{8,128}$"};
const struct pattern PATTERN_SERVICE_PRINCIPAL = {.text = "[\\w+=,.@-]*"};
const struct pattern PATTERN_CREATED_ROLE = {.text = "[\\w+=,.@-]{1,64}"};
