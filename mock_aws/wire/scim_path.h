/* SPDX-License-Identifier: MIT */
/*
 * The path of a SCIM request: /<tenant>/scim/v2/<Resource>[/<id>], with the doubled slashes that
 * real clients send (identity-wire 9.1). Where one address stands for all Regions, the Region may
 * come before the tenant, by itself or in AWS's host name: /eu-west-1/…,
 * /scim.eu-west-1.amazonaws.com/….
 */
#ifndef MOCK_KIRO_WIRE_SCIM_PATH_H
#define MOCK_KIRO_WIRE_SCIM_PATH_H

#include <stdbool.h>

struct scim_path {
    char region[64]; /* "" if the path names none */
    char tenant[64];
    char resource[32]; /* "Users", with a slash and a star behind where an id follows */
    char id[128];      /* "" if none follows */
};

/*
 * False if `path` has no /scim/v2 in it. Parts that are too long, too many or badly escaped give a
 * resource that no operation has.
 */
bool scim_path_read(const char *path, struct scim_path *out_path);

#endif
