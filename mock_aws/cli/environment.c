/* SPDX-License-Identifier: MIT */
/* The environment as a table; see environment.h. */
#include "cli/environment.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"

#define ACCOUNT_DEFAULT "123456789012"
#define REGION_DEFAULT "us-east-1"

/* What a value is made of. */
enum source { FIXED, TAKEN_AWAY, URL, CERTIFICATE, ACCOUNT, REGION };

static const struct {
    const char *name;
    enum source source;
    const char *value; /* of FIXED */
} VARIABLES[] = {
    {"MOCK_URL", URL, NULL},
    {"AWS_ENDPOINT_URL", URL, NULL},
    {"AWS_REGION", REGION, NULL},
    {"AWS_DEFAULT_REGION", REGION, NULL},
    /* A key of twelve digits is the account that calls. */
    {"AWS_ACCESS_KEY_ID", ACCOUNT, NULL},
    {"AWS_SECRET_ACCESS_KEY", FIXED, "mock"},
    {"AWS_PAGER", FIXED, ""},
    /* Names that the program has built in reach the mock as its proxy, which forwards nothing. */
    {"HTTP_PROXY", URL, NULL},
    {"HTTPS_PROXY", URL, NULL},
    {"http_proxy", URL, NULL},
    {"https_proxy", URL, NULL},
    {"ALL_PROXY", URL, NULL},
    {"all_proxy", URL, NULL},
    {"NO_PROXY", FIXED, "localhost,127.0.0.1,::1"},
    {"no_proxy", FIXED, "localhost,127.0.0.1,::1"},
    {"NODE_USE_ENV_PROXY", FIXED, "1"},
    {"AWS_CA_BUNDLE", CERTIFICATE, NULL},
    {"REQUESTS_CA_BUNDLE", CERTIFICATE, NULL},
    {"SSL_CERT_FILE", CERTIFICATE, NULL},
    {"NODE_EXTRA_CA_CERTS", CERTIFICATE, NULL},
    {"CURL_CA_BUNDLE", CERTIFICATE, NULL},
    /* Real credentials and endpoints stay out of reach. */
    {"AWS_CONFIG_FILE", FIXED, "/dev/null"},
    {"AWS_SHARED_CREDENTIALS_FILE", FIXED, "/dev/null"},
    {"AWS_EC2_METADATA_DISABLED", FIXED, "true"},
    {"AWS_PROFILE", TAKEN_AWAY, NULL},
    {"AWS_DEFAULT_PROFILE", TAKEN_AWAY, NULL},
    {"AWS_SESSION_TOKEN", TAKEN_AWAY, NULL},
    {"AWS_SECURITY_TOKEN", TAKEN_AWAY, NULL},
    {"AWS_CREDENTIAL_EXPIRATION", TAKEN_AWAY, NULL},
    {"AWS_ACCESS_KEY", TAKEN_AWAY, NULL},
    {"AWS_SECRET_KEY", TAKEN_AWAY, NULL},
    {"AWS_ACCOUNT_ID", TAKEN_AWAY, NULL},
    {"AWS_ROLE_ARN", TAKEN_AWAY, NULL},
    {"AWS_ROLE_SESSION_NAME", TAKEN_AWAY, NULL},
    {"AWS_WEB_IDENTITY_TOKEN_FILE", TAKEN_AWAY, NULL},
    {"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", TAKEN_AWAY, NULL},
    {"AWS_USE_FIPS_ENDPOINT", TAKEN_AWAY, NULL},
    {"AWS_USE_DUALSTACK_ENDPOINT", TAKEN_AWAY, NULL},
};

/* Ids of the world: of a member that is an object, each of its own. */
static const struct {
    const char *section;
    const char *member; /* NULL: the value itself is the id */
    const char *prefix;
} NAMES[] = {{"accounts", NULL, "MOCK_ACCOUNT_"},
             {"instances", "arn", "MOCK_INSTANCE_"},
             {"instances", "identity_store_id", "MOCK_IDENTITY_STORE_"},
             {"users", NULL, "MOCK_USER_"},
             {"groups", NULL, "MOCK_GROUP_"},
             {"profiles", NULL, "MOCK_PROFILE_"},
             {"scim", "url", "MOCK_SCIM_URL_"},
             {"scim", "token", "MOCK_SCIM_TOKEN_"}};

