/* SPDX-License-Identifier: MIT */
/* The patterns of sso-admin's model that no other service has (identity-wire 6). */
#include "wire/shapes.h"

#define ARN "arn:aws(-[a-z]{1,5}){0,3}:"
#define INSTANCE_ID "(sso)?ins-[a-zA-Z0-9-.]{16}"
#define LOWER_UUID "[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}"
#define APPLICATION "\\d{12}:application/" INSTANCE_ID "/apl-[a-zA-Z0-9]{16}"
#define PERMISSION_SET ":permissionSet/" INSTANCE_ID "/ps-[a-zA-Z0-9-./]{16}"
#define ISSUER "\\d{12}:trustedTokenIssuer/" INSTANCE_ID "/tti-" LOWER_UUID

const struct pattern PATTERN_PERMISSION_SET_ARN = {.text = ARN "sso::" PERMISSION_SET};
const struct pattern PATTERN_TRUSTED_TOKEN_ISSUER_ARN = {.text = ARN "sso::" ISSUER};
const struct pattern PATTERN_TAGGABLE_ARN = {.text = ARN "sso::((:instance/" INSTANCE_ID
                                                         ")|(" PERMISSION_SET ")|(" APPLICATION
                                                         ")|(" ISSUER "))"};
const struct pattern PATTERN_SCOPE_TARGET = {.text = ARN "sso::(" APPLICATION
                                                         "|:instance/" INSTANCE_ID ")"};
const struct pattern PATTERN_PROVIDER_ARN = {.text =
                                                 ARN "sso::aws:applicationProvider/[a-zA-Z0-9-/]+"};
const struct pattern PATTERN_MANAGED_POLICY_ARN = {
    .text = ARN "iam::aws:policy((/[A-Za-z0-9\\.,\\+@=_-]+)*)/([A-Za-z0-9\\.,\\+=@_-]+)"};
const struct pattern PATTERN_POLICY_PATH = {.text = "((/[A-Za-z0-9\\.,\\+@=_-]+)*)/"};
const struct pattern PATTERN_KMS_KEY_ARN = {
    .text = ARN "kms:([a-z]{2,}(-[a-z0-9]+)+){1}:[0-9]{12}:key/(mrk-[a-f0-9]{32}|" LOWER_UUID ")"};
const struct pattern PATTERN_AWS_REGION = {.text = "([a-z]+-){2,3}\\d"};
const struct pattern PATTERN_LOWER_UUID = {
    .text = "\\b[0-9a-f]{8}\\b-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-"
            "\\b[0-9a-f]{12}\\b"};
const struct pattern PATTERN_APPLICATION_URL = {
    .text = "http(s)?:\\/\\/[-a-zA-Z0-9+&@#\\/%?=~_|!:,.;]*[-a-zA-Z0-9+&bb@#\\/%?=~_|]"};
const struct pattern PATTERN_ISSUER_URL = {
    .text = "https?:\\/\\/[-a-zA-Z0-9+&@\\/%=~_|!:,.;]*[-a-zA-Z0-9+&@\\/%=~_|]"};
const struct pattern PATTERN_ACCESS_SCOPE = {
    .text = "([A-Za-z0-9_]{1,50})(:[A-Za-z0-9_]{1,50}){0,1}(:[A-Za-z0-9_]{1,50}){0,1}"};
const struct pattern PATTERN_CLAIM_PATH = {.text = "\\p{L}+(?:(\\.|\\_)\\p{L}+){0,2}"};
const struct pattern PATTERN_STORE_PATH = {.text = "\\p{L}+(?:\\.\\p{L}+){0,2}"};
const struct pattern PATTERN_DURATION = {
    .text = "(-?)P(?=\\d|T\\d)(?:(\\d+)Y)?(?:(\\d+)M)?(?:(\\d+)([DW]))?(?:T(?:(\\d+)H)?(?:(\\d+)M)?"
            "(?:(\\d+(?:\\.\\d+)?)S)?)?"};
const struct pattern PATTERN_PERMISSION_SET_TEXT = {
    .text = "[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u00A1-\\u00FF]*"};
const struct pattern PATTERN_POLICY_DOCUMENT = {.text = "[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+"};
const struct pattern PATTERN_RELAY_STATE = {
    .text = "[a-zA-Z0-9&$@#\\\\\\/%?=~\\-_'\"|!:,.;*+\\[\\]\\ \\(\\)\\{\\}]+"};
const struct pattern PATTERN_ATTRIBUTE_KEY = {.text = "[\\p{L}\\p{Z}\\p{N}_.:\\/=+\\-@]+"};
const struct pattern PATTERN_ATTRIBUTE_SOURCE = {
    .text = "[\\p{L}\\p{Z}\\p{N}_.:\\/=+\\-@\\[\\]\\{\\}\\$\\\\\"]*"};
const struct pattern PATTERN_ANYTHING = {.text = "[\\S\\s]*"};
