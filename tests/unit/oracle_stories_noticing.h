/* SPDX-License-Identifier: MIT */
/*
 * Stories of what Kiro has not noticed yet (oracle_stories.h says how to read them): what it
 * believes meanwhile, what is never seen, and which months are charged. The account home owns the
 * instance and the profile main; the account lab owns the profile second.
 */
#ifndef MOCK_KIRO_TESTS_ORACLE_STORIES_NOTICING_H
#define MOCK_KIRO_TESTS_ORACLE_STORIES_NOTICING_H

#include "base/parameters.h"
#include "oracle_stories.h"

static const struct story believed_at_once[] = {
    {"the role is there again: what has come due is noticed, each for its own cause",
     .text = "03-01T00 add alice a\n"
             "03-01T00 subscribe-group a main power\n"
             "03-01T00 subscribe-group b main pro\n"
             "03-02T00 use alice\n"
             "04-10T00 delete-role home\n"
             "04-10T10 remove alice a\n"
             "04-11T10 add alice b\n"
             "04-11T10 see alice main ACTIVE power access 200.00 200.00 0.00\n"
             "04-12T10 create-role home\n"
             "04-12T10 see alice main ACTIVE power>pro access 200.00 20.00 0.00\n"
             "04-13T10 remove alice b\n"
             "04-13T10 see alice main CANCELED power - 200.00 0.00 0.00 "
             "auto-group-member-removed\n"},
    {"losing the role again changes nothing that was noticed",
     .text = "03-01T00 seat alice main pro\n"
             "04-10T00 delete-role home\n"
             "04-10T10 deactivate alice\n"
             "04-11T10 create-role home\n"
             "04-12T10 delete-role home\n"
             "04-12T10 see alice main CANCELED pro - 20.00 0.00 0.00 auto-user-deactivated\n"},
    {"without the role Kiro acts on what it believes: he gets what the group is given",
     .text = "03-01T00 add alice a\n"
             "04-10T00 delete-role home\n"
             "04-10T10 remove alice a\n"
             "04-10T11 subscribe-group a main pro\n"
             "04-10T11 see alice main PENDING none access 0.00 0.00 0.00\n"
             "04-12T10 create-role home\n"
             "04-12T10 see alice main CANCELED none - 0.00 0.00 0.00 "
             "auto-group-member-removed\n"},
    {"a role that is missing elsewhere matters elsewhere alone",
     .text = "03-01T00 add alice a\n"
             "03-01T00 subscribe-group a main pro\n"
             "03-01T00 subscribe-group a second pro\n"
             "04-10T00 delete-role lab\n"
             "04-10T10 remove alice a\n"
             "04-10T10 see alice main CANCELED none - 0.00 0.00 0.00\n"
             "04-10T10 see alice second PENDING none access 0.00 0.00 0.00\n"
             "04-10T11 add alice a\n"
             "04-10T11 see alice main PENDING none access 0.00 0.00 0.00\n"
             "04-10T12 create-role lab\n"
             "04-10T12 see alice second PENDING none access 0.00 0.00 0.00\n"},
    {"case 06: joined again after two months had been passed over: each is posted whole",
     .text = "02-17T00 add alice a\n"
             "02-17T00 subscribe-group a main pro\n"
             "02-18T00 use alice\n"
             "03-31T23:59:59 delete-role home\n"
             "03-31T23:59:59 remove alice a\n"
             "04-15T00 see alice main ACTIVE pro access 0.00 0.00 0.00\n"
             "05-02T11 add alice a\n"
             "05-02T11 bill alice main 2026-03 20.00\n"
             "05-02T11 bill alice main 2026-04 20.00\n"
             "05-02T11 see alice main ACTIVE pro access 20.00 20.00 0.00\n"},
    {"passed over, then bought anew: a share of this month, the earlier one stays free",
     .text = "02-17T00 add alice a\n"
             "02-17T00 subscribe-group a main pro\n"
             "02-18T00 use alice\n"
             "03-31T12 delete-role home\n"
             "03-31T12 remove alice a\n"
             "05-16T12 subscribe alice main pro\n"
             "05-16T12 bill alice main 2026-04 0.00\n"
             "05-16T12 see alice main ACTIVE pro access 10.32 20.00 0.00\n"
             "05-17T12 create-role home\n"
             "05-17T12 bill alice main 2026-04 0.00\n"
             "05-17T12 see alice main ACTIVE pro access 10.32 20.00 0.00\n"},
    {"so where a group that he is in is subscribed anew",
     .text = "02-17T00 add alice a\n"
             "02-17T00 add alice b\n"
             "02-17T00 subscribe-group a main pro\n"
             "02-18T00 use alice\n"
             "03-31T12 delete-role home\n"
             "03-31T12 remove alice a\n"
             "05-16T12 subscribe-group b main pro\n"
             "05-16T12 bill alice main 2026-04 0.00\n"
             "05-16T12 see alice main ACTIVE pro access 10.32 20.00 0.00\n"},
    {"passed over and canceled: the months stay free",
     .text = "02-17T00 add alice a\n"
             "02-17T00 subscribe-group a main pro\n"
             "02-18T00 use alice\n"
             "03-31T12 delete-role home\n"
             "03-31T12 remove alice a\n"
             "05-02T12 create-role home\n"
             "05-03T12 add alice a\n"
             "05-04T12 bill alice main 2026-04 0.00\n"
             "05-04T12 see alice main PENDING none access 0.00 0.00 0.00\n"},
    {"passed over, and another way begins: posted at the plan in force then",
     .text = "02-17T00 add alice a\n"
             "02-17T00 subscribe-group a main pro\n"
             "02-17T00 subscribe-group b main pro-plus\n"
             "02-18T00 use alice\n"
             "03-31T12 delete-role home\n"
             "03-31T12 remove alice a\n"
             "05-02T12 add alice b\n"
             "05-02T12 bill alice main 2026-04 40.00\n"
             "05-02T12 see alice main ACTIVE pro-plus access 40.00 40.00 0.00\n"},
    {"E17: a first use is measured by what the month is paid at (case 02)",
     .text = "03-01T00 seat alice main power\n"
             "03-02T00 use alice main 150000\n"
             "03-03T00 unsubscribe alice\n"
             "03-03T00 subscribe alice main pro\n"
             "03-03T00 see alice main PENDING none access 200.00 0.00 0.00\n"
             "03-04T00 use alice main 50000\n"
             "03-04T00 see alice main ACTIVE power>pro access 200.00 20.00 0.00\n"},
};

