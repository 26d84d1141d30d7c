/* SPDX-License-Identifier: MIT */
/*
 * What the sources leave open, by the other reading (oracle_stories.h says how a story is written),
 * and overage.
 */
#ifndef MOCK_KIRO_TESTS_ORACLE_STORIES_SWITCHES_H
#define MOCK_KIRO_TESTS_ORACLE_STORIES_SWITCHES_H

#include "oracle_stories.h"

static const struct story switches[] = {
    {"access to the start of the next month", .turn = {ACCESS_AFTER_CANCEL, ACCESS_NEXT_MONTH},
     .text = "03-01T00 seat alice main pro\n"
             "04-12T10 unsubscribe alice\n"
             "04-30T23:59:59 see alice main CANCELED pro access 20.00 0.00 0.00\n"
             "05-01T00 see alice main CANCELED pro - 0.00 0.00 0.00\n"},
    {"no fee for the last month", .turn = {LAST_MONTH_FEE, LAST_FEE_NONE},
     .text = "03-01T00 seat alice main pro\n"
             "04-12T10 unsubscribe alice\n"
             "04-12T10 see alice main CANCELED pro - 0.00 0.00 20.00\n"
             "04-13T10 seat alice main pro\n"
             "04-13T10 see alice main ACTIVE pro access 20.00 20.00 20.00\n"},
    {"no fee for the last month, not even a share", .turn = {LAST_MONTH_FEE, LAST_FEE_NONE},
     .text = "04-16T10 seat alice main pro\n"
             "04-16T10 see alice main ACTIVE pro access 10.00 20.00 0.00\n"
             "04-20T10 unsubscribe alice\n"
             "04-20T10 see alice main CANCELED pro - 0.00 0.00 10.00\n"},
    {"E25: the share counts from the assignment", .turn = {FEE_FROM, FEE_FROM_ASSIGNMENT},
     .text = "04-11T10 subscribe alice main pro\n"
             "04-15T10 see alice main PENDING none access 0.00 0.00 0.00\n"
             "04-16T10 use alice\n"
             "04-16T10 see alice main ACTIVE pro access 13.33 20.00 0.00\n"},
    {"E25: assigned in an earlier month, used on the 16th: no share at all",
     .turn = {FEE_FROM, FEE_FROM_ASSIGNMENT},
     .text = "03-11T10 subscribe alice main pro\n"
             "04-16T10 use alice\n"
             "04-16T10 see alice main ACTIVE pro access 20.00 20.00 0.00\n"},
    {"only the deletion of a profile cancels", .turn = {AUTO_TRIGGERS, TRIGGERS_PROFILE_ONLY},
     .text = "03-01T00 seat alice main pro\n"
             "03-01T00 add bob a\n"
             "03-01T00 subscribe-group a main pro\n"
             "03-01T00 use bob\n"
             "04-10T00 remove bob a\n"
             "04-10T00 see bob main ACTIVE pro access 20.00 20.00 0.00\n"
             "04-10T01 delete-user alice\n"
             "04-10T01 see alice main ACTIVE pro - 20.00 20.00 0.00\n"
             "04-10T02 deactivate bob\n"
             "04-10T02 see bob main ACTIVE pro - 20.00 20.00 0.00\n"
             "04-10T03 reactivate bob\n"
             "04-10T03 see bob main ACTIVE pro access 20.00 20.00 0.00\n"
             "04-10T04 delete-group a\n"
             "04-10T04 see bob main ACTIVE pro access 20.00 20.00 0.00\n"
             "04-10T05 delete-profile main\n"
             "04-10T05 see alice main CANCELED pro - 20.00 0.00 0.00 auto-profile-deleted\n"
             "04-10T05 see bob main CANCELED pro - 20.00 0.00 0.00 auto-profile-deleted\n"},
    {"nothing cancels by itself", .turn = {AUTO_TRIGGERS, TRIGGERS_NONE},
     .text = "03-01T00 seat alice main pro\n"
             "03-01T00 seat alice second pro\n"
             "04-10T01 delete-profile main\n"
             "04-10T01 see alice main ACTIVE pro - 20.00 20.00 0.00\n"
             "04-10T02 close-account lab\n"
             "04-10T02 see alice second ACTIVE pro - 20.00 20.00 0.00\n"
             "04-10T03 delete-instance main\n"
             "05-01T00 see alice second ACTIVE pro - 20.00 20.00 0.00\n"},
    {"E5: a deleted group's seats survive", .turn = {GROUP_DELETE, GROUP_DELETE_DANGLING},
     .text = "03-01T00 add bob a\n"
             "03-01T00 subscribe-group a main pro\n"
             "03-01T00 use bob\n"
             "04-10T00 delete-group a\n"
             "04-10T00 see bob main ACTIVE pro access 20.00 20.00 0.00\n"},
    {"E1: the lower plan at once", .turn = {TIER_DROP, TIER_DROP_NOW},
     .text = "03-01T00 add alice a\n"
             "03-01T00 add alice b\n"
             "03-01T00 subscribe-group a main pro\n"
             "03-01T00 subscribe-group b main pro-plus\n"
             "03-01T09 use alice\n"
             "04-10T10 remove alice b\n"
             "04-10T10 see alice main ACTIVE pro access 40.00 20.00 0.00\n"
             "04-11T10 add alice b\n"
             "04-11T10 see alice main ACTIVE pro-plus access 40.00 40.00 0.00\n"
             "04-12T10 change-group b main pro\n"
             "04-12T10 see alice main ACTIVE pro-plus>pro access 40.00 20.00 0.00\n"},
    {"E6: everything comes back", .turn = {REACTIVATE, REACTIVATE_FULL},
     .text = "03-01T00 seat alice main pro\n"
             "03-01T00 subscribe bob main pro\n"
             "04-10T00 deactivate alice\n"
             "04-10T00 deactivate bob\n"
             "04-10T00 see alice main CANCELED pro - 20.00 0.00 0.00 auto-user-deactivated\n"
             "04-11T00 reactivate alice\n"
             "04-11T00 reactivate bob\n"
             "04-11T00 see alice main ACTIVE pro access 20.00 20.00 0.00\n"
             "04-11T00 see bob main PENDING none access 0.00 0.00 0.00\n"},
    {"E6: nothing comes back", .turn = {REACTIVATE, REACTIVATE_NONE},
     .text = "03-01T00 add bob a\n"
             "03-01T00 subscribe-group a main pro\n"
             "03-01T00 use bob\n"
             "04-10T00 deactivate bob\n"
             "04-11T00 reactivate bob\n"
             "04-11T00 see bob main CANCELED pro - 20.00 0.00 0.00 auto-user-deactivated\n"
             "04-12T00 remove bob a\n"
             "04-12T00 add bob a\n"
             "04-12T00 see bob main PENDING none access 20.00 0.00 0.00\n"},
    {"E15: seats resume, and are charged from the month of the reopening",
     .turn = {ACCOUNT_REOPEN, REOPEN_RESUME},
     .text = "03-01T00 seat alice second pro\n"
             "04-10T10 close-account lab\n"
             "04-10T10 see alice second CANCELED pro - 20.00 0.00 0.00 auto-account-deleted\n"
             "05-01T00 see alice second CANCELED pro - 0.00 0.00 0.00 auto-account-deleted\n"
             "05-16T10 reopen-account lab\n"
             "05-17T10 see alice second ACTIVE pro access 10.32 20.00 0.00\n"},
    {"E16: the row of a Pending seat vanishes", .turn = {PENDING_CANCEL, PENDING_CANCEL_VANISHES},
     .text = "04-01T00 subscribe alice main pro\n"
             "04-09T10 unsubscribe alice\n"
             "04-09T10 see alice main CANCELED none - 0.00 0.00 0.00\n"
             "04-09T11 change alice main pro\n"
             "04-09T11 see alice main PENDING none access 0.00 0.00 0.00\n"},
    {"E17: a second charge, by share", .turn = {RESUBSCRIBE_SAME_MONTH, RESUBSCRIBE_SECOND_CHARGE},
     .text = "03-01T00 seat alice main pro\n"
             "04-05T10 unsubscribe alice\n"
             "04-16T10 seat alice main pro-plus\n"
             "04-16T10 see alice main ACTIVE pro-plus access 40.00 40.00 0.00\n"
             "04-20T10 change alice main power\n"
             "04-20T10 see alice main ACTIVE power access 220.00 200.00 20.00\n"},
    {"E21: a change of plan brings a canceled seat back",
     .turn = {UPDATE_AFTER_CANCEL, UPDATE_AFTER_SUBSCRIBES},
     .text = "03-01T00 seat alice main pro\n"
             "04-05T00 unsubscribe alice\n"
             "04-06T00 change alice main pro-plus\n"
             "04-06T00 see alice main PENDING none access 20.00 0.00 0.00\n"},
    {"E24: a share of the higher plan", .turn = {FIRST_MONTH_UPGRADE, FIRST_UPGRADE_PRORATED},
     .text = "04-16T00 seat alice main pro\n"
             "04-20T00 change alice main pro-plus\n"
             "04-20T00 see alice main ACTIVE pro-plus access 20.00 40.00 10.00\n"
             "05-01T00 see alice main ACTIVE pro-plus access 40.00 40.00 0.00\n"},
    {"E27: the month turns eight hours late", .turn = {MONTH_BOUNDARY, BOUNDARY_UTC_MINUS_8},
     .text = "03-01T12 seat alice main pro\n"
             "05-01T07:59:59 unsubscribe alice\n"
             "05-01T08 see alice main CANCELED pro - 0.00 0.00 0.00\n"},
    {"E27: the month turns nine hours early", .turn = {MONTH_BOUNDARY, BOUNDARY_UTC_PLUS_9},
     .text = "03-01T12 seat alice main pro\n"
             "04-30T15 unsubscribe alice\n"
             "05-01T00 see alice main CANCELED pro - 20.00 0.00 0.00\n"
             "05-31T15 seat bob main pro\n"
             "06-02T00 see bob main ACTIVE pro access 20.00 20.00 0.00\n"},
    {"E7: made again under the same name, one charge",
     .turn = {RECREATED_USER_CHARGE, RECREATED_USER_MERGED},
     .text = "03-01T00 seat alice main pro\n"
             "03-01T00 seat bob main pro\n"
             "04-05T00 delete-user alice\n"
             "04-05T00 create-user alice2 main alice\n"
             "04-06T00 seat alice2 main pro\n"
             "04-06T00 see alice main CANCELED pro - 20.00 0.00 0.00\n"
             "04-06T00 see alice2 main ACTIVE pro access 0.00 20.00 0.00\n"
             "04-06T00 see bob main ACTIVE pro access 20.00 20.00 0.00\n"
             "04-07T00 change alice2 main pro-plus\n"
             "04-07T00 see alice main CANCELED pro - 0.00 0.00 20.00\n"
             "04-07T00 see alice2 main ACTIVE pro-plus access 40.00 40.00 0.00\n"},
    {"E9: a profile made again, one charge",
     .turn = {RECREATED_PROFILE_CHARGE, RECREATED_PROFILE_ONE_CHARGE},
     .text = "03-01T00 seat alice main pro\n"
             "04-05T00 delete-profile main\n"
             "04-05T00 create-profile again main home\n"
             "04-06T00 seat alice again pro\n"
             "04-06T00 see alice main CANCELED pro - 20.00 0.00 0.00\n"
             "04-06T00 see alice again ACTIVE pro access 0.00 20.00 0.00\n"
             "04-06T00 seat alice second pro\n"
             "04-06T00 see alice second ACTIVE pro access 16.67 20.00 0.00\n"},
    {"two profiles of one account, one charge",
     .turn = {SECOND_PROFILE_CHARGE, SECOND_PER_PERSON_ACCOUNT},
     .text = "03-01T00 create-profile third main home\n"
             "03-01T00 seat alice main pro\n"
             "03-01T00 seat alice second pro\n"
             "04-10T10 see alice main ACTIVE pro access 20.00 20.00 0.00\n"
             "04-10T10 see alice second ACTIVE pro access 20.00 20.00 0.00\n"
             "04-10T11 seat alice third pro\n"
             "04-10T11 see alice main ACTIVE pro access 20.00 20.00 0.00\n"
             "04-10T11 see alice third ACTIVE pro access 0.00 0.00 0.00\n"
             "04-11T11 change alice third pro-plus\n"
             "04-11T11 see alice main ACTIVE pro access 0.00 0.00 20.00\n"
             "04-11T11 see alice third ACTIVE pro-plus access 40.00 40.00 0.00\n"
             "04-12T11 unsubscribe alice third\n"
             "04-12T11 see alice main ACTIVE pro access 0.00 20.00 20.00\n"
             "04-12T11 see alice third CANCELED pro-plus - 40.00 0.00 0.00\n"},
    {"two accounts of one organization, one charge",
     .turn = {SECOND_PROFILE_CHARGE, SECOND_ONCE_PER_ORGANIZATION},
     .text = "01-02T00 join home acme\n"
             "01-02T00 join lab acme\n"
             "03-01T00 seat alice main pro\n"
             "03-01T00 seat alice second pro\n"
             "04-10T10 see alice main ACTIVE pro access 20.00 20.00 0.00\n"
             "04-10T10 see alice second ACTIVE pro access 0.00 0.00 0.00\n"},
    {"two accounts of no organization, two charges",
     .turn = {SECOND_PROFILE_CHARGE, SECOND_ONCE_PER_ORGANIZATION},
     .text = "03-01T00 seat alice main pro\n"
             "03-01T00 seat alice second pro\n"
             "04-10T10 see alice second ACTIVE pro access 20.00 20.00 0.00\n"},
};

