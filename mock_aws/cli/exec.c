/* SPDX-License-Identifier: MIT */
/*
 * mock-aws exec: a fresh world in memory, a command that can reach nothing else, and what became of
 * whose seat. The command has a process group of its own; whatever it started is gone when this
 * ends.
 */
#include "cli/commands.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "cli/aftermath.h"
#include "cli/environment.h"
#include "cli/options.h"

enum {
    EXIT_BROKEN = 1,
    EXIT_CANNOT_RUN = 126,
    EXIT_NOT_FOUND = 127,
    EXIT_SIGNAL = 128,
    GRACE_S = 5 /* between a signal that asks and one that does not */
};

static void set_variable(void *self, const char *name, const char *value)
{
    bool *good = self;
    *good = (value == NULL ? unsetenv(name) : setenv(name, value, 1)) == 0 && *good;
}

/* In the child: never returns. */
static void become(char **command, const sigset_t *mask, bool foreground)
{
    if (setpgid(0, 0) == 0 && foreground)
        tcsetpgrp(STDIN_FILENO, getpid());
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    pthread_sigmask(SIG_SETMASK, mask, NULL);
    execvp(command[0], command);
    int code = errno == ENOENT ? EXIT_NOT_FOUND : EXIT_CANNOT_RUN;
    fprintf(stderr, "mock-aws: %s: cannot be run: %s\n", command[0], strerror(errno));
    _exit(code);
}

static int exit_code_of(int status)
{
    return WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_SIGNAL + WTERMSIG(status);
}

/* Until the command has ended; a signal to us is one to all of it. Gives its exit code. */
static int attend(pid_t child, const sigset_t *signals)
{
    struct timespec grace = {.tv_sec = GRACE_S};
    bool asked = false;
    int status = 0;
    while (waitpid(child, &status, WNOHANG) == 0) {
        int number = asked ? sigtimedwait(signals, NULL, &grace) : sigwaitinfo(signals, NULL);
        if (number == SIGINT || number == SIGTERM || number == SIGHUP) {
            kill(-child, number);
            asked = true;
        } else if (number < 0 && errno == EAGAIN) {
            kill(-child, SIGKILL);
        }
    }
    return exit_code_of(status);
}

/*
 * Processes that left the group became our children when their parents ended
 * (PR_SET_CHILD_SUBREAPER).
 */
static void sweep(pid_t child)
{
    kill(-child, SIGKILL);
    for (;;) {
        long pid = 0;
        FILE *children = fopen("/proc/thread-self/children", "r");
        while (children != NULL && fscanf(children, "%ld", &pid) == 1)
            kill((pid_t)pid, SIGKILL);
        if (children != NULL)
            fclose(children);
        if (waitpid(-1, NULL, 0) < 0)
            return;
    }
}

static int run_command(char **command, const sigset_t *signals, const sigset_t *old)
{
    pid_t shell = isatty(STDIN_FILENO) != 0 ? tcgetpgrp(STDIN_FILENO) : -1;
    bool foreground = shell == getpgrp();
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    pid_t child = fork();
    if (child < 0) {
        fprintf(stderr, "mock-aws: no process can be started: %s\n", strerror(errno));
        return EXIT_ENVIRONMENT;
    }
    if (child == 0)
        become(command, old, foreground);
    setpgid(child, child);
    int code = attend(child, signals);
    sweep(child);
    if (foreground)
        tcsetpgrp(STDIN_FILENO, shell);
    return code;
}

static int report(const struct options *options, const struct aftermath *aftermath)
{
    char *text = aftermath_text(aftermath);
    char *json = aftermath_json(aftermath);
    fputs(text, stderr);
    int code = 0;
    if (options->report_file != NULL) {
        FILE *file = fopen(options->report_file, "w");
        bool good = file != NULL && fprintf(file, "%s\n", json) > 0;
        if (file != NULL)
            good = fclose(file) == 0 && good;
        if (!good)
            fprintf(stderr, "mock-aws: %s: cannot be written: %s\n", options->report_file,
                    strerror(errno));
        code = good ? 0 : EXIT_ENVIRONMENT;
    }
    free(text);
    free(json);
    return code;
}

