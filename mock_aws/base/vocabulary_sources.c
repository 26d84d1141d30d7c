/* SPDX-License-Identifier: MIT */
/*
 * The sources and their contradictions as tables. A page that a vendor has changed is known by who
 * kept it, and by the date of that.
 */
#include "base/vocabulary_sources.h"

#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

static const struct source SOURCES[] = {
    {"S1",
     "Classmethod blog on unsubscribing Kiro: quotes the vendor's pages and shows the console",
     "2026-06-04"},
    {"S2",
     "Kiro docs, IDE and CLI, enterprise pages: subscription-management, billing, concepts, "
     "subscribe, supported-regions, dashboard, iam; as kept in ryolambert/kiro-wiz",
     "2026-02-07"},
    {"S3", "the same pages as kept in dancer1325/Kiro", "2025-11-16"},
    {"S4", "Korean reference note that quotes enterprise/billing and subscription-management",
     "2026-04-12"},
    {"S5", "Kiro docs, enterprise/identity-provider/iam-identity-center", "2026"},
    {"S6", "Kiro community handbook (kiro-community/book-of-kiro), enterprise FAQ", "2026-03-31"},
    {"S7", "AWS Cloud Intelligence Dashboards, page on Kiro's cost data", "2026, second half"},
    {"S8", "Kiro docs, billing of individuals: canceling, managing, related questions", "2026-02"},
    {"S9", "Kiro pricing page and page on add-on credits", "2026-08-30"},
    {"S10", "AWS sample code for the overage quota", "2026"},
    {"S11", "AWS weekly roundup (Pro Max)", "2026-06-15"},
    {"S12", "register of a support desk that restates the vendor's enterprise pages, in Korean",
     "2026-08-28"},
    {"S13", "Kiro docs, enterprise/monitor-and-track/user-activity and enterprise-management/api",
     "2026, second half"},
    {"S14", "AWS, end of support of Amazon Q Developer in IDEs; AWS sample on the move to Kiro",
     "2026"},
    {"Q1", "Amazon Q Developer guide: unsubscribing, deleting the profile, statuses, billing",
     "2025-2026"},
    {"Q2", "Amazon Q Business API reference, CancelSubscription", "undated"},
    {"I1",
     "IAM Identity Center guide: disabling and deleting users, sessions, groups, deleting an "
     "instance, changing the identity source, considerations",
     "2025-2026"},
    {"I2", "IAM Identity Center SCIM developer guide", "undated"},
    {"A1", "AWS Account Management and Organizations: closing accounts, CloseAccount", "undated"},
    {"P1", "public code that calls the console's private API, several repositories", "2026"},
    {"P2", "public programs that read real bills and reports (kiro-outputs 0)", "2026"},
    {SOURCE_ISSUE, "issue n of github.com/kirodotdev/Kiro", "as filed"},
};

static const struct contradiction CONTRADICTIONS[] = {
    {"c-access-date", "S3: usable to the end of the month", "S1, S2: lost at once",
     "by edition; the default is at once", "access_after_cancel"},
    {"c-page-vs-page", "S2, subscription-management: access is lost at once",
     "S2, billing: the cancellation is effective in the next month",
     "two clocks: access stops now, billing stops on the 1st", NULL},
    {"c-status-bullet-2025", "S3, box: usable to the end of the month",
     "S3, list of statuses on the same page: canceled users have no paid features any more",
     "in kiro-2025-11 the box, which is the specific text", NULL},
    {"c-docs-vs-field-2025", "S3: usable to the end of the month",
     "#4219: thrown out before it, though the console said so too",
     "deviation dev-early-lockout under kiro-2025-11; what later editions say anyway", NULL},
    {"c-console-tooltip", "S1, S2: lost at once",
     "#4219: the console's tooltip says that it ends with the month", "a tooltip promises nothing",
     NULL},
    {"c-first-month", "S4: a share by days",
     "S6: from the 8th to the 20th costs a whole month; S2, S3 are silent",
     "by edition; the default is the share", "first_month_fee"},
    {"c-proration-days", "S4's example counts the first day: from 15 April 16/30, 10.67 USD of Pro",
     "S8's example for individuals does not: 15/30, 10 USD", "the first day counts",
     "proration_days"},
    {"c-two-profiles", "S2: one charge per profile",
     "Q1: nobody is billed twice within an organization; S7 counts persons per account",
     "one charge per profile", "second_profile_charge"},
    {"c-group-status", "S2: a group has no status",
     "Q1 documents one; #10645 saw \"Subscribed\" in Kiro",
     "none; whatever is shown, it does not say that seats exist", "group_status"},
    {"c-canceled-by-whom", "S2: Canceled means that an administrator did it",
     "S1, S4: it happens automatically as well", "nothing is asserted about who did it", NULL},
    {"c-overage-cap", "S2: no cap is to be had", "S10: quota L-75434B0B", "by edition",
     "overage_cap"},
    {"c-report-hour", "S2: the daily user report is written at midnight UTC", "S7: at 02:00 UTC",
     "02:00 UTC, in a folder of hour 00 of the activity's day (S13)", NULL},
    {"c-zombie", "S1, S4: deleting an instance or a profile cancels all its seats",
     "#5888: rows stay Active", "canceled; deviation dev-orphan-active-after-reset", NULL},
    {"c-deactivation", "S1, S4: deactivating a single user cancels",
     "S12, second hand: deactivating single users alone does not",
     "it cancels; a company whose identity provider never deletes hangs on it", NULL},
    {"c-overage-scope", "S10: the quota is worded per profile",
     "#11149, #9370: users see the limit applied to each person", "per profile", NULL},
    {"c-seat-vs-free", "Q1: the free tier remains; Kiro's pages speak of paid features only",
     "#9546: a Pending member got nothing, not even free use; #4219: sign-in refused",
     "no paid features; nothing is asserted about free use", NULL},
};

const struct source *source_find(const char *code)
{
    for (size_t i = 0; i < LENGTH(SOURCES); i++)
        if (strcmp(SOURCES[i].code, code) == 0)
            return &SOURCES[i];
    return NULL;
}

const struct source *source_at(size_t index)
{
    return index < LENGTH(SOURCES) ? &SOURCES[index] : NULL;
}

const struct contradiction *contradiction_at(size_t index)
{
    return index < LENGTH(CONTRADICTIONS) ? &CONTRADICTIONS[index] : NULL;
}
