/* SPDX-License-Identifier: MIT */
/* The environment as a table; see environment.h. */
#include "cli/environment.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/text.h"

#define ACCOUNT_DEFAULT "123456789012"
#define REGION_DEFAULT "us-east-1"

/* What a value is made of. */
enum source { FIXED, TAKEN_AWAY, URL, CERTIFICATE, ACCOUNT, REGION, CONFIG, CREDENTIALS, IDS };

static const struct {
    const char *name;
    enum source source;
    const char *value; /* of FIXED */
} VARIABLES[] = {
    {"MOCK_URL", URL, NULL},
    {"MOCK_IDS", IDS, NULL},
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
    {"AWS_CONFIG_FILE", CONFIG, NULL},
    {"AWS_SHARED_CREDENTIALS_FILE", CREDENTIALS, NULL},
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
static char *variable_of(const char *prefix, const char *name)
{
    char *variable = mem_format("%s%s", prefix, name);
    for (char *at = variable + strlen(prefix); *at != '\0'; at++)
        *at = (char)(isalnum((unsigned char)*at) != 0 ? toupper((unsigned char)*at) : '_');
    return variable;
}

/* The first who has a variable keeps it. `said` NULL: nobody hears of the others. */
static void see_names(const struct json *names, see_variable *see, void *self, struct text *said)
{
    struct map taken = {0};
    size_t left_out = 0;
    for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++) {
        const struct json *at = json_first(json_member(names, NAMES[i].section));
        for (; at != NULL; at = json_next(at)) {
            const char *id =
                NAMES[i].member == NULL ? json_text(at) : json_member_text(at, NAMES[i].member);
            char *variable = variable_of(NAMES[i].prefix, json_name(at));
            bool room = taken.count < ENVIRONMENT_NAMES_MAX;
            if (id == NULL || !room)
                left_out += id != NULL ? 1 : 0;
            else if (map_add(&taken, variable, 0))
                see(self, variable, id);
            else if (said != NULL)
                text_addf(said,
                          "mock-aws: %s is another one's already: the id of '%s' is in the file "
                          "MOCK_IDS alone\n",
                          variable, json_name(at));
            free(variable);
        }
    }
    if (left_out > 0 && said != NULL)
        text_addf(said,
                  "mock-aws: %zu more ids than MOCK_ variables: they are in the file MOCK_IDS\n",
                  left_out);
    map_clear(&taken);
}

static void see_nothing(void *self, const char *name, const char *value)
{
    (void)self;
    (void)name;
    (void)value;
}

void environment_left_out(const struct json *names, struct text *said)
{
    see_names(names, see_nothing, NULL, said);
}

/* The shell's own, if it looks like one: "eu-central-1". */
static const char *region_of_shell(void)
{
    const char *region = getenv("AWS_REGION");
    region = region == NULL || region[0] == '\0' ? getenv("AWS_DEFAULT_REGION") : region;
    size_t bytes = region == NULL ? 0 : strlen(region);
    bool good = bytes > 0 && bytes < ENVIRONMENT_PLACE_BYTES && strchr(region, '-') != NULL &&
                strspn(region, "abcdefghijklmnopqrstuvwxyz-0123456789") == bytes &&
                isdigit((unsigned char)region[bytes - 1]) != 0;
    return good ? region : NULL;
}

struct places {
    struct text list;
    const char *shell;
    size_t count;
    bool shell_has_instance;
    char first[ENVIRONMENT_PLACE_BYTES];
};

static void see_place(void *self, const char *region, bool instance)
{
    struct places *places = self;
    text_addf(&places->list, "%s%s", places->count++ == 0 ? "" : ", ", region);
    if (places->count == 1)
        text_copy(places->first, sizeof places->first, region);
    if (instance && places->shell != NULL && strcmp(places->shell, region) == 0)
        places->shell_has_instance = true;
}

void environment_region(const struct company *company, char out[ENVIRONMENT_PLACE_BYTES],
                        struct text *said)
{
    struct places places = {.shell = region_of_shell()};
    text_copy(places.first, sizeof places.first, REGION_DEFAULT);
    if (company != NULL)
        company_regions(company, see_place, &places);
    bool shells = places.shell != NULL && (places.count == 0 || places.shell_has_instance);
    text_copy(out, ENVIRONMENT_PLACE_BYTES, shells ? places.shell : places.first);
    if (places.count > 1)
        text_addf(said, "mock-aws: the world is in %s; the command is in %s, %s\n",
                  text_chars(&places.list), out,
                  shells ? "the shell's Region" : "where the first instance is");
    else if (places.shell != NULL && !shells && strcmp(places.shell, out) != 0)
        text_addf(said,
                  "mock-aws: the command is in %s, where the world's instance is, not in the "
                  "shell's %s\n",
                  out, places.shell);
    text_clear(&places.list);
}

void environment_account(const struct company *company, char out[ENVIRONMENT_PLACE_BYTES],
                         struct text *said)
{
    const struct json *accounts =
        company == NULL ? NULL : json_member(company_names(company), "accounts");
    const char *shell = getenv("AWS_ACCOUNT_ID");
    const struct json *chosen = json_first(accounts);
    for (const struct json *at = chosen; shell != NULL && at != NULL; at = json_next(at))
        if (strcmp(json_text(at), shell) == 0)
            chosen = at;
    text_copy(out, ENVIRONMENT_PLACE_BYTES, chosen == NULL ? ACCOUNT_DEFAULT : json_text(chosen));
    if (json_count(accounts) > 1)
        text_addf(said, "mock-aws: the world has %zu accounts; the command calls as '%s', %s\n",
                  json_count(accounts), json_name(chosen), out);
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
    static const char NO_FILE[] = "/dev/null";
    const struct workspace *workspace = environment->workspace;
    const char *const values[] = {[URL] = environment->url,
                                  [CERTIFICATE] = environment->certificate,
                                  [ACCOUNT] = environment->account,
                                  [REGION] = environment->region,
                                  [CONFIG] = workspace == NULL ? NO_FILE : workspace->config,
                                  [CREDENTIALS] =
                                      workspace == NULL ? NO_FILE : workspace->credentials,
                                  [IDS] = workspace == NULL ? NULL : workspace->ids};
    for (size_t i = 0; i < sizeof VARIABLES / sizeof VARIABLES[0]; i++) {
        enum source source = VARIABLES[i].source;
        bool listed = source == FIXED || source == TAKEN_AWAY;
        see(self, VARIABLES[i].name, listed ? VARIABLES[i].value : values[source]);
    }
    take_away_prefixed(see, self);
    see_names(environment->names, see, self, NULL);
}
