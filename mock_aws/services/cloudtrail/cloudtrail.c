/* SPDX-License-Identifier: MIT */
/*
 * cloudtrail: LookupEvents over what trail.c kept, of the last ninety days of one account and
 * Region (identity-wire 12.1).
 */
#include <string.h>

#include "base/times.h"
#include "services/calls.h"
#include "wire/shapes.h"
#include "world/rows/trail.h"

#define FAR_S 253402300800 /* the year 10000 */
enum { PAGE_MAX = 50, HISTORY_DAYS = 90 };

static const char *const KEYS[] = {"EventId",     "EventName",    "ReadOnly",
                                   "Username",    "ResourceType", "ResourceName",
                                   "EventSource", "AccessKeyId",  NULL};
static const char *const CATEGORIES[] = {"insight", NULL};
static const struct shape ATTRIBUTE_MEMBERS[] = {
    {.name = "AttributeKey", .required = true, .values = KEYS},
    {.name = "AttributeValue", .required = true, .min = 1, .max = 2000},
    {0}};
static const struct shape ATTRIBUTE[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = ATTRIBUTE_MEMBERS}};
static const struct shape LOOKUP_IN[] = {
    {.name = "LookupAttributes", .kind = SHAPE_LIST, .members = ATTRIBUTE},
    {.name = "StartTime", .kind = SHAPE_TIMESTAMP},
    {.name = "EndTime", .kind = SHAPE_TIMESTAMP},
    {.name = "EventCategory", .values = CATEGORIES},
    {.name = "MaxResults", .kind = SHAPE_INTEGER, .min = 1, .max = PAGE_MAX},
    {.name = "NextToken"},
    {0}};
static const struct shape RESOURCE_MEMBERS[] = {
    {.name = "ResourceType"}, {.name = "ResourceName"}, {0}};
static const struct shape RESOURCE[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = RESOURCE_MEMBERS}};
static const struct shape EVENT_MEMBERS[] = {
    {.name = "EventId"},
    {.name = "EventName"},
    {.name = "ReadOnly"},
    {.name = "AccessKeyId"},
    {.name = "EventTime", .kind = SHAPE_TIMESTAMP},
    {.name = "EventSource"},
    {.name = "Username"},
    {.name = "Resources", .kind = SHAPE_LIST, .members = RESOURCE},
    {.name = "CloudTrailEvent"},
    {0}};
static const struct shape EVENT[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = EVENT_MEMBERS}};
static const struct shape LOOKUP_OUT[] = {
    {.name = "Events", .kind = SHAPE_LIST, .members = EVENT}, {.name = "NextToken"}, {0}};

static const struct paging PAGING = {"NextToken", "MaxResults", PAGE_MAX, PAGE_MAX};

struct search {
    struct listing listing;
    const char *key; /* NULL: all events */
    const char *value;
};

static bool same(const char *value, const char *wanted)
{
    return value != NULL && strcmp(value, wanted) == 0;
}

static bool matches(const struct search *search, const struct event *event,
                    const struct json *resources)
{
    const char *key = search->key;
    if (key == NULL)
        return true;
    const struct {
        const char *key;
        const char *value;
    } values[] = {{"EventId", event->event_id},
                  {"EventName", event->name},
                  {"ReadOnly", event->read_only ? "true" : "false"},
                  {"Username", event->username},
                  {"EventSource", event->source},
                  {"AccessKeyId", event->access_key}};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
        if (strcmp(values[i].key, key) == 0)
            return same(values[i].value, search->value);
    for (const struct json *at = json_first(resources); at != NULL; at = json_next(at))
        if (same(json_member_text(at, key), search->value))
            return true;
    return false;
}

