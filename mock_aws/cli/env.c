/* SPDX-License-Identifier: MIT */
/* mock-aws env: what a shell exports to use a running server. */
#include "cli/commands.h"

#include <stdio.h>
#include <stdlib.h>

#include "cli/environment.h"
#include "cli/options.h"

static void print_quoted(const char *value)
{
    putchar('\'');
    for (; *value != '\0'; value++) {
        if (*value == '\'')
            fputs("'\\''", stdout);
        else
            putchar(*value);
    }
    putchar('\'');
}

static void print_variable(void *self, const char *name, const char *value)
{
    (void)self;
    if (value == NULL) {
        printf("unset %s\n", name);
        return;
    }
    printf("export %s=", name);
    print_quoted(value);
    putchar('\n');
}

int command_env(int count, char **words)
{
    char error[1024];
    if (count > 1)
        return usage("'%s' is too much: env takes a URL", words[1]);
    char region[ENVIRONMENT_PLACE_BYTES];
    char account[ENVIRONMENT_PLACE_BYTES];
    struct text said = {0};
    environment_region(NULL, region, &said);
    environment_account(NULL, account, &said);
    text_clear(&said);
    struct environment environment = {
        .url = count == 1 ? words[0] : URL_DEFAULT, .region = region, .account = account};
    char *certificate = mock_aws_ca_path(NULL, error, sizeof error);
    if (certificate == NULL) {
        fprintf(stderr, "mock-aws: %s\n", error);
        return EXIT_ENVIRONMENT;
    }
    environment.certificate = certificate;
    environment_each(&environment, print_variable, NULL);
    free(certificate);
    return 0;
}
