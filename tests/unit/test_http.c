/* SPDX-License-Identifier: MIT */
/*
 * The listener, by raw sockets: what a stranger may send, and that the next request is answered
 * whatever it was.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <semaphore.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/limits.h"
#include "base/mem.h"
#include "base/text.h"
#include "wire/http.h"

#define COUNT(table) (sizeof(table) / sizeof(table)[0])

enum { PATIENCE_SECONDS = 20, THREADS = 2 };

/* A service of two calls: one says what came, one waits until it is let go. */
struct fixture {
    struct dispatcher dispatcher;
    struct http *http;
    sem_t entered;
    sem_t released;
};

static enum fault begin(void *self, enum access access, struct problem *problem)
{
    (void)self;
    (void)access;
    (void)problem;
    return FAULT_NONE;
}

static enum fault commit(void *self)
{
    (void)self;
    return FAULT_NONE;
}

static enum fault rollback(void *self)
{
    (void)self;
    return FAULT_NONE;
}

static void request_id(void *self, char out[37])
{
    (void)self;
    memcpy(out, "00000000-0000-4000-8000-000000000001", 37);
}

static int64_t now(void *self)
{
    (void)self;
    return 1767225600;
}

static enum fault say_name(struct call *call)
{
    const char *name = json_member_text(call->input, "name");
    json_put_integer(call->output, "bytes", name == NULL ? -1 : (int64_t)strlen(name));
    json_put_text(call->output, "name", name == NULL || strlen(name) > 40 ? "" : name);
    return FAULT_NONE;
}

static enum fault wait_for_release(struct call *call)
{
    struct fixture *fixture = call->world;
    sem_post(&fixture->entered);
    sem_wait(&fixture->released);
    return FAULT_NONE;
}

static const struct shape NAME_ONLY[] = {{.name = "name"}, {0}};
static const struct operation OPERATIONS[] = {
    OPERATION_AT("GET", "/_mock/name", "GetName", READ, NAME_ONLY, NO_SHAPE, say_name),
    OPERATION_AT("PUT", "/_mock/name", "PutName", WRITE, NAME_ONLY, NO_SHAPE, say_name),
    OPERATION_AT("GET", "/_mock/wait", "Wait", READ, NO_SHAPE, NO_SHAPE, wait_for_release),
    {0}};
static const struct service CONTROL = {.name = "control",
                                       .protocol = PROTOCOL_CONTROL,
                                       .content_type = "application/json",
                                       .operations = OPERATIONS};
static const struct service *const SERVICES[] = {&CONTROL, NULL};

static int fixture_up(void **state)
{
    static const struct listen_address LOOPBACK = {"127.0.0.1", 0};
    static const struct http_options OPTIONS = {
        .addresses = &LOOPBACK, .address_count = 1, .threads = THREADS};
    struct problem problem = {0};
    struct fixture *fixture = mem_new(sizeof *fixture);
    fixture->dispatcher = (struct dispatcher){.services = SERVICES,
                                              .backend = {.self = fixture,
                                                          .begin = begin,
                                                          .commit = commit,
                                                          .rollback = rollback,
                                                          .request_id = request_id,
                                                          .now = now},
                                              .default_account = "123456789012"};
    sem_init(&fixture->entered, 0, 0);
    sem_init(&fixture->released, 0, 0);
    fixture->http = http_start(&OPTIONS, &fixture->dispatcher, &problem);
    *state = fixture;
    return fixture->http == NULL;
}

static int fixture_down(void **state)
{
    struct fixture *fixture = *state;
    http_stop(fixture->http);
    sem_destroy(&fixture->entered);
    sem_destroy(&fixture->released);
    free(fixture);
    return 0;
}

