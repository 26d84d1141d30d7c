/* SPDX-License-Identifier: MIT */
/* What only the mock can do: faults on demand, and time. */
#include "actions/actions.h"

#include <stdio.h>
#include <string.h>

#include "base/times.h"

/* In the place of any that was asked for before; "none" takes it back. */
bool deed_fault(struct stage *stage, const struct json *said, struct deed *out_deed)
{
    struct aws_answer answer;
    struct json *input = json_new_object();
    struct json *faults = json_put(input, "faults", json_new_array());
    bool any = strcmp(json_member_text(said, "fault"), "none") != 0;
    if (any) {
        struct json *fault = json_push(faults, json_new_object());
        json_put_text(fault, "give", json_member_text(said, "fault"));
        if (json_member_text(said, "operation") != NULL)
            json_put_text(fault, "operation", json_member_text(said, "operation"));
        static const char *const NUMBERS[] = {"nth", "first", "latency_ms"};
        for (size_t i = 0; i < sizeof NUMBERS / sizeof *NUMBERS; i++)
            if (json_member(said, NUMBERS[i]) != NULL)
                json_put(fault, NUMBERS[i], json_copy(json_member(said, NUMBERS[i])));
    }
    bool answered = aws_control(stage->aws, "PUT", "/_mock/faults", input, &answer);
    out_deed->refused = answer.status != 200;
    snprintf(out_deed->code, sizeof out_deed->code, "%s", answer.code);
    aws_expect_losses(stage->aws, any);
    aws_answer_clear(&answer);
    return answered;
}

bool deed_advance(struct stage *stage, const struct json *said, struct deed *out_deed)
{
    return stage_control(stage, "/_mock/clock/advance", json_copy(said), out_deed);
}

bool deed_move_clock(struct stage *stage, int64_t to_s)
{
    char time[TIME_TEXT_BYTES];
    time_print(to_s, time);
    struct json *input = json_new_object();
    json_put_text(input, "to", time);
    struct deed deed;
    if (!stage_control(stage, "/_mock/clock/advance", input, &deed))
        return false;
    if (deed.refused)
        return aws_problem_set(stage->aws, "the clock would not go to %s: %s", time, deed.code);
    stage->now_s = to_s;
    return true;
}