static const struct story believed_late[] = {
    {"left one group and joined another: canceled, then a new seat",
     .text = "03-01T00 add alice a\n"
             "03-01T00 subscribe-group a main pro\n"
             "03-01T00 subscribe-group b main pro-plus\n"
             "03-02T00 use alice\n"
             "04-10T10 remove alice a\n"
             "04-10T10 add alice b\n"
             "04-11T09:59:59 see alice main ACTIVE pro access 20.00 0.00 0.00\n"
             "04-11T10 see alice main PENDING none access 20.00 0.00 0.00\n"},
    {"joined one group and left another: no gap",
     .text = "03-01T00 add alice a\n"
             "03-01T00 subscribe-group a main pro\n"
             "03-01T00 subscribe-group b main pro-plus\n"
             "03-02T00 use alice\n"
             "04-10T10 add alice b\n"
             "04-10T10 remove alice a\n"
             "04-11T10 see alice main ACTIVE pro-plus access 40.00 40.00 20.00\n"},
    {"what is noticed later has a cause of its own, which may have nothing left to end",
     .text = "03-01T00 add alice a\n"
             "03-01T00 subscribe-group a main pro\n"
             "03-02T00 use alice\n"
             "04-10T10 remove alice a\n"
             "04-10T11 delete-user alice\n"
             "04-11T10 see alice main CANCELED pro - 20.00 0.00 0.00 auto-group-member-removed\n"
             "04-11T11 see alice main CANCELED pro - 20.00 0.00 0.00 auto-group-member-removed\n"},
    {"disabled and enabled: his groups were never seen to go, his own assignment goes (E6)",
     .text = "03-01T00 add alice a\n"
             "03-01T00 subscribe-group a second pro\n"
             "03-01T00 seat alice main pro\n"
             "03-02T00 use alice second\n"
             "04-10T10 deactivate alice\n"
             "04-10T11 reactivate alice\n"
             "04-11T10 see alice main CANCELED pro access 20.00 0.00 0.00 auto-user-deactivated\n"
             "04-11T10 see alice second ACTIVE pro access 20.00 20.00 0.00\n"},
    {"a closed account reopened before it was noticed was never seen to close",
     .text = "03-01T00 seat alice second pro\n"
             "04-30T23:55 close-account lab\n"
             "05-01T00 see alice second ACTIVE pro access 0.00 0.00 0.00\n"
             "05-01T00:04 reopen-account lab\n"
             "05-01T00:04 see alice second ACTIVE pro access 20.00 20.00 0.00\n"
             "05-02T00 see alice second ACTIVE pro access 20.00 20.00 0.00\n"},
    {"case 10: what was taken back is no cause",
     .text = "03-01T00 add alice a\n"
             "03-01T00 subscribe-group a second pro\n"
             "03-31T23:59:59 deactivate alice\n"
             "03-31T23:59:59 delete-group a\n"
             "03-31T23:59:59 reactivate alice\n"
             "04-01T23:59:58 see alice second PENDING none access 0.00 0.00 0.00\n"
             "04-01T23:59:59 see alice second CANCELED none - 0.00 0.00 0.00 E5\n"},
    {"a group that is believed to be there is unsubscribed by hand",
     .text = "03-01T00 add alice a\n"
             "03-01T00 subscribe-group a main pro\n"
             "04-10T10 delete-group a\n"
             "04-10T11 unsubscribe-group a\n"
             "04-10T11 see alice main CANCELED none - 0.00 0.00 0.00 manual-unsubscribe-group\n"
             "04-11T10 see alice main CANCELED none - 0.00 0.00 0.00 manual-unsubscribe-group\n"},
    {"case 08: a seat begins under a profile that is believed to be there, and ends with it",
     .text = "03-28T00 subscribe-group a second pro-plus\n"
             "03-31T23:59:59 add alice a\n"
             "04-01T01:59:58 delete-profile second\n"
             "04-01T23:59:59 see alice second PENDING none - 0.00 0.00 0.00\n"
             "04-02T01:59:58 see alice second CANCELED none - 0.00 0.00 0.00 "
             "auto-profile-deleted\n"
             "04-30T23:59:59 see alice second CANCELED none - 0.00 0.00 0.00\n"},
    {"noticed first, a group takes with it what lies beneath", .at_once = "group_remove_lag",
     .text = "04-01T00 subscribe-group a main pro\n"
             "04-10T10 add alice a\n"
             "04-10T11 delete-group a\n"
             "04-12T10 see alice main NONE none - 0.00 0.00 0.00\n"},
    {"so does a profile", .at_once = "auto_cancel_lag",
     .text = "04-01T00 subscribe-group a main pro\n"
             "04-10T10 add alice a\n"
             "04-10T11 delete-profile main\n"
             "04-12T10 see alice main NONE none - 0.00 0.00 0.00\n"},
    {"case 19: disabled on the last day, enabled on the 1st: never seen",
     .text = "03-01T00 add alice a\n"
             "03-01T00 subscribe-group a main pro\n"
             "03-05T00 use alice\n"
             "05-31T22 deactivate alice\n"
             "06-01T10 reactivate alice\n"
             "06-01T10 see alice main ACTIVE pro access 20.00 20.00 0.00\n"
             "06-04T10 bill alice main 2026-06 20.00\n"
             "07-01T00 see alice main ACTIVE pro access 20.00 20.00 0.00\n"},
    {"a joining that counts on the 1st, noticed later: the month before is posted then",
     .text = "03-01T00 add alice a\n"
             "03-01T00 subscribe-group a main pro\n"
             "03-01T00 subscribe-group b main pro\n"
             "03-05T00 use alice\n"
             "04-28T00 delete-role home\n"
             "04-29T00 remove alice a\n"
             "05-31T12 see alice main ACTIVE pro access 0.00 0.00 0.00\n"
             "05-31T12 add alice b\n"
             "06-01T00 bill alice main 2026-05 0.00\n"
             "06-01T00 see alice main ACTIVE pro access 20.00 20.00 0.00\n"
             "06-01T12 bill alice main 2026-05 20.00\n"
             "06-01T12 see alice main ACTIVE pro access 20.00 20.00 0.00\n"},
    {"a change of plan alone posts no month that was passed over",
     .text = "03-01T00 add alice a\n"
             "03-01T00 subscribe-group a main pro\n"
             "03-05T00 use alice\n"
             "04-30T12 deactivate alice\n"
             "05-01T01 change-group a main pro-plus\n"
             "05-01T01 see alice main ACTIVE pro-plus - 0.00 0.00 0.00\n"
             "05-01T02 reactivate alice\n"
             "05-01T02 see alice main ACTIVE pro-plus access 40.00 40.00 0.00\n"},
    {"a first use of a seat that is only believed starts a share",
     .text = "03-01T00 add alice a\n"
             "04-10T10 remove alice a\n"
             "04-10T11 subscribe-group a main pro\n"
             "04-10T12 use alice\n"
             "04-10T12 see alice main ACTIVE pro access 14.00 0.00 0.00\n"},
    {"case 17: the forecast is what the turn will post: a seat on its way",
     .text = "01-14T00 subscribe-group b main pro-plus\n"
             "03-01T00 seat alice main pro\n"
             "03-01T00 add alice b\n"
             "03-01T00 see alice main ACTIVE pro access 20.00 40.00 0.00\n"
             "03-01T00 deactivate alice\n"
             "03-01T00 reactivate alice\n"
             "03-01T00 see alice main ACTIVE pro access 20.00 40.00 0.00\n"
             "03-02T00 see alice main ACTIVE pro-plus access 40.00 40.00 20.00\n"
             "04-01T00 see alice main ACTIVE pro-plus access 40.00 40.00 0.00\n"},
    {"what is noticed after the turn is forecast as the turn finds it",
     .text = "03-01T00 add alice a\n"
             "03-01T00 subscribe-group a main pro\n"
             "03-01T00 subscribe-group b main power\n"
             "03-05T00 use alice\n"
             "03-31T12 add alice b\n"
             "03-31T12 see alice main ACTIVE pro access 17.42 20.00 0.00\n"
             "04-01T12 see alice main ACTIVE power access 200.00 200.00 20.00\n"},
};

