import fc from 'fast-check';
import type { NaivePolicy, NaiveRequest } from '../naive/naive-request.ts';
import { ACCOUNTS, CALLERS, KEYS, type Key, PRINCIPALS, SCENES, type Scene, SPARED } from './request-pools.ts';

type Json = Readonly<Record<string, unknown>>;

const caseOf = (text: string): fc.Arbitrary<string> =>
  fc.constantFrom(text, text, text.toLowerCase(), text.toUpperCase());
const someOf = <T>(values: readonly T[]) => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 });

const prefixOf = ({ isList }: Key): fc.Arbitrary<string> =>
  isList === true
    ? fc.constantFrom('ForAllValues:', 'ForAnyValue:', 'ForAnyValue:', '')
    : fc.constantFrom('', '', '', '', '', 'ForAllValues:', 'ForAnyValue:');

const plainCondition = (key: Key) =>
  fc
    .tuple(
      prefixOf(key),
      fc.constantFrom(...key.operators),
      fc.constantFrom('', '', 'IfExists'),
      caseOf(key.name),
      someOf(key.asked),
    )
    .map(([set, operator, ifExists, name, values]) => ({ operator: `${set}${operator}${ifExists}`, name, values }));
const nullCondition = (key: Key) =>
  fc
    .tuple(prefixOf(key), fc.constantFrom('true', 'false'))
    .map(([set, value]) => ({ operator: `${set}Null`, name: key.name, values: [value] }));

const conditionArbitrary = fc
  .array(
    fc
      .constantFrom(...KEYS)
      .chain((key) =>
        fc.oneof({ weight: 6, arbitrary: plainCondition(key) }, { weight: 1, arbitrary: nullCondition(key) }),
      ),
    { minLength: 1, maxLength: 2 },
  )
  .map((parts) => {
    const condition: Record<string, Record<string, readonly string[]>> = {};
    for (const { operator, name, values } of parts) condition[operator] = { ...condition[operator], [name]: values };
    return condition;
  });

/** Everything, a pattern that has to do with the call, or everything but such patterns. */
const elementArbitrary = (name: 'Action' | 'Resource', patterns: readonly string[]): fc.Arbitrary<Json> =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant({ [name]: '*' }) },
    { weight: 5, arbitrary: someOf(patterns).map((chosen) => ({ [name]: chosen })) },
    { weight: 1, arbitrary: someOf(patterns).map((chosen) => ({ [`Not${name}`]: chosen })) },
  );

const principalArbitrary = (effect: string): fc.Arbitrary<Json> => {
  const named = fc.constantFrom(...PRINCIPALS).map((Principal) => ({ Principal }));
  const spared = fc.uniqueArray(fc.constantFrom(...SPARED), { minLength: 1, maxLength: 6 });
  return effect === 'Allow'
    ? named
    : fc.oneof(
        { weight: 3, arbitrary: named },
        spared.map((AWS) => ({ NotPrincipal: { AWS } })),
      );
};

/** Which type of policy a statement is for. */
export type Form = 'identity' | 'rcp' | 'resource';

/** Any statement of a policy that has to do with a call. */
export const statementArbitrary = (scene: Scene, form: Form): fc.Arbitrary<Json> =>
  fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny').chain((Effect) =>
    fc
      .tuple(
        elementArbitrary('Action', scene.actions),
        form === 'resource' && scene.isRole === true ? fc.constant({}) : elementArbitrary('Resource', scene.resources),
        fc.option(conditionArbitrary, { nil: undefined, freq: 2 }),
        form === 'identity'
          ? fc.constant({})
          : form === 'rcp'
            ? fc.constant({ Principal: '*' })
            : principalArbitrary(Effect),
      )
      .map(([action, resource, Condition, principal]) => ({
        Effect,
        ...principal,
        ...action,
        ...resource,
        ...(Condition === undefined ? {} : { Condition }),
      })),
  );

const documentArbitrary = (scene: Scene, form: Form): fc.Arbitrary<Json> =>
  fc
    .tuple(
      fc.constantFrom('2012-10-17', '2012-10-17', '2012-10-17', '2008-10-17', undefined),
      fc.array(statementArbitrary(scene, form), { minLength: 1, maxLength: 3 }),
    )
    .map(([Version, Statement]) => ({ ...(Version === undefined ? {} : { Version }), Statement }));

