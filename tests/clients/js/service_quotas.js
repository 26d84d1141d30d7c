// SPDX-License-Identifier: MIT
/* Service Quotas: the cap on overage, and how it is raised. */
import assert from "node:assert/strict";
import * as module from "@aws-sdk/client-service-quotas";
import { Service } from "./sdk.js";

export const service = new Service(module, "ServiceQuotasClient", "servicequotas");

export async function walk(sdk) {
    const cap = { ServiceCode: "kiro", QuotaCode: "L-75434B0B" }, other = { ...cap, QuotaCode: "L-00000000" };
    assert.equal((await sdk.ask("GetServiceQuota", cap)).Quota.Value, 10000);
    await sdk.ask("RequestServiceQuotaIncrease", { ...cap, DesiredValue: 10000.5 });
    assert.deepEqual((await sdk.pages("ListServiceQuotas", { ServiceCode: "kiro" })).Quotas.map((quota) => quota.Value), [10000.5]);
    assert.equal((await sdk.ask("GetAWSDefaultServiceQuota", cap)).Quota.Value, 10000);
    for (const operation of ["GetServiceQuota", "GetAWSDefaultServiceQuota"])
        await sdk.refuses("NoSuchResourceException", operation, other);
    await sdk.refuses("NoSuchResourceException", "ListServiceQuotas", { ServiceCode: "nothing" });
    await sdk.refuses("IllegalArgumentException", "RequestServiceQuotaIncrease", { ...cap, DesiredValue: 100 });
    await sdk.refuses("NoSuchResourceException", "RequestServiceQuotaIncrease", { ...other, DesiredValue: 20000 });
}
