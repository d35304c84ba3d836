import { role, snapshot, user } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { policyVersionIgnoresVariables } from './policy-version-ignores-variables.ts';

const home = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::home/${aws:username}/*' };
const having = (document: Readonly<Record<string, unknown>>) =>
  snapshot({ users: [user('alice', { inlinePolicies: { home: document } })] });

describeCheck(policyVersionIgnoresVariables, '2026-01-01T00:00:00Z', {
  fail: [
    ['no version', having({ Statement: home }), { statements: [0], texts: [home.Resource] }],
    ['the old version', having({ Version: '2008-10-17', Statement: home })],
    [
      'a variable in a condition',
      having({
        Statement: { ...home, Resource: '*', Condition: { StringEquals: { 's3:prefix': '${aws:username}' } } },
      }),
      { texts: ['${aws:username}'] },
    ],
  ],
  pass: [
    ['the new version', having({ Version: '2012-10-17', Statement: home })],
    ['no variable', having({ Statement: { ...home, Resource: 'arn:aws:s3:::home/*' } })],
    ['escaped characters are none', having({ Statement: { ...home, Resource: 'arn:aws:s3:::home/${*}' } })],
    [
      'a role that AWS manages',
      snapshot({
        roles: [role('r', { path: '/aws-reserved/sso.amazonaws.com/', inlinePolicies: { home: { Statement: home } } })],
      }),
    ],
  ],
  unknown: [['a policy that cannot be read', snapshot({ users: [user('a', { inlinePolicies: { p: '{' } })] })]],
});
