/* SPDX-License-Identifier: MIT */
/* What only the mock can do: faults on demand, and time. */
#include "actions/actions.h"

#include <stdio.h>
#include <string.h>

#include "base/times.h"

/* In the place of any that was asked for before; "none" takes it back. */
bool action_fault(struct session *session, const struct json *arguments,
                  struct action_result *out_result)
{
    struct aws_answer answer;
    struct json *input = json_new_object();
    struct json *faults = json_put(input, "faults", json_new_array());
    bool any = strcmp(json_member_text(arguments, "fault"), "none") != 0;
    if (any) {
        struct json *fault = json_push(faults, json_new_object());
        json_put_text(fault, "give", json_member_text(arguments, "fault"));
        if (json_member_text(arguments, "operation") != NULL)
            json_put_text(fault, "operation", json_member_text(arguments, "operation"));
        static const char *const NUMBERS[] = {"nth", "first", "latency_ms"};
        for (size_t i = 0; i < sizeof NUMBERS / sizeof *NUMBERS; i++)
            if (json_member(arguments, NUMBERS[i]) != NULL)
                json_put(fault, NUMBERS[i], json_copy(json_member(arguments, NUMBERS[i])));
    }
    bool answered = aws_control(session->aws, "PUT", "/_mock/faults", input, &answer);
    out_result->refused = answer.status != 200;
    snprintf(out_result->code, sizeof out_result->code, "%s", answer.code);
    aws_expect_losses(session->aws, any);
    aws_answer_clear(&answer);
    return answered;
}

bool action_advance(struct session *session, const struct json *arguments,
                    struct action_result *out_result)
{
    return session_control(session, "/_mock/clock/advance", json_copy(arguments), out_result);
}

bool action_move_clock(struct session *session, int64_t to_s)
{
    char time[TIME_TEXT_BYTES];
    time_print(to_s, time);
    struct json *input = json_new_object();
    json_put_text(input, "to", time);
    struct action_result result;
    if (!session_control(session, "/_mock/clock/advance", input, &result))
        return false;
    if (result.refused)
        return aws_problem_set(session->aws, "the clock would not go to %s: %s", time, result.code);
    session->now_s = to_s;
    return true;
}
