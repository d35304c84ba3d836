import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AwsSourceOptions } from './aws/aws-source-options.ts';
import { collectFrom, fakeTimer } from './testing/collect-from.ts';
import { fakeAccount } from './testing/fake-account.ts';
import { FAKE_ENDPOINT, type FakeAnswer, fakeIam } from './testing/fake-iam.ts';
import { type FakeService, fakeServices } from './testing/fake-services.ts';

beforeEach(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());

const INSTANCE = 'arn:aws:sso:::instance/ssoins-0123456789abcdef';
const setArn = (id: string): string => `arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-${id.padEnd(16, '0')}`;
const OPS = setArn('ops');
const AUDIT = setArn('audit');

type Members = Readonly<Record<string, unknown>>;

const answers =
  (result: Members): FakeService =>
  () => ({ result });
const always =
  (answer: FakeAnswer): FakeService =>
  () =>
    answer;
const bodyOf = (body: string): Members => JSON.parse(body);
const DENIED = always({ error: 'AccessDeniedException', status: 403 });

/** An instance with two permission sets, one of them assigned in an account to a user and a group. */
const CENTER: Readonly<Record<string, FakeService>> = {
  'sso:ListInstances': answers({
    Instances: [{ InstanceArn: INSTANCE, IdentityStoreId: 'd-0123456789', OwnerAccountId: '111122223333' }],
  }),
  'sso:ListPermissionSets': answers({ PermissionSets: [OPS, AUDIT] }),
  'sso:DescribePermissionSet': ({ body }) => ({
    result: {
      PermissionSet: {
        PermissionSetArn: bodyOf(body)['PermissionSetArn'],
        Name: bodyOf(body)['PermissionSetArn'] === OPS ? 'Ops' : 'Audit',
        SessionDuration: 'PT1H',
      },
    },
  }),
  'sso:ListManagedPoliciesInPermissionSet': answers({ AttachedManagedPolicies: [] }),
  'sso:ListCustomerManagedPolicyReferencesInPermissionSet': answers({ CustomerManagedPolicyReferences: [] }),
  'sso:GetInlinePolicyForPermissionSet': answers({ InlinePolicy: '' }),
  'sso:GetPermissionsBoundaryForPermissionSet': always({ error: 'ResourceNotFoundException' }),
  'sso:ListAccountsForProvisionedPermissionSet': ({ body }) => ({
    result: { AccountIds: bodyOf(body)['PermissionSetArn'] === OPS ? ['222222222222', '333333333333'] : [] },
  }),
  'sso:ListAccountAssignments': ({ body }) => ({
    result: {
      AccountAssignments: [
        { AccountId: bodyOf(body)['AccountId'], PrincipalType: 'USER', PrincipalId: 'u-1', PermissionSetArn: OPS },
        { AccountId: bodyOf(body)['AccountId'], PrincipalType: 'GROUP', PrincipalId: 'g-1', PermissionSetArn: OPS },
      ],
    },
  }),
  'identitystore:ListUsers': answers({ Users: [{ UserId: 'u-1', UserName: 'ann', IdentityStoreId: 'd-0123456789' }] }),
  'identitystore:ListGroups': answers({
    Groups: [
      { GroupId: 'g-1', DisplayName: 'operators' },
      { GroupId: 'g-2', DisplayName: 'unassigned' },
    ],
  }),
  'identitystore:ListGroupMemberships': answers({ GroupMemberships: [{ MemberId: { UserId: 'u-1' } }] }),
};

const collect = async (services: Readonly<Record<string, FakeService>>, options: Partial<AwsSourceOptions> = {}) => {
  const calls = fakeServices({ ...CENTER, ...services });
  fakeIam(fakeAccount());
  const collected = await collectFrom(FAKE_ENDPOINT, { identityCenter: true, regions: ['eu-west-1'], ...options });
  const gaps = collected.documents.account.gaps.filter(({ source }) => source === 'identity-center');
  const { identityCenter } = collected.documents;
  const [audit, ops] = identityCenter?.permissionSets ?? [];
  return { ...collected, calls, gaps, identityCenter, ops, audit };
};

