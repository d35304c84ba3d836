import { describe, expect, it } from 'vitest';
import { loadServiceReference } from '../reference/service-reference.ts';
import { decodeAuthorizationMessage } from './authorization-message.ts';
import { createAuthorizer } from './authorizer.ts';
import { operations } from './operations.ts';
import { callBy, cloudOfFiles } from './testing/cloud-of-file.ts';

const reference = await loadServiceReference();
const authorize = createAuthorizer(reference);

const arn = (resource: string): string => `arn:aws:iam::123456789012:${resource}`;

describe('every operation of IAM', () => {
  const cloud = cloudOfFiles('users: [{ userName: ann }]');
  // Names something of every kind, as far as an operation's input can.
  const input = {
    UserName: 'u',
    RoleName: 'r',
    GroupName: 'g',
    PolicyArn: arn('policy/p'),
    PolicyName: 'p',
    InstanceProfileName: 'i',
    ServerCertificateName: 'c',
    SAMLProviderArn: arn('saml-provider/s'),
    OpenIDConnectProviderArn: arn('oidc-provider/o'),
    SerialNumber: arn('mfa/m'),
    AccessKeyId: 'AKIAQEXAMPLEEXAMPLE2',
    AWSServiceName: 'ecs.amazonaws.com',
    DeletionTaskId: 'task/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS/1',
    DelegationRequestId: 'd',
    EntityPath: 'o-a/r-b',
    Arn: arn('user/u'),
    PolicySourceArn: arn('user/u'),
    EntityArn: arn('delegation-request/d'),
    TemplateArn: 'arn:aws:iam::aws:role-template/ecs.amazonaws.com/t:1',
  };

  it.each([...operations.keys()].filter((name) => name.startsWith('iam:')))('names what it is about: %s', (name) => {
    const types = reference.describeAction(name)?.resourceTypes ?? [];
    const refused = authorize(cloud, name, input, callBy('ann'));
    const message = refused.ok ? null : decodeAuthorizationMessage(refused.error.encodedMessage ?? '');
    const { resource } = (JSON.parse(message ?? '') as { context: { resource: string } }).context;
    // The user of a key that is nobody's cannot be named.
    if (types.length === 0 || name === 'iam:GetAccessKeyLastUsed') expect(resource).toBe('*');
    else {
      const forms = types.map(({ arnPattern }) => arnPattern.replaceAll(/\$\{\w+\}/g, '[^*]*'));
      expect(forms.some((form) => new RegExp(`^${form}$`).test(resource.replace('/*', '/x')))).toBe(true);
    }
  });
});
