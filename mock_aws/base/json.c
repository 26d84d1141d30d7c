/* SPDX-License-Identifier: MIT */
/*
 * The one door to JSON: the only file that knows cJSON. Reading first goes through json_scan, so
 * that cJSON meets nothing it would take wrongly; printing and comparing are done here, because
 * cJSON compares and prints numbers with a tolerance that confuses neighbouring integers above
 * 2^52.
 */
#include "base/json.h"

#include <assert.h>
#include <cjson/cJSON.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ids.h"
#include "base/json_scan.h"
#include "base/mem.h"
#include "base/text.h"

enum { NUMBER_TEXT_BYTES = 40, INDEX_TEXT_BYTES = 24 };

static const double INTEGER_LIMIT = 9007199254740992.0; /* 2^53 */

/* `struct json` is a cJSON seen from outside; it is never completed. */
static const cJSON *inner(const struct json *value)
{
    return (const cJSON *)value;
}

static struct json *outer(cJSON *item)
{
    if (item == NULL)
        mem_exhausted();
    return (struct json *)item;
}

/* Parsing. */

struct json_document {
    char *source; /* as it came, because positions are counted there */
    struct json_scan scan;
    cJSON *root;
};

struct named {
    const char *name;
    size_t mark;
};

static int compare_named(const void *left, const void *right)
{
    const struct named *one = left, *other = right;
    int order = strcmp(one->name, other->name);
    return order != 0 ? order : (one->mark > other->mark) - (one->mark < other->mark);
}

/* The first member, in document order, whose name the object has already; its name is NULL if
 * all differ. */
static struct named find_repeated(const struct json_mark *marks, const struct json *object,
                                  size_t object_mark)
{
    size_t count = json_count(object);
    struct named *members = mem_new(count * sizeof *members);
    size_t mark = object_mark + 1, i = 0;
    for (const struct json *member = json_first(object); member != NULL;
         member = json_next(member)) {
        members[i++] = (struct named){.name = json_name(member), .mark = mark};
        mark = marks[mark].next;
    }
    qsort(members, count, sizeof *members, compare_named);
    struct named repeated = {0};
    for (i = 1; i < count; i++) {
        bool equal = strcmp(members[i - 1].name, members[i].name) == 0;
        if (equal && (repeated.name == NULL || members[i].mark < repeated.mark))
            repeated = members[i];
    }
    free(members);
    return repeated;
}

/* The same for `value` and all inside it. */
static struct named find_repeated_within(const struct json_mark *marks, const struct json *value,
                                         size_t value_mark)
{
    struct named repeated = {0};
    if (json_kind(value) == JSON_OBJECT)
        repeated = find_repeated(marks, value, value_mark);
    size_t mark = value_mark + 1;
    for (const struct json *child = json_first(value); child != NULL && repeated.name == NULL;
         child = json_next(child)) {
        repeated = find_repeated_within(marks, child, mark);
        mark = marks[mark].next;
    }
    return repeated;
}

static bool refuse_repeated(const struct json_document *document, struct json_error *out_error)
{
    const struct json_mark *marks = document->scan.marks;
    struct named repeated = find_repeated_within(marks, json_document_root(document), 0);
    if (repeated.name == NULL)
        return false;
    char name[80];
    text_copy(name, sizeof name, repeated.name);
    snprintf(out_error->message, sizeof out_error->message,
             "the object has a member of the name \"%s\" already; expected each name once", name);
    out_error->position = json_scan_position(document->source, marks[repeated.mark].key);
    return true;
}

struct json_document *json_parse(const char *chars, size_t bytes, enum json_flags flags,
                                 struct json_error *out_error)
{
    struct json_document *document = mem_new(sizeof *document);
    if (!json_scan(chars, bytes, flags, &document->scan, out_error))
        goto refused;
    document->source = memcpy(mem_resize(NULL, bytes), chars, bytes);
    /* What passed the scan is within cJSON's own limits: only memory can be missing. */
    document->root = cJSON_ParseWithLength(document->scan.plain, bytes + 1);
    if (document->root == NULL)
        mem_exhausted();
    free(document->scan.plain);
    document->scan.plain = NULL;
    if (refuse_repeated(document, out_error))
        goto refused;
    return document;

refused:
    json_document_free(document);
    return NULL;
}

