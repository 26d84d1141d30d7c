/* SPDX-License-Identifier: MIT */
/*
 * Which services answer under which host names of AWS and Kiro, for clients that name no endpoint
 * of their own but come through a proxy or by /etc/hosts (identity-wire 1.1, kiro-wire 1). Names
 * have no case; a port behind them is passed over.
 */
#ifndef MOCK_KIRO_WIRE_HOSTS_H
#define MOCK_KIRO_WIRE_HOSTS_H

#include <stdbool.h>
#include <stddef.h>

enum { HOST_REGION_BYTES = 64 };

/* What somebody is told who asks the proxy for another host; a format for its name. */
#define HOST_FOREIGN                                                                               \
    "mock-aws: '%s' is no host of AWS or Kiro, and nothing is forwarded; name it in NO_PROXY to "  \
    "reach it directly\n"

/*
 * A name that is AWS's or Kiro's, or this machine's own (localhost, a loopback address): what the
 * proxy lets through.
 */
bool host_is_ours(const char *authority);

/* localhost, 127.… or [::1]. */
bool host_is_loopback(const char *authority);

/*
 * The names of the services (as in struct service) that live at this host, NULL-terminated, with
 * the Region that the name says ("" where it says none). NULL: a host of no service here, among
 * them every loopback name.
 */
const char *const *host_services(const char *authority, char out_region[HOST_REGION_BYTES]);

/*
 * Is it the host that `pattern` names: a name, an address, or "*.suffix" for every name below? The
 * port and the case do not count.
 */
bool host_matches(const char *pattern, const char *authority);

#endif