const ALLOW_ALL = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } };
const ALLOW_ALL_TO_ALL = { ...ALLOW_ALL, Statement: { ...ALLOW_ALL.Statement, Principal: '*' } };

const named = (documents: fc.Arbitrary<readonly unknown[]>): fc.Arbitrary<readonly NaivePolicy[]> =>
  documents.map((all) => all.map((document, index) => ({ name: `p${index}`, document })));

const policiesArbitrary = (scene: Scene, form: Form, most: number): fc.Arbitrary<readonly NaivePolicy[]> => {
  const full = form === 'identity' ? ALLOW_ALL : ALLOW_ALL_TO_ALL;
  const document = fc.oneof({ weight: 4, arbitrary: documentArbitrary(scene, form) }, fc.constant(full));
  return named(fc.array(document, { minLength: most > 1 ? 0 : 1, maxLength: most }));
};

const levelsArbitrary = (scene: Scene, form: Form): fc.Arbitrary<readonly (readonly NaivePolicy[])[]> => {
  const full = form === 'identity' ? ALLOW_ALL : ALLOW_ALL_TO_ALL;
  const level = fc.oneof(
    { weight: 3, arbitrary: documentArbitrary(scene, form).map((document) => [full, document]) },
    { weight: 1, arbitrary: documentArbitrary(scene, form).map((document) => [document]) },
    { weight: 1, arbitrary: fc.constant([full]) },
  );
  return fc.array(named(level), { maxLength: 3 });
};

/** What a request may hold for a key: mostly one value, for some keys several, also none. */
export const heldArbitrary = (key: Key): fc.Arbitrary<readonly string[]> => {
  const one = fc.constantFrom(...key.held).map((value) => [value]);
  const several = fc.array(fc.constantFrom(...key.held), { maxLength: 3 });
  return key.isList === true ? several : fc.oneof({ weight: 9, arbitrary: one }, several);
};

const rarely = <T>(arbitrary: fc.Arbitrary<T>, freq: number) => fc.option(arbitrary, { nil: undefined, freq });

const settingsArbitrary = fc.record({
  managementAccount: fc.boolean(),
  resourceInManagementAccount: fc.boolean(),
  serviceLinkedRole: fc.boolean(),
  s3: fc.record({ bucketAbacEnabled: fc.boolean(), blockPublicAccess: fc.boolean() }),
});

/** Any request: of every type of caller, under policies of every type. Its context is whole. */
export const requestArbitrary: fc.Arbitrary<NaiveRequest> = fc.constantFrom(...SCENES).chain((scene) =>
  fc
    .record(
      {
        request: fc
          .tuple(
            fc.constantFrom(...CALLERS),
            fc.constantFrom(ACCOUNTS[0], ACCOUNTS[0], ACCOUNTS[1]),
            caseOf(scene.action),
            fc.boolean(),
            fc.record(Object.fromEntries(KEYS.map((key) => [key.name, heldArbitrary(key)])), { requiredKeys: [] }),
          )
          .map(([caller, resourceAccount, action, contextComplete, context]) => ({
            ...caller,
            action,
            resource: scene.resource,
            resourceAccount,
            context: context as Readonly<Record<string, readonly string[]>>,
            contextComplete,
          })),
        identityPolicies: policiesArbitrary(scene, 'identity', 2),
        groupPolicies: rarely(policiesArbitrary(scene, 'identity', 1), 1),
        permissionBoundaries: rarely(policiesArbitrary(scene, 'identity', 1), 1),
        sessionPolicies: rarely(policiesArbitrary(scene, 'identity', 1), 1),
        scps: rarely(levelsArbitrary(scene, 'identity'), 1),
        rcps: rarely(levelsArbitrary(scene, 'rcp'), 1),
        resourcePolicy: rarely(documentArbitrary(scene, 'resource'), 3),
        endpointPolicies: rarely(policiesArbitrary(scene, 'resource', 1), 1),
        settings: rarely(settingsArbitrary, 1),
      },
      { noNullPrototype: true },
    )
    .map(withoutAbsent),
);

const withoutAbsent = (request: Record<string, unknown> & Pick<NaiveRequest, 'request'>): NaiveRequest => ({
  ...Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined)),
  request: request.request,
});