static bool see_event(void *self, const struct event *event)
{
    struct search *search = self;
    struct json_error error;
    struct json_document *document =
        json_parse(event->resources, strlen(event->resources), JSON_STRICT, &error);
    const struct json *resources = json_document_root(document);
    if (matches(search, event, resources)) {
        struct json *out = listing_add(&search->listing, event->row);
        if (out != NULL) {
            json_put_text(out, "EventId", event->event_id);
            json_put_text(out, "EventName", event->name);
            json_put_text(out, "ReadOnly", event->read_only ? "true" : "false");
            if (event->access_key != NULL)
                json_put_text(out, "AccessKeyId", event->access_key);
            json_put_integer(out, "EventTime", event->at_s);
            json_put_text(out, "EventSource", event->source);
            if (event->username != NULL)
                json_put_text(out, "Username", event->username);
            json_put(out, "Resources", json_copy(resources));
            json_put_text(out, "CloudTrailEvent", event->record);
        }
    }
    json_document_free(document);
    return !search->listing.more;
}

/* A number, or the ISO 8601 text that passes as well. */
static int64_t read_time(const struct json *value, int64_t otherwise_s)
{
    int64_t time_s = otherwise_s;
    double number = json_number(value);
    if (json_kind(value) == JSON_NUMBER)
        return number < 0 ? 0 : number > FAR_S ? FAR_S : (int64_t)number;
    if (json_kind(value) == JSON_TEXT && !time_parse(json_text(value), &time_s))
        return otherwise_s;
    return time_s;
}

static enum fault lookup_events(struct call *call)
{
    struct search search = {.key = NULL};
    const struct json *attributes = json_member(call->input, "LookupAttributes");
    int64_t now_s = world_of(call)->now_s;
    int64_t oldest_s = now_s - HISTORY_DAYS * DAY_SECONDS;
    int64_t from_s = read_time(json_member(call->input, "StartTime"), oldest_s);
    int64_t until_s = read_time(json_member(call->input, "EndTime"), now_s);
    if (json_count(attributes) > 1)
        return problem_set(&call->problem, FAULT_INVALID,
                           "Only one LookupAttribute is allowed; expected exactly one or none");
    search.key = json_member_text(json_first(attributes), "AttributeKey");
    search.value = json_member_text(json_first(attributes), "AttributeValue");
    if (from_s > until_s)
        return problem_set(&call->problem, FAULT_TIME_RANGE,
                           "The start time must not be after the end time.");
    enum fault fault = listing_begin(call, &PAGING, "Events", &search.listing);
    /* Nothing here is an insight. */
    if (fault != FAULT_NONE || json_member_text(call->input, "EventCategory") != NULL)
        return fault;
    int64_t before = search.listing.page.after == 0 ? INT64_MAX : search.listing.page.after;
    fault = trail_each(world_of(call), call->account, call->region, before,
                       from_s > oldest_s ? from_s : oldest_s, until_s, see_event, &search);
    return listing_end(call, &PAGING, &search.listing, fault);
}

static const struct operation OPERATIONS[] = {
    OPERATION("LookupEvents", READ, LOOKUP_IN, LOOKUP_OUT, lookup_events), {0}};

static const struct fault_name FAULTS[] = {
    {FAULT_INVALID, "InvalidLookupAttributesException", 400},
    {FAULT_TIME_RANGE, "InvalidTimeRangeException", 400},
    {FAULT_BAD_TOKEN, "InvalidNextTokenException", 400},
    {FAULT_BAD_SIZE, "InvalidMaxResultsException", 400},
    {FAULT_BAD_CATEGORY, "InvalidEventCategoryException", 400},
    {0}};
static const struct member_fault MEMBER_FAULTS[] = {{"/MaxResults", FAULT_BAD_SIZE},
                                                    {"/NextToken", FAULT_BAD_TOKEN},
                                                    {"/EventCategory", FAULT_BAD_CATEGORY},
                                                    {0}};

const struct service CLOUDTRAIL_SERVICE = {
    .name = "cloudtrail",
    .protocol = PROTOCOL_AWS_JSON,
    .target_prefixes =
        (const char *const[]){"com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101",
                              "CloudTrail_20131101", NULL},
    .scopes = (const char *const[]){"cloudtrail", NULL},
    .content_type = "application/x-amz-json-1.1",
    .faults = FAULTS,
    .member_faults = MEMBER_FAULTS,
    .operations = OPERATIONS};
