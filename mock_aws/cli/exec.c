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

/* Append, or write, and say what went wrong. */
static bool put_text(FILE *file, const char *path, const char *text)
{
    bool good = file != NULL && fputs(text, file) >= 0;
    if (file == stdout)
        good = fflush(file) == 0 && good;
    else if (file != NULL)
        good = fclose(file) == 0 && good;
    if (!good)
        fprintf(stderr, "mock-aws: %s: cannot be written: %s\n", path, strerror(errno));
    return good;
}

static bool tell_github(const struct aftermath *aftermath)
{
    const char *actions = getenv("GITHUB_ACTIONS");
    const char *summary_file = getenv("GITHUB_STEP_SUMMARY");
    if (actions == NULL || strcmp(actions, "true") != 0)
        return true;
    char *annotations = aftermath_annotations(aftermath);
    char *summary = aftermath_summary(aftermath);
    fputs(annotations, stderr);
    bool good = summary_file == NULL || summary_file[0] == '\0' ||
                put_text(fopen(summary_file, "a"), summary_file, summary);
    free(annotations);
    free(summary);
    return good;
}

/* Takes `file`, which is that of --report, or NULL. */
static int report(const struct options *options, const struct aftermath *aftermath, FILE *file)
{
    char *text = aftermath_text(aftermath);
    fputs(text, stderr);
    free(text);
    bool good = tell_github(aftermath);
    if (options->report_file != NULL) {
        char *json = aftermath_json(aftermath);
        char *line = mem_format("%s\n", json);
        good = put_text(file, options->report_file, line) && good;
        free(line);
        free(json);
    }
    return good ? 0 : EXIT_ENVIRONMENT;
}

/* What is delayed happens before it is judged. */
static int settle(const struct options *options, struct mock_aws *mock)
{
    int status = 0;
    if (options->settle == NULL)
        return 0;
    char *body = mem_format("{\"by\":\"%s\"}", options->settle);
    char *answer = mock_aws_call(mock, "POST", "/_mock/clock/advance", body, &status);
    if (status != 200)
        fprintf(stderr, "mock-aws: --settle: %s\n", answer);
    free(answer);
    free(body);
    return status == 200 ? 0 : EXIT_ENVIRONMENT;
}

/* What a run of exec needs, from the command line on. */
struct execution {
    const struct options *options;
    char **command;
    const sigset_t *signals;
    const sigset_t *old;
    struct mock_aws *mock;
    struct company *company;
    struct wishes wishes;
    FILE *report_file;
};

/* With everything there that the command may use. */
static int exec_and_judge(struct execution *execution, const struct environment *environment)
{
    const struct options *options = execution->options;
    bool good = true;
    struct aftermath *aftermath = aftermath_begin(execution->mock, execution->company);
    environment_each(environment, set_variable, &good);
    int code = good ? run_command(execution->command, execution->signals, execution->old)
                    : EXIT_ENVIRONMENT;
    int settled = settle(options, execution->mock);
    aftermath_end(aftermath, &execution->wishes, options->strict);
    int reported = report(options, aftermath, execution->report_file);
    execution->report_file = NULL;
    if (!aftermath_holds(aftermath))
        code = EXIT_BROKEN;
    else if (code == 0)
        code = settled != 0 ? settled : reported;
    aftermath_free(aftermath);
    return code;
}

/* With the server and its world there. */
static int exec_in(struct execution *execution)
{
    char error[1024];
    char region[ENVIRONMENT_PLACE_BYTES];
    char account[ENVIRONMENT_PLACE_BYTES];
    struct text said = {0};
    struct workspace workspace = {0};
    char *url = mem_format("http://127.0.0.1:%u", (unsigned)mock_aws_port(execution->mock));
    char *certificate = mock_aws_ca_path(NULL, error, sizeof error);
    const struct json *names = company_names(execution->company);
    environment_region(execution->company, region, &said);
    environment_account(execution->company, account, &said);
    environment_left_out(names, &said);
    int code = EXIT_ENVIRONMENT;
    if (certificate == NULL)
        fprintf(stderr, "mock-aws: %s\n", error);
    else if (workspace_make(&workspace, names, region, account, execution->command)) {
        struct environment environment = {.url = url,
                                          .certificate = certificate,
                                          .region = region,
                                          .account = account,
                                          .names = names,
                                          .workspace = &workspace};
        fputs(text_chars(&said), stderr);
        code = exec_and_judge(execution, &environment);
    }
    workspace_remove(&workspace);
    text_clear(&said);
    free(certificate);
    free(url);
    return code;
}

/* What can be wrong of files, before the world is made: 0, or the exit code. */
static int open_files(struct execution *execution, char **out_expected)
{
    const struct options *options = execution->options;
    size_t bytes = 0;
    if (options->keep_file != NULL && access(options->keep_file, F_OK) == 0) {
        fprintf(stderr, "mock-aws: %s: is there already; --keep makes a file\n",
                options->keep_file);
        return EXIT_USAGE;
    }
    if (options->expect_file != NULL) {
        *out_expected = file_read(options->expect_file, &bytes);
        if (*out_expected == NULL)
            return EXIT_USAGE;
    }
    if (options->report_file == NULL)
        return 0;
    bool standard = strcmp(options->report_file, "-") == 0;
    execution->report_file = standard ? stdout : fopen(options->report_file, "w");
    if (execution->report_file != NULL)
        return 0;
    fprintf(stderr, "mock-aws: %s: cannot be written: %s\n", options->report_file, strerror(errno));
    return EXIT_ENVIRONMENT;
}

static int exec_run(struct execution *execution)
{
    char error[1024];
    char *expected = NULL;
    struct loaded_world loaded = {0};
    struct mock_aws_options wanted = execution->options->mock;
    wanted.database = execution->options->keep_file;
    int code = open_files(execution, &expected);
    if (code == 0) {
        execution->mock = mock_aws_start(&wanted, error, sizeof error);
        if (execution->mock == NULL)
            fprintf(stderr, "mock-aws: %s\n", error);
        code = execution->mock == NULL ? EXIT_USAGE
                                       : options_load(execution->options, execution->mock, &loaded);
    }
    if (code == 0) {
        execution->company = company_new(loaded.document, loaded.bytes, loaded.names);
        code = wishes_read(&execution->wishes, execution->company, expected,
                           execution->options->protect.names);
    }
    if (code == 0)
        code = options_faults(execution->options, execution->mock);
    if (code == 0)
        code = exec_in(execution);
    if (execution->report_file != NULL && execution->report_file != stdout)
        fclose(execution->report_file);
    mock_aws_stop(execution->mock);
    company_free(execution->company);
    wishes_clear(&execution->wishes);
    free(expected);
    free(loaded.document);
    free(loaded.names);
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
    struct execution execution = {.options = &options,
                                  .command = words + used + 1,
                                  .signals = &signals,
                                  .old = &old,
                                  .wishes = {.max_ended = options.max_ended}};
    return exec_run(&execution);
}
