/* SPDX-License-Identifier: MIT */
/* mock-aws: the command line. Finds the command; the others of commands.h do the work. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/options.h"

static const char USAGE[] =
    "mock-aws: AWS Identity Center and the Kiro seat API on your own machine\n"
    "\n"
    "usage: mock-aws serve [options]     run the server until it is interrupted\n"
    "       mock-aws exec [options] -- COMMAND …   a fresh world, COMMAND in it, and what became "
    "of whose seat\n"
    "       mock-aws env [URL]           print what a shell exports to use a running server\n"
    "       mock-aws wait [URL|FILE] [SECONDS]     until a server answers there, or at the port in "
    "FILE\n"
    "       mock-aws import [options] FILE…   the AWS CLI's listings of your own company as a "
    "world "
    "document; import --help\n"
    "       mock-aws doctor FILE         examine a --db file that no server holds; writes nothing\n"
    "       mock-aws operations [--json] list the operations that are offered, with their shapes\n"
    "       mock-aws ca                  print the certificate of the local authority, for clients "
    "that speak TLS\n"
    "       mock-aws version             print the version\n"
    "       mock-aws help                print this\n"
    "\n"
    "options of serve:\n"
    "  --listen HOST:PORT    where to listen (default 127.0.0.1:4599; port 0 picks a free one); "
    "repeatable\n"
    "  --allow-host NAME     steer it under this host, too, or *.suffix; on 0.0.0.0 or [::] none "
    "is any\n"
    "  --stop-with-parent    end when the process that started it has ended\n"
    "  --port-file FILE      write the port number there when ready\n"
    "  --ready-fd N          write the port number to this file descriptor when ready, and close "
    "it\n"
    "  --db FILE             keep the world in this file (default: memory)\n"
    "  --auth none|scope|verify  scope: the credential scope must fit (default); verify: the "
    "signature, too\n"
    "  --credentials FILE    keys for verify from a credentials file as the AWS CLI has it\n"
    "  --credential KEY:SECRET   a key for verify; twelve digits call as that account; may be "
    "given several times\n"
    "  --json                print the ready line as JSON\n"
    "\n"
    "options of exec:\n"
    "  --report FILE         write what happened there as JSON (a text goes to stderr anyway)\n"
    "  --expect FILE         names of the users whose seats should end, one a line: any other loss "
    "fails, and any seat that stays\n"
    "  --protect NAME        this user may lose nothing; may be given several times\n"
    "  --max-ended N         more seats ended than this fails\n"
    "\n"
    "options of both:\n"
    "  --world FILE          load this document into the new world; resets lead back to it\n"
    "  --start TIME|now      virtual time of an empty world (default 2026-01-01T00:00:00Z)\n"
    "  --run                 let the clock run (default: it stands until it is moved)\n"
    "  --seed N              seed of every id (default 1)\n"
    "  --edition NAME        the reading of the documents (default kiro-2026-06)\n"
    "  --timing NAME         instant (default: every change is final in the same answer) or "
    "documented\n"
    "  --override NAME=VALUE one parameter of the edition, or one delay (a duration, a window "
    "like\n"
    "                        1h..24h, or by-hand); may be given several times\n"
    "  --deviation NAME      break a rule on purpose; may be given several times\n"
    "  --fault MEMBER=VALUE,…  a fault for some calls, as "
    "operation=DeleteUser,nth=2,give=throttling; members: service, operation, action,\n"
    "                        principal, nth, first, latency_ms, retry_after, and give: latency, "
    "throttling, internal, unavailable,\n"
    "                        access-denied, reset-before, reset-after, truncated, slow; may be "
    "given several times\n"
    "  --check-answers       hold every answer against its declared shape\n"
    "  --quiet               no line per change of a seat on stderr\n"
    "\n"
    "In another shell:\n"
    "  aws --endpoint-url http://127.0.0.1:4599 --region us-east-1 sso-admin list-instances\n"
    "  curl http://127.0.0.1:4599/_mock/subscriptions\n"
    "\n"
    "One port speaks plain HTTP, TLS (mock-aws ca has the certificate) and is a proxy for every "
    "AWS and Kiro host name.\n"
    "\n"
    "Exit codes: 0 stopped by a signal; 1 a check of exec failed; 2 the call or a file was wrong; "
    "3 the environment failed; exec: that of "
    "COMMAND.\n";

void tell_stderr(const char *lines)
{
    fputs(lines, stderr);
}

static int command_operations(int count, char **words)
{
    bool as_json = count == 1 && strcmp(words[0], "--json") == 0;
    if (count > 0 && !as_json)
        return usage("'%s' is too much: operations takes --json alone", words[0]);
    char *text = mock_aws_operations(as_json);
    fputs(text, stdout);
    if (as_json)
        putchar('\n');
    free(text);
    return 0;
}

static int command_ca(int count, char **words)
{
    if (count > 0)
        return usage("'%s' is too much: ca takes nothing", words[0]);
    char error[1024];
    char *certificate = mock_aws_ca(NULL, error, sizeof error);
    if (certificate == NULL) {
        fprintf(stderr, "mock-aws: %s\n", error);
        return EXIT_ENVIRONMENT;
    }
    fputs(certificate, stdout);
    free(certificate);
    return 0;
}

static int command_version(int count, char **words)
{
    if (count > 0)
        return usage("'%s' is too much: version takes nothing", words[0]);
    printf("mock-aws %s\n", MOCK_KIRO_VERSION);
    return 0;
}

static int command_help(int count, char **words)
{
    (void)count;
    (void)words;
    fputs(USAGE, stdout);
    return 0;
}

static const struct {
    const char *name;
    int (*run)(int count, char **words);
} COMMANDS[] = {{"serve", command_serve},     {"exec", command_exec},
                {"env", command_env},         {"wait", command_wait},
                {"import", command_import},   {"ca", command_ca},
                {"doctor", command_doctor},   {"operations", command_operations},
                {"version", command_version}, {"--version", command_version},
                {"help", command_help},       {"--help", command_help},
                {"-h", command_help}};

/* import has a help of its own. */
static bool asks_for_help(int count, char **words)
{
    return count > 2 && strcmp(words[1], "import") != 0 &&
           (strcmp(words[2], "--help") == 0 || strcmp(words[2], "-h") == 0);
}

int main(int count, char **words)
{
    const char *name = count < 2 || asks_for_help(count, words) ? "help" : words[1];
    for (size_t i = 0; i < sizeof COMMANDS / sizeof COMMANDS[0]; i++)
        if (strcmp(name, COMMANDS[i].name) == 0)
            return COMMANDS[i].run(count - 2, words + 2);
    struct nearest nearest = {.asked = name};
    for (size_t i = 0; i < sizeof COMMANDS / sizeof COMMANDS[0]; i++)
        nearest_try(&nearest, COMMANDS[i].name);
    return usage_unknown("command", &nearest);
}
