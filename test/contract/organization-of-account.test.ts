import { expect, it } from 'vitest';
import { createAwsSource } from '../../src/collect/aws-source.ts';
import { parseSnapshotFiles } from '../../src/snapshot/snapshot-directory.ts';
import type { SnapshotDocuments } from '../../src/snapshot/snapshot-documents.ts';
import { furnishedAccount, REGION } from './furnished-account.ts';

const read = async () => {
  const account = await furnishedAccount();
  const { endpoint: endpointUrl, credentials, clock } = account;
  const source = createAwsSource({
    endpointUrl,
    region: REGION,
    credentials,
    clock,
    callsPerSecond: 10_000,
    lastAccessed: false,
    resources: false,
    accessAnalyzer: false,
  });
  const collected = await source.collect({ phase: () => {}, step: () => {} });
  if (!collected.ok) throw new Error(collected.error.message);
  const state: unknown = await (await fetch(`${endpointUrl}/_vigil/state`)).json();
  const files = Object.entries(state ?? {}).map(([file, content]): [string, string] => [
    file,
    typeof content === 'string' ? content : JSON.stringify(content),
  ]);
  const exported = parseSnapshotFiles(new Map(files));
  if (!exported.ok) throw new Error(JSON.stringify(exported.error));
  const plainly = (documents: SnapshotDocuments): SnapshotDocuments => JSON.parse(JSON.stringify(documents));
  return { overTheApi: plainly(collected.value.documents), fromTheExport: plainly(exported.value) };
};

it('an organization and its Identity Center are told by their APIs as they are', async () => {
  const { overTheApi, fromTheExport } = await read();
  expect(overTheApi.organization).toEqual(fromTheExport.organization);
  const { region, ...identityCenter } = overTheApi.identityCenter ?? {};
  expect(region).toBe(REGION);
  expect(identityCenter).toEqual(fromTheExport.identityCenter);

  const { tree, delegatedAdministrators } = overTheApi.organization ?? {};
  expect(tree?.policyTypes).toEqual(['RESOURCE_CONTROL_POLICY', 'SERVICE_CONTROL_POLICY']);
  expect(tree?.units.map(({ name }) => name).toSorted()).toEqual(['Root', 'workloads']);
  expect(tree?.accounts).toHaveLength(2);
  const [workloads] = tree?.units.filter(({ name }) => name === 'workloads') ?? [];
  expect(tree?.policies.find(({ name }) => name === 'no-leaving')).toMatchObject({
    type: 'SERVICE_CONTROL_POLICY',
    awsManaged: false,
    targets: [workloads?.id],
  });
  const [fullAccess] = tree?.policies.filter(({ id }) => id === 'p-FullAWSAccess') ?? [];
  expect(fullAccess?.awsManaged).toBe(true);
  expect(delegatedAdministrators).toEqual([
    { accountId: expect.stringMatching(/^\d{12}$/), name: 'security', services: ['guardduty.amazonaws.com'] },
  ]);

  const [set] = overTheApi.identityCenter?.permissionSets ?? [];
  expect(set).toMatchObject({
    Name: 'Operators',
    SessionDuration: 'PT1H',
    AttachedManagedPolicies: [{ Name: 'ReadOnlyAccess', Arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }],
    CustomerManagedPolicyReferences: [],
    PermissionsBoundary: { ManagedPolicyArn: 'arn:aws:iam::aws:policy/PowerUserAccess' },
    AccountAssignments: [
      { AccountId: '123456789012', PrincipalType: 'GROUP' },
      { AccountId: '123456789012', PrincipalType: 'USER' },
    ],
  });
  const [ann] = overTheApi.identityCenter?.users ?? [];
  expect(ann).toEqual({ UserId: expect.any(String), UserName: 'ann', DisplayName: 'Ann Example' });
  expect(overTheApi.identityCenter?.groups).toMatchObject([{ DisplayName: 'operators', memberIds: [ann?.UserId] }]);
  expect(overTheApi.identityCenter?.managedPolicies?.map(({ Arn }) => Arn)).toEqual([
    'arn:aws:iam::aws:policy/PowerUserAccess',
    'arn:aws:iam::aws:policy/ReadOnlyAccess',
  ]);
});
