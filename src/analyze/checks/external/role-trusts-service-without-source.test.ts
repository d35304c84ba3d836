import { trusts } from '../../../snapshot/testing/policy-builder.ts';
import { role, snapshot } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { roleTrustsServiceWithoutSource } from './role-trusts-service-without-source.ts';

const OWN = '123456789012';
const service = (name: string, condition?: Readonly<Record<string, unknown>>, path = '/') =>
  snapshot({ roles: [role('app', { path, trustPolicy: trusts({ Service: `${name}.amazonaws.com` }, condition) })] });

describeCheck(roleTrustsServiceWithoutSource, '2026-01-01T00:00:00Z', {
  fail: [
    ['a service that sends its source', service('bedrock'), { service: 'bedrock.amazonaws.com' }],
    ['any source', service('states', { ArnLike: { 'aws:SourceArn': 'arn:aws:states:*:*:stateMachine:*' } })],
    ['any trust anchor', service('rolesanywhere')],
  ],
  pass: [
    ['the own account', service('bedrock', { StringEquals: { 'aws:SourceAccount': OWN } })],
    [
      'state machines of the own account',
      service('states', { ArnLike: { 'aws:SourceArn': `arn:aws:states:*:${OWN}:stateMachine:*` } }),
    ],
    [
      'one trust anchor',
      service('rolesanywhere', {
        ArnEquals: { 'aws:SourceArn': `arn:aws:rolesanywhere:eu-central-1:${OWN}:trust-anchor/1234` },
      }),
    ],
    [
      'certificates of one name',
      service('rolesanywhere', { StringEquals: { 'aws:PrincipalTag/x509Subject/CN': 'app.example.com' } }),
    ],
    ['a service that sends none', service('ec2')],
    ['a role that AWS keeps', service('ssm', undefined, '/aws-service-role/ssm.amazonaws.com/')],
  ],
  unknown: [['a trust policy that cannot be read', snapshot({ roles: [role('app', { trustPolicy: 'no JSON' })] })]],
});
