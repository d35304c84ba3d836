import { readFileSync } from 'node:fs';
import {
  AcquireRoleCommand,
  DisableOrganizationsRootCredentialsManagementCommand,
  DisableOrganizationsRootSessionsCommand,
  EnableOrganizationsRootCredentialsManagementCommand,
  EnableOrganizationsRootSessionsCommand,
  EnableOutboundWebIdentityFederationCommand,
  GenerateOrganizationsAccessReportCommand,
  GetOrganizationsAccessReportCommand,
  GetRoleTemplateVersionCommand,
  ListOrganizationsFeaturesCommand,
} from '@aws-sdk/client-iam';
import { Organizations } from '@aws-sdk/client-organizations';
import { AssumeRootCommand, GetCallerIdentityCommand, GetDelegatedAccessTokenCommand } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import { clientOf, runningAccount } from './running-account.ts';

// What answers.test.ts, whose account is in no organization, cannot ask for.
describe('the commands of the SDK that need more than an account', () => {
  it('answer in the management account of an organization', async () => {
    const running = await runningAccount(
      'users: [{ userName: admin, accessKeys: [{ accessKeyId: AKIA2345ABCDEFGHIJKL, createDate: 1d ago }] }]',
    );
    const { iam, sts } = running.as('AKIA2345ABCDEFGHIJKL');
    const organizations = clientOf(Organizations, running);
    await organizations.createOrganization({});
    const { CreateAccountStatus } = await organizations.createAccount({ Email: 'a@example.com', AccountName: 'a' });
    const { CreateAccountStatus: made } = await organizations.describeCreateAccountStatus({
      CreateAccountRequestId: CreateAccountStatus?.Id,
    });
    const member = made?.AccountId ?? '';
    await organizations.enableAWSServiceAccess({ ServicePrincipal: 'iam.amazonaws.com' });

    await iam.send(new EnableOrganizationsRootCredentialsManagementCommand({}));
    const both = await iam.send(new EnableOrganizationsRootSessionsCommand({}));
    expect([...(both.EnabledFeatures ?? [])].sort()).toEqual(['RootCredentialsManagement', 'RootSessions']);
    const { Credentials } = await sts.send(
      new AssumeRootCommand({
        TargetPrincipal: member,
        TaskPolicyArn: { arn: 'arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials' },
      }),
    );
    const root = await running.withSession(Credentials).sts.send(new GetCallerIdentityCommand({}));
    expect(root.Arn).toBe(`arn:aws:iam::${member}:root`);
    await iam.send(new DisableOrganizationsRootSessionsCommand({}));
    await iam.send(new DisableOrganizationsRootCredentialsManagementCommand({}));
    expect((await iam.send(new ListOrganizationsFeaturesCommand({}))).EnabledFeatures).toEqual([]);

    const { Organization } = await organizations.describeOrganization({});
    const { Roots } = await organizations.listRoots({});
    const EntityPath = `${Organization?.Id}/${Roots?.[0]?.Id}`;
    const { JobId } = await iam.send(new GenerateOrganizationsAccessReportCommand({ EntityPath }));
    expect(await iam.send(new GetOrganizationsAccessReportCommand({ JobId }))).toMatchObject({
      JobCreationDate: new Date('2026-01-31T12:00:00Z'),
    });
    const { IssuerIdentifier } = await iam.send(new EnableOutboundWebIdentityFederationCommand({}));
    expect(IssuerIdentifier).toMatch(/^https:\/\//);
  });

  it('are refused where they cannot mean anything offline, as the README says', async () => {
    const { iam, sts } = await runningAccount('{}');
    const TemplateArn = 'arn:aws:iam::aws:role-template/any';
    await expect(iam.send(new AcquireRoleCommand({ TemplateArn }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
    });
    await expect(iam.send(new GetRoleTemplateVersionCommand({ TemplateArn }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
    });
    await expect(sts.send(new GetDelegatedAccessTokenCommand({ TradeInToken: 'token' }))).rejects.toMatchObject({
      name: 'ExpiredTradeInTokenException',
    });
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    const [, table = ''] = /\*\*What it cannot do offline\*\*.*?\n\n(\|.*?)\n\n/s.exec(readme) ?? [];
    expect(table.match(/`(?:iam|sts):\w+`/g)).toEqual([
      '`iam:AcquireRole`',
      '`iam:GetRoleTemplateVersion`',
      '`sts:GetDelegatedAccessToken`',
    ]);
  });
});
