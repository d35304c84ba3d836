import {
  AcceptDelegationRequestCommand,
  AcquireRoleCommand,
  AssociateDelegationRequestCommand,
  CreateDelegationRequestCommand,
  DisableOutboundWebIdentityFederationCommand,
  EnableOutboundWebIdentityFederationCommand,
  GetAccountPropertiesCommand,
  GetAccountSummaryCommand,
  GetDelegationRequestCommand,
  GetHumanReadableSummaryCommand,
  GetOutboundWebIdentityFederationInfoCommand,
  ListDelegationRequestsCommand,
  PutAccountPropertiesCommand,
  RejectDelegationRequestCommand,
  SendDelegationTokenCommand,
  SetSecurityTokenServicePreferencesCommand,
  UpdateDelegationRequestCommand,
} from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import { runningAccount } from './running-account.ts';

describe('the settings of an account', () => {
  it('hold the version of the global endpoint’s session tokens', async () => {
    const { iam } = await runningAccount('{}');
    const version = async () =>
      (await iam.send(new GetAccountSummaryCommand({}))).SummaryMap?.GlobalEndpointTokenVersion;
    expect(await version()).toBe(1);
    await iam.send(new SetSecurityTokenServicePreferencesCommand({ GlobalEndpointTokenVersion: 'v2Token' }));
    expect(await version()).toBe(2);
    const wrong = new SetSecurityTokenServicePreferencesCommand({ GlobalEndpointTokenVersion: 'v3Token' as never });
    await expect(iam.send(wrong)).rejects.toMatchObject({ name: 'ValidationError' });
  });

  it('switch outbound federation on and off, with the same issuer each time', async () => {
    const { iam } = await runningAccount('{}');
    const info = () => iam.send(new GetOutboundWebIdentityFederationInfoCommand({}));
    const disabled = {
      name: 'FeatureDisabledException',
      message: 'Outbound identity federation is disabled for account 123456789012',
      $metadata: { httpStatusCode: 404 },
    };
    await expect(info()).rejects.toMatchObject(disabled);
    await expect(iam.send(new DisableOutboundWebIdentityFederationCommand({}))).rejects.toMatchObject(disabled);
    const { IssuerIdentifier } = await iam.send(new EnableOutboundWebIdentityFederationCommand({}));
    expect(IssuerIdentifier).toMatch(/^https:\/\/[0-9a-f-]{36}\.tokens\.sts\.global\.api\.aws$/);
    expect(await info()).toMatchObject({ IssuerIdentifier, JwtVendingEnabled: true });
    await expect(iam.send(new EnableOutboundWebIdentityFederationCommand({}))).rejects.toMatchObject({
      name: 'FeatureEnabledException',
      $metadata: { httpStatusCode: 409 },
    });
    await iam.send(new DisableOutboundWebIdentityFederationCommand({}));
    await expect(info()).rejects.toMatchObject(disabled);
    expect(await iam.send(new EnableOutboundWebIdentityFederationCommand({}))).toMatchObject({ IssuerIdentifier });
  });

  it('switch the role manager on and off', async () => {
    const { iam } = await runningAccount('{}');
    const properties = async () => (await iam.send(new GetAccountPropertiesCommand({}))).Properties;
    expect(await properties()).toEqual({ 'RoleManager/Enabled': 'false' });
    await iam.send(new PutAccountPropertiesCommand({ Properties: { 'RoleManager/Enabled': 'true' } }));
    expect(await properties()).toEqual({ 'RoleManager/Enabled': 'true' });
  });

  it.each([
    [{ RoleManager: 'true' }, 'Property key must be in format Namespace/PropertyName: RoleManager'],
    [{ 'RoleManager/Enabled/x': 'true' }, 'RoleManager namespace requires Enabled property'],
    [{ 'Other/Enabled': 'true' }, 'Unsupported namespace: Other'],
    [{ 'RoleManager/Enabled': 'true', 'Other/Enabled': 'true' }, 'All properties must belong to the same namespace'],
    [{ 'RoleManager/Enabled': 'FALSE' }, "Enabled must be 'true' or 'false'"],
  ])('refuse the properties %j', async (Properties, message) => {
    const { iam } = await runningAccount('{}');
    await expect(iam.send(new PutAccountPropertiesCommand({ Properties: { ...Properties } }))).rejects.toMatchObject({
      name: 'InvalidInputException',
      message,
    });
  });

  it('know no role templates', async () => {
    const { iam } = await runningAccount('{}');
    const TemplateArn = 'arn:aws:iam::aws:role-template/iam.amazonaws.com/NoTemplate:1';
    await expect(iam.send(new AcquireRoleCommand({ TemplateArn }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: `Role template not found in repository: ${TemplateArn}`,
    });
  });
});

describe('delegation requests', () => {
  const account = 'users: [{ userName: u, accessKeys: [{ accessKeyId: AKIA2345ABCDEFGHIJKL, createDate: 1d ago }] }]';
  const wanted = {
    Description: 'Set up monitoring',
    Permissions: { PolicyTemplateArn: 'arn:aws:iam::aws:delegation-template/partner/monitoring' },
    RequestorWorkflowId: 'workflow-1',
    NotificationChannel: 'arn:aws:sns:us-east-1:123456789012:partner',
    SessionDuration: 3600,
  };

  const opened = async (more: object = {}) => {
    const running = await runningAccount(account);
    const created = await running.iam.send(new CreateDelegationRequestCommand({ ...wanted, ...more }));
    const DelegationRequestId = created.DelegationRequestId ?? '';
    const state = async () =>
      (await running.iam.send(new GetDelegationRequestCommand({ DelegationRequestId }))).DelegationRequest;
    return { ...running, created, id: { DelegationRequestId }, state };
  };

  it('go from hand to hand until the token is sent', async () => {
    const { iam, as, id, created, state } = await opened();
    expect(created.ConsoleDeepLink).toContain(id.DelegationRequestId);
    expect(await state()).toMatchObject({
      State: 'UNASSIGNED',
      RequestorId: '123456789012',
      ExpirationTime: new Date('2026-02-07T12:00:00Z'),
    });
    expect((await iam.send(new ListDelegationRequestsCommand({}))).DelegationRequests).toEqual([]);
    const user = as('AKIA2345ABCDEFGHIJKL').iam;
    await user.send(new AssociateDelegationRequestCommand(id));
    expect(await state()).toMatchObject({
      State: 'ASSIGNED',
      OwnerId: 'arn:aws:iam::123456789012:user/u',
      OwnerAccountId: '123456789012',
    });
    await user.send(new UpdateDelegationRequestCommand({ ...id, Notes: 'please' }));
    expect(await state()).toMatchObject({ State: 'PENDING_APPROVAL', Notes: 'please' });
    await expect(user.send(new SendDelegationTokenCommand(id))).rejects.toMatchObject({
      name: 'InvalidInputException',
    });
    await iam.send(new AcceptDelegationRequestCommand(id));
    expect(await state()).toMatchObject({ State: 'ACCEPTED', ApproverId: 'arn:aws:iam::123456789012:root' });
    await iam.send(new SendDelegationTokenCommand(id));
    const { DelegationRequests, isTruncated } = await iam.send(new ListDelegationRequestsCommand({}));
    expect(DelegationRequests).toMatchObject([{ ...id, State: 'FINALIZED' }]);
    expect(isTruncated).toBe(false);
    await expect(iam.send(new RejectDelegationRequestCommand(id))).rejects.toMatchObject({
      name: 'InvalidInputException',
    });
  });

  it('may be sent by their owner alone where the provider asks for that', async () => {
    const { iam, as, id } = await opened({ OnlySendByOwner: true });
    const user = as('AKIA2345ABCDEFGHIJKL').iam;
    await user.send(new AssociateDelegationRequestCommand(id));
    await iam.send(new AcceptDelegationRequestCommand(id));
    await expect(iam.send(new SendDelegationTokenCommand(id))).rejects.toMatchObject({
      name: 'InvalidInputException',
    });
    await user.send(new SendDelegationTokenCommand(id));
  });

  it('are rejected with a reason, and expire', async () => {
    const { iam, id, state, clock } = await opened();
    await iam.send(new AssociateDelegationRequestCommand(id));
    await iam.send(new RejectDelegationRequestCommand({ ...id, Notes: 'too much' }));
    expect(await state()).toMatchObject({ State: 'REJECTED', RejectionReason: 'too much' });
    clock.moveTo('2026-02-08T00:00:00Z');
    expect((await state())?.State).toBe('EXPIRED');
  });

  it('are one a workflow, and of whom they are for', async () => {
    const { iam, id } = await opened();
    await expect(iam.send(new CreateDelegationRequestCommand(wanted))).rejects.toMatchObject({
      name: 'EntityAlreadyExistsException',
    });
    const gone = { DelegationRequestId: `${id.DelegationRequestId}x` };
    await expect(iam.send(new GetDelegationRequestCommand(gone))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
    });
    const EntityArn = `arn:aws:iam::123456789012:delegation-request/${id.DelegationRequestId}`;
    expect(await iam.send(new GetHumanReadableSummaryCommand({ EntityArn }))).toMatchObject({
      SummaryState: 'AVAILABLE',
      SummaryContent: 'Account 123456789012 asks for access for 3600 seconds: Set up monitoring',
    });
  });
});
