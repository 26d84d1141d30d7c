/* SPDX-License-Identifier: MIT */
/*
 * What the document becomes. A listing is a state that rules brought about, and a document is
 * played by the same rules, so a seat may come out otherwise (a member of a subscribed group whom
 * the listing does not show gets one); asking the world is surer than foreseeing it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/plans.h"
#include "base/statuses.h"
#include "cli/import.h"
#include "mock_aws.h"

/* The subscriptions of the world, by user id; the latest row of each. */
struct outcome {
    struct json_document *document;
    const struct json **rows;
    struct map by_user;
};

static void outcome_read(struct mock_aws *mock, struct outcome *outcome)
{
    struct json_error error;
    int status = 0;
    char *printed = mock_aws_call(mock, "GET", "/_mock/subscriptions", NULL, &status);
    outcome->document = json_parse(printed, strlen(printed), JSON_STRICT, &error);
    free(printed);
    if (outcome->document == NULL)
        return;
    const struct json *list = json_member(json_document_root(outcome->document), "subscriptions");
    size_t count = 0;
    outcome->rows = mem_new((json_count(list) + 1) * sizeof *outcome->rows);
    for (const struct json *row = json_first(list); row != NULL; row = json_next(row)) {
        map_add(&outcome->by_user, json_member_text(row, "user_id"), count);
        outcome->rows[count++] = row;
    }
}

static void compare(struct import *import, const struct import_person *person,
                    const struct json *row)
{
    const struct import_seat *seat = &person->seat;
    const char *status_text = json_member_text(row, "status");
    const char *plan = json_member_text(row, "plan");
    enum seat_status status = status_text == NULL ? SEAT_NONE : seat_status_by_name(status_text);
    bool lives = status == SEAT_PENDING || status == SEAT_ACTIVE;
    bool listed = seat->status != SEAT_NONE;
    if (!listed && lives)
        import_warning(import, person->item, "",
                       "not listed with a seat, but the world gives %s one: %s, %s", person->handle,
                       status_text, plan);
    else if (listed && (status != seat->status || strcmp(plan, plan_facts(seat->plan)->name) != 0))
        import_warning(import, person->item, "", "listed as %s, %s, but in the world %s is %s%s%s",
                       seat_status_name(seat->status), plan_facts(seat->plan)->name, person->handle,
                       lives ? status_text : "without a seat", lives ? ", " : "",
                       lives ? plan : "");
}

static void compare_all(struct import *import, struct mock_aws *mock, const char *names)
{
    struct json_error error;
    struct outcome outcome = {0};
    struct json_document *document = json_parse(names, strlen(names), JSON_STRICT, &error);
    outcome_read(mock, &outcome);
    /* The names come in the order of the document's users, which is that of the people. */
    const struct json *id =
        document == NULL ? NULL : json_first(json_member(json_document_root(document), "users"));
    for (size_t i = 0; i < import->person_count && id != NULL && outcome.document != NULL;
         i++, id = json_next(id)) {
        size_t row = map_get(&outcome.by_user, json_text(id));
        compare(import, &import->people[i], row == MAP_NOTHING ? NULL : outcome.rows[row]);
    }
    map_clear(&outcome.by_user);
    free(outcome.rows);
    json_document_free(outcome.document);
    json_document_free(document);
}

void import_rehearse(struct import *import, const char *document)
{
    char error[1024] = "";
    char *names = NULL;
    const struct mock_aws_options options = {0};
    struct mock_aws *mock = mock_aws_start(&options, error, sizeof error);
    if (mock != NULL &&
        mock_aws_load(mock, document, strlen(document), &names, error, sizeof error))
        compare_all(import, mock, names);
    else
        import_error(import, NULL, "", "the world that was made does not load: %s", error);
    mock_aws_stop(mock);
    free(names);
}
