/* SPDX-License-Identifier: MIT */
/*
 * Page tokens: the number of the last row of the page before, sealed with the parameters of the
 * call (identity-wire 2.7). A token is refused when it was made for other parameters, by another
 * world, or by nobody. Keyset paging: right while rows come and go.
 */
#ifndef MOCK_KIRO_WIRE_PAGES_H
#define MOCK_KIRO_WIRE_PAGES_H

#include "wire/operation.h"

struct page {
    int64_t after; /* rows numbered above this */
    int64_t size;  /* at most so many */
    uint64_t seal; /* of the call's parameters */
};

/*
 * Read `<token_name>` and `<size_name>` ("NextToken", "MaxResults") from the input. `seed` is the
 * world's. FAULT_INVALID for a bad token.
 */
enum fault page_read(struct call *call, const char *token_name, const char *size_name,
                     int64_t size_default, int64_t size_max, uint64_t seed, struct page *out_page);

/* Put the token for the rows after `last` into the output under `token_name`. */
void page_put_next(struct call *call, const char *token_name, const struct page *page,
                   int64_t last);

#endif
