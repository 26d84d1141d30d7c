/* SPDX-License-Identifier: MIT */
/* mock-aws doctor: what is wrong with a --db file, if anything is. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/commands.h"
#include "mock_aws.h"

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
