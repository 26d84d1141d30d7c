/* SPDX-License-Identifier: MIT */
/* What is said of each command, in one table; see help.h. */
#include "cli/help.h"

#include <stdio.h>
#include <string.h>

#include "cli/options.h"

/* Options that serve and exec share. */
static const char SHARED[] =
    "  --world FILE          load this document into the new world; resets lead back to it\n"
    "  --start TIME|now      virtual time of an empty world (default 2026-01-01T00:00:00Z)\n"
    "  --run                 let the clock run (default: it stands until it is moved)\n"
    "  --seed N              seed of every id (default 1)\n"
    "  --edition NAME        the reading of the documents (default kiro-2026-06)\n"
    "  --timing NAME         instant (default: every change is final in the same answer) or\n"
    "                        documented\n"
    "  --override NAME=VALUE one parameter of the edition, or one delay (a duration, a window "
    "like\n"
    "                        1h..24h, or by-hand); may be given several times\n"
    "  --deviation NAME      break a rule on purpose; may be given several times\n"
    "  --fault MEMBER=VALUE,…  a fault for some calls, as "
    "operation=DeleteUser,nth=2,give=throttling;\n"
    "                        members: service, operation, action, principal, nth, first,\n"
    "                        latency_ms, retry_after, and give: latency, throttling, internal,\n"
    "                        unavailable, access-denied, reset-before, reset-after, truncated,\n"
    "                        slow; may be given several times\n"
    "  --check-answers       hold every answer against its declared shape, and the world before\n"
    "                        every commit against its facts (mock-aws doctor --facts)\n"
    "  --quiet               no line per change of a seat on stderr\n";

static const char SERVE[] =
    "options:\n"
    "  --listen HOST:PORT    where to listen (default 127.0.0.1:5476; port 0 picks a free one);\n"
    "                        may be given several times\n"
    "  --allow-host NAME     steer it under this host, too, or *.suffix; on 0.0.0.0 or [::] none\n"
    "                        is any; may be given several times\n"
    "  --stop-with-parent    end when the process that started it has ended\n"
    "  --port-file FILE      write the port number there when ready\n"
    "  --ready-fd N          write the port number to this file descriptor when ready, and close "
    "it\n"
    "  --db FILE             keep the world in this file (default: memory)\n"
    "  --auth none|scope|verify  scope: the credential scope must fit (default); verify: the\n"
    "                        signature, too\n"
    "  --credentials FILE    keys for verify from a credentials file as the AWS CLI has it\n"
    "  --credential KEY:SECRET   a key for verify; twelve digits call as that account; may be "
    "given\n"
    "                        several times\n"
    "  --json                print the ready line as JSON\n";

static const char EXEC[] =
    "What COMMAND finds in its environment: MOCK_URL; MOCK_USER_ALICE, MOCK_GROUP_…,\n"
    "  MOCK_PROFILE_…, MOCK_ACCOUNT_…, MOCK_INSTANCE_…, MOCK_IDENTITY_STORE_…, MOCK_SCIM_URL_…,\n"
    "  MOCK_SCIM_TOKEN_…: ids of the world by their names, up to 1000; MOCK_IDS: a JSON file with\n"
    "  all of them. Its Region is the shell's if the world has an instance there, else that of\n"
    "  the first instance. Profiles (--profile prod) are there and lead to the mock.\n"
    "\n"
    "options:\n"
    "  --report FILE         write what happened there as JSON (a text goes to stderr anyway); -: "
    "to\n"
    "                        standard output\n"
    "  --expect FILE         who should lose every seat, a name or an e-mail address a line: any\n"
    "                        other loss fails, any seat that stays, and whoever had none to lose\n"
    "  --protect NAME        this user may lose nothing; may be given several times\n"
    "  --max-ended N         more seats ended than this fails\n"
    "  --settle DURATION     let so much time pass before judging, for what is delayed (25h)\n"
    "  --strict              a fault that no call met fails\n"
    "  --keep FILE           leave the world in this new file, for serve --db and explain\n";

