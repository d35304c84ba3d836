import { TRUE } from '../../../evaluate/formula.ts';
import { createPolicyCompiler } from '../../../policy/compile-policy.ts';
import type { ServiceReference } from '../../../reference/service-reference.ts';
import type { AccountSnapshot } from '../../../snapshot/account-snapshot.ts';
import { createTargetFinder } from '../../exposure/action-targets.ts';
import type { CrownJewel } from '../crown-jewels.ts';
import { askedOn, resourceUse } from '../resource-uses.ts';
import { acrossAccounts } from './cross-account-actions.ts';
import type { Entrance, Opener } from './entrance.ts';

/** The method of whoever uses a resource that another account opens to it. */
const OPEN_RESOURCE = 'own-open-resource';

/** The uses of an account's crown jewels, and of their parts, that their own policies open to others. */
export const jewelEntrances = (
  { accountId, resources }: AccountSnapshot,
  {
    jewels,
    reference,
    open,
  }: { readonly jewels: readonly CrownJewel[]; readonly reference: ServiceReference; readonly open: Opener },
): readonly Entrance[] => {
  const listed = new Map(resources.known ? resources.value.map((resource) => [String(resource.arn), resource]) : []);
  const compile = createPolicyCompiler(reference);
  const targetsOf = createTargetFinder(reference);
  return jewels.flatMap(({ kind, arn }): readonly Entrance[] => {
    if (kind === 'principal') return [];
    const resource = listed.get(arn);
    const { actions } = resourceUse(arn.split(':')[2] ?? '');
    const parts = resource?.policy ? targetsOf(resource.arn, compile(resource.policy)) : [];
    const asked = [
      ...actions.map((action) => ({ action, arn: askedOn(action, arn) })),
      ...parts.filter(({ action }) => actions.includes(action)),
    ];
    const uses = new Map(asked.map((each) => [`${each.action} ${each.arn}`, each]));
    return [...uses.values()].flatMap((use): readonly Entrance[] => {
      const provided = acrossAccounts(use.action);
      const request = provided && open(use.action, use.arn);
      if (!request) return [];
      return [
        {
          account: accountId,
          arn,
          method: OPEN_RESOURCE,
          effect: 'reads-resource',
          requests: [request],
          residual: TRUE,
          provided,
        },
      ];
    });
  });
};