typedef void see_variable(void *self, const char *name, const char *value);

/* "anna.b" becomes MOCK_USER_ANNA_B. */
static void see_id(const char *prefix, const char *name, const char *id, see_variable *see,
                   void *self)
{
    char *variable = mem_format("%s%s", prefix, name);
    for (char *at = variable + strlen(prefix); *at != '\0'; at++)
        *at = (char)(isalnum((unsigned char)*at) != 0 ? toupper((unsigned char)*at) : '_');
    see(self, variable, id);
    free(variable);
}

static void see_names(const struct json *names, see_variable *see, void *self)
{
    for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++) {
        const struct json *at = json_first(json_member(names, NAMES[i].section));
        for (; at != NULL; at = json_next(at)) {
            const char *id =
                NAMES[i].member == NULL ? json_text(at) : json_member_text(at, NAMES[i].member);
            if (id != NULL)
                see_id(NAMES[i].prefix, json_name(at), id, see, self);
        }
    }
}

/* "arn:aws:codewhisperer:eu-central-1:…" of the first profile: where the seats are. */
static void first_region(const struct json *names, char *out_region, size_t region_bytes)
{
    const char *arn = json_text(json_first(json_member(names, "profiles")));
    text_copy(out_region, region_bytes, REGION_DEFAULT);
    for (int colons = 0; arn != NULL && colons < 3; colons++)
        arn = strchr(arn, ':') == NULL ? NULL : strchr(arn, ':') + 1;
    if (arn == NULL)
        return;
    char *region = mem_format("%.*s", (int)strcspn(arn, ":"), arn);
    text_copy(out_region, region_bytes, region);
    free(region);
}

/*
 * What goes whatever the rest of its name: endpoints of single services, and where else credentials
 * come from.
 */
static const char *const PREFIXES[] = {"AWS_ENDPOINT_URL_", "AWS_CONTAINER_", "AWS_BEARER_TOKEN_",
                                       "AWS_EC2_METADATA_SERVICE_"};

static bool has_prefix(const char *variable)
{
    for (size_t i = 0; i < sizeof PREFIXES / sizeof PREFIXES[0]; i++)
        if (strncmp(variable, PREFIXES[i], strlen(PREFIXES[i])) == 0)
            return true;
    return false;
}

/* All names first: taking one away moves the others. */
static void take_away_prefixed(see_variable *see, void *self)
{
    struct json *names = json_new_array();
    for (char **at = environ; at != NULL && *at != NULL; at++)
        if (has_prefix(*at)) {
            char *name = mem_format("%.*s", (int)strcspn(*at, "="), *at);
            json_push(names, json_new_text(name));
            free(name);
        }
    for (const struct json *name = json_first(names); name != NULL; name = json_next(name))
        see(self, json_text(name), NULL);
    json_free(names);
}

void environment_each(const struct environment *environment, see_variable *see, void *self)
{
    struct json_error error;
    struct json_document *document =
        environment->names == NULL
            ? NULL
            : json_parse(environment->names, strlen(environment->names), JSON_STRICT, &error);
    const struct json *names = document == NULL ? NULL : json_document_root(document);
    const char *account = json_text(json_first(json_member(names, "accounts")));
    char region[64];
    first_region(names, region, sizeof region);
    const char *const values[] = {[URL] = environment->url,
                                  [CERTIFICATE] = environment->certificate,
                                  [ACCOUNT] = account == NULL ? ACCOUNT_DEFAULT : account,
                                  [REGION] = region};
    for (size_t i = 0; i < sizeof VARIABLES / sizeof VARIABLES[0]; i++) {
        enum source source = VARIABLES[i].source;
        bool listed = source == FIXED || source == TAKEN_AWAY;
        see(self, VARIABLES[i].name, listed ? VARIABLES[i].value : values[source]);
    }
    take_away_prefixed(see, self);
    see_names(names, see, self);
    json_document_free(document);
}
