/* SPDX-License-Identifier: MIT */
/* Rules for faults, and what they match; see faults.h. */
#include "services/faults.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

bool faults_init(struct faults *faults)
{
    *faults = (struct faults){0};
    return pthread_mutex_init(&faults->lock, NULL) == 0;
}

void faults_clear(struct faults *faults)
{
    pthread_mutex_destroy(&faults->lock);
}

/* Does the value hold this text anywhere? */
static bool holds(const struct json *value, const char *text)
{
    const char *own = json_text(value);
    if (own != NULL)
        return strcmp(own, text) == 0;
    for (const struct json *at = json_first(value); at != NULL; at = json_next(at))
        if (holds(at, text))
            return true;
    return false;
}

static bool is_principal(const struct call *call, const char *text)
{
    const char *slash = strrchr(call->actor, '/');
    return strcmp(call->actor, text) == 0 || (slash != NULL && strcmp(slash + 1, text) == 0) ||
           (call->path_id != NULL && strcmp(call->path_id, text) == 0) || holds(call->input, text);
}

static bool matches(const struct fault_rule *rule, const struct call *call, const char *action)
{
    return (rule->service[0] == '\0' || strcmp(rule->service, call->service->name) == 0) &&
           (rule->operation[0] == '\0' || strcmp(rule->operation, call->operation->name) == 0) &&
           (rule->action[0] == '\0' || strcmp(rule->action, action) == 0) &&
           (rule->principal[0] == '\0' || is_principal(call, rule->principal));
}

static bool is_due(const struct fault_rule *rule)
{
    return (rule->nth == 0 || rule->matched == rule->nth) &&
           (rule->first == 0 || rule->matched <= rule->first);
}

void faults_choose(struct faults *faults, const struct call *call,
                   struct disturbance *out_disturbance)
{
    *out_disturbance = (struct disturbance){.kind = DISTURB_NOT};
    int result = pthread_mutex_lock(&faults->lock);
    assert(result == 0);
    char *action = faults->count == 0 ? NULL : action_of(call);
    for (size_t i = 0; i < faults->count; i++) {
        struct fault_rule *rule = &faults->rules[i];
        if (!matches(rule, call, action))
            continue;
        rule->matched++;
        if (out_disturbance->kind != DISTURB_NOT || !is_due(rule))
            continue;
        rule->given++;
        *out_disturbance = rule->give;
    }
    free(action);
    result = pthread_mutex_unlock(&faults->lock);
    assert(result == 0);
}

void faults_set(struct faults *faults, const struct fault_rule *rules, size_t count)
{
    int result = pthread_mutex_lock(&faults->lock);
    assert(result == 0 && count <= FAULTS_MAX);
    if (count > 0)
        memcpy(faults->rules, rules, count * sizeof *rules);
    faults->count = count;
    result = pthread_mutex_unlock(&faults->lock);
    assert(result == 0);
}

size_t faults_get(struct faults *faults, struct fault_rule out_rules[FAULTS_MAX])
{
    int result = pthread_mutex_lock(&faults->lock);
    assert(result == 0);
    size_t count = faults->count;
    memcpy(out_rules, faults->rules, count * sizeof *out_rules);
    result = pthread_mutex_unlock(&faults->lock);
    assert(result == 0);
    return count;
}
