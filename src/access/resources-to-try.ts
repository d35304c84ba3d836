import type { ApplicablePolicies } from '../evaluate/applicable-policies.ts';
import type { RequestedAction } from '../policy/compile-policy.ts';
import type { AccountAccess, Principal } from './account-access.ts';
import { commonText } from './permissions/common-text.ts';
import { type AreaPattern, areaOf, plainPattern } from './permissions/resource-area.ts';

/**
 * Names of resources that are worth asking for, where the principal is free to choose one that fits `pattern` (an ARN with
 * wildcards): the name `preferred`, and one for each pattern of its policies that speaks of such resources. If none of them
 * is allowed, hardly any other is.
 */
export const resourcesToTry = (
  access: Pick<AccountAccess, 'asker'>,
  principal: Principal,
  {
    action,
    pattern,
    preferred,
  }: { readonly action: RequestedAction; readonly pattern: string; readonly preferred: string },
): readonly string[] => {
  const { policies, context } = access.asker(principal);
  const wanted = plainPattern(pattern);
  if (wanted === null) return [];
  const said = policiesOf(policies).flatMap(({ document, allows, denies }) =>
    [...allows, ...denies]
      .filter(({ actions }) => actions.matches(action))
      .flatMap(({ statement: { effect, resource } }) =>
        // What a Deny does not match is as good as what an Allow does.
        resource?.kind === (effect === 'Allow' ? 'resource' : 'notResource')
          ? areaOf(resource, document.version, context).patterns
          : [],
      ),
  );
  return [...new Set([preferred, ...said.flatMap((each) => named(each, wanted) ?? [])])];
};

const policiesOf = ({ identity, boundary, scps = [] }: ApplicablePolicies) =>
  [...identity, ...(boundary ?? []), ...scps.flat()].map(({ policy }) => policy);

const named = (said: AreaPattern, wanted: AreaPattern): string | null =>
  said.kind === 'everything' ? null : commonText(said.glyphs, wanted.glyphs, 'x');