void json_document_free(struct json_document *document)
{
    if (document == NULL)
        return;
    cJSON_Delete(document->root);
    free(document->scan.plain);
    free(document->scan.marks);
    free(document->source);
    free(document);
}

const struct json *json_document_root(const struct json_document *document)
{
    return (const struct json *)document->root;
}

/* Positions. */

/* Whether the escaped segment of a pointer, which ends at '/' or NUL, means `name`. */
static bool segment_is(const char *segment, const char *name)
{
    for (; *segment != '/' && *segment != '\0'; segment++, name++) {
        char meant = *segment;
        if (meant == '~' && (segment[1] == '0' || segment[1] == '1'))
            meant = *++segment == '0' ? '~' : '/';
        if (meant != *name)
            return false;
    }
    return *name == '\0';
}

static const struct json_mark *mark_at(const struct json_document *document, const char *pointer)
{
    const struct json_mark *marks = document->scan.marks;
    const struct json *value = json_document_root(document);
    size_t found = 0;
    while (*pointer == '/') {
        pointer++;
        size_t mark = found + 1, index = 0;
        const struct json *child = json_first(value);
        for (; child != NULL; child = json_next(child), index++) {
            char digits[INDEX_TEXT_BYTES];
            snprintf(digits, sizeof digits, "%zu", index);
            if (segment_is(pointer, json_name(child) != NULL ? json_name(child) : digits))
                break;
            mark = marks[mark].next;
        }
        if (child == NULL)
            break;
        value = child;
        found = mark;
        pointer += strcspn(pointer, "/");
    }
    return &marks[found];
}

struct json_position json_position(const struct json_document *document, const char *pointer)
{
    return json_scan_position(document->source, mark_at(document, pointer)->value);
}

struct json_position json_key_position(const struct json_document *document, const char *pointer)
{
    return json_scan_position(document->source, mark_at(document, pointer)->key);
}

void json_pointer_add(char *pointer, size_t pointer_bytes, const char *name)
{
    struct text escaped = {0};
    text_add(&escaped, "/");
    for (; *name != '\0'; name++) {
        if (*name == '~')
            text_add(&escaped, "~0");
        else if (*name == '/')
            text_add(&escaped, "~1");
        else
            text_add_bytes(&escaped, name, 1);
    }
    size_t used = strlen(pointer);
    text_copy(pointer + used, pointer_bytes - used, text_chars(&escaped));
    text_clear(&escaped);
}

void json_pointer_add_index(char *pointer, size_t pointer_bytes, size_t index)
{
    char digits[INDEX_TEXT_BYTES];
    snprintf(digits, sizeof digits, "%zu", index);
    json_pointer_add(pointer, pointer_bytes, digits);
}

/* Reading. */

enum json_kind json_kind(const struct json *value)
{
    if (value == NULL)
        return JSON_NULL;
    switch (inner(value)->type & 0xFF) {
    case cJSON_True:
    case cJSON_False:
        return JSON_BOOLEAN;
    case cJSON_Number:
        return JSON_NUMBER;
    case cJSON_String:
        return JSON_TEXT;
    case cJSON_Array:
        return JSON_ARRAY;
    case cJSON_Object:
        return JSON_OBJECT;
    default:
        return JSON_NULL;
    }
}

const char *json_kind_name(enum json_kind kind)
{
    static const char *const NAMES[] = {"null", "boolean", "number", "string", "array", "object"};
    return NAMES[kind];
}

const struct json *json_member(const struct json *object, const char *name)
{
    if (json_kind(object) != JSON_OBJECT)
        return NULL;
    return (const struct json *)cJSON_GetObjectItemCaseSensitive(inner(object), name);
}

const char *json_text(const struct json *value)
{
    return json_kind(value) == JSON_TEXT ? inner(value)->valuestring : NULL;
}

const char *json_member_text(const struct json *object, const char *name)
{
    return json_text(json_member(object, name));
}

double json_number(const struct json *value)
{
    return json_kind(value) == JSON_NUMBER ? inner(value)->valuedouble : 0;
}

static bool is_integer(double number)
{
    return fabs(number) <= INTEGER_LIMIT && (double)(int64_t)number == number;
}

bool json_is_integer(const struct json *value)
{
    return json_kind(value) == JSON_NUMBER && is_integer(json_number(value));
}

