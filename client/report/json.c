/* SPDX-License-Identifier: MIT */
/* One JSON object per check and line, for programs. */
#include "report/format.h"

#include <stdlib.h>

#include "base/levels.h"

static void put_nullable(struct json *object, const char *name, const char *text)
{
    if (text != NULL)
        json_put_text(object, name, text);
}

static void write_verdict(const struct report_entry *entry, struct draft *draft, size_t step,
                          const struct verdict *verdict)
{
    const struct variant *variant = entry->variant;
    struct json_position position =
        scenario_step_position(variant->scenario, step, verdict->stated);
    struct text moment = {0};
    format_moment(entry, step, &moment);
    struct json *line = json_new_object();
    json_put_text(line, "scenario", scenario_name(variant->scenario));
    json_put_text(line, "run", variant->label);
    json_put_text(line, "case", verdict->what);
    json_put_integer(line, "step", step == SIZE_MAX ? 0 : (int64_t)step + 1);
    json_put_text(line, "after", text_chars(&moment));
    put_nullable(line, "user", verdict->user);
    put_nullable(line, "profile", verdict->profile);
    json_put_text(line, "rule", verdict->rule);
    json_put_text(line, "level", level_name(verdict->level));
    json_put_text(line, "axis", axis_name(verdict->axis));
    json_put_text(line, "edition", variant->edition);
    json_put_text(line, "timing", variant->timing);
    put_nullable(line, "via", variant->via);
    json_put_text(line, "verdict", verdict_kind_name(verdict->kind));
    json_put_text(line, "expected", verdict->expected);
    json_put_text(line, "seen", verdict->seen);
    json_put_text(line, "file", variant->scenario->file);
    json_put_integer(line, "line", position.line);
    json_put_integer(line, "column", position.column);
    char *printed = json_print(line);
    text_addf(&draft->text, "%s\n", printed);
    free(printed);
    json_free(line);
    text_clear(&moment);
}

const struct format JSON_FORMAT = {.verdict = write_verdict};
