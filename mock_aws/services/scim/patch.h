/* SPDX-License-Identifier: MIT */
/*
 * PATCH bodies in all forms that identity providers send (identity-wire 9.3, 9.4): `op` in any
 * case; a path with or without sub-attribute, filter and schema name; or no path and a value that
 * changes a single attribute. Each form comes out as the same change.
 */
#ifndef MOCK_KIRO_SERVICES_SCIM_PATCH_H
#define MOCK_KIRO_SERVICES_SCIM_PATCH_H

#include "services/scim/filter.h"
#include "services/scim/scim.h"

enum scim_op { SCIM_ADD, SCIM_REPLACE, SCIM_REMOVE };

struct scim_change {
    enum scim_op op;
    const struct shape *attribute; /* NULL: one that AWS does not support, to be passed over */
    const struct shape *sub;       /* of `attribute`; NULL: all of it */
    bool enterprise;               /* the attribute is one of the enterprise extension's */
    bool filtered;
    struct scim_comparison filter; /* attribute[filter] */
    const struct json *value;      /* NULL: none was given */
};

/* What to do with a change; called in the order of the request until it gives a fault. */
typedef enum fault scim_apply(struct call *call, const struct scim_change *change, void *self);

/*
 * Reads the body of `call` against `members`. FAULT_INVALID for what cannot be read; nothing checks
 * the values here.
 */
enum fault scim_patch_each(struct call *call, const struct shape *members, scim_apply *apply,
                           void *self);

#endif
