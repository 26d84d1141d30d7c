/* SPDX-License-Identifier: MIT */
/*
 * More stories (oracle_stories.h says how to read them): closed accounts, and what the delays of
 * "documented" do: a day until group changes and other triggers are seen, two hours that an open
 * session goes on, ten minutes to close an account. The account home owns the instance and the
 * profile main; the account lab owns the profile second.
 */
#ifndef MOCK_KIRO_TESTS_ORACLE_STORIES_LATE_H
#define MOCK_KIRO_TESTS_ORACLE_STORIES_LATE_H

#include "oracle_stories.h"

static const struct story accounts[] = {
    {"E12",
     .text = "03-01T00 seat alice main pro\n"
             "03-01T00 seat alice second pro-plus\n"
             "03-01T00 subscribe bob second pro\n"
             "04-10T10 close-account lab\n"
             "04-10T10 see alice second CANCELED pro-plus - 40.00 0.00 0.00 auto-account-deleted\n"
             "04-10T10 see bob second CANCELED none - 0.00 0.00 0.00 auto-account-deleted\n"
             "04-10T10 see alice main ACTIVE pro access 20.00 20.00 0.00\n"},
    {"the account of the instance is closed: no access under another account's profile either",
     .text = "03-01T00 seat alice main pro\n"
             "03-01T00 seat alice second pro-plus\n"
             "04-10T10 close-account home\n"
             "04-10T10 see alice main CANCELED pro - 20.00 0.00 0.00 auto-account-deleted\n"
             "04-10T10 see alice second ACTIVE pro-plus - 40.00 40.00 0.00\n"
             "04-11T10 reopen-account home\n"
             "04-11T10 see alice second ACTIVE pro-plus access 40.00 40.00 0.00\n"},
    {"E15", .text = "03-01T00 seat alice second pro\n"
                    "03-01T00 add bob a\n"
                    "03-01T00 subscribe-group a second pro\n"
                    "03-02T00 use bob second\n"
                    "04-10T10 close-account lab\n"
                    "06-10T10 reopen-account lab\n"
                    "06-10T10 see alice second CANCELED pro - 0.00 0.00 0.00 auto-account-deleted\n"
                    "06-10T10 see bob second CANCELED pro - 0.00 0.00 0.00\n"
                    "06-11T00 subscribe alice second pro\n"
                    "06-11T00 see alice second PENDING none access 0.00 0.00 0.00\n"
                    "06-16T00 use alice second\n"
                    "06-16T00 see alice second ACTIVE pro access 10.00 20.00 0.00\n"},
    {"E15 in the month of the closure: one charge",
     .text = "03-01T00 seat alice second pro\n"
             "04-10T10 close-account lab\n"
             "04-11T10 reopen-account lab\n"
             "04-12T10 subscribe alice second pro-plus\n"
             "04-12T10 use alice second\n"
             "04-12T10 see alice second ACTIVE pro-plus access 40.00 40.00 20.00\n"},
    {"a row that is shown nowhere is not in the way of a change of plan",
     .text = "03-01T00 seat alice second pro\n"
             "04-10T10 close-account lab\n"
             "04-11T10 reopen-account lab\n"
             "04-11T10 change alice second pro-plus\n"
             "04-11T10 see alice second PENDING none access 20.00 0.00 0.00\n"},
    {"no edition leaves any access in a closed account, reopened or not", .edition = "kiro-2025-11",
     .text = "03-01T00 seat alice second pro\n"
             "04-10T10 close-account lab\n"
             "04-10T10 see alice second CANCELED pro - 20.00 0.00 0.00\n"
             "04-11T10 reopen-account lab\n"
             "04-11T10 see alice second CANCELED pro - 20.00 0.00 0.00\n"},
    {"another account's closure ends month-end access where it owns the instance",
     .edition = "kiro-2025-11",
     .text = "03-01T00 seat alice second pro\n"
             "04-10T10 unsubscribe alice second\n"
             "04-10T10 see alice second CANCELED pro access 20.00 0.00 0.00\n"
             "04-11T10 close-account home\n"
             "04-11T10 see alice second CANCELED pro - 20.00 0.00 0.00\n"},
    {"E35: without the role only what is done by hand ends a seat, and only in that account",
     .text = "03-01T00 seat alice main pro\n"
             "03-01T00 seat alice second pro\n"
             "03-01T00 add bob a\n"
             "03-01T00 subscribe-group a main pro\n"
             "03-02T00 use bob\n"
             "04-10T00 delete-role home\n"
             "04-10T10 delete-user alice\n"
             "04-10T10 remove bob a\n"
             "04-10T10 see alice main ACTIVE pro - 20.00 0.00 0.00\n"
             "04-10T10 see alice second CANCELED pro - 20.00 0.00 0.00 auto-user-deleted\n"
             "04-10T10 see bob main ACTIVE pro access 20.00 0.00 0.00\n"
             "04-11T10 unsubscribe-group a main\n"
             "04-11T10 see bob main CANCELED pro - 20.00 0.00 0.00 manual-unsubscribe-group\n"
             "05-02T00 see alice main ACTIVE pro - 0.00 0.00 0.00\n"
             "05-02T10 create-role home\n"
             "05-02T10 see alice main CANCELED pro - 0.00 0.00 0.00 auto-user-deleted\n"
             "05-02T10 see bob main CANCELED pro - 0.00 0.00 0.00\n"},
    {"E35: what was undone before the role was there again was never seen; the first cause counts",
     .text = "03-01T00 add alice a\n"
             "03-01T00 add alice b\n"
             "03-01T00 subscribe-group a main pro\n"
             "03-01T00 subscribe-group b main pro\n"
             "04-10T00 delete-role home\n"
             "04-10T10 remove alice a\n"
             "04-11T10 add alice a\n"
             "04-12T10 deactivate alice\n"
             "04-13T10 reactivate alice\n"
             "04-14T10 delete-group b\n"
             "04-15T10 create-role home\n"
             "04-15T10 see alice main PENDING none access 0.00 0.00 0.00\n"
             "04-16T10 delete-role home\n"
             "04-16T11 remove alice a\n"
             "04-16T12 delete-user alice\n"
             "04-16T13 create-role home\n"
             "04-16T13 see alice main CANCELED none - 0.00 0.00 0.00 auto-group-member-removed\n"},
    {"pending removal until the row leaves", .edition = "script-month-end",
     .text = "03-01T00 seat alice main pro\n"
             "03-01T00 seat alice second pro\n"
             "03-01T00 subscribe bob main pro\n"
             "04-10T10 unsubscribe alice\n"
             "04-10T10 unsubscribe bob\n"
             "04-10T10 close-account lab\n"
             "04-10T10 see alice main PENDING_REMOVAL pro access 20.00 0.00 0.00 "
             "manual-unsubscribe-user\n"
             "04-10T10 see bob main PENDING_REMOVAL none - 0.00 0.00 0.00\n"
             "04-10T10 see alice second CANCELED pro - 20.00 0.00 0.00\n"
             "05-01T00 see alice main CANCELED pro - 0.00 0.00 0.00 manual-unsubscribe-user\n"},
};

