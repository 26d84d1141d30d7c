/* SPDX-License-Identifier: MIT */
/* The options of serve and exec as a table; see options.h. */
#include "cli/options.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/limits.h"
#include "base/mem.h"
#include "base/times.h"

int usage(const char *format, const char *what)
{
    fputs("mock-aws: ", stderr);
    fprintf(stderr, format, what);
    fputs("; see mock-aws help\n", stderr);
    return EXIT_USAGE;
}

int usage_unknown(const char *kind, const struct nearest *nearest)
{
    char hint[NEAREST_HINT_BYTES];
    nearest_hint(nearest, hint);
    fprintf(stderr, "mock-aws: unknown %s '%s'%s; see mock-aws help\n", kind, nearest->asked, hint);
    return EXIT_USAGE;
}

static bool number_parse(const char *text, uint64_t most, uint64_t *out)
{
    char *end = NULL;
    errno = 0;
    *out = strtoull(text, &end, 10);
    return text[0] >= '0' && text[0] <= '9' && *end == '\0' && errno == 0 && *out <= most;
}

static bool set_listen(struct options *options, const char *value)
{
    const char *colon = strrchr(value, ':');
    uint64_t port = 0;
    if (options->listen_count == MOCK_AWS_ADDRESSES_MAX || colon == NULL ||
        !number_parse(colon + 1, UINT16_MAX, &port) ||
        (size_t)(colon - value) >= sizeof options->hosts[0])
        return false;
    bool bracketed = value[0] == '[' && colon > value && colon[-1] == ']';
    size_t bytes = (size_t)(colon - value) - (bracketed ? 2 : 0);
    size_t place = options->listen_count++;
    char *host = options->hosts[place];
    memcpy(host, value + (bracketed ? 1 : 0), bytes);
    host[bytes] = '\0';
    const char *address = strcmp(host, "localhost") == 0 ? "127.0.0.1" : host;
    if (place == 0) {
        options->mock.address = address;
        options->mock.port = (uint16_t)port;
    } else {
        options->mock.more[place - 1] = (struct mock_aws_address){address, (uint16_t)port};
    }
    return bytes > 0;
}

static bool set_seed(struct options *options, const char *value)
{
    return number_parse(value, INT32_MAX, &options->mock.seed) && options->mock.seed > 0;
}

static bool add_name(struct option_names *names, const char *value)
{
    if (names->count == OPTION_NAMES_MAX)
        return false;
    names->names[names->count++] = value;
    return true;
}

static bool set_deviation(struct options *options, const char *value)
{
    options->mock.deviations = options->deviations.names;
    return add_name(&options->deviations, value);
}

static bool set_override(struct options *options, const char *value)
{
    options->mock.overrides = options->overrides.names;
    return strchr(value, '=') != NULL && add_name(&options->overrides, value);
}

static bool set_auth(struct options *options, const char *value)
{
    options->mock.auth = value;
    return true;
}

static bool set_credential(struct options *options, const char *value)
{
    options->mock.credentials = options->credentials.names;
    return strchr(value, ':') != NULL && add_name(&options->credentials, value);
}

static bool set_credentials_file(struct options *options, const char *value)
{
    options->credentials_file = value;
    return true;
}

static bool set_fault(struct options *options, const char *value)
{
    return strchr(value, '=') != NULL && add_name(&options->faults, value);
}

static bool set_allow_host(struct options *options, const char *value)
{
    options->mock.allowed_hosts = options->allowed_hosts.names;
    return value[0] != '\0' && strpbrk(value, " /@") == NULL &&
           add_name(&options->allowed_hosts, value);
}

static bool set_stop_with_parent(struct options *options, const char *value)
{
    (void)value;
    options->stop_with_parent = true;
    return true;
}

static bool set_protect(struct options *options, const char *value)
{
    return add_name(&options->protect, value);
}

static bool set_max_ended(struct options *options, const char *value)
{
    uint64_t number = 0;
    bool good = number_parse(value, INT32_MAX, &number);
    options->max_ended = (long)number;
    return good;
}

