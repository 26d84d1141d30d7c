/* SPDX-License-Identifier: MIT */
/* Prints XML; see xml.h. Lists have <member> elements, maps <entry>s of <key> and <value>. */
#include "wire/xml.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/times.h"
#include "wire/patterns.h"

/*
 * XML has no way to write most control characters and two other code points: those become U+FFFD.
 */
static bool is_forbidden(uint32_t point)
{
    bool control = point < 0x20 && point != '\t' && point != '\n' && point != '\r';
    return control || point == 0xFFFE || point == 0xFFFF;
}

static const char *entity(uint32_t point)
{
    switch (point) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    case '\r': /* a reader would turn it into a line feed */
        return "&#xD;";
    default:
        return is_forbidden(point) ? "\xEF\xBF\xBD" : NULL;
    }
}

static void put_escaped(struct text *out, const char *text)
{
    uint32_t point;
    size_t bytes;
    for (; *text != '\0'; text += bytes) {
        bytes = utf8_next(text, &point);
        if (bytes == 0)
            break;
        const char *instead = entity(point);
        if (instead != NULL)
            text_add(out, instead);
        else
            text_add_bytes(out, text, bytes);
    }
}

static void put_element(struct text *out, const char *name, const char *text)
{
    text_addf(out, "<%s>", name);
    put_escaped(out, text);
    text_addf(out, "</%s>", name);
}

static void put_members(struct text *out, const struct shape *members, const struct json *value);

static void put_scalar(struct text *out, enum shape_kind kind, const struct json *value)
{
    char time[TIME_TEXT_BYTES];
    if (json_kind(value) == JSON_TEXT) {
        put_escaped(out, json_text(value));
    } else if (kind == SHAPE_TIMESTAMP) {
        time_print(json_integer(value), time);
        text_add(out, time);
    } else {
        char *printed = json_print(value);
        put_escaped(out, printed);
        free(printed);
    }
}

static void put_value(struct text *out, const char *name, const struct shape *shape,
                      const struct json *value)
{
    assert(shape != NULL);
    bool holds_others = shape->members != NULL;
    if (holds_others && json_count(value) == 0) {
        text_addf(out, "<%s/>", name);
        return;
    }
    text_addf(out, "<%s>", name);
    if (shape->kind == SHAPE_LIST) {
        for (const struct json *item = json_first(value); item != NULL; item = json_next(item))
            put_value(out, "member", &shape->members[0], item);
    } else if (shape->kind == SHAPE_MAP) {
        for (const struct json *item = json_first(value); item != NULL; item = json_next(item)) {
            text_add(out, "<entry>");
            put_element(out, "key", json_name(item));
            put_value(out, "value", &shape->members[0], item);
            text_add(out, "</entry>");
        }
    } else if (holds_others) {
        put_members(out, shape->members, value);
    } else {
        put_scalar(out, shape->kind, value);
    }
    text_addf(out, "</%s>", name);
}

static void put_members(struct text *out, const struct shape *members, const struct json *value)
{
    for (; members != NULL && members->name != NULL; members++) {
        const struct json *member = json_member(value, members->name);
        if (json_kind(member) != JSON_NULL)
            put_value(out, members->name, members, member);
    }
}

char *xml_answer(const struct call *call)
{
    struct text out = {0};
    const char *name = call->operation->name;
    text_addf(&out, "<%sResponse xmlns=\"%s\">", name, call->service->xml_namespace);
    if (call->operation->output != NULL) {
        text_addf(&out, "<%sResult>", name);
        put_members(&out, call->operation->output, call->output);
        text_addf(&out, "</%sResult>", name);
    }
    text_add(&out, "<ResponseMetadata>");
    put_element(&out, "RequestId", call->request_id);
    text_addf(&out, "</ResponseMetadata></%sResponse>", name);
    return text_take(&out);
}

char *xml_error(const struct service *service, const struct fault_name *name,
                const struct problem *problem, const char *request_id)
{
    struct text out = {0};
    text_addf(&out, "<ErrorResponse xmlns=\"%s\"><Error>", service->xml_namespace);
    put_element(&out, "Type", name->status < 500 ? "Sender" : "Receiver");
    put_element(&out, "Code", name->name);
    put_element(&out, "Message", problem->message);
    text_add(&out, "</Error>");
    put_element(&out, "RequestId", request_id);
    text_add(&out, "</ErrorResponse>");
    return text_take(&out);
}
