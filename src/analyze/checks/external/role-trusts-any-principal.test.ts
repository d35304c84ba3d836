import { policyDocument, trusts } from '../../../snapshot/testing/policy-builder.ts';
import { role, snapshot } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { roleTrustsAnyPrincipal } from './role-trusts-any-principal.ts';

const OWN = '123456789012';
const VENDOR = '444455556666';
const trusting = (trustPolicy: unknown) => snapshot({ roles: [role('app', { trustPolicy })] });
const anybodyIf = (condition: Readonly<Record<string, unknown>>) => trusting(trusts({ AWS: '*' }, condition));

/** A role that trusts everybody, in an organization whose RCP denies whoever fulfils a condition. */
const withinOrganization = (condition: Readonly<Record<string, unknown>>) =>
  snapshot({
    roles: [role('app', { trustPolicy: trusts('*') })],
    organization: {
      id: 'o-abcde12345',
      managementAccountId: '777788889999',
      path: [
        {
          id: 'r-ab12',
          name: 'Root',
          scps: [],
          rcps: [
            { name: 'RCPFullAWSAccess', document: policyDocument(statement('Allow')) },
            { name: 'perimeter', document: policyDocument(statement('Deny', condition)) },
          ],
        },
      ],
    },
  });
const statement = (Effect: string, Condition: object = {}) => ({
  Version: '2012-10-17',
  Statement: { Effect, Principal: '*', Action: 'sts:*', Resource: '*', Condition },
});

describeCheck(roleTrustsAnyPrincipal, '2026-01-01T00:00:00Z', {
  fail: [
    ['everybody', trusting(trusts('*')), { confinedTo: 'everybody' }],
    [
      'an ExternalId is all that is asked for',
      anybodyIf({ StringEquals: { 'sts:ExternalId': 'x1' } }),
      { confinedTo: 'conditions' },
    ],
    [
      'every account of an organization',
      anybodyIf({ StringEquals: { 'aws:PrincipalOrgID': 'o-abcde12345' } }),
      { confinedTo: 'organization' },
    ],
    [
      'every account of an organizational unit',
      anybodyIf({ 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-abcde12345/r-ab12/ou-ab12-11111111/*' } }),
      { confinedTo: 'organization' },
    ],
    ['whatever organization', anybodyIf({ StringLike: { 'aws:PrincipalOrgID': 'o-*' } }), { confinedTo: 'conditions' }],
    [
      'whatever organizational unit',
      anybodyIf({ 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-*' } }),
      { confinedTo: 'conditions' },
    ],
    [
      'everybody, whom an RCP keeps to the organization',
      withinOrganization({ StringNotEqualsIfExists: { 'aws:PrincipalOrgID': '${aws:ResourceOrgID}' } }),
      { confinedTo: 'organization' },
    ],
    ['any ExternalId', anybodyIf({ StringLike: { 'sts:ExternalId': '*' } }), { confinedTo: 'everybody' }],
    [
      'roles of a certain name, of any account',
      anybodyIf({ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/deployer' } }),
      { confinedTo: 'conditions' },
    ],
    [
      'all but one account',
      anybodyIf({ StringNotEquals: { 'aws:PrincipalAccount': VENDOR } }),
      { confinedTo: 'everybody' },
    ],
    [
      'a grant until a time that has not come yet',
      anybodyIf({ DateLessThan: { 'aws:CurrentTime': '2026-06-01T00:00:00Z' } }),
      { confinedTo: 'everybody' },
    ],
  ],
  pass: [
    [
      'everybody, whom an RCP keeps to the own account',
      withinOrganization({ StringNotEquals: { 'aws:PrincipalAccount': OWN } }),
    ],
    ['a service', trusting(trusts({ Service: 'lambda.amazonaws.com' }))],
    ['another account, which it names', trusting(trusts({ AWS: `arn:aws:iam::${VENDOR}:root` }))],
    ['everybody of the own account', anybodyIf({ StringEquals: { 'aws:PrincipalAccount': OWN } })],
    ['roles of the own account', anybodyIf({ ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${OWN}:role/*` } })],
    ['another account, which a condition names', anybodyIf({ StringEquals: { 'aws:PrincipalAccount': VENDOR } })],
    ['a grant that has ended', anybodyIf({ DateLessThan: { 'aws:CurrentTime': '2025-06-01T00:00:00Z' } })],
    ['calls for a resource, which nobody can make directly', anybodyIf({ StringEquals: { 'aws:SourceAccount': OWN } })],
    [
      'everybody, with a Deny for other accounts',
      trusting({
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' },
          {
            Effect: 'Deny',
            Principal: '*',
            Action: 'sts:*',
            Condition: { StringNotEquals: { 'aws:PrincipalAccount': OWN } },
          },
        ],
      }),
    ],
    [
      'a web identity provider',
      trusting({
        Statement: {
          Effect: 'Allow',
          Principal: { Federated: `arn:aws:iam::${OWN}:oidc-provider/token.actions.githubusercontent.com` },
          Action: 'sts:AssumeRoleWithWebIdentity',
        },
      }),
    ],
  ],
  unknown: [
    ['a trust policy that cannot be read', trusting('{"Statement": [')],
    [
      'everybody, with a Deny that cannot be read',
      trusting({
        Statement: [
          { Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' },
          {
            Effect: 'Deny',
            Principal: '*',
            Action: 'sts:*',
            Condition: { StringNotEqual: { 'aws:PrincipalAccount': OWN } },
          },
        ],
      }),
    ],
  ],
});
