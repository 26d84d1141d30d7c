/* SPDX-License-Identifier: MIT */
/* One JSON object per check and line, for programs. */
#include "report/format.h"

#include <stdlib.h>

static void put_nullable(struct json *object, const char *name, const char *text)
{
    if (text != NULL)
        json_put_text(object, name, text);
}

static void tell_verdict(const struct page *page, struct draft *draft, size_t step,
                         const struct verdict *verdict)
{
    const struct play *play = page->play;
    struct json_position position = scenario_step_position(play->scenario, step, verdict->stated);
    struct text moment = {0};
    format_moment(page, step, &moment);
    struct json *line = json_new_object();
    json_put_text(line, "scenario", scenario_name(play->scenario));
    json_put_text(line, "run", play->label);
    json_put_text(line, "case", verdict->what);
    json_put_integer(line, "step", step == SIZE_MAX ? 0 : (int64_t)step + 1);
    json_put_text(line, "after", text_chars(&moment));
    put_nullable(line, "user", verdict->user);
    put_nullable(line, "profile", verdict->profile);
    json_put_text(line, "rule", verdict->rule);
    json_put_text(line, "level", level_name(verdict->level));
    json_put_text(line, "axis", axis_name(verdict->axis));
    json_put_text(line, "edition", play->edition);
    json_put_text(line, "timing", play->timing);
    put_nullable(line, "via", play->via);
    json_put_text(line, "verdict", verdict_kind_name(verdict->kind));
    json_put_text(line, "expected", verdict->expected);
    json_put_text(line, "seen", verdict->seen);
    json_put_text(line, "file", play->scenario->file);
    json_put_integer(line, "line", position.line);
    json_put_integer(line, "column", position.column);
    char *printed = json_print(line);
    text_addf(&draft->text, "%s\n", printed);
    free(printed);
    json_free(line);
    text_clear(&moment);
}

const struct format JSON_FORMAT = {.verdict = tell_verdict};
