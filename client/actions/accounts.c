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

/* The management account of `organization`, or of the first one there is; else the first account. */
static const struct actor *manager(struct stage *stage, const char *organization)
{
    const struct actors *accounts = &stage->cast->of[ACTOR_ACCOUNT];
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
static const struct actor *closer(struct stage *stage, const struct actor *account)
{
    return account->organization == NULL ? account : manager(stage, account->organization);
}

bool deed_close_account(struct stage *stage, const struct json *said, struct deed *out_deed)
{
    const struct actor *account = stage_said(stage, ACTOR_ACCOUNT, said);
    struct aws_caller caller = {.account = closer(stage, account)->id,
                                .region = ORGANIZATIONS_REGION};
    struct json *input = json_new_object();
    json_put_text(input, "AccountId", account->id);
    bool answered =
        stage_call(stage, AWS_ORGANIZATIONS, "CloseAccount", &caller, input, out_deed, NULL);
    if (answered)
        stage_remember(
            stage, out_deed,
            (struct oracle_event){.kind = ORACLE_ACCOUNT_CLOSED, .subject = account->handle});
    return answered;
}

/* No seat hangs on it (rule idc-delegated-admin-neutral), so the oracle is not told. */
static bool delegate(struct stage *stage, const char *operation, const struct json *said,
                     struct deed *out_deed)
{
    const struct actor *account = stage_said(stage, ACTOR_ACCOUNT, said);
    struct aws_caller caller = {.account = manager(stage, account->organization)->id,
                                .region = ORGANIZATIONS_REGION};
    struct json *input = json_new_object();
    json_put_text(input, "AccountId", account->id);
    json_put_text(input, "ServicePrincipal", "sso.amazonaws.com");
    return stage_call(stage, AWS_ORGANIZATIONS, operation, &caller, input, out_deed, NULL);
}

bool deed_register_administrator(struct stage *stage, const struct json *said,
                                 struct deed *out_deed)
{
    return delegate(stage, "RegisterDelegatedAdministrator", said, out_deed);
}

bool deed_deregister_administrator(struct stage *stage, const struct json *said,
                                   struct deed *out_deed)
{
    return delegate(stage, "DeregisterDelegatedAdministrator", said, out_deed);
}

bool deed_reopen_account(struct stage *stage, const struct json *said, struct deed *out_deed)
{
    const struct actor *account = stage_said(stage, ACTOR_ACCOUNT, said);
    struct json *input = json_new_object();
    json_put_text(input, "account", account->id);
    bool answered = stage_control(stage, "/_mock/accounts/reopen", input, out_deed);
    if (answered)
        stage_remember(
            stage, out_deed,
            (struct oracle_event){.kind = ORACLE_ACCOUNT_REOPENED, .subject = account->handle});
    return answered;
}

static bool change_role(struct stage *stage, const struct json *said, const char *operation,
                        const char *form, enum oracle_event_kind kind, struct deed *out_deed)
{
    const struct actor *account = stage_said(stage, ACTOR_ACCOUNT, said);
    struct aws_caller caller = {.account = account->id, .region = ORGANIZATIONS_REGION};
    struct aws_answer answer;
    bool answered = aws_iam(stage->aws, operation, &caller, form, &answer);
    out_deed->refused = answer.code[0] != '\0';
    snprintf(out_deed->code, sizeof out_deed->code, "%s", answer.code);
    aws_answer_clear(&answer);
    if (answered)
        stage_remember(stage, out_deed,
                       (struct oracle_event){.kind = kind, .subject = account->handle});
    return answered;
}

bool deed_delete_role(struct stage *stage, const struct json *said, struct deed *out_deed)
{
    return change_role(stage, said, "DeleteServiceLinkedRole", "RoleName=" SEATS_ROLE,
                       ORACLE_ROLE_DELETED, out_deed);
}

bool deed_create_role(struct stage *stage, const struct json *said, struct deed *out_deed)
{
    return change_role(stage, said, "CreateServiceLinkedRole", "AWSServiceName=" SEATS_SERVICE,
                       ORACLE_ROLE_CREATED, out_deed);
}

/* CreateAccount is a request; its state says how it ended, and which account it made. */
static bool request_account(struct stage *stage, const struct actor *by, const char *name,
                            const char *email, struct deed *out_deed, struct aws_answer *out_answer)
{
    struct aws_caller caller = {.account = by->id, .region = ORGANIZATIONS_REGION};
    struct json *input = json_new_object();
    json_put_text(input, "AccountName", name);
    json_put_text(input, "Email", email);
    bool answered =
        stage_call(stage, AWS_ORGANIZATIONS, "CreateAccount", &caller, input, out_deed, out_answer);
    if (!answered || out_deed->refused)
        return answered;
    const char *id = json_member_text(json_member(out_answer->body, "CreateAccountStatus"), "Id");
    input = json_new_object();
    json_put_text(input, "CreateAccountRequestId", id);
    aws_answer_clear(out_answer);
    return stage_call(stage, AWS_ORGANIZATIONS, "DescribeCreateAccountStatus", &caller, input,
                      out_deed, out_answer);
}

bool deed_create_account(struct stage *stage, const struct json *said, struct deed *out_deed)
{
    const struct actor *by = manager(stage, NULL);
    const char *handle = json_member_text(said, "account");
    const char *name = json_member_text(said, "name");
    const char *email = json_member_text(said, "email");
    char *made = mem_format("%s@example.com", handle);
    struct aws_answer answer;
    bool answered = request_account(stage, by, name == NULL ? handle : name,
                                    email == NULL ? made : email, out_deed, &answer);
    const struct json *status = json_member(answer.body, "CreateAccountStatus");
    const char *failure = json_member_text(status, "FailureReason");
    if (answered && failure != NULL) {
        out_deed->refused = true;
        snprintf(out_deed->code, sizeof out_deed->code, "%s", failure);
    }
    if (answered && !out_deed->refused) {
        char *organization = mem_text(by->organization); /* adding to the cast moves `by` */
        struct actor *account = cast_add(stage->cast, ACTOR_ACCOUNT, handle);
        actor_set(&account->id, json_member_text(status, "AccountId"));
        account->organization = organization;
        stage_remember(stage, out_deed,
                       (struct oracle_event){.kind = ORACLE_ACCOUNT_JOINED,
                                             .subject = handle,
                                             .object = organization});
        if (account->id == NULL)
            answered = aws_problem_set(stage->aws,
                                       "DescribeCreateAccountStatus answered without an AccountId");
    }
    aws_answer_clear(&answer);
    free(made);
    return answered;
}
