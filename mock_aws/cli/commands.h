/* SPDX-License-Identifier: MIT */
/*
 * The commands of mock-aws. Each takes the words behind its name and gives the exit code
 * (control-api: 0 good, 1 a check failed, 2 the call or a file was wrong, 3 the environment
 * failed).
 */
#ifndef MOCK_KIRO_CLI_COMMANDS_H
#define MOCK_KIRO_CLI_COMMANDS_H

int command_serve(int count, char **words);
int command_exec(int count, char **words);
int command_env(int count, char **words);
int command_wait(int count, char **words);
int command_import(int count, char **words);
int command_doctor(int count, char **words);

/* One write, so that lines of two threads do not mix. */
void tell_stderr(const char *lines);

#endif