describe('Identity Center', () => {
  it('is told whole, and groups that are assigned nothing are not asked for their members', async () => {
    const { ops, audit, identityCenter, gaps, apiCalls } = await collect({});
    expect(gaps).toEqual([]);
    expect(audit).toMatchObject({ Name: 'Audit', AccountAssignments: [] });
    expect(ops).toMatchObject({ Name: 'Ops', InlinePolicy: '', PermissionsBoundary: null });
    expect(ops?.AccountAssignments).toHaveLength(4);
    expect(identityCenter?.groups).toEqual([
      { GroupId: 'g-1', DisplayName: 'operators', memberIds: ['u-1'] },
      { GroupId: 'g-2', DisplayName: 'unassigned' },
    ]);
    expect(apiCalls.get('identitystore:ListGroupMemberships')).toBe(1);
  });

  it('is none where no region has an instance', async () => {
    const { identityCenter, gaps } = await collect({ 'sso:ListInstances': answers({ Instances: [] }) });
    expect(identityCenter).toBeNull();
    expect(gaps).toEqual([]);
  });

  it('is not said to be none where a region could not be asked', async () => {
    const one: FakeService = ({ region }) =>
      region === 'eu-west-1' ? { result: { Instances: [] } } : { error: 'AccessDeniedException', status: 403 };
    const { identityCenter, gaps } = await collect(
      { 'sso:ListInstances': one },
      { regions: ['eu-west-1', 'us-east-1'] },
    );
    expect(identityCenter).toBeUndefined();
    expect(gaps).toMatchObject([{ action: 'sso:ListInstances', reason: 'denied', subject: 'us-east-1' }]);
  });

  it('of a member account is skipped, since only the management account is told more than that it is there', async () => {
    const { identityCenter, gaps } = await collect({
      'sso:ListInstances': answers({
        Instances: [{ InstanceArn: INSTANCE, IdentityStoreId: 'd-0123456789', OwnerAccountId: '999999999999' }],
      }),
      'sso:ListPermissionSets': DENIED,
    });
    expect(identityCenter).toBeUndefined();
    expect(gaps).toMatchObject([{ action: 'sso:ListPermissionSets', reason: 'skipped', subject: null }]);
    expect(gaps[0]?.detail).toContain('only the management account and the delegated administrator');
  });

  it('that a member account has for applications alone is skipped, since it has no permission sets', async () => {
    const Organization = { Id: 'o-1', MasterAccountId: '999999999999' };
    const { identityCenter, gaps } = await collect(
      {
        'organizations:DescribeOrganization': answers({ Organization }),
        'sso:ListPermissionSets': always({ error: 'ValidationException' }),
      },
      { organization: true },
    );
    expect(identityCenter).toBeUndefined();
    expect(gaps).toMatchObject([{ action: 'sso:ListPermissionSets', reason: 'skipped', subject: null }]);
  });

  it('of the account itself is a gap where the auditor may not list permission sets', async () => {
    const { gaps } = await collect({ 'sso:ListPermissionSets': DENIED });
    expect(gaps).toMatchObject([{ action: 'sso:ListPermissionSets', reason: 'denied', subject: null }]);
  });
});