int64_t json_integer(const struct json *value)
{
    return json_is_integer(value) ? (int64_t)json_number(value) : 0;
}

bool json_true(const struct json *value)
{
    return value != NULL && cJSON_IsTrue(inner(value));
}

const struct json *json_first(const struct json *value)
{
    return value != NULL ? (const struct json *)inner(value)->child : NULL;
}

const struct json *json_next(const struct json *value)
{
    return value != NULL ? (const struct json *)inner(value)->next : NULL;
}

size_t json_count(const struct json *value)
{
    size_t count = 0;
    for (const struct json *child = json_first(value); child != NULL; child = json_next(child))
        count++;
    return count;
}

const char *json_name(const struct json *value)
{
    return value != NULL ? inner(value)->string : NULL;
}

static bool objects_equal(const struct json *left, const struct json *right)
{
    for (const struct json *member = json_first(left); member != NULL; member = json_next(member)) {
        const struct json *other = json_member(right, json_name(member));
        if (other == NULL || !json_equal(member, other))
            return false;
    }
    return json_count(left) == json_count(right);
}

static bool arrays_equal(const struct json *left, const struct json *right)
{
    const struct json *item = json_first(left), *other = json_first(right);
    while (item != NULL && other != NULL && json_equal(item, other)) {
        item = json_next(item);
        other = json_next(other);
    }
    return item == NULL && other == NULL;
}

bool json_equal(const struct json *left, const struct json *right)
{
    if (json_kind(left) != json_kind(right))
        return false;
    switch (json_kind(left)) {
    case JSON_BOOLEAN:
        return json_true(left) == json_true(right);
    case JSON_NUMBER:
        return json_number(left) == json_number(right);
    case JSON_TEXT:
        return strcmp(json_text(left), json_text(right)) == 0;
    case JSON_ARRAY:
        return arrays_equal(left, right);
    case JSON_OBJECT:
        return objects_equal(left, right);
    default:
        return true;
    }
}

/* Building. */

struct json *json_new_object(void)
{
    return outer(cJSON_CreateObject());
}

struct json *json_new_array(void)
{
    return outer(cJSON_CreateArray());
}

struct json *json_new_text(const char *chars)
{
    return chars != NULL ? outer(cJSON_CreateString(chars)) : json_new_null();
}

struct json *json_new_integer(int64_t number)
{
    assert(is_integer((double)number));
    return outer(cJSON_CreateNumber((double)number));
}

struct json *json_new_number(double number)
{
    assert(isfinite(number));
    return outer(cJSON_CreateNumber(number));
}

struct json *json_new_boolean(bool truth)
{
    return outer(cJSON_CreateBool(truth));
}

struct json *json_new_null(void)
{
    return outer(cJSON_CreateNull());
}

struct json *json_copy(const struct json *value)
{
    if (value == NULL)
        return json_new_null();
    cJSON *copy = cJSON_Duplicate(inner(value), true);
    struct json *made = outer(copy);
    cJSON_free(copy->string);
    copy->string = NULL;
    return made;
}

void json_free(struct json *value)
{
    cJSON_Delete((cJSON *)value);
}

struct json *json_put(struct json *object, const char *name, struct json *value)
{
    assert(json_kind(object) == JSON_OBJECT && value != NULL);
    cJSON *to = (cJSON *)object;
    bool done = json_member(object, name) != NULL
                    ? cJSON_ReplaceItemInObjectCaseSensitive(to, name, (cJSON *)value)
                    : cJSON_AddItemToObject(to, name, (cJSON *)value);
    if (!done)
        mem_exhausted();
    return value;
}

struct json *json_add(struct json *object, const char *name, struct json *value)
{
    assert(json_kind(object) == JSON_OBJECT && value != NULL);
    if (!cJSON_AddItemToObject((cJSON *)object, name, (cJSON *)value))
        mem_exhausted();
    return value;
}

void json_put_text(struct json *object, const char *name, const char *chars)
{
    json_put(object, name, json_new_text(chars));
}

void json_put_integer(struct json *object, const char *name, int64_t number)
{
    json_put(object, name, json_new_integer(number));
}

void json_put_boolean(struct json *object, const char *name, bool truth)
{
    json_put(object, name, json_new_boolean(truth));
}