/* A name that is misspelled would never fail: told before anything runs. */
static bool wishes_are_known(const struct wishes *wishes, const char *names)
{
    char *unknown = names == NULL ? NULL : wishes_unknown(wishes, names);
    if (unknown != NULL)
        fprintf(stderr,
                "mock-aws: --expect or --protect speaks of '%s', and the world has no such user\n",
                unknown);
    free(unknown);
    return unknown == NULL;
}

/* With the server and its world there. */
static int exec_in(const struct options *options, struct mock_aws *mock, const char *names,
                   const struct wishes *wishes, char **command, const sigset_t *signals,
                   const sigset_t *old)
{
    char error[1024];
    bool good = true;
    char *url = mem_format("http://127.0.0.1:%u", (unsigned)mock_aws_port(mock));
    char *certificate = mock_aws_ca_path(NULL, error, sizeof error);
    struct environment environment = {url, certificate, names};
    int code = EXIT_ENVIRONMENT;
    if (certificate == NULL) {
        fprintf(stderr, "mock-aws: %s\n", error);
    } else {
        struct aftermath *aftermath = aftermath_begin(mock);
        environment_each(&environment, set_variable, &good);
        code = good ? run_command(command, signals, old) : EXIT_ENVIRONMENT;
        aftermath_end(aftermath, wishes);
        int report_code = report(options, aftermath);
        if (!aftermath_holds(aftermath))
            code = EXIT_BROKEN;
        else if (code == 0)
            code = report_code;
        aftermath_free(aftermath);
    }
    free(certificate);
    free(url);
    return code;
}

static int exec_run(const struct options *options, char **command, const sigset_t *signals,
                    const sigset_t *old)
{
    char error[1024];
    char *names = NULL;
    size_t expected_bytes = 0;
    char *expected =
        options->expect_file == NULL ? NULL : file_read(options->expect_file, &expected_bytes);
    if (options->expect_file != NULL && expected == NULL)
        return EXIT_USAGE;
    struct wishes wishes = {
        .expected = expected, .protect = options->protect.names, .max_ended = options->max_ended};
    struct mock_aws *mock = mock_aws_start(&options->mock, error, sizeof error);
    if (mock == NULL)
        fprintf(stderr, "mock-aws: %s\n", error);
    int code = mock == NULL ? EXIT_USAGE : options_load(options, mock, &names);
    if (code == 0)
        code = wishes_are_known(&wishes, names) ? options_faults(options, mock) : EXIT_USAGE;
    if (code == 0)
        code = exec_in(options, mock, names, &wishes, command, signals, old);
    mock_aws_stop(mock);
    free(expected);
    free(names);
    return code;
}

int command_exec(int count, char **words)
{
    static const int WAITED[] = {SIGINT, SIGTERM, SIGHUP, SIGCHLD};
    struct options options = {.mock = {.tell = tell_stderr}, .ready_fd = -1, .max_ended = -1};
    sigset_t signals;
    sigset_t old;
    int used = 0;
    int code = options_parse(&options, OF_EXEC, count, words, &used);
    if (code != 0)
        return code;
    if (used + 1 >= count)
        return usage("exec wants %s", "-- and the command to run");
    bool good = sigemptyset(&signals) == 0;
    for (size_t i = 0; i < sizeof WAITED / sizeof WAITED[0]; i++)
        good = good && sigaddset(&signals, WAITED[i]) == 0;
    /* Blocked before any thread starts, so that every thread leaves them to this one. */
    if (!good || pthread_sigmask(SIG_BLOCK, &signals, &old) != 0 ||
        signal(SIGTTOU, SIG_IGN) == SIG_ERR)
        return EXIT_ENVIRONMENT;
    return exec_run(&options, words + used + 1, &signals, &old);
}
