/* SPDX-License-Identifier: MIT */
/*
 * The rulebook's worked vectors and edge cases as stories: a text of lines, all in 2026 unless they
 * say otherwise. Most tell what happened ("seat" is subscribe and first use); one with "see" says
 * how a seat and its bill must look then:
 *   TIME see USER PROFILE STATUS IN-FORCE[>NEXT-PLAN] ACCESS OWED OWED-NEXT-MONTH REFUNDED
 * [RULE-OF-STATUS]
 */
#ifndef MOCK_KIRO_TESTS_ORACLE_STORIES_H
#define MOCK_KIRO_TESTS_ORACLE_STORIES_H

#include "base/vocabulary.h"

struct turn {
    enum parameter parameter;
    int value; /* 0: turn nothing, it is the default edition's own value */
};

struct story {
    const char *name;
    const char *edition; /* the default if NULL */
    struct turn turn;
    const char *text;
};

static const struct story vectors[] = {
    {"V1", .text =
               "03-01T00 seat alice main pro\n"
               "04-12T09 see alice main ACTIVE pro access 20.00 20.00 0.00\n"
               "04-12T10 unsubscribe alice\n"
               "04-12T10 see alice main CANCELED pro - 20.00 0.00 0.00 manual-unsubscribe-user\n"
               "05-01T00 see alice main CANCELED pro - 0.00 0.00 0.00\n"},
    {"V2", .edition = "kiro-2025-11",
     .text = "03-01T00 seat alice main pro\n"
             "04-12T10 unsubscribe alice\n"
             "04-12T10 see alice main CANCELED pro access 20.00 0.00 0.00\n"
             "04-30T23:59:59 see alice main CANCELED pro access 20.00 0.00 0.00\n"
             "05-01T00 see alice main CANCELED pro - 0.00 0.00 0.00\n"},
    {"V3", .text = "04-01T00 subscribe alice main pro\n"
                   "04-15T12 use alice\n"
                   "04-15T12 see alice main ACTIVE pro access 10.67 20.00 0.00\n"
                   "05-01T00 see alice main ACTIVE pro access 20.00 20.00 0.00\n"},
    {"V3 exclusive", .turn = {PRORATION_DAYS, DAYS_EXCLUSIVE},
     .text = "04-01T00 subscribe alice main pro\n"
             "04-15T12 use alice\n"
             "04-15T12 see alice main ACTIVE pro access 10.00 20.00 0.00\n"},
    {"V3 in kiro-2025-11", .edition = "kiro-2025-11",
     .text = "04-01T00 subscribe alice main pro\n"
             "04-15T12 use alice\n"
             "04-15T12 see alice main ACTIVE pro access 20.00 20.00 0.00\n"},
    {"V4", .text = "04-01T00 subscribe alice main pro\n"
                   "04-15T12 use alice\n"
                   "04-20T12 unsubscribe alice\n"
                   "04-20T12 see alice main CANCELED pro - 10.67 0.00 0.00\n"},
    {"V4 topped up", .turn = {FIRST_MONTH_CANCEL, FIRST_CANCEL_FULL},
     .text = "04-01T00 subscribe alice main pro\n"
             "04-15T12 use alice\n"
             "04-20T11 see alice main ACTIVE pro access 10.67 20.00 0.00\n"
             "04-20T12 unsubscribe alice\n"
             "04-20T12 see alice main CANCELED pro - 20.00 0.00 10.67\n"},
    {"V5", .text = "07-01T00 subscribe alice main pro-plus\n"
                   "07-31T12 use alice\n"
                   "07-31T12 see alice main ACTIVE pro-plus access 1.29 40.00 0.00\n"},
    {"V6", .text = "07-01T00 subscribe alice main pro-max\n"
                   "07-10T12 use alice\n"
                   "07-10T12 see alice main ACTIVE pro-max access 70.97 100.00 0.00\n"},
    {"V7", .text = "03-01T00 seat alice main pro-plus\n"
                   "04-20T10 change alice main power\n"
                   "04-20T10 see alice main ACTIVE power access 200.00 200.00 40.00\n"},
    {"V8", .text = "03-01T00 seat alice main power\n"
                   "04-20T10 change alice main pro\n"
                   "04-20T10 see alice main ACTIVE power>pro access 200.00 20.00 0.00\n"
                   "05-01T00 see alice main ACTIVE pro access 20.00 20.00 0.00\n"},
    {"V9", .text = "03-01T00 seat alice main power\n"
                   "04-20T10 change alice main pro\n"
                   "04-25T10 unsubscribe alice\n"
                   "04-25T10 see alice main CANCELED power - 200.00 0.00 0.00\n"
                   "05-01T00 see alice main CANCELED power - 0.00 0.00 0.00\n"},
    {"V10", .text = "03-01T00 add alice a\n"
                    "03-01T00 add alice b\n"
                    "03-01T00 subscribe-group a main pro\n"
                    "03-01T00 subscribe-group b main pro-plus\n"
                    "03-01T09 use alice\n"
                    "04-10T09 see alice main ACTIVE pro-plus access 40.00 40.00 0.00\n"
                    "04-10T10 remove alice b\n"
                    "04-10T10 see alice main ACTIVE pro-plus>pro access 40.00 20.00 0.00 "
                    "group-members-individually-subscribed\n"},
    {"V11", .text = "03-01T00 seat alice main pro-plus\n"
                    "03-01T10 subscribe alice second pro-plus\n"
                    "03-01T11 use alice second\n"
                    "04-05T10 unsubscribe alice\n"
                    "04-05T10 see alice main CANCELED pro-plus - 40.00 0.00 0.00\n"
                    "04-05T10 see alice second ACTIVE pro-plus access 40.00 40.00 0.00\n"},
    {"V12", .text = "04-01T00 subscribe alice main pro\n"
                    "04-09T09 see alice main PENDING none access 0.00 0.00 0.00\n"
                    "04-09T10 unsubscribe alice\n"
                    "04-09T10 see alice main CANCELED none - 0.00 0.00 0.00\n"
                    "05-09T10 see alice main CANCELED none - 0.00 0.00 0.00\n"},
    {"V15", .text = "03-01T00 seat alice main pro\n"
                    "04-03T10 delete-user alice\n"
                    "04-03T10 see alice main CANCELED pro - 20.00 0.00 0.00 auto-user-deleted\n"
                    "05-01T00 see alice main CANCELED pro - 0.00 0.00 0.00\n"},
    {"V16", .text = "03-01T00 seat alice main pro\n"
                    "04-05T10 unsubscribe alice\n"
                    "04-05T10 see alice main CANCELED pro - 20.00 0.00 0.00\n"
                    "04-08T10 subscribe alice main pro-plus\n"
                    "04-08T10 see alice main PENDING none access 20.00 0.00 0.00\n"
                    "04-08T11 use alice\n"
                    "04-08T11 see alice main ACTIVE pro-plus access 40.00 40.00 20.00\n"},
    {"V17", .text = "03-01T00 seat alice main pro\n"
                    "05-01T00 unsubscribe alice\n"
                    "05-01T00 see alice main CANCELED pro - 20.00 0.00 0.00\n"
                    "06-01T00 see alice main CANCELED pro - 0.00 0.00 0.00\n"},
};

