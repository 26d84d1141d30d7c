/* SPDX-License-Identifier: MIT */
/* The life of accounts, as the management account of their organization sees to it. */
#include "actions/actions.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* The role with which Kiro reads an account's directory, and whose it is. */
#define SEATS_ROLE "AWSServiceRoleForUserSubscriptions"
#define SEATS_SERVICE "user-subscriptions.amazonaws.com"

/* Where a client without an endpoint of its own signs organizations. */
#define ORGANIZATIONS_REGION "us-east-1"

/*
 * The management account of `organization`, or of the first one there is; else the first account.
 */
static const struct actor *management_account(struct session *session, const char *organization)
{
    const struct actors *accounts = &session->registry->of[ACTOR_ACCOUNT];
    assert(accounts->count > 0);
    for (size_t i = 0; i < accounts->count; i++) {
        const struct actor *account = &accounts->items[i];
        if (account->management &&
            (organization == NULL || strcmp(account->organization, organization) == 0))
            return account;
    }
    return &accounts->items[0];
}

/* Its own account closes one that belongs to no organization, and learns that it cannot. */
static const struct actor *closing_account(struct session *session, const struct actor *account)
{
    return account->organization == NULL ? account
                                         : management_account(session, account->organization);
}

bool action_close_account(struct session *session, const struct json *arguments,
                          struct action_result *out_result)
{
    const struct actor *account = session_argument(session, ACTOR_ACCOUNT, arguments);
    struct aws_caller caller = {.account = closing_account(session, account)->id,
                                .region = ORGANIZATIONS_REGION};
    struct json *input = json_new_object();
    json_put_text(input, "AccountId", account->id);
    bool answered =
        session_call(session, AWS_ORGANIZATIONS, "CloseAccount", &caller, input, out_result, NULL);
    if (answered)
        session_record(
            session, out_result,
            (struct oracle_event){.kind = ORACLE_ACCOUNT_CLOSED, .subject = account->handle});
    return answered;
}

/* No seat hangs on it (rule idc-delegated-admin-neutral), so the oracle is not told. */
static bool delegate(struct session *session, const char *operation, const struct json *arguments,
                     struct action_result *out_result)
{
    const struct actor *account = session_argument(session, ACTOR_ACCOUNT, arguments);
    struct aws_caller caller = {.account = management_account(session, account->organization)->id,
                                .region = ORGANIZATIONS_REGION};
    struct json *input = json_new_object();
    json_put_text(input, "AccountId", account->id);
    json_put_text(input, "ServicePrincipal", "sso.amazonaws.com");
    return session_call(session, AWS_ORGANIZATIONS, operation, &caller, input, out_result, NULL);
}

bool action_register_administrator(struct session *session, const struct json *arguments,
                                   struct action_result *out_result)
{
    return delegate(session, "RegisterDelegatedAdministrator", arguments, out_result);
}

bool action_deregister_administrator(struct session *session, const struct json *arguments,
                                     struct action_result *out_result)
{
    return delegate(session, "DeregisterDelegatedAdministrator", arguments, out_result);
}

bool action_reopen_account(struct session *session, const struct json *arguments,
                           struct action_result *out_result)
{
    const struct actor *account = session_argument(session, ACTOR_ACCOUNT, arguments);
    struct json *input = json_new_object();
    json_put_text(input, "account", account->id);
    bool answered = session_control(session, "/_mock/accounts/reopen", input, out_result);
    if (answered)
        session_record(
            session, out_result,
            (struct oracle_event){.kind = ORACLE_ACCOUNT_REOPENED, .subject = account->handle});
    return answered;
}

static bool change_role(struct session *session, const struct json *arguments,
                        const char *operation, const char *form, enum oracle_event_kind kind,
                        struct action_result *out_result)
{
    const struct actor *account = session_argument(session, ACTOR_ACCOUNT, arguments);
    struct aws_caller caller = {.account = account->id, .region = ORGANIZATIONS_REGION};
    struct aws_answer answer;
    bool answered = aws_iam(session->aws, operation, &caller, form, &answer);
    out_result->refused = answer.code[0] != '\0';
    snprintf(out_result->code, sizeof out_result->code, "%s", answer.code);
    aws_answer_clear(&answer);
    if (answered)
        session_record(session, out_result,
                       (struct oracle_event){.kind = kind, .subject = account->handle});
    return answered;
}

bool action_delete_role(struct session *session, const struct json *arguments,
                        struct action_result *out_result)
{
    return change_role(session, arguments, "DeleteServiceLinkedRole", "RoleName=" SEATS_ROLE,
                       ORACLE_ROLE_DELETED, out_result);
}

bool action_create_role(struct session *session, const struct json *arguments,
                        struct action_result *out_result)
{
    return change_role(session, arguments, "CreateServiceLinkedRole",
                       "AWSServiceName=" SEATS_SERVICE, ORACLE_ROLE_CREATED, out_result);
}

/* CreateAccount is a request; its state says how it ended, and which account it made. */
static bool request_account(struct session *session, const struct actor *by, const char *name,
                            const char *email, struct action_result *out_result,
                            struct aws_answer *out_answer)
{
    struct aws_caller caller = {.account = by->id, .region = ORGANIZATIONS_REGION};
    struct json *input = json_new_object();
    json_put_text(input, "AccountName", name);
    json_put_text(input, "Email", email);
    bool answered = session_call(session, AWS_ORGANIZATIONS, "CreateAccount", &caller, input,
                                 out_result, out_answer);
    if (!answered || out_result->refused)
        return answered;
    const char *id = json_member_text(json_member(out_answer->body, "CreateAccountStatus"), "Id");
    input = json_new_object();
    json_put_text(input, "CreateAccountRequestId", id);
    aws_answer_clear(out_answer);
    return session_call(session, AWS_ORGANIZATIONS, "DescribeCreateAccountStatus", &caller, input,
                        out_result, out_answer);
}

bool action_create_account(struct session *session, const struct json *arguments,
                           struct action_result *out_result)
{
    const struct actor *by = management_account(session, NULL);
    const char *handle = json_member_text(arguments, "account");
    const char *name = json_member_text(arguments, "name");
    const char *email = json_member_text(arguments, "email");
    char *made = mem_format("%s@example.com", handle);
    struct aws_answer answer;
    bool answered = request_account(session, by, name == NULL ? handle : name,
                                    email == NULL ? made : email, out_result, &answer);
    const struct json *status = json_member(answer.body, "CreateAccountStatus");
    const char *failure = json_member_text(status, "FailureReason");
    if (answered && failure != NULL) {
        out_result->refused = true;
        snprintf(out_result->code, sizeof out_result->code, "%s", failure);
    }
    if (answered && !out_result->refused) {
        char *organization = mem_text(by->organization); /* adding to the registry moves `by` */
        struct actor *account = registry_add(session->registry, ACTOR_ACCOUNT, handle);
        actor_set(&account->id, json_member_text(status, "AccountId"));
        account->organization = organization;
        session_record(session, out_result,
                       (struct oracle_event){.kind = ORACLE_ACCOUNT_JOINED,
                                             .subject = handle,
                                             .object = organization});
        if (account->id == NULL)
            answered = aws_problem_set(session->aws,
                                       "DescribeCreateAccountStatus answered without an AccountId");
    }
    aws_answer_clear(&answer);
    free(made);
    return answered;
}
