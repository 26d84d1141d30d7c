/* SPDX-License-Identifier: MIT */
/* The journal on the control surface: what was asked, what was answered, and what nearly fitted. */
#include <stdlib.h>
#include <string.h>

#include "base/times.h"
#include "services/control/control.h"
#include "world/rows/journal.h"

static const struct shape REQUESTS_IN[] = {{.name = "operation"},
                                           {.name = "principal"},
                                           {.name = "status"},
                                           {.name = "since"},
                                           {.name = "after"},
                                           {.name = "limit"},
                                           {0}};
static const struct shape REQUEST_MEMBERS[] = {
    {.name = "seq", .kind = SHAPE_INTEGER, .required = true},
    {.name = "at", .required = true},
    {.name = "service", .required = true},
    {.name = "operation", .required = true},
    {.name = "method", .required = true},
    {.name = "path", .required = true},
    {.name = "host", .kind = SHAPE_DOCUMENT},
    {.name = "account", .kind = SHAPE_DOCUMENT},
    {.name = "region", .kind = SHAPE_DOCUMENT},
    {.name = "actor", .kind = SHAPE_DOCUMENT},
    {.name = "request_id", .required = true},
    {.name = "status", .kind = SHAPE_INTEGER, .required = true},
    {.name = "code", .kind = SHAPE_DOCUMENT},
    {.name = "input", .kind = SHAPE_DOCUMENT},
    {.name = "answer", .kind = SHAPE_DOCUMENT},
    {.name = "near", .kind = SHAPE_DOCUMENT},
    {.name = "unread", .kind = SHAPE_DOCUMENT},
    {.name = "faulted", .kind = SHAPE_BOOLEAN, .required = true},
    {0}};
static const struct shape REQUEST_ELEMENT[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = REQUEST_MEMBERS}};
static const struct shape REQUESTS_OUT[] = {
    {.name = "requests", .kind = SHAPE_LIST, .required = true, .members = REQUEST_ELEMENT},
    {.name = "dropped", .kind = SHAPE_INTEGER, .required = true},
    {.name = "next", .kind = SHAPE_DOCUMENT},
    {0}};

struct seen_requests {
    struct json *array;
    int64_t limit;
    int64_t last;
    bool more;
};

/* The JSON that was kept, as a value; a text that was cut off stays a text. */
static void put_kept(struct json *out, const char *name, const char *kept)
{
    struct json_error error;
    struct json_document *document =
        kept == NULL ? NULL : json_parse(kept, strlen(kept), JSON_STRICT, &error);
    if (document != NULL)
        json_put(out, name, json_copy(json_document_root(document)));
    else
        json_put_text(out, name, kept);
    json_document_free(document);
}

static void see_request(void *self, const struct journal_entry *entry)
{
    struct seen_requests *seen = self;
    seen->more = (int64_t)json_count(seen->array) == seen->limit;
    if (seen->more)
        return;
    struct json *out = json_push(seen->array, json_new_object());
    json_put_integer(out, "seq", entry->row);
    call_put_time(out, "at", entry->at_s);
    json_put_text(out, "service", entry->service);
    json_put_text(out, "operation", entry->operation);
    json_put_text(out, "method", entry->method);
    json_put_text(out, "path", entry->path);
    json_put_text(out, "host", entry->host);
    json_put_text(out, "account", entry->account);
    json_put_text(out, "region", entry->region);
    json_put_text(out, "actor", entry->actor);
    json_put_text(out, "request_id", entry->request_id);
    json_put_integer(out, "status", entry->status);
    json_put_text(out, "code", entry->code);
    put_kept(out, "input", entry->input);
    put_kept(out, "answer", entry->answer);
    json_put_text(out, "near", entry->near);
    put_kept(out, "unread", entry->unread);
    json_put_boolean(out, "faulted", entry->faulted);
    seen->last = entry->row;
}

static enum fault get_requests(struct call *call)
{
    struct seen_requests seen = {.limit = 1000};
    struct journal_filter filter = {.operation = json_member_text(call->input, "operation"),
                                    .principal = json_member_text(call->input, "principal")};
    const char *since = json_member_text(call->input, "since");
    int64_t dropped = 0;
    if (!control_query_number(call->input, "limit", JOURNAL_MAX, &seen.limit) || seen.limit == 0)
        return control_wrong(call, "limit", "expected 1 to 10000");
    if (!control_query_number(call->input, "after", INT64_MAX, &filter.after))
        return control_wrong(call, "after", "expected a number of a request");
    if (!control_query_number(call->input, "status", 999, &filter.status))
        return control_wrong(call, "status", "expected an HTTP status");
    if (since != NULL && !time_parse(since, &filter.since_s))
        return control_wrong(call, "since", "expected a time like 2026-04-01T00:00:00Z");
    filter.limit = seen.limit + 1;
    seen.array = json_put(call->output, "requests", json_new_array());
    journal_each(world_of(call), &filter, see_request, &seen);
    enum fault fault = journal_dropped(world_of(call), &dropped);
    json_put_integer(call->output, "dropped", dropped);
    json_put(call->output, "next", seen.more ? json_new_integer(seen.last) : json_new_null());
    return fault;
}

static enum fault clear_requests(struct call *call)
{
    return journal_clear(world_of(call));
}

static const struct operation OPERATIONS[] = {
    OPERATION_AT("GET", "/_mock/requests", "GetRequests", READ, REQUESTS_IN, REQUESTS_OUT,
                 get_requests),
    OPERATION_AT("DELETE", "/_mock/requests", "ClearRequests", WRITE, NO_SHAPE, NO_SHAPE,
                 clear_requests),
    {0}};

const struct service JOURNAL_SERVICE = {.name = "journal",
                                        .protocol = PROTOCOL_CONTROL,
                                        .content_type = "application/json",
                                        .operations = OPERATIONS};
