/* SPDX-License-Identifier: MIT */
/* Names and addresses made from a handle; see person.h. */
#include "base/person.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

static const char SEPARATORS[] = "._-+ ";

/* The word of `*at`, whose first letter becomes a capital; NULL at the end of the name. */
static char *next_word(const char **at, const char *end)
{
    *at += strspn(*at, SEPARATORS);
    size_t bytes = strcspn(*at, SEPARATORS);
    if (*at >= end)
        return NULL;
    if (bytes > (size_t)(end - *at))
        bytes = (size_t)(end - *at);
    char *word = mem_format("%.*s", (int)bytes, *at);
    word[0] = (char)toupper((unsigned char)word[0]);
    *at += bytes;
    return word;
}

char *person_email(const char *handle)
{
    if (strchr(handle, '@') != NULL)
        return mem_text(handle);
    struct text local = {0};
    for (const char *at = handle; *at != '\0'; at++)
        text_add_bytes(&local, isspace((unsigned char)*at) != 0 ? "." : at, 1);
    char *email = mem_format("%s@example.com", text_chars(&local));
    text_clear(&local);
    return email;
}

struct json *person_attributes(const char *handle, const char *email)
{
    const char *at = handle;
    const char *end = handle + strcspn(handle, "@");
    char *given = next_word(&at, end);
    struct text family = {0};
    for (char *word; (word = next_word(&at, end)) != NULL; free(word))
        text_addf(&family, "%s%s", family.bytes == 0 ? "" : " ", word);
    if (family.bytes == 0)
        text_add(&family, "Example");
    char *display = mem_format("%s %s", given == NULL ? handle : given, text_chars(&family));

    struct json *attributes = json_new_object();
    json_put_text(attributes, "DisplayName", display);
    struct json *name = json_put(attributes, "Name", json_new_object());
    json_put_text(name, "GivenName", given == NULL ? handle : given);
    json_put_text(name, "FamilyName", text_chars(&family));
    if (email != NULL) {
        struct json *emails = json_put(attributes, "Emails", json_new_array());
        struct json *item = json_push(emails, json_new_object());
        json_put_text(item, "Value", email);
        json_put_text(item, "Type", "work");
        json_put_boolean(item, "Primary", true);
    }
    free(display);
    free(given);
    text_clear(&family);
    return attributes;
}