static const struct story edges[] = {
    {"E1 in the first month",
     .text = "03-01T00 add alice a\n"
             "03-01T00 subscribe-group a main pro\n"
             "03-01T00 add alice b\n"
             "03-01T00 subscribe-group b main power\n"
             "04-16T00 use alice\n"
             "04-16T00 see alice main ACTIVE power access 100.00 200.00 0.00\n"
             "04-17T00 remove alice b\n"
             "04-17T00 see alice main ACTIVE power>pro access 100.00 20.00 0.00\n"
             "04-18T00 remove alice a\n"
             "04-18T00 see alice main CANCELED power - 100.00 0.00 0.00 "
             "auto-group-member-removed\n"},
    {"E2", .text = "03-01T00 seat alice main pro\n"
                   "03-01T10 add alice a\n"
                   "03-01T10 subscribe-group a main pro\n"
                   "04-10T00 remove alice a\n"
                   "04-10T00 see alice main ACTIVE pro access 20.00 20.00 0.00 "
                   "activation-on-first-use\n"},
    {"E3", .text = "03-01T00 seat alice main pro\n"
                   "03-01T10 add alice a\n"
                   "03-01T10 subscribe-group a main pro\n"
                   "04-10T00 unsubscribe alice\n"
                   "04-10T00 see alice main ACTIVE pro access 20.00 20.00 0.00 "
                   "group-members-individually-subscribed\n"},
    {"E4", .text =
               "03-01T00 add alice a\n"
               "03-01T00 subscribe-group a main pro\n"
               "03-01T00 add bob a\n"
               "03-01T00 subscribe bob main pro\n"
               "03-01T09 use alice\n"
               "03-01T09 use bob\n"
               "04-10T00 unsubscribe-group a\n"
               "04-10T00 see alice main CANCELED pro - 20.00 0.00 0.00 manual-unsubscribe-group\n"
               "04-10T00 see bob main ACTIVE pro access 20.00 20.00 0.00\n"},
    {"E5", .text = "03-01T00 add alice a\n"
                   "03-01T00 subscribe-group a main pro\n"
                   "03-01T09 use alice\n"
                   "04-10T00 delete-group a\n"
                   "04-10T00 see alice main CANCELED pro - 20.00 0.00 0.00 E5\n"},
    {"E6 of a direct seat",
     .text = "03-01T00 seat alice main pro\n"
             "04-10T00 deactivate alice\n"
             "04-10T00 see alice main CANCELED pro - 20.00 0.00 0.00 auto-user-deactivated\n"
             "04-11T00 reactivate alice\n"
             "04-11T00 see alice main CANCELED pro - 20.00 0.00 0.00\n"},
    {"E6 of a group seat", .text = "03-01T00 add alice a\n"
                                   "03-01T00 subscribe-group a main pro\n"
                                   "03-01T09 use alice\n"
                                   "04-10T00 deactivate alice\n"
                                   "04-10T00 see alice main CANCELED pro - 20.00 0.00 0.00\n"
                                   "04-11T00 reactivate alice\n"
                                   "04-11T00 see alice main PENDING none access 20.00 0.00 0.00\n"
                                   "05-10T00 see alice main PENDING none access 0.00 0.00 0.00\n"
                                   "05-11T00 use alice\n"
                                   "05-11T00 see alice main ACTIVE pro access 13.55 20.00 0.00\n"},
    {"E6 assigned while inactive",
     .text = "04-10T00 deactivate alice\n"
             "04-11T00 subscribe alice main pro\n"
             "04-11T00 see alice main NONE none - 0.00 0.00 0.00\n"
             "04-12T00 reactivate alice\n"
             "04-12T00 see alice main PENDING none access 0.00 0.00 0.00\n"},
    {"E7", .text = "03-01T00 seat alice main pro\n"
                   "04-10T00 delete-user alice\n"
                   "04-10T01 create-user alice-again main\n"
                   "04-10T01 see alice-again main NONE none - 0.00 0.00 0.00\n"
                   "04-10T02 subscribe alice-again main pro\n"
                   "04-16T00 use alice-again\n"
                   "04-16T00 see alice main CANCELED pro - 20.00 0.00 0.00\n"
                   "04-16T00 see alice-again main ACTIVE pro access 10.00 20.00 0.00\n"},
    {"E10", .text = "03-01T00 seat alice main pro\n"
                    "03-01T10 subscribe alice second pro\n"
                    "03-01T10 use alice second\n"
                    "04-10T00 delete-profile main\n"
                    "04-10T00 see alice main CANCELED pro - 20.00 0.00 0.00 auto-profile-deleted\n"
                    "04-10T00 see alice second ACTIVE pro access 20.00 20.00 0.00\n"},
    {"E11", .text =
                "03-01T00 seat alice main pro\n"
                "04-10T00 delete-instance main\n"
                "04-10T00 see alice main CANCELED pro - 20.00 0.00 0.00 auto-instance-deleted\n"
                "04-11T00 delete-profile main\n"
                "04-11T00 see alice main CANCELED pro - 20.00 0.00 0.00 auto-instance-deleted\n"},
    {"E16", .edition = "kiro-2025-11",
     .text = "04-01T00 subscribe alice main pro\n"
             "04-09T10 unsubscribe alice\n"
             "04-09T10 see alice main CANCELED none - 0.00 0.00 0.00\n"},
    {"E17 with the plan it had",
     .text = "03-01T00 seat alice main power\n"
             "04-05T00 unsubscribe alice\n"
             "04-06T00 subscribe alice main pro\n"
             "04-06T00 see alice main PENDING none access 200.00 0.00 0.00\n"
             "04-07T00 use alice\n"
             "04-07T00 see alice main ACTIVE power>pro access 200.00 20.00 0.00\n"
             "05-01T00 see alice main ACTIVE pro access 20.00 20.00 0.00\n"},
    {"E17 and canceled again unused", .edition = "kiro-2025-11",
     .text = "03-01T00 seat alice main pro\n"
             "04-05T00 unsubscribe alice\n"
             "04-05T00 see alice main CANCELED pro access 20.00 0.00 0.00\n"
             "04-06T00 subscribe alice main pro\n"
             "04-07T00 unsubscribe alice\n"
             "04-07T00 see alice main CANCELED none - 20.00 0.00 0.00\n"},
    {"E18", .text = "03-01T00 seat alice main pro\n"
                    "04-05T00 unsubscribe alice\n"
                    "04-06T00 subscribe alice second pro\n"
                    "04-16T00 use alice second\n"
                    "04-16T00 see alice main CANCELED pro - 20.00 0.00 0.00\n"
                    "04-16T00 see alice second ACTIVE pro access 10.00 20.00 0.00\n"},
    {"E19", .text = "03-01T00 seat alice main pro-max\n"
                    "04-20T10 change alice main pro\n"
                    "04-20T10 unsubscribe alice\n"
                    "04-20T10 see alice main CANCELED pro-max - 100.00 0.00 0.00\n"},
    {"E20: what was refused is not told, the seat stays",
     .text = "03-01T00 seat alice main pro\n"
             "04-20T10 unsubscribe alice\n"
             "04-20T10 see alice main CANCELED pro - 20.00 0.00 0.00\n"
             "04-21T10 see alice main CANCELED pro - 20.00 0.00 0.00\n"},
    {"E21", .text = "03-01T00 seat alice main pro\n"
                    "04-05T00 unsubscribe alice\n"
                    "04-06T00 change alice main power\n"
                    "04-06T00 see alice main CANCELED pro - 20.00 0.00 0.00\n"
                    "04-07T00 subscribe alice main pro-plus\n"
                    "04-07T00 use alice\n"
                    "04-07T00 see alice main ACTIVE pro-plus access 40.00 40.00 20.00\n"},
    {"E21: a change of plan without any seat subscribes",
     .text = "04-06T00 change alice main power\n"
             "04-06T00 see alice main PENDING none access 0.00 0.00 0.00\n"},
    {"E21: a seat that has left the lists is none any more",
     .text = "03-01T00 seat alice main pro\n"
             "04-05T00 unsubscribe alice\n"
             "04-30T23:59:59 change alice main power\n"
             "04-30T23:59:59 see alice main CANCELED pro - 20.00 0.00 0.00\n"
             "05-01T00 change alice main power\n"
             "05-01T00 see alice main PENDING none access 0.00 0.00 0.00\n"},
    {"E22", .text = "03-01T00 seat alice main pro\n"
                    "04-05T00 change alice main pro-plus\n"
                    "04-06T00 unsubscribe alice\n"
                    "04-06T00 see alice main CANCELED pro-plus - 40.00 0.00 20.00\n"},
    {"E23 by the other reading, not for a later month",
     .turn = {FIRST_MONTH_CANCEL, FIRST_CANCEL_FULL},
     .text = "04-16T00 subscribe alice main pro\n"
             "04-16T00 use alice\n"
             "04-16T00 see alice main ACTIVE pro access 10.00 20.00 0.00\n"
             "05-05T00 unsubscribe alice\n"
             "05-05T00 see alice main CANCELED pro - 20.00 0.00 0.00\n"},
    {"E24", .text = "04-16T00 subscribe alice main pro\n"
                    "04-16T00 use alice\n"
                    "04-20T00 change alice main pro-plus\n"
                    "04-20T00 see alice main ACTIVE pro-plus access 40.00 40.00 10.00\n"},
    {"E25", .text = "03-10T00 subscribe alice main pro\n"
                    "04-15T00 see alice main PENDING none access 0.00 0.00 0.00\n"
                    "04-16T00 use alice\n"
                    "04-16T00 see alice main ACTIVE pro access 10.00 20.00 0.00\n"},
    {"E27 at the last second", .text =
                                   "03-01T00 seat alice main pro\n"
                                   "04-30T23:59:59 unsubscribe alice\n"
                                   "04-30T23:59:59 see alice main CANCELED pro - 20.00 0.00 0.00\n"
                                   "05-01T00 see alice main CANCELED pro - 0.00 0.00 0.00\n"},
    {"E27 at the first second", .text =
                                    "03-01T00 seat alice main power\n"
                                    "04-30T12 change alice main pro\n"
                                    "05-01T00 unsubscribe alice\n"
                                    "05-01T00 see alice main CANCELED pro - 20.00 0.00 0.00\n"
                                    "05-31T23:59:59 see alice main CANCELED pro - 20.00 0.00 0.00\n"
                                    "06-01T00 see alice main CANCELED pro - 0.00 0.00 0.00\n"},
    {"added twice, removed once", .text =
                                      "03-01T00 subscribe-group a main pro\n"
                                      "03-02T00 remove alice a\n"
                                      "03-02T00 add alice a\n"
                                      "03-03T00 add alice a\n"
                                      "03-03T00 see alice main PENDING none access 0.00 0.00 0.00\n"
                                      "03-04T00 remove alice a\n"
                                      "03-04T00 see alice main CANCELED none - 0.00 0.00 0.00\n"},
    {"a share of no days, then an upgrade: nothing to refund",
     .turn = {PRORATION_DAYS, DAYS_EXCLUSIVE},
     .text = "04-30T00 subscribe alice main pro\n"
             "04-30T01 use alice\n"
             "04-30T01 see alice main ACTIVE pro access 0.00 20.00 0.00\n"
             "04-30T02 change alice main pro-plus\n"
             "04-30T02 see alice main ACTIVE pro-plus access 40.00 40.00 0.00\n"},
    {"a return in a later month is a new share",
     .text = "03-01T00 seat alice main pro\n"
             "04-05T00 unsubscribe alice\n"
             "06-10T00 subscribe alice main pro\n"
             "06-16T00 use alice\n"
             "06-16T00 see alice main ACTIVE pro access 10.00 20.00 0.00\n"},
    {"February of a leap year has 29 days",
     .text = "2028-02-01T00 subscribe alice main pro\n"
             "2028-02-29T00 use alice\n"
             "2028-02-29T00 see alice main ACTIVE pro access 0.69 20.00 0.00\n"},
    {"month-end access of one who was disabled and came back", .edition = "kiro-2025-11",
     .text = "03-01T00 seat alice main pro\n"
             "04-05T00 deactivate alice\n"
             "04-05T00 see alice main CANCELED pro - 20.00 0.00 0.00\n"
             "04-06T00 reactivate alice\n"
             "04-06T00 see alice main CANCELED pro access 20.00 0.00 0.00\n"
             "04-07T00 use alice\n"
             "04-07T00 see alice main CANCELED pro access 20.00 0.00 0.00\n"},
    {"month-end access ends with the profile", .edition = "kiro-2025-11",
     .text = "03-01T00 seat alice main pro\n"
             "04-05T00 unsubscribe alice\n"
             "04-06T00 delete-profile main\n"
             "04-06T00 see alice main CANCELED pro - 20.00 0.00 0.00 manual-unsubscribe-user\n"},
    {"credits used up come back on the 1st",
     .text = "03-01T00 seat alice main pro\n"
             "04-10T00 use alice main 99999\n"
             "04-10T00 see alice main ACTIVE pro access 20.00 20.00 0.00\n"
             "04-11T00 use alice main 1\n"
             "04-11T00 see alice main ACTIVE pro - 20.00 20.00 0.00\n"
             "04-30T23:59:59 see alice main ACTIVE pro - 20.00 20.00 0.00\n"
             "05-01T00 use alice main 100000\n"
             "05-01T00 see alice main ACTIVE pro - 20.00 20.00 0.00\n"
             "06-01T00 see alice main ACTIVE pro access 20.00 20.00 0.00\n"},
    {"used credits outlive a new subscription, a better plan gives more",
     .text = "03-01T00 seat alice main pro\n"
             "04-10T00 use alice main 100000\n"
             "04-11T00 unsubscribe alice\n"
             "04-12T00 subscribe alice main pro\n"
             "04-12T00 see alice main PENDING none - 20.00 0.00 0.00\n"
             "04-13T00 change alice main pro-plus\n"
             "04-13T00 see alice main PENDING none access 20.00 0.00 0.00\n"},
    {"another one's use, or under another profile, is not this seat's",
     .text = "03-01T00 subscribe alice main pro\n"
             "03-01T00 seat bob main pro\n"
             "03-01T00 seat alice second pro\n"
             "03-02T00 use bob main 99999\n"
             "03-02T00 use alice second 99999\n"
             "03-02T00 see alice main PENDING none access 0.00 0.00 0.00\n"
             "03-02T00 see bob main ACTIVE pro - 20.00 20.00 0.00\n"
             "03-02T00 see alice second ACTIVE pro - 20.00 20.00 0.00\n"
             "03-03T00 use alice main 99999\n"
             "03-03T00 see alice main ACTIVE pro access 18.71 20.00 0.00\n"},
};

#endif