static const struct story late[] = {
    {"T1", .text = "04-01T00 subscribe-group a main pro\n"
                   "04-10T10 add alice a\n"
                   "04-11T09:59:59 see alice main NONE none - 0.00 0.00 0.00\n"
                   "04-11T10 see alice main PENDING none access 0.00 0.00 0.00\n"},
    {"T1: who left before he was seen was never there",
     .text = "04-01T00 subscribe-group a main pro\n"
             "04-10T10 add alice a\n"
             "04-11T09:59:59 remove alice a\n"
             "04-12T10 see alice main NONE none - 0.00 0.00 0.00\n"},
    {"T1: who left as he was seen had a seat",
     .text = "04-01T00 subscribe-group a main pro\n"
             "04-10T10 add alice a\n"
             "04-11T10 remove alice a\n"
             "04-12T09:59:59 see alice main PENDING none access 0.00 0.00 0.00\n"
             "04-12T10 see alice main CANCELED none - 0.00 0.00 0.00 auto-group-member-removed\n"},
    {"T1: and who left and came back counts from his return",
     .text = "04-01T00 subscribe-group a main pro\n"
             "04-10T10 add alice a\n"
             "04-10T11 remove alice a\n"
             "04-10T12 add alice a\n"
             "04-11T11:59:59 see alice main NONE none - 0.00 0.00 0.00\n"
             "04-11T12 see alice main PENDING none access 0.00 0.00 0.00\n"},
    {"T1: a group that ended first", .text =
                                         "04-01T00 subscribe-group a main pro\n"
                                         "04-10T10 add alice a\n"
                                         "04-10T11 delete-group a\n"
                                         "04-12T10 see alice main NONE none - 0.00 0.00 0.00\n"},
    {"T1: a user who ended first", .text = "04-01T00 subscribe-group a main pro\n"
                                           "04-10T10 add alice a\n"
                                           "04-10T11 delete-user alice\n"
                                           "04-12T10 see alice main NONE none - 0.00 0.00 0.00\n"},
    {"T1: an instance that ended first",
     .text = "04-01T00 subscribe-group a main pro\n"
             "04-10T10 add alice a\n"
             "04-10T11 delete-instance main\n"
             "04-12T10 see alice main NONE none - 0.00 0.00 0.00\n"},
    {"T1: another instance that ended",
     .text = "04-01T00 subscribe-group a main pro\n"
             "04-01T00 create-instance other lab\n"
             "04-10T10 add alice a\n"
             "04-10T11 delete-instance other\n"
             "04-11T10 see alice main PENDING none access 0.00 0.00 0.00\n"},
    {"T1: assignments are seen at once, for the members that are seen",
     .text = "04-01T00 add alice a\n"
             "04-10T10 add bob a\n"
             "04-10T12 subscribe-group a main pro\n"
             "04-10T12 see alice main PENDING none access 0.00 0.00 0.00\n"
             "04-10T12 see bob main NONE none - 0.00 0.00 0.00\n"
             "04-11T10 see bob main PENDING none access 0.00 0.00 0.00\n"
             "04-16T00 use alice\n"
             "04-16T00 change-group a main power\n"
             "04-16T00 see alice main ACTIVE power access 200.00 200.00 10.00\n"
             "04-17T00 unsubscribe-group a\n"
             "04-17T00 see alice main CANCELED power access 200.00 0.00 10.00 "
             "manual-unsubscribe-group\n"
             "04-17T00 see bob main CANCELED none - 0.00 0.00 0.00\n"},
    {"T2, E29",
     .text =
         "03-01T00 add alice a\n"
         "03-02T00 subscribe-group a main pro\n"
         "03-02T00 use alice\n"
         "04-10T10 remove alice a\n"
         "04-11T09:59:59 see alice main ACTIVE pro access 20.00 0.00 0.00\n"
         "04-11T10 see alice main CANCELED pro access 20.00 0.00 0.00 auto-group-member-removed\n"
         "04-11T11:59:59 see alice main CANCELED pro access 20.00 0.00 0.00\n"
         "04-11T12 see alice main CANCELED pro - 20.00 0.00 0.00\n"},
    {"T2: a group that is deleted",
     .text = "03-01T00 add alice a\n"
             "03-02T00 subscribe-group a main pro\n"
             "03-02T00 use alice\n"
             "04-10T10 delete-group a\n"
             "04-11T09:59:59 see alice main ACTIVE pro access 20.00 0.00 0.00\n"
             "04-11T10 see alice main CANCELED pro access 20.00 0.00 0.00 E5\n"},
    {"T2: a group that is subscribed after he left is seen with him in it",
     .text = "03-01T00 add alice a\n"
             "04-10T10 remove alice a\n"
             "04-10T12 subscribe-group a main pro\n"
             "04-10T12 see alice main PENDING none access 0.00 0.00 0.00\n"
             "04-11T10 see alice main CANCELED none - 0.00 0.00 0.00 auto-group-member-removed\n"},
    {"E30",
     .text =
         "03-01T00 add alice a\n"
         "03-02T00 subscribe-group a main pro\n"
         "03-02T00 use alice\n"
         "04-10T10 remove alice a\n"
         "04-10T11 add alice a\n"
         "04-11T09:59:59 see alice main ACTIVE pro access 20.00 20.00 0.00\n"
         "04-11T10 see alice main CANCELED pro access 20.00 0.00 0.00 auto-group-member-removed\n"
         "04-11T11 see alice main PENDING none access 20.00 0.00 0.00\n"
         "04-12T00 use alice\n"
         "04-12T00 see alice main ACTIVE pro access 20.00 20.00 0.00\n"},
    {"E30 without a gap: the claim goes on",
     .text =
         "03-01T00 add alice a\n"
         "03-02T00 subscribe-group a main pro\n"
         "03-02T00 use alice\n"
         "04-10T10 remove alice a\n"
         "04-10T10 add alice a\n"
         "04-11T10 see alice main ACTIVE pro access 20.00 20.00 0.00\n"
         "04-20T10 remove alice a\n"
         "04-21T10 see alice main CANCELED pro access 20.00 0.00 0.00 auto-group-member-removed\n"},
    {"T3", .text = "03-01T00 seat alice main pro\n"
                   "03-01T00 subscribe bob main pro\n"
                   "04-10T10 delete-user alice\n"
                   "04-10T10 delete-user bob\n"
                   "04-10T10 see bob main PENDING none - 0.00 0.00 0.00\n"
                   "04-10T11:59:59 see alice main ACTIVE pro access 20.00 0.00 0.00\n"
                   "04-10T12 see alice main ACTIVE pro - 20.00 0.00 0.00\n"
                   "04-11T09:59:59 see alice main ACTIVE pro - 20.00 0.00 0.00\n"
                   "04-11T10 see alice main CANCELED pro - 20.00 0.00 0.00 auto-user-deleted\n"
                   "04-11T10 see bob main CANCELED none - 0.00 0.00 0.00\n"},
    {"T3: assigned to somebody who is disabled and not seen to be",
     .text = "04-10T10 deactivate alice\n"
             "04-10T11 subscribe alice main pro\n"
             "04-10T11 see alice main PENDING none - 0.00 0.00 0.00\n"
             "04-11T10 see alice main CANCELED none - 0.00 0.00 0.00 auto-user-deactivated\n"
             "04-12T00 reactivate alice\n"
             "04-12T00 see alice main PENDING none access 0.00 0.00 0.00\n"},
    {"T3: enabled in time, a direct assignment ends all the same",
     .text = "03-01T00 seat alice main pro\n"
             "04-10T10 deactivate alice\n"
             "04-10T12 see alice main ACTIVE pro - 20.00 0.00 0.00\n"
             "04-11T09:59:59 reactivate alice\n"
             "04-11T09:59:59 see alice main ACTIVE pro access 20.00 0.00 0.00\n"
             "04-11T10 see alice main CANCELED pro access 20.00 0.00 0.00 auto-user-deactivated\n"
             "04-11T12 see alice main CANCELED pro - 20.00 0.00 0.00\n"},
    {"T3: enabled in time, the claim through a group goes on",
     .text = "03-01T00 add alice a\n"
             "03-02T00 subscribe-group a main pro\n"
             "03-02T00 subscribe alice main power\n"
             "03-02T00 use alice\n"
             "04-10T10 deactivate alice\n"
             "04-11T09:59:59 reactivate alice\n"
             "04-11T09:59:59 see alice main ACTIVE power access 200.00 200.00 0.00\n"
             "04-11T10 see alice main ACTIVE power>pro access 200.00 20.00 0.00 "
             "group-members-individually-subscribed\n"},
    {"T3: enabled when the lag has passed, he begins anew",
     .text = "03-01T00 add alice a\n"
             "03-02T00 subscribe-group a main pro\n"
             "03-02T00 use alice\n"
             "04-10T10 deactivate alice\n"
             "04-11T10 reactivate alice\n"
             "04-11T10 see alice main PENDING none access 20.00 0.00 0.00\n"},
    {"T3: disabled twice within the lag, seen the second time",
     .text = "03-01T00 add alice a\n"
             "03-02T00 subscribe-group a main pro\n"
             "03-02T00 use alice\n"
             "04-10T10 deactivate alice\n"
             "04-10T11 reactivate alice\n"
             "04-10T12 deactivate alice\n"
             "04-11T11:59:59 see alice main ACTIVE pro - 20.00 0.00 0.00\n"
             "04-11T12 see alice main CANCELED pro - 20.00 0.00 0.00 auto-user-deactivated\n"},
    {"T3: subscribed anew before the old assignment is seen to end",
     .text = "03-01T00 seat alice main power\n"
             "04-10T10 deactivate alice\n"
             "04-10T11 reactivate alice\n"
             "04-10T12 subscribe alice main pro-plus\n"
             "04-10T13 change alice main pro\n"
             "04-10T13 see alice main ACTIVE power access 200.00 200.00 0.00\n"
             "04-11T10 see alice main ACTIVE power>pro access 200.00 20.00 0.00 "
             "activation-on-first-use\n"
             "04-12T10 unsubscribe alice\n"
             "04-12T10 see alice main CANCELED power access 200.00 0.00 0.00 "
             "manual-unsubscribe-user\n"},
    {"T3: subscribed anew and unsubscribed, the old assignment still ends when it is seen",
     .text =
         "03-01T00 seat alice main power\n"
         "04-10T10 deactivate alice\n"
         "04-10T11 reactivate alice\n"
         "04-10T12 subscribe alice main pro\n"
         "04-10T13 unsubscribe alice\n"
         "04-10T13 see alice main ACTIVE power access 200.00 0.00 0.00\n"
         "04-11T10 see alice main CANCELED power access 200.00 0.00 0.00 auto-user-deactivated\n"},
    {"T3: canceled meanwhile, the session still ends two hours after he was disabled",
     .text = "03-01T00 add alice a\n"
             "03-02T00 subscribe-group a main pro\n"
             "03-02T00 use alice\n"
             "04-10T10 deactivate alice\n"
             "04-10T11 unsubscribe-group a\n"
             "04-10T11:59:59 see alice main CANCELED pro access 20.00 0.00 0.00\n"
             "04-10T12 see alice main CANCELED pro - 20.00 0.00 0.00\n"},
    {"T3: disabled after the cancel, the session ends no later than it would have",
     .text = "03-01T00 seat alice main pro\n"
             "04-10T10 unsubscribe alice\n"
             "04-10T11 deactivate alice\n"
             "04-10T11:59:59 see alice main CANCELED pro access 20.00 0.00 0.00\n"
             "04-10T12 see alice main CANCELED pro - 20.00 0.00 0.00\n"},
    {"T3: disabled in the second of the cancel",
     .text = "03-01T00 seat alice main pro\n"
             "04-10T10 unsubscribe alice\n"
             "04-10T10 deactivate alice\n"
             "04-10T11:59:59 see alice main CANCELED pro access 20.00 0.00 0.00\n"
             "04-10T12 see alice main CANCELED pro - 20.00 0.00 0.00\n"},
    {"T3: a session of an old seat opens no new one",
     .text = "03-01T00 seat alice main pro\n"
             "04-10T10 unsubscribe alice\n"
             "04-10T11 deactivate alice\n"
             "04-10T11 subscribe alice main pro\n"
             "04-10T11 see alice main PENDING none - 20.00 0.00 0.00\n"},
    {"T4: a profile",
     .text = "03-01T00 seat alice main pro\n"
             "04-10T10 delete-profile main\n"
             "04-10T10 see alice main ACTIVE pro - 20.00 0.00 0.00\n"
             "04-11T09:59:59 see alice main ACTIVE pro - 20.00 0.00 0.00\n"
             "04-11T10 see alice main CANCELED pro - 20.00 0.00 0.00 auto-profile-deleted\n"},
    {"T4: an instance",
     .text = "03-01T00 seat alice main pro\n"
             "04-10T10 delete-instance main\n"
             "04-10T10 see alice main ACTIVE pro - 20.00 0.00 0.00\n"
             "04-11T10 see alice main CANCELED pro - 20.00 0.00 0.00 auto-instance-deleted\n"},
    {"T4: an account",
     .text = "03-01T00 seat alice second pro\n"
             "04-10T10 close-account lab\n"
             "04-10T10:09:59 see alice second ACTIVE pro access 20.00 0.00 0.00\n"
             "04-10T10:10 see alice second CANCELED pro - 20.00 0.00 0.00 auto-account-deleted\n"},
    {"T5", .text = "03-01T00 seat alice main pro\n"
                   "03-01T00 subscribe bob main pro\n"
                   "04-10T10 unsubscribe alice\n"
                   "04-10T10 unsubscribe bob\n"
                   "04-10T10 see bob main CANCELED none - 0.00 0.00 0.00\n"
                   "04-10T11:59:59 see alice main CANCELED pro access 20.00 0.00 0.00 "
                   "manual-unsubscribe-user\n"
                   "04-10T12 see alice main CANCELED pro - 20.00 0.00 0.00\n"},
    {"T5: the profile does not wait for the session",
     .text = "03-01T00 seat alice main pro\n"
             "04-10T10 unsubscribe alice\n"
             "04-10T11 delete-profile main\n"
             "04-10T11 see alice main CANCELED pro - 20.00 0.00 0.00\n"},
    {"T5: the edition's end where it comes later", .edition = "kiro-2025-11",
     .text = "03-01T00 seat alice main pro\n"
             "04-10T10 unsubscribe alice\n"
             "04-30T23:59:59 see alice main CANCELED pro access 20.00 0.00 0.00\n"
             "05-01T00 see alice main CANCELED pro - 0.00 0.00 0.00\n"},
    {"T5: the session's where it does", .edition = "q-business",
     .text = "03-01T00 seat alice main pro\n"
             "04-30T23 unsubscribe alice\n"
             "05-01T00:59:59 see alice main CANCELED pro access 0.00 0.00 0.00\n"
             "05-01T01 see alice main CANCELED pro - 0.00 0.00 0.00\n"},
    {"T6, E28",
     .text =
         "03-01T00 add alice a\n"
         "03-02T00 subscribe-group a main pro\n"
         "03-02T00 use alice\n"
         "04-30T12 remove alice a\n"
         "04-30T12 see alice main ACTIVE pro access 20.00 0.00 0.00\n"
         "05-01T00 see alice main ACTIVE pro access 0.00 0.00 0.00\n"
         "05-01T12 see alice main CANCELED pro access 0.00 0.00 0.00 auto-group-member-removed\n"
         "06-01T00 see alice main CANCELED pro - 0.00 0.00 0.00\n"},
    {"E28 at the last second", .text =
                                   "03-01T00 seat alice main pro\n"
                                   "04-30T23:59:59 delete-user alice\n"
                                   "05-01T00 see alice main ACTIVE pro access 0.00 0.00 0.00\n"},
    {"E28 at the first: charged", .text =
                                      "03-01T00 seat alice main pro\n"
                                      "05-01T00 delete-user alice\n"
                                      "05-01T00 see alice main ACTIVE pro access 20.00 0.00 0.00\n"
                                      "05-02T00 see alice main CANCELED pro - 20.00 0.00 0.00\n"},
    {"E28 of an account", .text = "03-01T00 seat alice second pro\n"
                                  "04-30T23:55 close-account lab\n"
                                  "05-01T00 see alice second ACTIVE pro access 0.00 0.00 0.00\n"
                                  "05-01T00:05 see alice second CANCELED pro - 0.00 0.00 0.00\n"},
    {"E28: something else entitles him",
     .text = "03-01T00 add alice a\n"
             "03-01T00 add alice b\n"
             "03-02T00 subscribe-group a main pro\n"
             "03-02T00 subscribe-group b main pro\n"
             "03-02T00 use alice\n"
             "04-30T12 remove alice a\n"
             "05-01T00 see alice main ACTIVE pro access 20.00 20.00 0.00\n"},
    {"E28: something that is not seen yet entitles him",
     .text = "03-01T00 add alice a\n"
             "03-02T00 subscribe-group a main pro\n"
             "03-02T00 subscribe-group b main pro\n"
             "03-02T00 use alice\n"
             "04-30T12 remove alice a\n"
             "04-30T12 add alice b\n"
             "05-01T00 see alice main ACTIVE pro access 20.00 20.00 0.00\n"},
    {"E28: subscribed anew in that month, he pays his share",
     .text = "03-01T00 add alice a\n"
             "03-02T00 subscribe-group a main power\n"
             "03-02T00 use alice\n"
             "04-30T12 remove alice a\n"
             "05-10T00 subscribe alice main pro\n"
             "05-10T00 see alice main PENDING none access 0.00 0.00 0.00\n"
             "05-16T00 use alice\n"
             "05-16T00 see alice main ACTIVE pro access 10.32 20.00 0.00\n"},
    {"E28: subscribed anew before the seat was canceled, he pays from that day",
     .turn = {PRORATION_DAYS, DAYS_EXCLUSIVE},
     .text = "03-01T00 add alice a\n"
             "03-02T00 subscribe-group a main pro\n"
             "03-02T00 use alice\n"
             "04-30T12 remove alice a\n"
             "05-01T06 subscribe alice main pro\n"
             "05-01T06 see alice main ACTIVE pro access 19.35 20.00 0.00\n"
             "06-01T00 see alice main ACTIVE pro access 20.00 20.00 0.00\n"},
    {"E28: disabled over the month's end, he pays from the day of his return",
     .turn = {PRORATION_DAYS, DAYS_EXCLUSIVE},
     .text = "03-01T00 add alice a\n"
             "03-02T00 subscribe-group a main pro\n"
             "03-02T00 use alice\n"
             "04-30T12 deactivate alice\n"
             "05-01T00 see alice main ACTIVE pro - 0.00 0.00 0.00\n"
             "05-01T06 reactivate alice\n"
             "05-01T06 see alice main ACTIVE pro access 19.35 20.00 0.00\n"
             "06-01T00 see alice main ACTIVE pro access 20.00 20.00 0.00\n"},
    {"E28: what changes while nothing entitles him costs nothing",
     .turn = {FIRST_MONTH_CANCEL, FIRST_CANCEL_FULL},
     .text = "03-01T00 add alice a\n"
             "03-02T00 subscribe-group a main pro-plus\n"
             "03-02T00 use alice\n"
             "04-30T12 remove alice a\n"
             "05-01T06 change-group a main power\n"
             "05-01T06 see alice main ACTIVE power access 0.00 0.00 0.00\n"
             "05-01T07 change-group a main pro\n"
             "05-01T07 see alice main ACTIVE pro access 0.00 0.00 0.00\n"
             "05-01T12 see alice main CANCELED pro access 0.00 0.00 0.00\n"},
    {"T7: a cancellation seen on the 1st comes before the fall of the plan and the charge",
     .text =
         "03-01T00 add alice a\n"
         "03-02T00 subscribe-group a main power\n"
         "03-02T00 use alice\n"
         "04-20T00 change-group a main pro\n"
         "04-30T00 remove alice a\n"
         "05-01T00 see alice main CANCELED power access 0.00 0.00 0.00 auto-group-member-removed\n"
         "05-01T02 see alice main CANCELED power - 0.00 0.00 0.00\n"},
    {"T7: so does the loss of the better claim",
     .text = "03-01T00 add alice a\n"
             "03-01T00 add alice b\n"
             "03-02T00 subscribe-group a main pro\n"
             "03-02T00 subscribe-group b main power\n"
             "03-02T00 use alice\n"
             "04-30T00 remove alice b\n"
             "04-30T23:59:59 see alice main ACTIVE power access 200.00 200.00 0.00\n"
             "05-01T00 see alice main ACTIVE pro access 20.00 20.00 0.00\n"},
    {"T7: and a request of that instant comes after all",
     .text = "03-01T00 add alice a\n"
             "03-02T00 subscribe-group a main pro\n"
             "03-02T00 use alice\n"
             "04-30T00 remove alice a\n"
             "05-01T00 subscribe alice main pro\n"
             "05-01T00 see alice main PENDING none access 0.00 0.00 0.00\n"},
    {"what is seen at one instant is one change",
     .text = "04-01T00 subscribe-group a main pro\n"
             "04-10T10 add alice a\n"
             "04-10T10 deactivate alice\n"
             "04-11T10 see alice main NONE none - 0.00 0.00 0.00\n"},
    {"and the first thing that took a claim cancels",
     .text = "03-01T00 add alice a\n"
             "03-02T00 subscribe-group a main pro\n"
             "03-02T00 subscribe alice main pro\n"
             "04-10T10 remove alice a\n"
             "04-10T10 deactivate alice\n"
             "04-10T10 delete-group b\n"
             "04-11T10 see alice main CANCELED none - 0.00 0.00 0.00 auto-group-member-removed\n"},
    {"E35: a delay that passes while the role is missing brings nothing",
     .text = "03-01T00 seat alice main pro\n"
             "04-10T10 delete-user alice\n"
             "04-11T00 delete-role home\n"
             "04-12T00 see alice main ACTIVE pro - 20.00 0.00 0.00\n"
             "04-13T00 create-role home\n"
             "04-13T00 see alice main CANCELED pro - 20.00 0.00 0.00 auto-user-deleted\n"},
    {"E35: and one that passes later passes as ever",
     .text = "03-01T00 seat alice main pro\n"
             "04-10T00 delete-role home\n"
             "04-10T10 delete-user alice\n"
             "04-10T20 create-role home\n"
             "04-11T09 see alice main ACTIVE pro - 20.00 0.00 0.00\n"
             "04-11T10 see alice main CANCELED pro - 20.00 0.00 0.00 auto-user-deleted\n"},
};

#endif
