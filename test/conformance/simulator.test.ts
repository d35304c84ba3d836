import { readdirSync, readFileSync } from 'node:fs';
import { IAMClient, SimulateCustomPolicyCommand, type SimulateCustomPolicyCommandInput } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningEmulator, startEmulator } from '../../src/emulator/emulator-server.ts';
import type { Instant } from '../../src/kernel/time.ts';
import { parsePolicyDocument } from '../../src/policy/parse-policy-document.ts';
import type { NaiveRequest } from '../naive/naive-request.ts';

interface ConformanceCase {
  readonly id: string;
  readonly request: NaiveRequest;
  readonly expected: string;
}

type GivenPolicy = NonNullable<NaiveRequest['resourcePolicy']>;

const DECISIONS = new Map([
  ['Allowed', 'allowed'],
  ['ExplicitlyDenied', 'explicitDeny'],
  ['ImplicitlyDenied', 'implicitDeny'],
]);

const directory = new URL('.', import.meta.url);
const cases = readdirSync(directory)
  .filter((file) => file.endsWith('.json'))
  .flatMap((file) => JSON.parse(readFileSync(new URL(file, directory), 'utf8')) as readonly ConformanceCase[]);

const textOf = (policy: GivenPolicy): string => {
  const document = isNamed(policy) ? policy.document : policy;
  return typeof document === 'string' ? document : JSON.stringify(document);
};

const isNamed = (policy: GivenPolicy): policy is { readonly document: unknown } =>
  typeof policy === 'object' && 'document' in policy;

/** What the simulator says of who calls by itself, or not at all, so that a case cannot say otherwise. */
const SAID_BY_SIMULATOR = /aws:(?:username|principaltype)/i;

const documentsOf = (line: NaiveRequest): string[] => {
  const { identityPolicies = [], groupPolicies = [], permissionBoundaries = [], scps = [] } = line;
  const resource = line.resourcePolicy == null ? [] : [line.resourcePolicy];
  return [...identityPolicies, ...groupPolicies, ...permissionBoundaries, ...scps.flat(), ...resource].map(textOf);
};

/** Whether the simulator can be asked it: its callers are users here, and every document must be whole. */
const isExpressible = ({ request: line, expected }: ConformanceCase): boolean => {
  const { principalType, resource, context = {}, unknownContext } = line.request;
  const beyond = [line.sessionPolicies, line.rcps, line.endpointPolicies, line.settings, unknownContext];
  return (
    DECISIONS.has(expected) &&
    principalType === 'user' &&
    beyond.every((part) => part === undefined || Object.keys(part).length === 0) &&
    (line.permissionBoundaries ?? []).length <= 1 &&
    (line.resourcePolicy == null || resource !== '*') &&
    Object.entries(context).every(([key, values]) => key.length >= 5 && values.length > 0) &&
    documentsOf(line).every((text) => parsePolicyDocument(text).problems.length === 0 && !SAID_BY_SIMULATOR.test(text))
  );
};

/** The input of SimulateCustomPolicy that asks the same. */
const inputOf = ({ request: line }: ConformanceCase): SimulateCustomPolicyCommandInput => {
  const { principalArn, action, resource, resourceAccount, context = {} } = line.request;
  return {
    PolicyInputList: [...(line.identityPolicies ?? []), ...(line.groupPolicies ?? [])].map(textOf),
    PermissionsBoundaryPolicyInputList: (line.permissionBoundaries ?? []).map(textOf),
    ...(line.scps && {
      OrderedOrganizationPolicyInputList: line.scps.map((level) => ({
        ServiceControlPolicyInputList: level.map(textOf),
      })),
    }),
    ...(line.resourcePolicy == null ? {} : { ResourcePolicy: textOf(line.resourcePolicy) }),
    ResourceOwner: `arn:aws:iam::${resourceAccount ?? /:(\d{12}):/.exec(principalArn)?.[1] ?? ''}:root`,
    CallerArn: principalArn,
    ActionNames: [action],
    ...(resource === '*' ? {} : { ResourceArns: [resource] }),
    ContextEntries: Object.entries(context).map(([key, value]) => ({
      ContextKeyName: key,
      ContextKeyType: 'stringList' as const,
      ContextKeyValues: [value].flat().map(String),
    })),
  };
};

const asked = cases.filter(isExpressible).map((each) => ({ ...each, input: inputOf(each) }));

describe('the policy simulator of the emulated account', () => {
  let emulator: RunningEmulator;
  let iam: IAMClient;

  beforeAll(async () => {
    const clock = { now: () => '2026-01-31T12:00:00Z' as Instant };
    const started = await startEmulator({ initial: { kind: 'account-file', name: 'account.yaml', text: '{}' }, clock });
    if (!started.ok) throw new Error(started.error.join('\n'));
    emulator = started.value;
    const credentials = { accessKeyId: emulator.credentials.accessKeyId, secretAccessKey: 'any' };
    iam = new IAMClient({ endpoint: emulator.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
  });

  afterAll(() => emulator.close());

  test.each(asked.map((each) => [each.id, each] as const))('%s', async (_id, { input, expected }) => {
    const { EvaluationResults = [] } = await iam.send(new SimulateCustomPolicyCommand(input));
    expect(EvaluationResults.map(({ EvalDecision }) => EvalDecision)).toEqual([DECISIONS.get(expected)]);
  });

  test('is asked some hundred of the cases', () => {
    expect(asked.length).toBeGreaterThan(300);
  });
});
