/* SPDX-License-Identifier: MIT */
/*
 * The query protocol's two ends: parameters that become an object by a shape, and an object that
 * becomes XML by one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "wire/form.h"
#include "wire/parameters.h"
#include "wire/xml.h"

static const struct shape TAG[] = {{.name = "Key"}, {.name = "Value"}, {0}};
static const struct shape TAG_ELEMENT[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = TAG}};
static const struct shape NAME_ELEMENT[] = {{.name = "member"}};
extern const struct shape NEST[]; /* holds itself */
const struct shape NEST[] = {
    {.name = "In", .kind = SHAPE_STRUCTURE, .members = NEST}, {.name = "Deep"}, {0}};
static const struct shape MEMBERS[] = {
    {.name = "Name"},
    {.name = "Size", .kind = SHAPE_INTEGER},
    {.name = "Share", .kind = SHAPE_NUMBER},
    {.name = "On", .kind = SHAPE_BOOLEAN},
    {.name = "At", .kind = SHAPE_TIMESTAMP},
    {.name = "Tags", .kind = SHAPE_LIST, .members = TAG_ELEMENT},
    {.name = "Names", .kind = SHAPE_LIST, .members = NAME_ELEMENT},
    {.name = "Map", .kind = SHAPE_MAP, .members = NAME_ELEMENT},
    {.name = "Nest", .kind = SHAPE_STRUCTURE, .members = NEST},
    {0}};

static void parameters_become_what_the_shape_says(void **state)
{
    (void)state;
    static const struct {
        const char *form;
        const char *object;
    } TABLE[] = {{"", "{}"},
                 {"Action=x&Unread.member.1=y", "{}"},
                 {"Name=7&Size=7&Share=7.5&On=true&At=7",
                  "{\"Name\":\"7\",\"Size\":7,\"Share\":7.5,"
                  "\"On\":true,\"At\":\"7\"}"},
                 {"Name=", "{\"Name\":\"\"}"},
                 {"Size=-7", "{\"Size\":-7}"},
                 {"Size=007", "{\"Size\":7}"},
                 {"Size=7.5", "{\"Size\":\"7.5\"}"},
                 {"Size=1e3", "{\"Size\":\"1e3\"}"},
                 {"Size=99999999999999999999", "{\"Size\":\"99999999999999999999\"}"},
                 {"Size=", "{\"Size\":\"\"}"},
                 {"Size=+7", "{\"Size\":\" 7\"}"},
                 {"Share=1e3", "{\"Share\":1000}"},
                 {"Share=nan", "{\"Share\":\"nan\"}"},
                 {"Share=0x10", "{\"Share\":\"0x10\"}"},
                 {"On=TRUE", "{\"On\":\"TRUE\"}"},
                 {"Tags.member.1.Key=a&Tags.member.1.Value=&Tags.member.2.Key=b",
                  "{\"Tags\":[{\"Key\":\"a\",\"Value\":\"\"},{\"Key\":\"b\"}]}"},
                 {"Tags.member.2.Key=b", "{\"Tags\":[]}"},
                 {"Tags=", "{\"Tags\":[]}"},
                 {"Tags=x", "{\"Tags\":\"x\"}"},
                 {"Tags.member.1=x", "{\"Tags\":[\"x\"]}"},
                 {"Names.member.1=a&Names.member.2=b", "{\"Names\":[\"a\",\"b\"]}"},
                 {"Names.member.1.x=a", "{\"Names\":[null]}"},
                 {"Map.entry.1.key=k&Map.entry.1.value=v", "{\"Map\":{\"k\":\"v\"}}"},
                 {"Map.entry.1.key=k", "{\"Map\":{\"k\":null}}"},
                 {"Nest.In.In.Deep=x", "{\"Nest\":{\"In\":{\"In\":{\"Deep\":\"x\"}}}}"},
                 {"Name%73.member.1=%3C+%3E", "{\"Names\":[\"< >\"]}"}};
    for (size_t i = 0; i < sizeof TABLE / sizeof TABLE[0]; i++) {
        struct problem problem = {0};
        struct json *parameters = json_new_object();
        const char *form = TABLE[i].form;
        enum fault fault = parameters_read(form, strlen(form), "form", parameters, &problem);
        struct json *object = form_object(MEMBERS, parameters);
        char *printed = json_print(object);
        assert_int_equal(fault, FAULT_NONE);
        if (strcmp(printed, TABLE[i].object) != 0)
            fail_msg("%s gave %s, expected %s", form, printed, TABLE[i].object);
        free(printed);
        json_free(object);
        json_free(parameters);
    }
}

