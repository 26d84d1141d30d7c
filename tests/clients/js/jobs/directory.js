// SPDX-License-Identifier: MIT
/* What the jobs of this folder share: the directory, and who is who in it. */
import { GetUserIdCommand, IdentitystoreClient } from "@aws-sdk/client-identitystore";
import { ListInstancesCommand, SSOAdminClient } from "@aws-sdk/client-sso-admin";

export const directory = new IdentitystoreClient({});

export async function find(name) {
    const { Instances } = await new SSOAdminClient({}).send(new ListInstancesCommand({}));
    const IdentityStoreId = Instances[0].IdentityStoreId;
    const AlternateIdentifier = { UniqueAttribute: { AttributePath: "userName", AttributeValue: name } };
    const { UserId } = await directory.send(new GetUserIdCommand({ IdentityStoreId, AlternateIdentifier }));
    return { IdentityStoreId, UserId };
}
