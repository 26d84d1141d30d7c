/* SPDX-License-Identifier: MIT */
/*
 * The list of users that Kiro's console exports ("User name,Subscription status,Kiro plan,Plan
 * source,Activation date") as the page of subscriptions that the API would have listed. A line of
 * one is a line of the other, so that complaints name the right one.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/plans.h"
#include "base/text.h"
#include "cli/import.h"

enum column { NAME, STATUS, PLAN, SOURCE, ACTIVATION, COLUMN_COUNT };

static const char *const COLUMNS[COLUMN_COUNT] = {[NAME] = "user name",
                                                  [STATUS] = "subscription status",
                                                  [PLAN] = "kiro plan",
                                                  [SOURCE] = "plan source",
                                                  [ACTIVATION] = "activation date"};

/* The cell at `*at`, with quotes taken off; `*at` moves behind it and its comma. A new text. */
static char *next_cell(const char **at)
{
    struct text cell = {0};
    bool quoted = **at == '"';
    *at += quoted ? 1 : 0;
    for (; **at != '\0'; (*at)++) {
        bool ends = quoted ? **at == '"' : strchr(",\r\n", **at) != NULL;
        if (ends && quoted && (*at)[1] == '"')
            (*at)++;
        else if (ends)
            break;
        text_add_bytes(&cell, *at, 1);
    }
    *at += quoted && **at == '"' ? 1 : 0;
    *at += strcspn(*at, ",\r\n");
    *at += **at == ',' ? 1 : 0;
    return text_take(&cell);
}

static void next_line(const char **at)
{
    *at += strcspn(*at, "\n");
    *at += **at == '\n' ? 1 : 0;
}

/* Which cell of a line holds what, by the header; false: it is no such file. */
static bool read_header(const char **at, int out_places[COLUMN_COUNT])
{
    for (int i = 0; i < COLUMN_COUNT; i++)
        out_places[i] = -1;
    for (int place = 0; **at != '\0' && strchr("\r\n", **at) == NULL; place++) {
        char *cell = next_cell(at);
        char *folded = text_fold(cell);
        for (int i = 0; i < COLUMN_COUNT; i++)
            if (strcmp(folded, COLUMNS[i]) == 0)
                out_places[i] = place;
        free(folded);
        free(cell);
    }
    next_line(at);
    return out_places[NAME] >= 0 && out_places[STATUS] >= 0 && out_places[PLAN] >= 0;
}

/* Letters alone, small, "+" as "plus". A new text. */
static char *letters_of(const char *text)
{
    struct text letters = {0};
    for (const char *at = text; *at != '\0'; at++) {
        char letter = (char)tolower((unsigned char)*at);
        if (*at == '+')
            text_add(&letters, "plus");
        else if (letter >= 'a' && letter <= 'z')
            text_add_bytes(&letters, &letter, 1);
    }
    return text_take(&letters);
}

/*
 * "Kiro Pro+", "ProPlus" and "KIRO_ENTERPRISE_PRO_PLUS" alike: the name that the API returns; the
 * text itself if it is none.
 */
static const char *plan_of(const char *text)
{
    static const char *const FAMILIES[] = {"kiro", "enterprise", "qdeveloper", "standalone"};
    char *letters = letters_of(text);
    const char *plain = letters;
    for (size_t i = 0; i < sizeof FAMILIES / sizeof FAMILIES[0]; i++)
        if (strncmp(plain, FAMILIES[i], strlen(FAMILIES[i])) == 0)
            plain += strlen(FAMILIES[i]);
    const char *found = text;
    for (int plan = PLAN_NONE + 1; plan < PLAN_COUNT; plan++) {
        char *name = letters_of(plan_facts((enum plan)plan)->name);
        if (strcmp(name, plain) == 0)
            found = plan_facts((enum plan)plan)->returned;
        free(name);
    }
    free(letters);
    return found;
}

/* A day without an hour begins at midnight. A new text; NULL: none is said. */
static char *date_of(const char *text)
{
    if (text[0] == '\0' || strcmp(text, "-") == 0)
        return NULL;
    return strlen(text) == strlen("2026-03-01") ? mem_format("%sT00:00:00Z", text) : mem_text(text);
}

static struct json *seat_of(char *const cells[COLUMN_COUNT])
{
    struct json *item = json_new_object();
    char *date = date_of(cells[ACTIVATION]);
    char *status = mem_text(cells[STATUS]);
    for (char *at = status; *at != '\0'; at++)
        *at = (char)(*at == ' ' ? '_' : toupper((unsigned char)*at));
    json_put_text(json_put(item, "principal", json_new_object()), "userName", cells[NAME]);
    json_put_text(item, "status", status);
    json_put_text(json_put(item, "type", json_new_object()), "amazonQ", plan_of(cells[PLAN]));
    if (date != NULL)
        json_put_text(item, "activationDate", date);
    char *source = text_fold(cells[SOURCE]);
    bool direct = strstr(source, "direct") != NULL || strstr(source, "individual") != NULL ||
                  strstr(source, "user") != NULL;
    if (source[0] != '\0')
        json_put_text(item, "aggregatedSubscriptionType", direct ? "INDIVIDUAL" : "GROUP");
    free(source);
    free(status);
    free(date);
    return item;
}

char *import_csv_page(const char *chars)
{
    int places[COLUMN_COUNT];
    const char *at = chars;
    struct text page = {0};
    if (!read_header(&at, places))
        return NULL;
    text_add(&page, "{\"subscriptions\":[");
    for (bool first = true; *at != '\0'; next_line(&at)) {
        char *cells[COLUMN_COUNT] = {NULL};
        text_add(&page, "\n");
        if (strchr("\r\n", *at) != NULL)
            continue;
        for (int place = 0; *at != '\0' && strchr("\r\n", *at) == NULL; place++) {
            char *cell = next_cell(&at);
            for (int i = 0; i < COLUMN_COUNT; i++)
                if (places[i] == place && cells[i] == NULL)
                    cells[i] = mem_text(cell);
            free(cell);
        }
        for (int i = 0; i < COLUMN_COUNT; i++)
            cells[i] = cells[i] == NULL ? mem_text("") : cells[i];
        struct json *item = seat_of(cells);
        char *printed = json_print(item);
        text_addf(&page, "%s%s", first ? "" : ",", printed);
        first = false;
        free(printed);
        json_free(item);
        for (int i = 0; i < COLUMN_COUNT; i++)
            free(cells[i]);
    }
    text_add(&page, "]}");
    return text_take(&page);
}
