import fc from 'fast-check';
import { expect, test } from 'vitest';
import { listOnCarriers } from '../../src/access/permissions/list-on-carriers.ts';
import { listPermissions } from '../../src/access/permissions/list-permissions.ts';
import { permissionData } from '../../src/cli/permission-data.ts';
import { naiveDecide } from '../naive/naive-evaluator.ts';
import {
  type AllPolicies,
  allPolicies,
  askerOf,
  bucketPolicy,
  carriersOf,
  completions,
  isAboutAction,
  isGranted,
  isInBucket,
  reference,
} from './permission-cases.ts';
import { requestArbitrary } from './policy-arbitraries.ts';

const numRuns = Number(process.env['VIGIL_PROPERTY_RUNS'] ?? 1_500);
const seed = Number(process.env['VIGIL_PROPERTY_SEED'] ?? 20_260_926);
/** Whether the policies have patterns of actions that overlap, neither inside the other: of the pool's, with this one. */
const haveOverlaps = (policies: AllPolicies): boolean => JSON.stringify(policies).includes('s3:*Object');

test('what is told of a principal grants a request exactly where all its policies together allow it', () => {
  fc.assert(
    fc.property(allPolicies, fc.array(requestArbitrary, { minLength: 1, maxLength: 12 }), (policies, requests) => {
      const { told: known, wholes } = completions(policies, requests);
      const told = listPermissions(askerOf(policies, known), reference, null).map((permission) =>
        permissionData({ ...permission, carriers: [] }),
      );
      for (const whole of wholes) {
        const granted = told.some((permission) => isAboutAction(permission, whole) && isGranted(permission, whole));
        const allowed = naiveDecide(whole) === 'Allowed';
        const { action } = whole.request;
        // Where patterns overlap, nobody is told of the unknown actions that both match.
        const isSure = granted || reference.positionOf(action) !== null || !haveOverlaps(policies);
        if (isSure) expect(granted, JSON.stringify({ request: whole.request, told })).toBe(allowed);
      }
    }),
    { numRuns, seed },
  );
});

test('what is told of a bucket with a policy counts instead, and is so', () => {
  const requestsArbitrary = fc.array(requestArbitrary, { minLength: 1, maxLength: 12 });
  const check = fc.property(allPolicies, bucketPolicy, requestsArbitrary, (policies, raw, requests) => {
    const { told: known, wholes } = completions(policies, requests);
    const asker = askerOf(policies, known);
    const own = listPermissions(asker, reference, null).map((each) => permissionData({ ...each, carriers: [] }));
    const { permissions, refusals } = listOnCarriers(asker, carriersOf(raw), reference, null);
    const instead = permissions.map(permissionData);
    for (const each of wholes) {
      const { action, resource } = each.request;
      if (!isInBucket(resource) || !/^s3:/i.test(action) || reference.positionOf(action) === null) continue;
      const whole = { ...each, resourcePolicy: raw };
      const isTold = [...instead, ...refusals].some((told) => isAboutAction({ ...told }, whole));
      const counting = (isTold ? instead : own).filter((told) => isAboutAction(told, whole));
      const granted = counting.some((told) => isGranted(told, whole));
      expect(granted, JSON.stringify({ request: whole.request, own, instead, refusals })).toBe(
        naiveDecide(whole) === 'Allowed',
      );
    }
  });
  fc.assert(check, { numRuns, seed });
});