struct json *json_push(struct json *array, struct json *value)
{
    assert(json_kind(array) == JSON_ARRAY && value != NULL);
    if (!cJSON_AddItemToArray((cJSON *)array, (cJSON *)value))
        mem_exhausted();
    return value;
}

/* Printing. */

struct printer {
    struct text text;
    bool pretty;
};

static void print_line(struct printer *printer, size_t depth)
{
    if (printer->pretty)
        text_addf(&printer->text, "\n%*s", (int)(2 * depth), "");
}

static void print_chars(struct text *text, const char *chars)
{
    static const char NAMED[] = "\"\\\b\f\n\r\t", LETTERS[] = "\"\\bfnrt";
    text_add(text, "\"");
    while (*chars != '\0') {
        size_t plain = 0;
        while ((unsigned char)chars[plain] >= 0x20 && chars[plain] != '"' && chars[plain] != '\\')
            plain++;
        text_add_bytes(text, chars, plain);
        chars += plain;
        if (*chars == '\0')
            break;
        const char *named = strchr(NAMED, *chars);
        if (named != NULL)
            text_addf(text, "\\%c", LETTERS[named - NAMED]);
        else
            text_addf(text, "\\u%04x", (unsigned)*chars);
        chars++;
    }
    text_add(text, "\"");
}

/* The shortest text that is read as the same number; integers without an exponent. */
static void print_number(struct text *text, double number)
{
    if (is_integer(number)) {
        text_addf(text, "%" PRId64, (int64_t)number);
        return;
    }
    char digits[NUMBER_TEXT_BYTES];
    for (int precision = 15; precision <= 17; precision++) {
        snprintf(digits, sizeof digits, "%.*g", precision, number);
        if (strtod(digits, NULL) == number)
            break;
    }
    text_add(text, digits);
}

static void print_value(struct printer *printer, const struct json *value, size_t depth);

static void print_children(struct printer *printer, const struct json *value, size_t depth)
{
    bool object = json_kind(value) == JSON_OBJECT;
    text_add(&printer->text, object ? "{" : "[");
    for (const struct json *child = json_first(value); child != NULL; child = json_next(child)) {
        print_line(printer, depth + 1);
        if (object) {
            print_chars(&printer->text, json_name(child));
            text_add(&printer->text, printer->pretty ? ": " : ":");
        }
        print_value(printer, child, depth + 1);
        if (json_next(child) != NULL)
            text_add(&printer->text, ",");
    }
    if (json_first(value) != NULL)
        print_line(printer, depth);
    text_add(&printer->text, object ? "}" : "]");
}

static void print_value(struct printer *printer, const struct json *value, size_t depth)
{
    switch (json_kind(value)) {
    case JSON_NULL:
        text_add(&printer->text, "null");
        break;
    case JSON_BOOLEAN:
        text_add(&printer->text, json_true(value) ? "true" : "false");
        break;
    case JSON_NUMBER:
        print_number(&printer->text, json_number(value));
        break;
    case JSON_TEXT:
        print_chars(&printer->text, json_text(value));
        break;
    case JSON_ARRAY:
    case JSON_OBJECT:
        print_children(printer, value, depth);
        break;
    }
}

char *json_print(const struct json *value)
{
    struct printer printer = {0};
    print_value(&printer, value, 0);
    return text_take(&printer.text);
}

char *json_print_pretty(const struct json *value)
{
    struct printer printer = {.pretty = true};
    print_value(&printer, value, 0);
    return text_take(&printer.text);
}

uint64_t json_hash(const struct json *value)
{
    enum json_kind kind = json_kind(value);
    uint64_t hash = hash_bytes(HASH_START, &kind, sizeof kind);
    uint64_t members = 0;
    if (kind != JSON_ARRAY && kind != JSON_OBJECT) {
        char *printed = json_print(value);
        hash = hash_text(hash, printed);
        free(printed);
        return hash;
    }
    for (const struct json *item = json_first(value); item != NULL; item = json_next(item)) {
        uint64_t inner = json_hash(item);
        if (kind == JSON_ARRAY)
            hash = hash_bytes(hash, &inner, sizeof inner);
        else
            members += hash_bytes(hash_text(HASH_START, json_name(item)), &inner, sizeof inner);
    }
    return hash_bytes(hash, &members, sizeof members);
}
