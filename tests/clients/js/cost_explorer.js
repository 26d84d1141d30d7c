// SPDX-License-Identifier: MIT
/* Cost Explorer: what the company's seats cost. */
import assert from "node:assert/strict";
import * as module from "@aws-sdk/client-cost-explorer";
import { Service } from "./sdk.js";

export const service = new Service(module, "CostExplorerClient", "ce");

export async function walk(sdk) {
    const Filter = { Dimensions: { Key: "SERVICE", Values: ["Kiro"] } };
    const asked = { TimePeriod: { Start: "2026-06-01", End: "2026-07-01" }, Granularity: "MONTHLY", Metrics: ["UnblendedCost"], Filter };
    const { ResultsByTime } = await sdk.ask("GetCostAndUsage", asked);
    assert.deepEqual(ResultsByTime.map((row) => row.Total.UnblendedCost), [{ Amount: "20.00", Unit: "USD" }]);
    const days = { ...asked, TimePeriod: { Start: "2026-06-01", End: "2026-06-08" }, Granularity: "DAILY",
        GroupBy: [{ Type: "DIMENSION", Key: "RESOURCE_ID" }] };
    assert.equal((await sdk.ask("GetCostAndUsageWithResources", days)).ResultsByTime.length, 7);
    for (const operation of ["GetCostAndUsage", "GetCostAndUsageWithResources"])
        for (const wrong of [{ Granularity: "WEEKLY" }, { Metrics: ["Cost"] }, { Filter: {} }, { Filter: { And: [Filter] } },
            { TimePeriod: { Start: "2026-06-05", End: "2026-06-05" } }, { TimePeriod: { Start: "June", End: "July" } },
            { GroupBy: [{ Type: "ROW", Key: "a" }] }])
            await sdk.refuses("ValidationException", operation, { ...days, ...wrong });
    await sdk.refuses("InvalidNextTokenException", "GetCostAndUsage", { ...asked, NextPageToken: "x" });
}
