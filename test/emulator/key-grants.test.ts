import * as kms from '@aws-sdk/client-kms';
import { expect, it } from 'vitest';
import { clientOf, runningAccount } from './running-account.ts';

const GRANTEE = 'arn:aws:iam::444455556666:root';

it('keeps the grants of a key, and tells them by page and by grantee until they are revoked', async () => {
  const client = clientOf(kms.KMSClient, await runningAccount('{}'));
  const { KeyMetadata } = await client.send(new kms.CreateKeyCommand({}));
  const KeyId = KeyMetadata?.KeyId;
  const grant = (GranteePrincipal: string) =>
    client.send(new kms.CreateGrantCommand({ KeyId, GranteePrincipal, Operations: ['Decrypt'], Name: 'reports' }));
  const { GrantId } = await grant(GRANTEE);
  await grant('arn:aws:iam::123456789012:role/app');

  const first = await client.send(new kms.ListGrantsCommand({ KeyId, Limit: 1 }));
  expect(first).toMatchObject({ Truncated: true, Grants: [{ Operations: ['Decrypt'], Name: 'reports' }] });
  const second = await client.send(new kms.ListGrantsCommand({ KeyId, Marker: first.NextMarker }));
  expect(second.Grants).toHaveLength(1);
  const { Grants } = await client.send(new kms.ListGrantsCommand({ KeyId, GranteePrincipal: GRANTEE }));
  expect(Grants).toMatchObject([{ GrantId, GranteePrincipal: GRANTEE, KeyId: KeyMetadata?.Arn }]);

  await client.send(new kms.RevokeGrantCommand({ KeyId, GrantId }));
  await expect(client.send(new kms.RevokeGrantCommand({ KeyId, GrantId }))).rejects.toMatchObject({
    name: 'NotFoundException',
  });
  expect((await client.send(new kms.ListGrantsCommand({ KeyId }))).Grants).toHaveLength(1);
});
