/* SPDX-License-Identifier: MIT */
/* mock-aws doctor: what is wrong with a --db file, if anything is. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/commands.h"
#include "mock_aws.h"

static const char USAGE[] =
    "usage: mock-aws doctor FILE\n"
    "       mock-aws doctor --facts   list the facts, with the law or rule that each says\n"
    "\n"
    "Examines a file that was made with serve --db and that no server holds now: whether SQLite "
    "finds it whole, whether its\n"
    "schema is this program's, and whether the facts hold that hold of every world (no seat "
    "without a claim, the ledger adds\n"
    "up, nothing due lies in the past …). Changes nothing in it.\n"
    "\n"
    "Exit codes: 0 all holds; 1 something is broken: each row on stdout, with the fact's name and "
    "its law; 2 there is no such\n"
    "file, or it is none of ours; 3 a server holds it.\n";

enum { EXIT_WRONG_CALL = 2 };

static void tell(void *self, const char *line)
{
    int *count = self;
    (*count)++;
    puts(line);
}

int command_doctor(int count, char **words)
{
    char error[2048] = "";
    int told = 0;
    if (count == 1 && (strcmp(words[0], "--help") == 0 || strcmp(words[0], "-h") == 0)) {
        fputs(USAGE, stdout);
        return 0;
    }
    if (count == 1 && strcmp(words[0], "--facts") == 0) {
        char *facts = mock_aws_facts();
        fputs(facts, stdout);
        free(facts);
        return 0;
    }
    if (count != 1) {
        fprintf(stderr, "mock-aws: doctor takes one FILE; mock-aws doctor --help says more\n");
        return EXIT_WRONG_CALL;
    }
    int result = mock_aws_doctor(words[0], tell, &told, error, sizeof error);
    if (error[0] != '\0')
        fprintf(stderr, "mock-aws: %s\n", error);
    else
        printf("%s: %s\n", words[0], result == 0 ? "all facts hold" : "broken");
    return fflush(stdout) == 0 ? result : EXIT_WRONG_CALL + 1;
}
