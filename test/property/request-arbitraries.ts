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
    .tuple(prefixOf(key), fc.constantFrom('true', 'false', 'False'))
    .map(([set, value]) => ({ operator: `${set}Null`, name: key.name, values: [value] }));

const conditionArbitrary = (keys: readonly Key[]) =>
  fc
    .array(
      fc
        .constantFrom(...keys)
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
type Form = 'identity' | 'rcp' | 'endpoint' | 'resource';

/** What a request and its policies are about. */
interface Theme {
  readonly scene: Scene;
  readonly keys: readonly Key[];
  readonly callers: typeof CALLERS;
  readonly accounts: readonly string[];
  /** How many times in ten a type of policy beside the caller's own is there. */
  readonly limits: number;
}

const statementArbitrary = ({ scene, keys }: Theme, form: Form): fc.Arbitrary<Json> =>
  fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny').chain((Effect) =>
    fc
      .tuple(
        elementArbitrary('Action', scene.actions),
        form === 'resource' && scene.isRole === true ? fc.constant({}) : elementArbitrary('Resource', scene.resources),
        inTen(6, conditionArbitrary(keys)),
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

const documentArbitrary = (theme: Theme, form: Form): fc.Arbitrary<Json> =>
  fc
    .tuple(
      fc.constantFrom('2012-10-17', '2012-10-17', '2012-10-17', '2008-10-17', undefined),
      fc.array(statementArbitrary(theme, form), { minLength: 1, maxLength: 3 }),
    )
    .map(([Version, Statement]) => ({ ...(Version === undefined ? {} : { Version }), Statement }));

const ALLOW_ALL = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } };
const ALLOW_ALL_TO_ALL = { ...ALLOW_ALL, Statement: { ...ALLOW_ALL.Statement, Principal: '*' } };

const named = (documents: fc.Arbitrary<readonly unknown[]>): fc.Arbitrary<readonly NaivePolicy[]> =>
  documents.map((all) => all.map((document, index) => ({ name: `p${index}`, document })));

const policiesArbitrary = (theme: Theme, form: Form, most: number): fc.Arbitrary<readonly NaivePolicy[]> => {
  const full = form === 'identity' ? ALLOW_ALL : ALLOW_ALL_TO_ALL;
  const document = fc.oneof({ weight: 9, arbitrary: documentArbitrary(theme, form) }, fc.constant(full));
  return named(fc.array(document, { minLength: 1, maxLength: most }));
};

const levelsArbitrary = (theme: Theme, form: Form): fc.Arbitrary<readonly (readonly NaivePolicy[])[]> => {
  const full = form === 'identity' ? ALLOW_ALL : ALLOW_ALL_TO_ALL;
  const level = fc.oneof(
    { weight: 3, arbitrary: documentArbitrary(theme, form).map((document) => [full, document]) },
    { weight: 1, arbitrary: documentArbitrary(theme, form).map((document) => [document]) },
    { weight: 1, arbitrary: fc.constant([full]) },
  );
  return fc.array(named(level), { maxLength: 3 });
};

/** What a request may hold for a key: mostly one value, for some keys several, also none. */
const heldArbitrary = (key: Key): fc.Arbitrary<readonly string[]> => {
  const one = fc.constantFrom(...key.held).map((value) => [value]);
  const several = fc.array(fc.constantFrom(...key.held), { maxLength: 3 });
  return key.isList === true ? several : fc.oneof({ weight: 9, arbitrary: one }, several);
};

/** Present so many times in ten. */
const inTen = <T>(times: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 10 - times, arbitrary: fc.constant(undefined) }, { weight: times, arbitrary });

const settingsArbitrary = fc.record({
  managementAccount: fc.boolean(),
  resourceInManagementAccount: fc.boolean(),
  serviceLinkedRole: fc.boolean(),
  s3: fc.record({ bucketAbacEnabled: fc.boolean(), blockPublicAccess: fc.boolean() }),
});

/** A request about a theme: of every type of caller, under policies of every type. Its context is whole. */
const requestAbout = (theme: Theme): fc.Arbitrary<NaiveRequest> =>
  fc
    .record(
      {
        request: fc
          .tuple(
            fc.constantFrom(...theme.callers),
            fc.constantFrom(...theme.accounts),
            caseOf(theme.scene.action),
            fc.boolean(),
            contextArbitrary,
          )
          .map(([caller, resourceAccount, action, contextComplete, context]) => ({
            ...caller,
            action,
            resource: theme.scene.resource,
            resourceAccount,
            context,
            contextComplete,
          })),
        identityPolicies: inTen(9, policiesArbitrary(theme, 'identity', 2)),
        groupPolicies: inTen(theme.limits, policiesArbitrary(theme, 'identity', 1)),
        permissionBoundaries: inTen(theme.limits, policiesArbitrary(theme, 'identity', 1)),
        sessionPolicies: inTen(theme.limits, policiesArbitrary(theme, 'identity', 1)),
        scps: inTen(theme.limits, levelsArbitrary(theme, 'identity')),
        rcps: inTen(theme.limits, levelsArbitrary(theme, 'rcp')),
        resourcePolicy: inTen(theme.limits * 2, documentArbitrary(theme, 'resource')),
        endpointPolicies: inTen(theme.limits, policiesArbitrary(theme, 'endpoint', 1)),
        settings: inTen(theme.limits, settingsArbitrary),
      },
      { noNullPrototype: true },
    )
    .map(withoutAbsent);

/** The whole context of a request. */
export const contextArbitrary = fc.record(Object.fromEntries(KEYS.map((key) => [key.name, heldArbitrary(key)])), {
  requiredKeys: [],
  noNullPrototype: true,
}) as fc.Arbitrary<Readonly<Record<string, readonly string[]>>>;

/** Any request. */
export const requestArbitrary: fc.Arbitrary<NaiveRequest> = fc
  .constantFrom(...SCENES)
  .chain((scene) => requestAbout({ scene, keys: KEYS, callers: CALLERS, accounts: ACCOUNTS, limits: 2 }));

/**
 * Requests on which much is open where the context is: their policies cover them but for conditions, which ask for few
 * keys in many ways.
 */
export const openRequestArbitrary: fc.Arbitrary<NaiveRequest> = fc
  .tuple(fc.constantFrom(...SCENES), fc.subarray([...KEYS], { minLength: 1, maxLength: 3 }))
  .chain(([scene, keys]) =>
    requestAbout({
      scene: { ...scene, actions: ['*'], resources: [scene.resource, ...scene.resources.filter(hasVariable)] },
      keys,
      callers: CALLERS.filter(({ principalArn }) => principalArn.includes(ACCOUNTS[0])),
      accounts: ACCOUNTS.slice(0, 1),
      limits: 1,
    }),
  );

const hasVariable = (pattern: string): boolean => pattern.includes('${');

const withoutAbsent = (request: Record<string, unknown> & Pick<NaiveRequest, 'request'>): NaiveRequest => ({
  ...Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined)),
  request: request.request,
});
