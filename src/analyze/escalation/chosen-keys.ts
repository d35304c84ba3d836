import { allOf, anyOf, type Formula, TRUE } from '../../evaluate/formula.ts';

/**
 * What remains of the conditions of a request where the caller puts into it what it likes: parameters of the request, tags
 * that it sends and the region that it calls are no obstacle. What surrounds the call (MFA, network, time) and what the
 * resource is stays. Source: "Actions, resources, and condition keys for AWS services", Service Authorization Reference.
 */
export const withoutChosenKeys = (formula: Formula, action: string): Formula => {
  const service = action.slice(0, action.indexOf(':')).toLowerCase();
  return withoutConditions(formula, (key) => isChosen(key, service));
};

/** What remains where every condition on certain keys (asked for in lower case) can be met. */
export const withoutConditions = (formula: Formula, canBeMet: (key: string) => boolean): Formula => {
  const remaining = (part: Formula): Formula => {
    switch (part.kind) {
      case 'true':
      case 'false':
        return part;
      case 'atom':
        return part.atom.kind === 'condition' && canBeMet(part.atom.key.toLowerCase()) ? TRUE : part;
      case 'all':
        return allOf(part.of.map(remaining));
      case 'any':
        return anyOf(part.of.map(remaining));
    }
  };
  return remaining(formula);
};

const isChosen = (key: string, service: string): boolean =>
  CHOSEN.some((prefix) => key.startsWith(prefix)) ||
  (key.startsWith(`${service}:`) && !key.includes('resourcetag') && !GIVEN.has(key));

/** Global keys, and keys of other services, that the caller's request decides. */
const CHOSEN = [
  'aws:requesttag/',
  'aws:tagkeys',
  'aws:requestedregion',
  'iam:associatedresourcearn',
  'sts:externalid',
  'sts:rolesessionname',
  'sts:sourceidentity',
  'sts:durationseconds',
  'sts:transitivetagkeys',
] as const;

/** Keys of services that tell of what is there, not of the request. */
const GIVEN: ReadonlySet<string> = new Set([
  'iam:permissionsboundary',
  'iam:policyarn',
  'iam:passedtoservice',
  'ec2:resourceid',
  'ec2:rolearn',
  'ec2:sourceinstancearn',
  'kms:calleraccount',
  'kms:keyorigin',
  'kms:viaservice',
  's3:existingobjecttag',
  'lambda:sourcefunctionarn',
]);