static bool set_ready_fd(struct options *options, const char *value)
{
    uint64_t number = 0;
    bool good = number_parse(value, 1023, &number);
    options->ready_fd = (int)number;
    return good;
}

static bool set_report(struct options *options, const char *value)
{
    options->report_file = value;
    return true;
}

static bool set_expect(struct options *options, const char *value)
{
    options->expect_file = value;
    return true;
}

static bool set_keep(struct options *options, const char *value)
{
    options->keep_file = value;
    return true;
}

static bool set_settle(struct options *options, const char *value)
{
    int64_t duration_s = 0;
    options->settle = value;
    return duration_parse(value, &duration_s) && duration_s > 0;
}

static bool set_strict(struct options *options, const char *value)
{
    (void)value;
    options->strict = true;
    return true;
}

static bool set_timing(struct options *options, const char *value)
{
    options->mock.timing = value;
    return strcmp(value, "instant") == 0 || strcmp(value, "documented") == 0;
}

static bool set_port_file(struct options *options, const char *value)
{
    options->port_file = value;
    return true;
}

static bool set_world(struct options *options, const char *value)
{
    options->world_file = value;
    return true;
}

static bool set_database(struct options *options, const char *value)
{
    options->mock.database = value;
    return value[0] != '\0';
}

static bool set_start(struct options *options, const char *value)
{
    options->mock.start = value;
    return true;
}

static bool set_edition(struct options *options, const char *value)
{
    options->mock.edition = value;
    return true;
}

static bool set_run(struct options *options, const char *value)
{
    (void)value;
    options->mock.running = true;
    return true;
}

static bool set_json(struct options *options, const char *value)
{
    (void)value;
    options->json = true;
    return true;
}

static bool set_check_answers(struct options *options, const char *value)
{
    (void)value;
    options->mock.check_answers = true;
    return true;
}

static bool set_quiet(struct options *options, const char *value)
{
    (void)value;
    options->mock.tell = NULL;
    return true;
}

static const struct option {
    const char *name;
    enum option_of of;
    const char *wanted; /* what its value should be; NULL: takes none */
    bool (*set)(struct options *options, const char *value);
    bool many; /* may be given several times */
} OPTIONS[] = {
    {"--listen", OF_SERVE, "HOST:PORT with a port up to 65535, as 127.0.0.1:5476 or [::1]:0",
     set_listen, true},
    {"--allow-host", OF_SERVE, "the name of a host, or *.suffix", set_allow_host, true},
    {"--stop-with-parent", OF_SERVE, NULL, set_stop_with_parent, false},
    {"--port-file", OF_SERVE, "a file", set_port_file, false},
    {"--ready-fd", OF_SERVE, "the number of an open file descriptor", set_ready_fd, false},
    {"--db", OF_SERVE, "a file", set_database, false},
    {"--json", OF_SERVE, NULL, set_json, false},
    {"--auth", OF_SERVE, "none, scope or verify", set_auth, false},
    {"--credential", OF_SERVE, "KEY:SECRET", set_credential, true},
    {"--credentials", OF_SERVE, "a file", set_credentials_file, false},
    {"--world", OF_BOTH, "a file", set_world, false},
    {"--start", OF_BOTH, "a time or now", set_start, false},
    {"--run", OF_BOTH, NULL, set_run, false},
    {"--seed", OF_BOTH, "a number from 1 to 2147483647", set_seed, false},
    {"--edition", OF_BOTH, "a name", set_edition, false},
    {"--timing", OF_BOTH, "instant or documented", set_timing, false},
    {"--override", OF_BOTH, "NAME=VALUE", set_override, true},
    {"--deviation", OF_BOTH, "a name", set_deviation, true},
    {"--fault", OF_BOTH, "member=value,… with give=…", set_fault, true},
    {"--check-answers", OF_BOTH, NULL, set_check_answers, false},
    {"--quiet", OF_BOTH, NULL, set_quiet, false},
    {"--report", OF_EXEC, "a file", set_report, false},
    {"--expect", OF_EXEC, "a file", set_expect, false},
    {"--protect", OF_EXEC, "the name of a user", set_protect, true},
    {"--max-ended", OF_EXEC, "a number", set_max_ended, false},
    {"--settle", OF_EXEC, "a duration such as 24h or PT30M", set_settle, false},
    {"--keep", OF_EXEC, "a file that is not there yet", set_keep, false},
    {"--strict", OF_EXEC, NULL, set_strict, false}};

