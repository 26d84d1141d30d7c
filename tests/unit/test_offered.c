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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_pattern_that_is_offered_compiles),
        cmocka_unit_test(no_two_operations_of_a_service_answer_to_one_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