static const struct story overages[] = {
    {"V13", .text = "03-01T00 seat alice main pro\n"
                    "03-02T00 overage-on main\n"
                    "04-10T00 use alice main 100000\n"
                    "04-10T00 see alice main ACTIVE pro access 20.00 20.00 0.00\n"
                    "04-10T00 use alice main 1000\n"
                    "04-10T00 see alice main ACTIVE pro access 20.40 20.00 0.00\n"
                    "05-01T00 see alice main ACTIVE pro access 20.00 20.00 0.00\n"},
    {"V14", .text = "03-01T00 seat alice main pro\n"
                    "03-02T00 overage-on main\n"
                    "04-10T00 use alice main 101000\n"
                    "04-10T00 see alice main ACTIVE pro access 20.40 20.00 0.00\n"
                    "04-11T00 change alice main pro-plus\n"
                    "04-11T00 see alice main ACTIVE pro-plus access 40.00 40.00 20.40\n"},
    {"V14 where usage is not rated again", .turn = {UPGRADE_RERATES_USAGE, RERATES_NOT},
     .text = "03-01T00 seat alice main pro\n"
             "03-02T00 overage-on main\n"
             "04-10T00 use alice main 101000\n"
             "04-11T00 change alice main pro-plus\n"
             "04-11T00 see alice main ACTIVE pro-plus access 40.40 40.00 20.00\n"},
    {"rated again, a part stays",
     .text = "03-01T00 seat alice main pro\n"
             "03-02T00 overage-on main\n"
             "04-10T00 use alice main 201000\n"
             "04-10T00 see alice main ACTIVE pro access 60.40 20.00 0.00\n"
             "04-11T00 change alice main pro-plus\n"
             "04-11T00 see alice main ACTIVE pro-plus access 40.40 40.00 60.00\n"},
    {"overage used before the cancellation is due",
     .text = "03-01T00 seat alice main pro\n"
             "03-02T00 overage-on main\n"
             "04-10T00 use alice main 101000\n"
             "04-11T00 unsubscribe alice\n"
             "04-11T00 see alice main CANCELED pro - 20.40 0.00 0.00\n"},
    {"off again: what was used stays, nothing more is to be had",
     .text = "03-01T00 seat alice main pro\n"
             "03-02T00 overage-on main\n"
             "04-10T00 use alice main 101000\n"
             "04-11T00 overage-off main\n"
             "04-11T00 see alice main ACTIVE pro - 20.40 20.00 0.00\n"},
    {"up to a cap", .text = "03-01T00 seat alice main pro\n"
                            "03-02T00 overage-on main\n"
                            "03-02T00 overage-cap main 40\n"
                            "04-10T00 use alice main 100999\n"
                            "04-10T00 see alice main ACTIVE pro access 20.40 20.00 0.00\n"
                            "04-10T00 use alice main 13\n"
                            "04-10T00 see alice main ACTIVE pro - 20.40 20.00 0.00\n"
                            "04-11T00 overage-cap main 41\n"
                            "04-11T00 see alice main ACTIVE pro access 20.40 20.00 0.00\n"
                            "05-01T00 see alice main ACTIVE pro access 20.00 20.00 0.00\n"},
    {"up to a cap that the others have reached",
     .text = "03-01T00 seat alice main pro\n"
             "03-01T00 seat bob main pro\n"
             "03-02T00 overage-on main\n"
             "03-02T00 overage-cap main 40\n"
             "04-10T00 use alice main 101012\n"
             "04-10T00 see bob main ACTIVE pro access 20.00 20.00 0.00\n"
             "04-10T00 use bob main 100000\n"
             "04-10T00 use bob main 12\n"
             "04-10T00 see bob main ACTIVE pro - 20.00 20.00 0.00\n"
             "05-01T00 see bob main ACTIVE pro access 20.00 20.00 0.00\n"},
    {"a first use beyond the allowance, under this profile alone",
     .text = "04-16T00 overage-on main\n"
             "04-16T00 subscribe alice main pro\n"
             "04-16T00 use alice main 100100\n"
             "04-16T00 see alice main ACTIVE pro access 10.04 20.00 0.00\n"
             "04-16T00 seat alice second pro\n"
             "04-16T00 use alice second 100000\n"
             "04-16T00 see alice second ACTIVE pro - 10.00 20.00 0.00\n"},
};