static const struct story believed_switches[] = {
    {"case 13: a dangling group gives back what any group does",
     .turn = {GROUP_DELETE, GROUP_DELETE_DANGLING},
     .text = "03-01T00 add alice a\n"
             "03-01T00 subscribe-group a second pro\n"
             "04-10T10 delete-group a\n"
             "04-10T11 deactivate alice\n"
             "04-10T11 see alice second CANCELED none - 0.00 0.00 0.00 auto-user-deactivated\n"
             "04-10T12 reactivate alice\n"
             "04-10T12 see alice second PENDING none access 0.00 0.00 0.00\n"},
    {"a group that he left where nobody notices gives him what it is given",
     .turn = {AUTO_TRIGGERS, TRIGGERS_NONE},
     .text = "03-01T00 add alice a\n"
             "03-01T00 subscribe-group a main pro\n"
             "03-02T00 use alice\n"
             "04-10T10 remove alice a\n"
             "04-10T11 subscribe-group a second pro\n"
             "04-10T11 see alice second PENDING none access 0.00 0.00 0.00\n"
             "05-01T00 see alice main ACTIVE pro access 20.00 20.00 0.00\n"
             "05-02T00 add alice a\n"
             "05-03T00 remove alice a\n"
             "06-01T00 see alice main ACTIVE pro access 20.00 20.00 0.00\n"},
    {"an assignment of his own that nobody notices to have ended goes on",
     .turn = {AUTO_TRIGGERS, TRIGGERS_NONE},
     .text = "03-01T00 seat alice main pro\n"
             "04-10T10 deactivate alice\n"
             "05-01T00 see alice main ACTIVE pro - 20.00 20.00 0.00\n"
             "05-02T00 reactivate alice\n"
             "05-02T00 see alice main ACTIVE pro access 20.00 20.00 0.00\n"
             "05-03T00 unsubscribe alice\n"
             "05-03T00 see alice main CANCELED pro - 20.00 0.00 0.00 manual-unsubscribe-user\n"},
    {"E6, nothing comes back: but where the group is subscribed anew",
     .turn = {REACTIVATE, REACTIVATE_NONE},
     .text = "03-01T00 add alice a\n"
             "03-01T00 subscribe-group a main pro\n"
             "04-10T10 deactivate alice\n"
             "04-10T11 reactivate alice\n"
             "04-10T11 see alice main CANCELED none - 0.00 0.00 0.00\n"
             "04-10T12 unsubscribe-group a\n"
             "04-10T12 subscribe-group a main pro\n"
             "04-10T12 see alice main PENDING none access 0.00 0.00 0.00\n"},
    {"case 14: a reopened account resumes what its closure ended and nothing else",
     .turn = {ACCOUNT_REOPEN, REOPEN_RESUME},
     .text = "03-01T00 add bob a\n"
             "03-01T00 subscribe-group a second pro\n"
             "03-01T00 seat alice second pro\n"
             "03-01T00 use bob second\n"
             "04-10T10 unsubscribe alice second\n"
             "04-10T10 close-account lab\n"
             "04-10T10 reopen-account lab\n"
             "04-10T10 see alice second CANCELED pro - 20.00 0.00 0.00 manual-unsubscribe-user\n"
             "04-10T10 see bob second ACTIVE pro access 20.00 20.00 0.00\n"},
    {"a claim that the closure did not end is a new one", .turn = {ACCOUNT_REOPEN, REOPEN_RESUME},
     .text = "03-01T00 add alice a\n"
             "03-01T00 subscribe-group a second pro\n"
             "03-01T00 use alice second\n"
             "04-10T10 close-account lab\n"
             "04-10T11 remove alice a\n"
             "04-10T12 add alice a\n"
             "04-10T13 reopen-account lab\n"
             "04-10T13 see alice second PENDING none access 20.00 0.00 0.00\n"},
};

