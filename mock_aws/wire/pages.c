/* SPDX-License-Identifier: MIT */
/*
 * Page tokens: sixteen hex digits of the last row's number, sixteen of its hash under the call's
 * seal. Hex alone, because the models of the services allow different further characters.
 */
#include "wire/pages.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ids.h"

enum { HEX_DIGITS = 16, TOKEN_BYTES = 2 * HEX_DIGITS + 1 };

/*
 * Everything that decides which rows are listed. The page's size does not, so a client may change
 * it on the way; members are added up, because their order in the JSON means nothing.
 */
static uint64_t seal_of(const struct call *call, const char *token_name, const char *size_name,
                        uint64_t seed)
{
    uint64_t members = 0;
    for (const struct json *member = json_first(call->input); member != NULL;
         member = json_next(member)) {
        const char *name = json_name(member);
        if (json_kind(member) == JSON_NULL || strcmp(name, token_name) == 0 ||
            strcmp(name, size_name) == 0)
            continue;
        char *printed = json_print(member);
        members += hash_text(hash_text(HASH_START, name), printed);
        free(printed);
    }
    uint64_t hash = hash_bytes(HASH_START, &seed, sizeof seed);
    hash = hash_text(hash, call->service->name);
    hash = hash_text(hash, call->operation->name);
    hash = hash_text(hash, call->account);
    hash = hash_text(hash, call->region);
    hash = hash_text(hash, call->path_tenant == NULL ? "" : call->path_tenant);
    return hash_bytes(hash, &members, sizeof members);
}

static void token_print(uint64_t seal, int64_t after, char out[TOKEN_BYTES])
{
    uint64_t hash = hash_bytes(seal, &after, sizeof after);
    snprintf(out, TOKEN_BYTES, "%016" PRIx64 "%016" PRIx64, (uint64_t)after, hash);
}

enum fault page_read(struct call *call, const char *token_name, const char *size_name,
                     int64_t size_default, int64_t size_max, uint64_t seed, struct page *out_page)
{
    const char *token = json_member_text(call->input, token_name);
    const struct json *size = json_member(call->input, size_name);
    struct page page = {.size = json_is_integer(size) ? json_integer(size) : size_default,
                        .seal = seal_of(call, token_name, size_name, seed)};
    if (page.size > size_max)
        page.size = size_max;
    if (token != NULL && token[0] != '\0') {
        char wanted[TOKEN_BYTES];
        char digits[HEX_DIGITS + 1] = "";
        strncpy(digits, token, HEX_DIGITS);
        page.after = (int64_t)strtoull(digits, NULL, 16);
        token_print(page.seal, page.after, wanted);
        if (strcmp(token, wanted) != 0) {
            call->problem.violation = "INVALID_NEXT_TOKEN";
            snprintf(call->problem.path, sizeof call->problem.path, "/%s", token_name);
            return problem_set(&call->problem, FAULT_INVALID,
                               "%s is not valid: use one that this operation returned for the same "
                               "parameters, unchanged",
                               token_name);
        }
    }
    *out_page = page;
    return FAULT_NONE;
}

void page_put_next(struct call *call, const char *token_name, const struct page *page, int64_t last)
{
    char token[TOKEN_BYTES];
    token_print(page->seal, last, token);
    json_put_text(call->output, token_name, token);
}
