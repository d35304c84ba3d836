import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  DisableOrganizationsRootSessionsCommand,
  EnableOrganizationsRootCredentialsManagementCommand,
  EnableOrganizationsRootSessionsCommand,
  GenerateOrganizationsAccessReportCommand,
  GetOrganizationsAccessReportCommand,
  type GetOrganizationsAccessReportCommandInput,
  GetUserCommand,
  type IAMClient,
  ListOrganizationsFeaturesCommand,
  PutUserPolicyCommand,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam';
import {
  AttachPolicyCommand,
  CreateAccountCommand,
  CreateOrganizationCommand,
  CreatePolicyCommand,
  DescribeCreateAccountStatusCommand,
  DetachPolicyCommand,
  EnableAWSServiceAccessCommand,
  EnablePolicyTypeCommand,
  ListRootsCommand,
  OrganizationsClient,
  RegisterDelegatedAdministratorCommand,
} from '@aws-sdk/client-organizations';
import { describe, expect, it } from 'vitest';
import { clientOf, runningAccount } from './running-account.ts';

/** An organization with a member account, and clients of both accounts. */
const organization = async () => {
  const account = await runningAccount(
    'users: [{ userName: u, accessKeys: [{ accessKeyId: AKIA2345ABCDEFGHIJKL, createDate: 1d ago }] }]',
  );
  const organizations = clientOf(OrganizationsClient, account);
  const { Organization } = await organizations.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
  const { CreateAccountStatus: asked } = await organizations.send(
    new CreateAccountCommand({ AccountName: 'sandbox', Email: 'sandbox@example.com' }),
  );
  const { CreateAccountStatus: status } = await organizations.send(
    new DescribeCreateAccountStatusCommand({ CreateAccountRequestId: asked?.Id }),
  );
  const { Roots } = await organizations.send(new ListRootsCommand({}));
  const member = status?.AccountId ?? '';
  const root = Roots?.[0]?.Id ?? '';
  return { ...account, organizations, id: Organization?.Id ?? '', member, root, ofMember: account.as(member).iam };
};

describe('centralized root access', () => {
  it('is switched on by the management account once the organization trusts IAM', async () => {
    const { iam, organizations, id } = await organization();
    const list = () => iam.send(new ListOrganizationsFeaturesCommand({}));
    await expect(list()).rejects.toMatchObject({
      name: 'ServiceAccessNotEnabledException',
      message: 'Trusted Access for IAM not enabled by organization of input account 123456789012.',
      $metadata: { httpStatusCode: 400 },
    });
    await organizations.send(new EnableAWSServiceAccessCommand({ ServicePrincipal: 'iam.amazonaws.com' }));
    expect(await list()).toMatchObject({ OrganizationId: id, EnabledFeatures: [] });
    await iam.send(new EnableOrganizationsRootSessionsCommand({}));
    expect(await iam.send(new EnableOrganizationsRootCredentialsManagementCommand({}))).toMatchObject({
      OrganizationId: id,
      EnabledFeatures: ['RootCredentialsManagement', 'RootSessions'],
    });
    await iam.send(new DisableOrganizationsRootSessionsCommand({}));
    expect(await list()).toMatchObject({ EnabledFeatures: ['RootCredentialsManagement'] });
  });

  it('is looked at by a delegated administrator, and nobody else', async () => {
    const { organizations, member, ofMember } = await organization();
    await organizations.send(new EnableAWSServiceAccessCommand({ ServicePrincipal: 'iam.amazonaws.com' }));
    await expect(ofMember.send(new ListOrganizationsFeaturesCommand({}))).rejects.toMatchObject({
      name: 'AccountNotManagementOrDelegatedAdministratorException',
    });
    await expect(ofMember.send(new EnableOrganizationsRootSessionsCommand({}))).rejects.toMatchObject({
      name: 'CallerIsNotManagementAccountException',
    });
    await organizations.send(
      new RegisterDelegatedAdministratorCommand({ AccountId: member, ServicePrincipal: 'iam.amazonaws.com' }),
    );
    expect((await ofMember.send(new ListOrganizationsFeaturesCommand({}))).EnabledFeatures).toEqual([]);
  });

  it('is nothing for an account without an organization', async () => {
    const { iam } = await runningAccount('{}');
    await expect(iam.send(new EnableOrganizationsRootSessionsCommand({}))).rejects.toMatchObject({
      name: 'OrganizationNotFoundException',
      $metadata: { httpStatusCode: 400 },
    });
  });
});