static int client(const struct fixture *fixture)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons(http_port(fixture->http)),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct timeval patience = {.tv_sec = PATIENCE_SECONDS};
    int socket_fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_true(socket_fd >= 0);
    setsockopt(socket_fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(socket_fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    assert_int_equal(connect(socket_fd, (struct sockaddr *)&address, sizeof address), 0);
    return socket_fd;
}

/* False if the server has closed. */
static bool send_bytes(int socket_fd, const char *chars, size_t bytes)
{
    while (bytes > 0) {
        ssize_t sent = send(socket_fd, chars, bytes, MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        chars += sent;
        bytes -= (size_t)sent;
    }
    return true;
}

static void send_text(int socket_fd, const char *chars)
{
    assert_true(send_bytes(socket_fd, chars, strlen(chars)));
}

struct answer {
    int status; /* 0: the server closed without one */
    char head[4096];
    char body[4096];
};

static const char *answer_header(const struct answer *answer, const char *name)
{
    const char *at = strcasestr(answer->head, name);
    return at == NULL ? NULL : at + strlen(name);
}

/* One answer; `has_body` is false for what follows HEAD and for 100. */
static struct answer receive(int socket_fd, bool has_body)
{
    struct answer answer = {0};
    size_t used = 0;
    while (used + 1 < sizeof answer.head && strstr(answer.head, "\r\n\r\n") == NULL) {
        if (recv(socket_fd, answer.head + used, 1, 0) != 1)
            return answer;
        used++;
    }
    assert_int_equal(sscanf(answer.head, "HTTP/1.1 %d", &answer.status), 1);
    const char *length = answer_header(&answer, "\r\nContent-Length: ");
    size_t bytes = has_body && length != NULL ? strtoul(length, NULL, 10) : 0;
    assert_true(bytes < sizeof answer.body);
    if (bytes > 0)
        assert_int_equal(recv(socket_fd, answer.body, bytes, MSG_WAITALL), bytes);
    return answer;
}

#define GET(path) "GET " path " HTTP/1.1\r\nHost: localhost\r\n\r\n"
#define PUT_START                                                                                  \
    "PUT /_mock/name HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
#define ANA "{\"name\":\"ana\"}"
#define SAID_ANA "{\"bytes\":3,\"name\":\"ana\"}"

static void expect_alive(const struct fixture *fixture)
{
    int socket_fd = client(fixture);
    send_text(socket_fd, GET("/_mock/name?name=ana"));
    struct answer answer = receive(socket_fd, true);
    assert_int_equal(answer.status, 200);
    assert_string_equal(answer.body, SAID_ANA);
    close(socket_fd);
}

static void one_connection_carries_many_requests(void **state)
{
    int socket_fd = client(*state);
    for (int i = 0; i < 3; i++) {
        send_text(socket_fd, PUT_START "Content-Length: 14\r\n\r\n" ANA);
        struct answer answer = receive(socket_fd, true);
        assert_int_equal(answer.status, 200);
        assert_string_equal(answer.body, SAID_ANA);
        assert_non_null(answer_header(&answer, "\r\nDate: "));
        assert_non_null(answer_header(&answer, "\r\nx-amzn-RequestId: 00000000-"));
        assert_non_null(answer_header(&answer, "\r\nContent-Type: application/json"));
    }
    close(socket_fd);
}

static void pipelined_requests_are_answered_in_order(void **state)
{
    int socket_fd = client(*state);
    send_text(socket_fd, GET("/_mock/name?name=a") GET("/_mock/name?name=bb"));
    struct answer first = receive(socket_fd, true);
    struct answer second = receive(socket_fd, true);
    assert_string_equal(first.body, "{\"bytes\":1,\"name\":\"a\"}");
    assert_string_equal(second.body, "{\"bytes\":2,\"name\":\"bb\"}");
    close(socket_fd);
}

static void the_query_arrives_undecoded_once(void **state)
{
    int socket_fd = client(*state);
    send_text(socket_fd, GET("/_mock/name?name=%2541%26x%3D1"));
    struct answer answer = receive(socket_fd, true);
    assert_string_equal(answer.body, "{\"bytes\":7,\"name\":\"%41&x=1\"}");
    close(socket_fd);
}

static void an_escaped_path_is_not_unescaped(void **state)
{
    int socket_fd = client(*state);
    send_text(socket_fd, GET("/_mock/n%61me"));
    assert_int_equal(receive(socket_fd, true).status, 404);
    close(socket_fd);
}

static void a_chunked_body_is_put_together(void **state)
{
    int socket_fd = client(*state);
    send_text(socket_fd, PUT_START "Transfer-Encoding: chunked\r\n\r\n"
                                   "5\r\n{\"nam\r\n9\r\ne\":\"ana\"}\r\n0\r\n\r\n");
    struct answer answer = receive(socket_fd, true);
    assert_int_equal(answer.status, 200);
    assert_string_equal(answer.body, SAID_ANA);
    close(socket_fd);
}

static void a_client_that_asks_is_told_to_continue(void **state)
{
    int socket_fd = client(*state);
    send_text(socket_fd, PUT_START "Expect: 100-continue\r\nContent-Length: 14\r\n\r\n");
    assert_int_equal(receive(socket_fd, false).status, 100);
    send_text(socket_fd, ANA);
    struct answer answer = receive(socket_fd, true);
    assert_int_equal(answer.status, 200);
    assert_string_equal(answer.body, SAID_ANA);
    close(socket_fd);
}

static void a_client_that_asks_is_told_that_it_is_too_much(void **state)
{
    int socket_fd = client(*state);
    send_text(socket_fd, PUT_START "Expect: 100-continue\r\nContent-Length: 5000000\r\n\r\n");
    assert_int_equal(receive(socket_fd, true).status, 413);
    close(socket_fd);
    expect_alive(*state);
}

/* A body of `bytes` with a name that fills it. */
static char *body_of(size_t bytes)
{
    static const char START[] = "{\"name\":\"";
    char *body = mem_new(bytes + 1);
    memset(body, 'a', bytes);
    memcpy(body, START, sizeof START - 1);
    body[bytes - 2] = '"';
    body[bytes - 1] = '}';
    return body;
}

static void a_body_may_be_as_large_as_the_limit_and_no_larger(void **state)
{
    static const struct {
        size_t bytes;
        int status;
    } TABLE[] = {{LIMIT_BODY_BYTES, 200}, {LIMIT_BODY_BYTES + 1, 413}};
    int socket_fd = client(*state);
    for (size_t i = 0; i < COUNT(TABLE); i++) {
        char *body = body_of(TABLE[i].bytes);
        char *head = mem_format(PUT_START "Content-Length: %zu\r\n\r\n", TABLE[i].bytes);
        send_text(socket_fd, head);
        assert_true(send_bytes(socket_fd, body, TABLE[i].bytes));
        assert_int_equal(receive(socket_fd, true).status, TABLE[i].status);
        free(head);
        free(body);
    }
    close(socket_fd);
}

static void a_body_far_too_large_is_refused_unread(void **state)
{
    static const char *const LENGTHS[] = {"99999999999", "18446744073709551615",
                                          "99999999999999999999999999"};
    for (size_t i = 0; i < COUNT(LENGTHS); i++) {
        int socket_fd = client(*state);
        char *head = mem_format(PUT_START "Content-Length: %s\r\n\r\n", LENGTHS[i]);
        send_text(socket_fd, head);
        assert_int_equal(receive(socket_fd, true).status, 413);
        free(head);
        close(socket_fd);
    }
    expect_alive(*state);
}

static void a_chunked_body_without_end_is_cut_off(void **state)
{
    enum { CHUNK_BYTES = 1 << 20, CHUNKS_MAX = 64 };
    int socket_fd = client(*state);
    char *chunk = mem_new(CHUNK_BYTES);
    int sent = 0;
    memset(chunk, 'a', CHUNK_BYTES);
    send_text(socket_fd, PUT_START "Transfer-Encoding: chunked\r\n\r\n");
    while (sent < CHUNKS_MAX && send_bytes(socket_fd, "100000\r\n", 8) &&
           send_bytes(socket_fd, chunk, CHUNK_BYTES) && send_bytes(socket_fd, "\r\n", 2))
        sent++;
    assert_in_range(sent, LIMIT_BODY_BYTES / CHUNK_BYTES, CHUNKS_MAX - 1);
    free(chunk);
    close(socket_fd);
    expect_alive(*state);
}

static void head_has_no_body_and_leaves_the_connection_usable(void **state)
{
    int socket_fd = client(*state);
    send_text(socket_fd, "HEAD /_mock/name HTTP/1.1\r\nHost: localhost\r\n\r\n");
    struct answer answer = receive(socket_fd, false);
    assert_int_equal(answer.status, 200);
    assert_string_not_equal(answer_header(&answer, "\r\nContent-Length: "), "0");
    send_text(socket_fd, GET("/_mock/name?name=ana"));
    assert_int_equal(receive(socket_fd, true).status, 200);
    close(socket_fd);
}

static void garbage_is_refused_and_harms_nobody(void **state)
{
    static const char *const TABLE[] = {"\x16\x03\x01\x02\x01\x01\xFC\x03\x03 TLS\r\n\r\n",
                                        "\r\n\r\n\r\n",
                                        "GET\r\n\r\n",
                                        "GET /_mock/name HTTP/1.1\r\n\r\n",
                                        "GET /_mock/name HTTP/9.9\r\nHost: localhost\r\n\r\n",
                                        PUT_START "Content-Length: -1\r\n\r\n",
                                        PUT_START "Content-Length: 1x\r\n\r\n{}",
                                        PUT_START "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
                                        PUT_START
                                        "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n",
                                        "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n",
                                        ": : :\r\n: :\r\n\r\n"};
    for (size_t i = 0; i < COUNT(TABLE); i++) {
        int socket_fd = client(*state);
        send_text(socket_fd, TABLE[i]);
        shutdown(socket_fd, SHUT_WR);
        struct answer answer = receive(socket_fd, true);
        if (answer.status != 0 && answer.status < 400)
            fail_msg("row %zu was answered with %d", i, answer.status);
        close(socket_fd);
        expect_alive(*state);
    }
}

static void a_header_without_end_is_refused(void **state)
{
    int socket_fd = client(*state);
    struct text head = {0};
    text_add(&head, "GET /_mock/name HTTP/1.1\r\nHost: localhost\r\n");
    while (head.bytes < 4 * LIMIT_HEADER_BYTES)
        text_addf(&head, "X-Filler-%zu: %0100d\r\n", head.bytes, 0);
    send_bytes(socket_fd, head.chars, head.bytes);
    struct answer answer = receive(socket_fd, true);
    assert_true(answer.status == 0 || answer.status == 431 || answer.status == 413);
    text_clear(&head);
    close(socket_fd);
    expect_alive(*state);
}

static void a_client_that_leaves_in_the_middle_harms_nobody(void **state)
{
    static const char *const TABLE[] = {"", "GET /_mo", PUT_START,
                                        PUT_START "Content-Length: 14\r\n\r\n{\"na",
                                        PUT_START "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"n"};
    for (size_t i = 0; i < COUNT(TABLE); i++) {
        int socket_fd = client(*state);
        send_text(socket_fd, TABLE[i]);
        close(socket_fd);
    }
    expect_alive(*state);
}

static void *call_many_times(void *fixture)
{
    enum { CALLS = 50 };
    int socket_fd = client(fixture);
    intptr_t good = 0;
    for (int i = 0; i < CALLS; i++) {
        send_text(socket_fd, GET("/_mock/name?name=ana"));
        struct answer answer = receive(socket_fd, true);
        good += answer.status == 200 && strcmp(answer.body, SAID_ANA) == 0;
    }
    close(socket_fd);
    return good == CALLS ? fixture : NULL;
}

static void many_clients_are_served_at_once(void **state)
{
    pthread_t clients[8];
    for (size_t i = 0; i < COUNT(clients); i++)
        assert_int_equal(pthread_create(&clients[i], NULL, call_many_times, *state), 0);
    for (size_t i = 0; i < COUNT(clients); i++) {
        void *result = NULL;
        assert_int_equal(pthread_join(clients[i], &result), 0);
        assert_ptr_equal(result, *state);
    }
}

static void *stop(void *http)
{
    http_stop(http);
    return NULL;
}

static void stopping_waits_for_the_answer_under_way(void **state)
{
    struct fixture *fixture = *state;
    pthread_t stopper;
    int socket_fd = client(fixture);
    send_text(socket_fd, GET("/_mock/wait"));
    sem_wait(&fixture->entered);
    assert_int_equal(pthread_create(&stopper, NULL, stop, fixture->http), 0);
    sem_post(&fixture->released);
    struct answer answer = receive(socket_fd, true);
    assert_int_equal(pthread_join(stopper, NULL), 0);
    fixture->http = NULL;
    assert_int_equal(answer.status, 200);
    assert_string_equal(answer.body, "{}");
    close(socket_fd);
}

static void what_cannot_be_listened_on_is_told(void **state)
{
    struct fixture *fixture = *state;
    const struct listen_address TABLE[] = {{"localhost", 0},
                                           {"127.0.0.1:80", 0},
                                           {"192.0.2.1", 0},
                                           {"127.0.0.1", http_port(fixture->http)}};
    for (size_t i = 0; i < COUNT(TABLE); i++) {
        struct problem problem = {0};
        const struct listen_address good_and_bad[] = {{"127.0.0.2", 0}, TABLE[i]};
        const struct http_options options = {
            .addresses = good_and_bad, .address_count = 2, .threads = 1};
        assert_null(http_start(&options, &fixture->dispatcher, &problem));
        assert_non_null(strstr(problem.message, TABLE[i].address));
    }
    http_stop(NULL);
    expect_alive(fixture);
}

static void one_thread_is_enough(void **state)
{
    static const struct listen_address LOOPBACK = {"127.0.0.1", 0};
    static const struct http_options OPTIONS = {
        .addresses = &LOOPBACK, .address_count = 1, .threads = 1};
    struct fixture *fixture = *state;
    struct fixture single = {.dispatcher = fixture->dispatcher};
    struct problem problem = {0};
    single.http = http_start(&OPTIONS, &single.dispatcher, &problem);
    assert_non_null(single.http);
    assert_int_not_equal(http_port(single.http), http_port(fixture->http));
    expect_alive(&single);
    http_stop(single.http);
}

#define WITH_SERVER(test) cmocka_unit_test_setup_teardown(test, fixture_up, fixture_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_SERVER(one_connection_carries_many_requests),
        WITH_SERVER(pipelined_requests_are_answered_in_order),
        WITH_SERVER(the_query_arrives_undecoded_once),
        WITH_SERVER(an_escaped_path_is_not_unescaped),
        WITH_SERVER(a_chunked_body_is_put_together),
        WITH_SERVER(a_client_that_asks_is_told_to_continue),
        WITH_SERVER(a_client_that_asks_is_told_that_it_is_too_much),
        WITH_SERVER(a_body_may_be_as_large_as_the_limit_and_no_larger),
        WITH_SERVER(a_body_far_too_large_is_refused_unread),
        WITH_SERVER(a_chunked_body_without_end_is_cut_off),
        WITH_SERVER(head_has_no_body_and_leaves_the_connection_usable),
        WITH_SERVER(garbage_is_refused_and_harms_nobody),
        WITH_SERVER(a_header_without_end_is_refused),
        WITH_SERVER(a_client_that_leaves_in_the_middle_harms_nobody),
        WITH_SERVER(many_clients_are_served_at_once),
        WITH_SERVER(stopping_waits_for_the_answer_under_way),
        WITH_SERVER(what_cannot_be_listened_on_is_told),
        WITH_SERVER(one_thread_is_enough),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