enum { OPTION_COUNT = sizeof OPTIONS / sizeof OPTIONS[0] };

bool option_is(const char *word, const char *name, const char **out_value)
{
    size_t bytes = strlen(name);
    bool equals = strncmp(word, name, bytes) == 0 && word[bytes] == '=';
    *out_value = equals ? word + bytes + 1 : NULL;
    return equals || strcmp(word, name) == 0;
}

static const struct option *option_find(enum option_of command, const char *word,
                                        const char **out_value)
{
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if ((OPTIONS[i].of & command) != 0 && option_is(word, OPTIONS[i].name, out_value))
            return &OPTIONS[i];
    return NULL;
}

static int unknown_word(enum option_of command, const char *word)
{
    struct nearest nearest = {.asked = word};
    if (word[0] != '-')
        return usage(command == OF_SERVE ? "'%s' is too much: serve takes options only"
                                         : "'%s' is no option; the command stands behind --",
                     word);
    for (size_t i = 0; i < sizeof OPTIONS / sizeof OPTIONS[0]; i++)
        if ((OPTIONS[i].of & command) != 0)
            nearest_try(&nearest, OPTIONS[i].name);
    return usage_unknown("option", &nearest);
}

/* The option at words[*at], which goes to its last word. */
static int take_option(struct options *options, enum option_of command, int count, char **words,
                       int *at, bool given[OPTION_COUNT])
{
    const char *value = NULL;
    const struct option *option = option_find(command, words[*at], &value);
    if (option == NULL)
        return unknown_word(command, words[*at]);
    if (option->wanted == NULL && value != NULL)
        return usage("'%s' takes no value", option->name);
    if (given[option - OPTIONS] && option->wanted != NULL && !option->many)
        return usage("'%s' is given twice", option->name);
    given[option - OPTIONS] = true;
    bool next = option->wanted != NULL && value == NULL;
    if (next && (*at + 1 == count || strcmp(words[*at + 1], "--") == 0))
        return usage("'%s' wants a value", option->name);
    if (next)
        value = words[++*at];
    if (option->set(options, value))
        return 0;
    fprintf(stderr, "mock-aws: '%s' is no value for %s; expected %s\n", value, option->name,
            option->wanted);
    return EXIT_USAGE;
}

int options_parse(struct options *options, enum option_of command, int count, char **words,
                  int *out_used)
{
    bool given[OPTION_COUNT] = {false};
    int code = 0;
    int i = 0;
    for (; code == 0 && i < count && strcmp(words[i], "--") != 0; i++)
        code = take_option(options, command, count, words, &i, given);
    *out_used = i;
    return code;
}

/*
 * The rest of the file, NUL-terminated; NULL if it cannot be read or is larger than `most`, which
 * `*out_bytes` then is.
 */
static char *read_all(FILE *file, size_t most, size_t *out_bytes)
{
    size_t capacity = 64 * 1024;
    size_t bytes = 0;
    char *chars = mem_new(capacity);
    for (;;) {
        size_t got = fread(chars + bytes, 1, capacity - bytes - 1, file);
        bytes += got;
        if (got == 0 || bytes > most)
            break;
        if (bytes + 1 == capacity)
            chars = mem_resize(chars, capacity *= 2);
    }
    chars[bytes] = '\0';
    *out_bytes = bytes;
    if (ferror(file) == 0 && bytes <= most)
        return chars;
    free(chars);
    return NULL;
}

/*
 * Programs on Windows begin a UTF-8 file with a byte order mark, which is no part of the text.
 * False with a line: it is in UTF-16, which Windows PowerShell's ">" writes.
 */
