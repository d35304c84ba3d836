import type { AccountAccess } from '../../access/account-access.ts';
import type { PolicyDocument } from '../../policy/policy-document.ts';
import type { AccountSnapshot, Role, User } from '../../snapshot/account-snapshot.ts';
import type { EscalationPath, PathStep } from './escalation-path.ts';

/**
 * Tells paths that somebody meant: nothing but roles assumed one after the other, and requests on resources of other accounts, each by
 * whom the policy of the role or resource names, or by whom a policy grants just that.
 */
export const createDesignReader = (
  account: Pick<AccountSnapshot, 'users' | 'roles'>,
  access: AccountAccess,
): ((path: EscalationPath) => boolean) => {
  const principals = new Map<string, User | Role>([...account.users, ...account.roles].map((each) => [each.arn, each]));
  const isMeant = ({ from, to, requests, invited }: PathStep): boolean =>
    requests.every(
      ({ action, resource, grantedBy }) =>
        invited === true ||
        (action === 'sts:AssumeRole' && trusts(principals.get(to), from)) ||
        ((action === 'sts:AssumeRole' || invited === false) &&
          grantedBy.some(({ policy, statement }) =>
            namesAt(documentOf(principals.get(from), policy), statement, [to, `${to}/*`, resource]),
          )),
    );
  const documentOf = (self: User | Role | undefined, name: string): PolicyDocument | undefined =>
    self && access.effectivePolicies(self).identity.find((policy) => policy.name === name)?.document;
  return ({ steps }) => steps.length > 0 && steps.every(isMeant);
};

const trusts = (role: User | Role | undefined, arn: string): boolean =>
  role !== undefined &&
  'roleName' in role &&
  role.trustPolicy.statements.some(
    ({ effect, principal }) =>
      effect === 'Allow' && principal?.kind === 'principal' && principal.aws.some((named) => named === arn),
  );

const namesAt = (document: PolicyDocument | undefined, at: number, arns: readonly string[]): boolean => {
  const resource = document?.statements.find(({ index }) => index === at)?.resource;
  return resource?.kind === 'resource' && resource.patterns.some((pattern) => arns.includes(pattern));
};