static const struct story late_switches[] = {
    {"E28: charged by the time of the processing", .turn = {CHARGE_AT, CHARGE_AT_PROCESSING},
     .text = "03-01T00 seat alice main pro\n"
             "04-30T10 delete-user alice\n"
             "04-30T10 see alice main ACTIVE pro access 20.00 20.00 0.00\n"
             "05-01T10 see alice main CANCELED pro - 20.00 0.00 0.00 auto-user-deleted\n"},
    {"E14: canceled when the closing begins",
     .turn = {ACCOUNT_CANCEL_AT, CANCEL_AT_PENDING_CLOSURE},
     .text = "03-01T00 seat alice second pro\n"
             "04-10T10 close-account lab\n"
             "04-10T10 see alice second CANCELED pro access 20.00 0.00 0.00 auto-account-deleted\n"
             "04-10T10:10 see alice second CANCELED pro - 20.00 0.00 0.00\n"},
    {"E6: what was undone before it was seen comes back by any reading",
     .turn = {REACTIVATE, REACTIVATE_NONE},
     .text = "02-01T00 add bob a\n"
             "03-01T00 subscribe-group a main pro\n"
             "03-01T00 use bob\n"
             "04-10T00 deactivate bob\n"
             "04-10T12 reactivate bob\n"
             "04-12T00 see bob main ACTIVE pro access 20.00 20.00 0.00\n"},
};

#endif