static const char IMPORT[] =
    "Files are JSON as these print it, one page or several pages of each, known by their "
    "top-level\n"
    "member:\n"
    "  Users             aws identitystore list-users --identity-store-id …\n"
    "  Groups            aws identitystore list-groups --identity-store-id …\n"
    "  GroupMemberships  aws identitystore list-group-memberships --identity-store-id … --group-id "
    "…\n"
    "                    (a file per group)\n"
    "  Instances         aws sso-admin list-instances\n"
    "  subscriptions     ListUserSubscriptions, as your own tool that calls it saw it\n"
    "  claims            ListApplicationClaims, likewise: which seats come through which group\n"
    "and CSV as Kiro's console exports it (User name,Subscription status,Kiro plan,…): the seats.\n"
    "The AWS CLI cannot list seats: without one of the last three, say --subscribed. -: standard\n"
    "input.\n"
    "\n"
    "options:\n"
    "  --users FILE…, --groups FILE…, --memberships FILE…, --subscriptions FILE…, --claims FILE…,\n"
    "  --instances FILE…\n"
    "                        the files behind it hold this and nothing else counts\n"
    "  --subscribed GROUP=PLAN   without claims: this group is subscribed (pro, pro-plus, pro-max "
    "or\n"
    "                        power); may be given several times\n"
    "  --start TIME          virtual time of the world (default: when the last seat began or was\n"
    "                        first used)\n"
    "  --pseudonyms          other names, e-mail addresses and group names, numbered by id; the\n"
    "                        account id is left out\n"
    "  --output FILE         write the document there, not to stdout\n"
    "  --names FILE          write there who became whom: the name in the world, a tab, the real\n"
    "                        one; keep it apart from the document\n"
    "\n"
    "The document has one profile. A PENDING seat is an assignment, an ACTIVE one an assignment "
    "and a\n"
    "use; canceled ones are left out.\n"
    "It is loaded once before it is written, and whose seat becomes another one in it is said on\n"
    "stderr.\n"
    "\n"
    "  mock-aws import *.json --output world.json &&\n"
    "    mock-aws exec --world world.json -- ./offboarding\n"
    "\n"
    "Exit codes: 0 a document that loads; 2 the call or a file was wrong; 3 the document cannot "
    "be\n"
    "written.\n";

static const char DOCTOR[] =
    "Examines a file that was made with serve --db and that no server holds now: whether SQLite\n"
    "finds it whole, whether its schema is this program's, and whether the facts hold that hold "
    "of\n"
    "every world (no seat without a claim, the ledger adds up, nothing due lies in the past …).\n"
    "Changes nothing in it. --facts instead of FILE lists them.\n"
    "\n"
    "Exit codes: 0 all holds; 1 something is broken: each row on stdout, with the fact's name and\n"
    "its law; 2 there is no such file, or it is none of ours; 3 a server holds it.\n";

static const char ENV[] = "Without URL: " URL_DEFAULT ". Use it as: eval \"$(mock-aws env)\"\n"
                          "The Region is the shell's own, us-east-1 if it has none.\n";

static const char WAIT[] =
    "Without URL: " URL_DEFAULT "; without SECONDS: 30.\n"
    "Exit codes: 0 a server answers; 2 a wrong call; 3 none answered in time.\n";

static const char EXIT_CODES[] = "\nExit codes: 0 stopped by a signal; 1 a check of exec failed; 2 "
                                 "the call or a file was wrong;\n"
                                 "3 the environment failed; exec: that of COMMAND.\n";

static const struct topic {
    const char *verb;
    const char *arguments;
    const char *summary;
    const char *text; /* NULL: the summary says all */
    bool shares;      /* the options that serve and exec share */
} TOPICS[] = {
    {"serve", "[options]", "run the server until it is interrupted", SERVE, true},
    {"exec", "[options] -- COMMAND …", "a fresh world, COMMAND in it, and whose seat it took", EXEC,
     true},
    {"env", "[URL]", "print what a shell exports to use a running server", ENV, false},
    {"wait", "[URL|FILE] [SECONDS]", "until a server answers there, or at the port in FILE", WAIT,
     false},
    {"import", "[options] FILE…", "the AWS CLI's listings of your company as a world document",
     IMPORT, false},
    {"doctor", "FILE", "examine a --db file that no server holds", DOCTOR, false},
    {"operations", "[--json]", "list the operations that are offered, with their shapes", NULL,
     false},
    {"ca", "", "print the certificate of the local authority, for clients that speak TLS", NULL,
     false},
    {"version", "", "print the version", NULL, false},
    {"help", "[COMMAND]", "print this, or what COMMAND --help prints", NULL, false}};

enum { TOPIC_COUNT = sizeof TOPICS / sizeof TOPICS[0] };

void help_all(void)
{
    fputs("mock-aws: AWS Identity Center and the Kiro seat API on your own machine\n\n", stdout);
    for (size_t i = 0; i < TOPIC_COUNT; i++)
        printf("%s mock-aws %s %s\n           %s\n", i == 0 ? "usage:" : "      ", TOPICS[i].verb,
               TOPICS[i].arguments, TOPICS[i].summary);
    fputs("\nmock-aws COMMAND --help has the options of each.\n\n"
          "In another shell:\n"
          "  aws --endpoint-url " URL_DEFAULT " --region us-east-1 sso-admin list-instances\n"
          "  curl " URL_DEFAULT "/_mock/subscriptions\n\n"
          "One port speaks plain HTTP, TLS (mock-aws ca has the certificate) and is a proxy for\n"
          "every AWS and Kiro host name.\n",
          stdout);
    fputs(EXIT_CODES, stdout);
}

bool help_on(const char *verb)
{
    const struct topic *topic = TOPICS;
    while (topic < TOPICS + TOPIC_COUNT && strcmp(topic->verb, verb) != 0)
        topic++;
    if (topic == TOPICS + TOPIC_COUNT)
        return false;
    printf("mock-aws %s: %s\n\nusage: mock-aws %s %s\n", verb, topic->summary, verb,
           topic->arguments);
    if (topic->text != NULL)
        printf("\n%s", topic->text);
    if (topic->shares) {
        fputs(SHARED, stdout);
        fputs(EXIT_CODES, stdout);
    }
    return true;
}