static bool drop_mark(char *chars, size_t *bytes, const char *path)
{
    static const char MARK[] = "\xEF\xBB\xBF";
    size_t mark = sizeof MARK - 1;
    bool wide =
        *bytes >= 2 && (memcmp(chars, "\xFF\xFE", 2) == 0 || memcmp(chars, "\xFE\xFF", 2) == 0);
    if (wide)
        fprintf(stderr, "mock-aws: %s: is UTF-16 (by its byte order mark); expected UTF-8\n", path);
    if (*bytes >= mark && memcmp(chars, MARK, mark) == 0) {
        *bytes -= mark;
        memmove(chars, chars + mark, *bytes + 1);
    }
    return !wide;
}

char *file_read(const char *path, size_t *out_bytes)
{
    bool standard = strcmp(path, "-") == 0;
    FILE *file = standard ? stdin : fopen(path, "rb");
    *out_bytes = 0;
    char *chars = file == NULL ? NULL : read_all(file, LIMIT_FILE_BYTES, out_bytes);
    if (chars == NULL && *out_bytes > LIMIT_FILE_BYTES)
        fprintf(stderr, "mock-aws: %s: is larger than %d bytes\n", path, LIMIT_FILE_BYTES);
    else if (chars == NULL)
        fprintf(stderr, "mock-aws: %s: cannot be read: %s\n", path, strerror(errno));
    if (file != NULL && !standard)
        fclose(file);
    if (chars != NULL && drop_mark(chars, out_bytes, path))
        return chars;
    free(chars);
    return NULL;
}

int options_load(const struct options *options, struct mock_aws *mock, struct loaded_world *out)
{
    char error[1024];
    *out = (struct loaded_world){0};
    if (options->world_file == NULL)
        return 0;
    out->document = file_read(options->world_file, &out->bytes);
    if (out->document == NULL)
        return EXIT_USAGE;
    bool good = mock_aws_load(mock, out->document, out->bytes, &out->names, error, sizeof error);
    if (!good)
        fprintf(stderr, "%s:%s\n", options->world_file, error);
    return good ? 0 : EXIT_USAGE;
}

/* "operation=DeleteUser,nth=2,give=throttling" as an object; numbers are numbers. */
static void put_fault(struct json *out, const char *text)
{
    for (const char *at = text; *at != '\0';) {
        size_t bytes = strcspn(at, ",");
        char *member = mem_format("%.*s", (int)bytes, at);
        char *equals = strchr(member, '=');
        uint64_t number = 0;
        if (equals != NULL)
            *equals++ = '\0';
        if (equals != NULL && number_parse(equals, INT32_MAX, &number))
            json_put_integer(out, member, (int64_t)number);
        else
            json_put_text(out, member, equals == NULL ? "" : equals);
        free(member);
        at += bytes;
        at += *at == ',' ? 1 : 0;
    }
}

/* The message of a refusal of the control surface. */
static void tell_fault_error(const char *answer)
{
    struct json_error error;
    struct json_document *document = json_parse(answer, strlen(answer), JSON_STRICT, &error);
    const struct json *said =
        document == NULL ? NULL : json_member(json_document_root(document), "error");
    const char *message = json_member_text(said, "message");
    fprintf(stderr, "mock-aws: --fault: %s\n", message == NULL ? answer : message);
    json_document_free(document);
}

int options_faults(const struct options *options, struct mock_aws *mock)
{
    int status = 0;
    struct json *body = json_new_object();
    struct json *array = json_put(body, "faults", json_new_array());
    if (options->faults.count == 0) {
        json_free(body);
        return 0;
    }
    for (size_t i = 0; i < options->faults.count; i++)
        put_fault(json_push(array, json_new_object()), options->faults.names[i]);
    char *printed = json_print(body);
    char *answer = mock_aws_call(mock, "PUT", "/_mock/faults", printed, &status);
    if (status != 200)
        tell_fault_error(answer);
    free(answer);
    free(printed);
    json_free(body);
    return status == 200 ? 0 : EXIT_USAGE;
}