static const struct operation DO = {.name = "Do", .output = MEMBERS};
static const struct operation DONE = {.name = "Do"};
static const struct service SERVICE = {.xml_namespace = "urn:s"};

#define AROUND(result)                                                                             \
    "<DoResponse xmlns=\"urn:s\">" result                                                          \
    "<ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></DoResponse>"

static void an_object_becomes_xml_in_the_order_of_its_shape(void **state)
{
    (void)state;
    static const struct {
        const char *output;
        const struct operation *operation;
        const char *xml;
    } TABLE[] = {
        {"{}", &DONE, AROUND("")},
        {"{}", &DO, AROUND("<DoResult></DoResult>")},
        {"{\"Size\":3,\"Name\":\"\",\"Unknown\":1,\"On\":false}", &DO,
         AROUND("<DoResult><Name></Name><Size>3</Size><On>false</On></DoResult>")},
        {"{\"Name\":null,\"At\":1767225600,\"Share\":0.5}", &DO,
         AROUND("<DoResult><Share>0.5</Share><At>2026-01-01T00:00:00Z</At></DoResult>")},
        {"{\"Name\":\"a<b>&\\\"'\\r\\n\\u0001\\uFFFE\u00E4\"}", &DO,
         AROUND("<DoResult><Name>a&lt;b&gt;&amp;&quot;&#39;&#xD;\n\uFFFD\uFFFD\u00E4</Name>"
                "</DoResult>")},
        {"{\"Tags\":[],\"Nest\":{}}", &DO, AROUND("<DoResult><Tags/><Nest/></DoResult>")},
        {"{\"Tags\":[{\"Value\":\"v\",\"Key\":\"k\"}],\"Names\":[\"a\",\"b\"]}", &DO,
         AROUND("<DoResult><Tags><member><Key>k</Key><Value>v</Value></member></Tags>"
                "<Names><member>a</member><member>b</member></Names></DoResult>")},
        {"{\"Map\":{\"<k\":\"v\"}}", &DO,
         AROUND("<DoResult><Map><entry><key>&lt;k</key><value>v</value></entry></Map>"
                "</DoResult>")}};
    for (size_t i = 0; i < sizeof TABLE / sizeof TABLE[0]; i++) {
        struct json_error error;
        struct json_document *document =
            json_parse(TABLE[i].output, strlen(TABLE[i].output), JSON_STRICT, &error);
        assert_non_null(document);
        struct call call = {.service = &SERVICE,
                            .operation = TABLE[i].operation,
                            .request_id = "r-1",
                            .output = json_copy(json_document_root(document))};
        char *xml = xml_answer(&call);
        assert_string_equal(xml, TABLE[i].xml);
        free(xml);
        json_free(call.output);
        json_document_free(document);
    }
}

static void an_error_says_who_is_to_blame(void **state)
{
    (void)state;
    static const struct fault_name NAMES[] = {{FAULT_NOT_FOUND, "NoSuchEntity", 404},
                                              {FAULT_INTERNAL, "ServiceFailure", 500}};
    static const char *const BLAMED[] = {"Sender", "Receiver"};
    for (size_t i = 0; i < 2; i++) {
        struct problem problem = {.message = "<no>"};
        char expected[256];
        snprintf(expected, sizeof expected,
                 "<ErrorResponse xmlns=\"urn:s\"><Error><Type>%s</Type><Code>%s</Code>"
                 "<Message>&lt;no&gt;</Message></Error><RequestId>r-1</RequestId></ErrorResponse>",
                 BLAMED[i], NAMES[i].name);
        char *xml = xml_error(&SERVICE, &NAMES[i], &problem, "r-1");
        assert_string_equal(xml, expected);
        free(xml);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parameters_become_what_the_shape_says),
        cmocka_unit_test(an_object_becomes_xml_in_the_order_of_its_shape),
        cmocka_unit_test(an_error_says_who_is_to_blame)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
