/* SPDX-License-Identifier: MIT */
/* What all services offer, held against the rules that their tables must keep. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "services/services.h"
#include "wire/hosts.h"
#include "wire/shapes.h"

struct walk {
    struct patterns *patterns;
    unsigned patterns_seen;
    unsigned depth;
};

static void walk_shape(struct walk *walk, const struct shape *shape);

static void walk_members(struct walk *walk, const struct shape *members)
{
    for (; members != NULL && members->name != NULL; members++)
        walk_shape(walk, members);
}

/* Shapes that hold themselves are walked a few levels down. */
static void walk_shape(struct walk *walk, const struct shape *shape)
{
    bool element = shape->kind == SHAPE_LIST || shape->kind == SHAPE_MAP;
    if (shape->pattern != NULL) {
        assert_int_equal(shape->kind, SHAPE_TEXT);
        pattern_matches(walk->patterns, shape->pattern, "a value");
        walk->patterns_seen++;
    }
    if (element)
        assert_non_null(shape->members);
    if (shape->members == NULL || ++walk->depth > 12)
        return;
    if (element)
        walk_shape(walk, shape->members);
    else
        walk_members(walk, shape->members);
    walk->depth--;
}

static void every_pattern_that_is_offered_compiles(void **state)
{
    (void)state;
    struct walk walk = {.patterns = patterns_new()};
    assert_non_null(walk.patterns);
    for (const struct service *const *service = SERVICES; *service != NULL; service++)
        for (size_t i = 0; operation_table(*service, i) != NULL; i++)
            for (const struct operation *at = operation_table(*service, i); at->name != NULL;
                 at++) {
                walk.depth = 0;
                walk_members(&walk, at->input);
                walk_members(&walk, at->output);
            }
    assert_true(walk.patterns_seen > 50);
    patterns_free(walk.patterns);
}

static bool answers_to(const struct operation *at, const struct operation *other)
{
    return strcmp(at->name, other->name) == 0 &&
           (at->path == NULL ||
            (strcmp(at->path, other->path) == 0 && strcmp(at->method, other->method) == 0));
}

/* How many of the service's operations would answer where this one does. */
static size_t answering(const struct service *service, const struct operation *at)
{
    size_t count = 0;
    for (size_t i = 0; operation_table(service, i) != NULL; i++)
        for (const struct operation *other = operation_table(service, i); other->name != NULL;
             other++)
            count += answers_to(at, other) ? 1 : 0;
    return count;
}

static void no_two_operations_of_a_service_answer_to_one_name(void **state)
{
    (void)state;
    for (const struct service *const *service = SERVICES; *service != NULL; service++)
        for (size_t i = 0; operation_table(*service, i) != NULL; i++)
            for (const struct operation *at = operation_table(*service, i); at->name != NULL; at++)
                if (answering(*service, at) != 1)
                    fail_msg("%s %s is there more than once", (*service)->name, at->name);
}

/* Programs with built-in names reach everything: identity-wire 1.1, kiro-wire 1. */
static void every_service_lives_at_some_host(void **state)
{
    (void)state;
    static const char *const HOSTS[] = {"identitystore.eu-west-1.amazonaws.com",
                                        "sso.eu-west-1.amazonaws.com",
                                        "scim.eu-west-1.amazonaws.com",
                                        "organizations.us-east-1.amazonaws.com",
                                        "cloudtrail.eu-west-1.amazonaws.com",
                                        "ce.us-east-1.amazonaws.com",
                                        "servicequotas.eu-west-1.amazonaws.com",
                                        "sts.amazonaws.com",
                                        "sts.eu-west-1.amazonaws.com",
                                        "iam.amazonaws.com",
                                        "account.us-east-1.amazonaws.com",
                                        "codewhisperer.us-east-1.amazonaws.com",
                                        "q.us-east-1.amazonaws.com",
                                        "management.us-east-1.kiro.dev",
                                        "service.user-subscriptions.us-east-2.amazonaws.com",
                                        "up.sso.eu-west-1.amazonaws.com",
                                        "pvs-controlplane.eu-west-1.prod.authn.identity.aws.dev"};
    for (const struct service *const *service = SERVICES; *service != NULL; service++) {
        bool found = (*service)->protocol == PROTOCOL_CONTROL;
        for (size_t i = 0; i < sizeof HOSTS / sizeof HOSTS[0]; i++) {
            char region[HOST_REGION_BYTES];
            const char *const *name = host_services(HOSTS[i], region);
            assert_non_null(name);
            assert_true(host_is_ours(HOSTS[i]));
            for (; *name != NULL; name++)
                found = found || strcmp(*name, (*service)->name) == 0;
        }
        if (!found)
            print_error("%s lives nowhere\n", (*service)->name);
        assert_true(found);
    }
}

static void only_names_of_aws_and_kiro_are_ours(void **state)
{
    (void)state;
    static const struct {
        const char *host;
        bool is_ours;
        const char *region; /* NULL: no service lives there */
    } cases[] = {{"SSO.EU-West-1.AmazonAWS.com:443", true, "eu-west-1"},
                 {"sso.eu-west-1.amazonaws.com.", true, "eu-west-1"},
                 {"sts.amazonaws.com", true, ""},
                 {"s3.amazonaws.com", true, NULL},
                 {"sso.eu.west.amazonaws.com", true, NULL},
                 {"localhost:5476", true, NULL},
                 {"127.0.0.1", true, NULL},
                 {"[::1]:80", true, NULL},
                 {"example.com", false, NULL},
                 {"notamazonaws.com", false, NULL},
                 {"amazonaws.com.example.com", false, NULL},
                 {"127.0.0.1.example.com", false, NULL},
                 {"", false, NULL}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char region[HOST_REGION_BYTES];
        bool lives = host_services(cases[i].host, region) != NULL;
        assert_int_equal(host_is_ours(cases[i].host), cases[i].is_ours);
        assert_int_equal(lives, cases[i].region != NULL);
        assert_string_equal(region, lives ? cases[i].region : "");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_pattern_that_is_offered_compiles),
        cmocka_unit_test(every_service_lives_at_some_host),
        cmocka_unit_test(only_names_of_aws_and_kiro_are_ours),
        cmocka_unit_test(no_two_operations_of_a_service_answer_to_one_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
