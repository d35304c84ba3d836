import type { AccountAccess } from '../../../access/account-access.ts';
import { type Formula, TRUE } from '../../../evaluate/formula.ts';
import type { ServiceReference } from '../../../reference/service-reference.ts';
import type { AccountSnapshot, Role, User } from '../../../snapshot/account-snapshot.ts';
import { type AdmittedByTrust, createAdmittedByTrust } from '../admitted-by-trust.ts';
import { type LinkedOn, linksOf } from '../asked-resources.ts';
import { askedTypes } from '../asked-types.ts';
import { escalationMethods } from '../catalogue/index.ts';
import type { Ask, Way } from '../escalation-method.ts';
import { judgeFact } from '../facts.ts';
import { isAboutUsers } from '../targets.ts';
import { acrossAccounts } from './cross-account-actions.ts';
import type { Entrance, Opener } from './entrance.ts';
import type { OpenRequest } from './open-request.ts';

interface ResourceTools {
  readonly access: AccountAccess;
  readonly reference: ServiceReference;
  readonly open: Opener;
}

/** The ways to users and roles of an account by way of resources whose policies let in others. */
export const resourceEntrances = (
  account: AccountSnapshot,
  { access, reference, open }: ResourceTools,
): readonly Entrance[] => {
  const { resources, accountId } = account;
  const trusted = createAdmittedByTrust(access, accountId);
  const principals = new Map<string, User | Role>([...account.users, ...account.roles].map((each) => [each.arn, each]));
  return (resources.known ? resources.value : []).flatMap((resource) =>
    linksOf(resource).flatMap(({ on, arn }) => {
      const target = principals.get(arn);
      if (target === undefined) return [];
      return WAYS.filter((each) => each.on === on).flatMap(({ method, way }) => {
        const lets = serviceLets(way, target, trusted);
        const provided = factsOf(way, target, account);
        if (lets === null || provided === null) return [];
        const asked = way.requires.map((requirement) =>
          asksOf(requirement).flatMap((ask) => {
            const isAbout = askedTypes(ask, { reference, account }).some(({ matches }) => matches(resource.arn));
            const request = isAbout ? open(ask.action, resource.arn) : null;
            return request === null ? [] : [request];
          }),
        );
        return oneOfEach(asked).map(
          (requests): Entrance => ({
            account: accountId,
            arn: target.arn,
            method,
            effect: 'becomes-target',
            requests,
            residual: lets,
            provided: [...provided, ...requests.flatMap(({ action }) => acrossAccounts(action) ?? [])],
          }),
        );
      });
    }),
  );
};

const asksOf = (requirement: Way['requires'][number]): readonly Ask[] =>
  ('anyOf' in requirement ? requirement.anyOf : [requirement]).filter(
    ({ action }) => acrossAccounts(action) !== undefined,
  );

/** The ways that ask of nothing but a resource that runs as the target, holds its credentials or feeds what runs as it. */
const WAYS = escalationMethods.flatMap(({ id, ways }) =>
  ways.flatMap((way) => {
    const asks = way.requires.flatMap((requirement) => ('anyOf' in requirement ? requirement.anyOf : [requirement]));
    const [on, ...others] = [...new Set(asks.map((ask) => ask.on))];
    const isOpen = way.effect === 'becomes-target' && way.requires.every((each) => asksOf(each).length > 0);
    return others.length === 0 && isOpen && isLinked(on) ? [{ method: id, way, on }] : [];
  }),
);

function isLinked(on: Ask['on']): on is LinkedOn {
  return on === 'running' || on === 'holding' || on === 'feeding';
}

/** When the service may run as the target; null: never. */
const serviceLets = ({ on, service }: Way, target: User | Role, { trustsService }: AdmittedByTrust): Formula | null => {
  if (isAboutUsers(on) !== 'userName' in target) return null;
  if (service === undefined || !('roleName' in target)) return TRUE;
  const admissions = [service].flat().flatMap((each) => trustsService(target, each) ?? []);
  const [certain] = admissions.filter(({ kind }) => kind === 'allowed');
  if (certain !== undefined) return TRUE;
  const [conditional] = admissions.flatMap((each) => (each.kind === 'allowedIf' ? [each.residual] : []));
  return conditional ?? null;
};

/** What no snapshot tells and must be so, in words; null: something is not so. */
const factsOf = ({ facts = [] }: Way, target: User | Role, account: AccountSnapshot): readonly string[] | null => {
  const judged = facts.map((fact) => judgeFact(fact, target, account));
  return judged.includes(false) ? null : judged.flatMap((holds) => (typeof holds === 'object' ? [holds.provided] : []));
};

/** Every choice of one request for each requirement. */
const oneOfEach = (asked: readonly (readonly OpenRequest[])[]): readonly (readonly OpenRequest[])[] =>
  asked.reduce<readonly (readonly OpenRequest[])[]>(
    (chosen, requests) => chosen.flatMap((before) => requests.map((request) => [...before, request])),
    [[]],
  );