describe('a part of Identity Center that is refused', () => {
  it('is the permission sets where one has no name, for its role would seem to have none', async () => {
    const { identityCenter, gaps } = await collect({
      'sso:DescribePermissionSet': ({ body }) =>
        body.includes(OPS)
          ? { error: 'AccessDeniedException', status: 403 }
          : { result: { PermissionSet: { Name: 'Audit' } } },
    });
    expect(identityCenter).toMatchObject({ instanceArn: INSTANCE, users: [{ UserName: 'ann' }] });
    expect(identityCenter?.permissionSets).toBeUndefined();
    expect(gaps).toMatchObject([{ action: 'sso:DescribePermissionSet', subject: OPS }]);
  });

  it('is not a permission set that was deleted meanwhile', async () => {
    const { identityCenter, gaps } = await collect({
      'sso:DescribePermissionSet': ({ body }) =>
        body.includes(OPS) ? { error: 'ResourceNotFoundException' } : { result: { PermissionSet: { Name: 'Audit' } } },
    });
    expect(identityCenter?.permissionSets?.map(({ Name }) => Name)).toEqual(['Audit']);
    expect(gaps).toEqual([]);
  });

  it.each([
    ['sso:ListManagedPoliciesInPermissionSet', 'AttachedManagedPolicies'],
    ['sso:ListCustomerManagedPolicyReferencesInPermissionSet', 'CustomerManagedPolicyReferences'],
    ['sso:GetInlinePolicyForPermissionSet', 'InlinePolicy'],
    ['sso:GetPermissionsBoundaryForPermissionSet', 'PermissionsBoundary'],
    ['sso:ListAccountsForProvisionedPermissionSet', 'AccountAssignments'],
  ] as const)('is absent and never empty: %s', async (action, member) => {
    const { ops, gaps } = await collect({ [action]: DENIED });
    expect(ops?.Name).toBe('Ops');
    expect(ops).not.toHaveProperty(member);
    expect(gaps).toMatchObject([{ action, reason: 'denied', subject: null }]);
  });

  it('is the account whose assignments could not be read, and those of others are told', async () => {
    const one: FakeService = (call, earlier) =>
      call.body.includes('333333333333')
        ? { error: 'AccessDeniedException', status: 403 }
        : (CENTER['sso:ListAccountAssignments']?.(call, earlier) ?? { breaks: 'no such fake' });
    const { ops, gaps } = await collect({ 'sso:ListAccountAssignments': one });
    expect(ops?.AccountAssignments?.map(({ AccountId }) => AccountId)).toEqual(['222222222222', '222222222222']);
    expect(ops?.unreadAccounts).toEqual(['333333333333']);
    expect(gaps).toMatchObject([{ subject: `${OPS} in 333333333333` }]);
  });

  it.each(['users', 'groups'] as const)('is the directory: %s', async (member) => {
    const action = member === 'users' ? 'identitystore:ListUsers' : 'identitystore:ListGroups';
    const { identityCenter, ops, gaps } = await collect({ [action]: DENIED });
    expect(identityCenter).not.toHaveProperty(member);
    expect(ops?.AccountAssignments).toHaveLength(4);
    expect(gaps).toMatchObject([{ action, reason: 'denied' }]);
  });
});

describe('Identity Center in trouble', () => {
  it.each<readonly [string, FakeAnswer]>([
    ['throttled', { error: 'ThrottlingException' }],
    ['HTTP 503', { raw: 'down', status: 503 }],
    ['cut off', { breaks: 'ECONNRESET' }],
  ])('is asked again until it answers: %s', async (_, trouble) => {
    const twice: FakeService = (call, earlier) =>
      earlier < 2 ? trouble : (CENTER['sso:ListPermissionSets']?.(call, earlier) ?? trouble);
    const { ops, gaps, throttledCalls } = await collect({ 'sso:ListPermissionSets': twice });
    expect(ops?.Name).toBe('Ops');
    expect(gaps).toEqual([]);
    expect(throttledCalls?.get('sso:ListPermissionSets') ?? 0).toBe('error' in trouble ? 2 : 0);
  });

  it.each<readonly [string, FakeAnswer]>([
    ['a page of HTML', { raw: '<html>sign in</html>' }],
    ['nothing', { raw: '' }],
    ['an object without the list', { result: {} }],
  ])('is a gap and never empty where it answers %s', async (_, answer) => {
    const { identityCenter, gaps } = await collect({ 'identitystore:ListUsers': always(answer) });
    expect(identityCenter).not.toHaveProperty('users');
    expect(gaps).toMatchObject([{ action: 'identitystore:ListUsers', reason: 'failed' }]);
  });

  it('is asked page by page', async () => {
    const pages: FakeService = ({ body }) =>
      bodyOf(body)['NextToken'] === 'two'
        ? { result: { PermissionSets: [AUDIT] } }
        : { result: { PermissionSets: [OPS], NextToken: 'two' } };
    const { identityCenter } = await collect({ 'sso:ListPermissionSets': pages });
    expect(identityCenter?.permissionSets).toHaveLength(2);
  });

  it('is asked no more than twenty times a second over all of its APIs, after the first twenty', async () => {
    const many = Array.from({ length: 40 }, (_, index) => setArn(`s${index}`));
    const timer = fakeTimer();
    const { apiCalls } = await collect({ 'sso:ListPermissionSets': answers({ PermissionSets: many }) }, { timer });
    const made = [...apiCalls].reduce((sum, [action, count]) => (action.startsWith('sso:') ? sum + count : sum), 0);
    expect(made).toBeGreaterThan(240);
    // Without a limit over all of them each API could be called sixty times at once.
    expect(timer.now()).toBeGreaterThanOrEqual(((made - 20) / 20) * 1000 - 1000);
  });
});
