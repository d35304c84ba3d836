import { friendlyName } from '../iam/arn.ts';
import { type Caller, type Signed, sessionNames } from '../iam/caller.ts';
import type { RequestContext } from './request-context.ts';

/**
 * The condition keys that follow from who asks, with null for those that it cannot have. Of a session whose role's path
 * is not known, the role is taken to have none.
 * Source: "AWS global condition context keys" and "IAM policy elements: Variables and tags", IAM User Guide.
 */
export const callerContext = (caller: Caller): RequestContext => {
  switch (caller.kind) {
    case 'root':
      return signedContext(caller, 'Account');
    case 'user':
      return { ...signedContext(caller, 'User'), 'aws:username': friendlyName(caller.arn) };
    case 'role':
      return signedContext(caller, 'AssumedRole');
    case 'assumedRole':
      return signedContext({ ...caller, arn: caller.roleArn ?? roleArnOf(caller) }, 'AssumedRole');
    case 'federatedUser':
      return signedContext(caller, 'FederatedUser');
    case 'anonymous':
      return { ...UNSIGNED, 'aws:PrincipalType': 'Anonymous' };
    case 'service':
    case 'federated':
      return UNSIGNED;
  }
};

const UNSIGNED: RequestContext = {
  'aws:PrincipalArn': null,
  'aws:PrincipalAccount': null,
  'aws:PrincipalType': null,
  'aws:username': null,
};

const signedContext = ({ arn, account }: Signed, type: string): RequestContext => ({
  'aws:PrincipalArn': arn,
  'aws:PrincipalAccount': account,
  'aws:PrincipalType': type,
  'aws:username': null,
});

const roleArnOf = (session: Signed): string =>
  `arn:${session.arn.split(':', 2)[1] ?? ''}:iam::${session.account}:role/${sessionNames(session).role}`;