describe('the report on what an organization last accessed', () => {
  const report = async (
    iam: IAMClient,
    EntityPath: string,
    more: Partial<GetOrganizationsAccessReportCommandInput> & { readonly OrganizationsPolicyId?: string } = {},
  ) => {
    const { OrganizationsPolicyId, ...paging } = more;
    const { JobId } = await iam.send(
      new GenerateOrganizationsAccessReportCommand({
        EntityPath,
        ...(OrganizationsPolicyId && { OrganizationsPolicyId }),
      }),
    );
    const first = await iam.send(new GetOrganizationsAccessReportCommand({ JobId, ...paging }));
    expect(first.JobStatus).toBe('IN_PROGRESS');
    return iam.send(new GetOrganizationsAccessReportCommand({ JobId, ...paging }));
  };

  it('tells the services that a policy lets be, and in which account they were used', async () => {
    const { iam, organizations, id, root, member, ofMember, as } = await organization();
    const { Policy } = await organizations.send(
      new CreatePolicyCommand({
        Name: 'few',
        Description: 'few services',
        Type: 'SERVICE_CONTROL_POLICY',
        Content:
          '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:GetObject","iam:GetUser","sqs:SendMessage"],"Resource":"*"}]}',
      }),
    );
    await organizations.send(new EnablePolicyTypeCommand({ RootId: root, PolicyType: 'SERVICE_CONTROL_POLICY' }));
    const OrganizationsPolicyId = Policy?.PolicySummary?.Id ?? '';
    const before = await report(iam, `${id}/${root}`, { OrganizationsPolicyId });
    expect(before).toMatchObject({
      JobStatus: 'COMPLETED',
      NumberOfServicesAccessible: 3,
      NumberOfServicesNotAccessed: 3,
      AccessDetails: [
        { ServiceName: 'AWS Identity and Access Management', ServiceNamespace: 'iam', TotalAuthenticatedEntities: 0 },
        { ServiceName: 'Amazon S3', ServiceNamespace: 's3', TotalAuthenticatedEntities: 0 },
        { ServiceName: 'Amazon SQS', ServiceNamespace: 'sqs', TotalAuthenticatedEntities: 0 },
      ],
    });
    await ofMember.send(new CreateUserCommand({ UserName: 'm' }));
    const { AccessKey } = await ofMember.send(new CreateAccessKeyCommand({ UserName: 'm' }));
    await as(AccessKey?.AccessKeyId ?? '').iam.send(new GetUserCommand({}));
    const after = await report(iam, `${id}/${root}`, { OrganizationsPolicyId });
    expect(after.NumberOfServicesNotAccessed).toBe(2);
    expect(after.AccessDetails?.[0]).toMatchObject({
      ServiceNamespace: 'iam',
      EntityPath: `${id}/${root}/${member}`,
      LastAuthenticatedTime: new Date('2026-01-31T12:00:00Z'),
      Region: 'us-east-1',
      TotalAuthenticatedEntities: 1,
    });
    const latest = await report(iam, `${id}/${root}`, {
      OrganizationsPolicyId,
      SortKey: 'LAST_AUTHENTICATED_TIME_DESCENDING',
      MaxItems: 1,
    });
    expect(latest).toMatchObject({ IsTruncated: true, AccessDetails: [{ ServiceNamespace: 'iam' }] });
    // What the management account does is told of it alone.
    await as('AKIA2345ABCDEFGHIJKL').iam.send(new GetUserCommand({}));
    const own = await report(iam, `${id}/${root}/123456789012`);
    expect(own.NumberOfServicesAccessible).toBeGreaterThan(400);
    expect((own.NumberOfServicesAccessible ?? 0) - (own.NumberOfServicesNotAccessed ?? 0)).toBe(1);
  });

  it('is for the management account, of entities that there are', async () => {
    const { iam, ofMember, id, root } = await organization();
    await expect(report(ofMember, `${id}/${root}`)).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(report(iam, `${id}/${root}/ou-abcd-12345678`)).rejects.toMatchObject({
      name: 'InvalidInputException',
    });
  });
});

describe('the policy simulator in an organization', () => {
  it('asks the SCPs above the account, unless they are excluded', async () => {
    const { iam, organizations, root, member, ofMember } = await organization();
    await organizations.send(new EnablePolicyTypeCommand({ RootId: root, PolicyType: 'SERVICE_CONTROL_POLICY' }));
    const { Policy } = await organizations.send(
      new CreatePolicyCommand({
        Name: 'no-s3',
        Description: 'none',
        Type: 'SERVICE_CONTROL_POLICY',
        Content: '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"*"}]}',
      }),
    );
    const policy = { PolicyId: Policy?.PolicySummary?.Id ?? '', TargetId: member };
    await organizations.send(new AttachPolicyCommand(policy));
    const PolicyDocument = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}';
    await ofMember.send(new CreateUserCommand({ UserName: 'm' }));
    await ofMember.send(new PutUserPolicyCommand({ UserName: 'm', PolicyName: 'p', PolicyDocument }));
    const ask = async (client: IAMClient, user: string, more: object = {}) => {
      const command = new SimulatePrincipalPolicyCommand({
        PolicySourceArn: user,
        ActionNames: ['s3:GetObject'],
        ...more,
      });
      const [result] = (await client.send(command)).EvaluationResults ?? [];
      return [result?.EvalDecision, result?.OrganizationsDecisionDetail?.AllowedByOrganizations];
    };
    const m = `arn:aws:iam::${member}:user/m`;
    expect(await ask(ofMember, m)).toEqual(['explicitDeny', false]);
    expect(await ask(ofMember, m, { PolicyExclusionList: [{ PolicyType: 'scp' }] })).toEqual(['allowed', true]);
    // SCPs leave the management account alone.
    expect(await ask(iam, 'arn:aws:iam::123456789012:user/u')).toEqual(['implicitDeny', true]);
    await organizations.send(new DetachPolicyCommand(policy));
    expect(await ask(ofMember, m)).toEqual(['allowed', true]);
  });
});