static const struct story believed_late_switches[] = {
    {"E6, everything comes back: what was taken back in time was never seen",
     .turn = {REACTIVATE, REACTIVATE_FULL},
     .text = "03-01T00 seat alice main pro\n"
             "04-10T10 deactivate alice\n"
             "04-10T11 reactivate alice\n"
             "04-12T00 see alice main ACTIVE pro access 20.00 20.00 0.00\n"},
    {"dangling, and passed over by nobody: what is never noticed counts",
     .turn = {GROUP_DELETE, GROUP_DELETE_DANGLING},
     .text = "03-01T00 add alice a\n"
             "03-01T00 subscribe-group a main pro\n"
             "03-02T00 use alice\n"
             "04-30T12 delete-group a\n"
             "05-01T00 see alice main ACTIVE pro access 20.00 20.00 0.00\n"},
    {"joined and left where leaving is never noticed: nothing ever happened",
     .turn = {AUTO_TRIGGERS, TRIGGERS_NONE},
     .text = "03-01T00 subscribe-group a main pro\n"
             "04-10T10 add alice a\n"
             "04-10T11 remove alice a\n"
             "04-12T10 see alice main NONE none - 0.00 0.00 0.00\n"
             "04-12T11 add alice a\n"
             "04-13T11 see alice main PENDING none access 0.00 0.00 0.00\n"
             "04-13T12 remove alice a\n"
             "04-20T12 see alice main PENDING none access 0.00 0.00 0.00\n"},
};

#endif
