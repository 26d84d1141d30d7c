/* SPDX-License-Identifier: MIT */
/* A scenario that was read: what it says, where it says so, and whom its steps concern. */
#include "language/scenario.h"

#include <stdlib.h>
#include <string.h>

void scenario_free(struct scenario *scenario)
{
    if (scenario == NULL)
        return;
    for (size_t i = 0; i < scenario->step_count; i++)
        json_free(scenario->steps[i].arguments);
    free(scenario->steps);
    scenario_world_clear(&scenario->world);
    json_document_free(scenario->document);
    free(scenario->file);
    free(scenario);
}

static const struct json *root_member(const struct scenario *scenario, const char *name)
{
    return json_member(json_document_root(scenario->document), name);
}

const char *scenario_name(const struct scenario *scenario)
{
    return json_text(root_member(scenario, "name"));
}

const struct json *scenario_rules(const struct scenario *scenario)
{
    return root_member(scenario, "rules");
}

const char *scenario_first_rule(const struct scenario *scenario)
{
    return json_text(json_first(scenario_rules(scenario)));
}

bool scenario_names_rule(const struct scenario *scenario, const char *rule)
{
    for (const struct json *item = json_first(scenario_rules(scenario)); item != NULL;
         item = json_next(item)) {
        if (strcmp(json_text(item), rule) == 0)
            return true;
    }
    return false;
}

const struct json *scenario_editions(const struct scenario *scenario)
{
    return root_member(scenario, "edition");
}

const struct json *scenario_timings(const struct scenario *scenario)
{
    return root_member(scenario, "timing");
}

const struct json *scenario_paths(const struct scenario *scenario)
{
    return root_member(scenario, "via");
}

const struct json *scenario_window(const struct scenario *scenario)
{
    return root_member(scenario, "window");
}

const char *edition_value_name(const struct json *edition)
{
    return json_kind(edition) == JSON_OBJECT ? json_member_text(edition, "name")
                                             : json_text(edition);
}

const struct json *edition_value_override(const struct json *edition)
{
    return json_member(edition, "override");
}

int64_t scenario_seed(const struct scenario *scenario)
{
    const struct json *seed = root_member(scenario, "seed");
    return seed == NULL ? 1 : json_integer(seed);
}

const struct json *scenario_world_document(const struct scenario *scenario)
{
    return root_member(scenario, "world");
}

struct json_position scenario_step_position(const struct scenario *scenario, size_t step,
                                            const char *member)
{
    if (step == SIZE_MAX)
        return json_key_position(scenario->document, "/world");
    struct pointer at = pointer_to_index("/steps", step);
    bool about_refusal = member != NULL && strcmp(member, "refused") == 0;
    if (about_refusal && scenario->steps[step].refused != NULL)
        return json_key_position(scenario->document, pointer_to(at.chars, member).chars);
    at = pointer_to(at.chars, scenario->steps[step].verb->form.name);
    if (member != NULL && !about_refusal)
        at = pointer_to(at.chars, member);
    return json_key_position(scenario->document, at.chars);
}

void step_describe(const struct step *step, struct text *text)
{
    text_add(text, step->verb->form.name);
    for (const struct member *member = step->verb->form.members; member->name != NULL; member++) {
        const char *value = json_member_text(step->arguments, member->name);
        bool is_subject = member->required || member == step->verb->form.members;
        if (value == NULL || (verb_is_check(step->verb) && !member->required))
            continue;
        text_addf(text, is_subject ? " %s%s" : " %s=%s", is_subject ? "" : member->name, value);
    }
    if (step->via != NULL)
        text_addf(text, " via %s", step->via);
}

/* Was the user in the group before this step? The last step about it decides, then the world. */
static bool was_member(const struct scenario *scenario, size_t step, const char *group,
                       const char *user)
{
    for (size_t i = step; i-- > 0;) {
        const struct step *earlier = &scenario->steps[i];
        const char *earlier_group = json_member_text(earlier->arguments, "group");
        const char *member = json_member_text(earlier->arguments, "member");
        if ((earlier->refused == NULL || earlier->done) && earlier_group != NULL &&
            member != NULL && strcmp(earlier_group, group) == 0 && strcmp(member, user) == 0)
            return strcmp(earlier->verb->form.name, "add_member") == 0;
    }
    for (size_t i = 0; i < scenario->world.event_count; i++) {
        const struct oracle_event *event = &scenario->world.events[i];
        if (event->kind == ORACLE_MEMBER_ADDED && strcmp(event->subject, user) == 0 &&
            strcmp(event->object, group) == 0)
            return true;
    }
    return false;
}

bool scenario_step_concerns(const struct scenario *scenario, size_t step, const char *user)
{
    if (step == SIZE_MAX)
        return true;
    const struct json *arguments = scenario->steps[step].arguments;
    const char *person = json_member_text(arguments, "user");
    const char *to = json_member_text(arguments, "to");
    const char *member = json_member_text(arguments, "member");
    const char *group = json_member_text(arguments, "group");
    bool to_user = to != NULL && strncmp(to, "user:", strlen("user:")) == 0;
    if (to != NULL && strncmp(to, "group:", strlen("group:")) == 0)
        group = to + strlen("group:");
    if (to_user)
        person = to + strlen("user:");
    if (member != NULL)
        person = member;
    if (person != NULL)
        return strcmp(person, user) == 0;
    return group == NULL || was_member(scenario, step, group, user);
}
