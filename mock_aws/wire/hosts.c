/* SPDX-License-Identifier: MIT */
/* Host names as a table; see hosts.h. */
#include "wire/hosts.h"

#include <string.h>
#include <strings.h>

#define DIGITS "0123456789"
#define LABEL "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"

/* A star stands for the Region, one label. */
static const struct {
    const char *name;
    const char *const *services;
} HOSTS[] = {
    {"identitystore.*.amazonaws.com",
     (const char *const[]){"identitystore", "userpool", "identitystore-internal", NULL}},
    {"identitystore.*.api.aws", (const char *const[]){"identitystore", NULL}},
    {"sso.*.amazonaws.com", (const char *const[]){"sso", NULL}},
    {"sso.*.api.aws", (const char *const[]){"sso", NULL}},
    {"scim.*.amazonaws.com", (const char *const[]){"scim", NULL}},
    {"organizations.amazonaws.com", (const char *const[]){"organizations", NULL}},
    {"organizations.*.amazonaws.com", (const char *const[]){"organizations", NULL}},
    {"cloudtrail.*.amazonaws.com", (const char *const[]){"cloudtrail", NULL}},
    {"ce.*.amazonaws.com", (const char *const[]){"ce", NULL}},
    {"servicequotas.*.amazonaws.com", (const char *const[]){"servicequotas", NULL}},
    {"up.sso.*.amazonaws.com", (const char *const[]){"userpool", "identitystore-internal", NULL}},
    {"sts.amazonaws.com", (const char *const[]){"sts", NULL}},
    {"sts.*.amazonaws.com", (const char *const[]){"sts", NULL}},
    {"iam.amazonaws.com", (const char *const[]){"iam", NULL}},
    {"account.*.amazonaws.com", (const char *const[]){"account", NULL}},
    {"servicequotas.*.amazonaws.com", (const char *const[]){"servicequotas", NULL}},
    {"codewhisperer.*.amazonaws.com", (const char *const[]){"codewhisperer", "q", NULL}},
    {"q.*.amazonaws.com", (const char *const[]){"q", "codewhisperer", NULL}},
    {"management.*.kiro.dev",
     (const char *const[]){"q", "codewhisperer", "user-subscriptions", NULL}},
    {"service.user-subscriptions.*.amazonaws.com",
     (const char *const[]){"user-subscriptions", NULL}},
    {"pvs-controlplane.*.prod.authn.identity.aws.dev",
     (const char *const[]){"sso-directory", NULL}},
};

/* Every other name below these is AWS's or Kiro's too, only not mocked. */
static const char *const DOMAINS[] = {"amazonaws.com", "amazonaws.com.cn", "api.aws",
                                      "aws.dev",       "kiro.dev",         "awsapps.com",
                                      "aws.amazon.com"};

/* The bytes of the name, without a port and without the dot of the root. */
static size_t name_bytes(const char *authority)
{
    size_t bytes = authority[0] == '[' ? strcspn(authority, "]") + 1 : strcspn(authority, ":");
    if (bytes > 0 && authority[bytes - 1] == '.')
        bytes--;
    return bytes;
}

static bool port_follows(const char *port)
{
    return *port == '\0' || (*port == ':' && strspn(port + 1, DIGITS) == strlen(port + 1));
}

bool host_is_loopback(const char *authority)
{
    bool bracket = authority[0] == '[';
    size_t bytes = strcspn(authority, bracket ? "]" : ":");
    if (bracket && authority[bytes] == ']')
        bytes++;
    if (!port_follows(authority + bytes))
        return false;
    if (strncmp(authority, "127.", 4) == 0)
        return strspn(authority, DIGITS ".") == bytes;
    return (bytes == 9 && strncasecmp(authority, "localhost", bytes) == 0) ||
           (bytes == 5 && strncmp(authority, "[::1]", bytes) == 0);
}

static bool ends_with(const char *name, size_t bytes, const char *domain)
{
    size_t domain_bytes = strlen(domain);
    return bytes >= domain_bytes &&
           strncasecmp(name + bytes - domain_bytes, domain, domain_bytes) == 0 &&
           (bytes == domain_bytes || name[bytes - domain_bytes - 1] == '.');
}

bool host_is_ours(const char *authority)
{
    size_t bytes = name_bytes(authority);
    if (host_is_loopback(authority))
        return true;
    for (size_t i = 0; i < sizeof DOMAINS / sizeof DOMAINS[0]; i++)
        if (ends_with(authority, bytes, DOMAINS[i]))
            return true;
    return false;
}

bool host_matches(const char *pattern, const char *authority)
{
    size_t bytes = name_bytes(authority);
    if (strncmp(pattern, "*.", 2) == 0)
        return ends_with(authority, bytes, pattern + 2) && bytes > strlen(pattern + 2);
    return bytes == strlen(pattern) && strncasecmp(authority, pattern, bytes) == 0;
}

/* `pattern` with at most one star; what the star took goes to `out_region`. */
static bool matches(const char *pattern, const char *name, size_t bytes,
                    char out_region[HOST_REGION_BYTES])
{
    const char *star = strchr(pattern, '*');
    size_t before = star == NULL ? strlen(pattern) : (size_t)(star - pattern);
    out_region[0] = '\0';
    if (bytes < before || strncasecmp(name, pattern, before) != 0)
        return false;
    if (star == NULL)
        return bytes == before;
    size_t taken = strspn(name + before, LABEL);
    size_t after = strlen(star + 1);
    if (taken == 0 || taken >= HOST_REGION_BYTES || bytes != before + taken + after ||
        strncasecmp(name + before + taken, star + 1, after) != 0)
        return false;
    for (size_t i = 0; i < taken; i++) {
        char byte = name[before + i];
        out_region[i] = (char)(byte >= 'A' && byte <= 'Z' ? byte + ('a' - 'A') : byte);
    }
    out_region[taken] = '\0';
    return true;
}

const char *const *host_services(const char *authority, char out_region[HOST_REGION_BYTES])
{
    size_t bytes = name_bytes(authority);
    for (size_t i = 0; i < sizeof HOSTS / sizeof HOSTS[0]; i++)
        if (matches(HOSTS[i].name, authority, bytes, out_region))
            return HOSTS[i].services;
    out_region[0] = '\0';
    return NULL;
}
