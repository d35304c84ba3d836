import { totpCode } from '../../../account/one-time-code.ts';
import { friendlyName } from '../../../iam/arn.ts';
import type { JsonObject, JsonValue } from '../../../kernel/json.ts';
import { epochMillis, type Instant } from '../../../kernel/time.ts';
import type { Parameter } from '../escalation-method.ts';
import type { PathStep } from '../escalation-path.ts';
import type { GrantedRequest } from '../way-match.ts';
import { samlMetadata } from './identity-provider.ts';
import { memberAt, type OwnerQuestion, textAt } from './replay-request.ts';
import { wantedValues } from './wanted-values.ts';

/** What the requests of a step have made so far that later ones need. */
export interface MadeOnTheWay {
  /** The virtual MFA device, with its seed in Base32. */
  readonly mfaDevice: { readonly serialNumber: string; readonly seed: string } | null;
  /** The ARN of the identity provider. */
  readonly provider: string | null;
}

/** The parameters of a request: as they are sent, and as they may be shown. */
export interface StepParameters {
  readonly input: Readonly<Record<string, unknown>>;
  readonly shown: JsonObject;
  readonly region: string | null;
}

interface Sending {
  readonly step: PathStep;
  readonly request: GrantedRequest & { readonly parameters: Readonly<Record<string, Parameter>> };
  readonly made: MadeOnTheWay;
  readonly now: Instant;
}

/** Works out what a request of a step is sent with; asks the account's owner what the attacker may know already. */
export function* stepParameters(sending: Sending): Generator<OwnerQuestion, StepParameters, unknown> {
  const input: Record<string, unknown> = {};
  const shown: Record<string, JsonValue> = {};
  for (const [name, parameter] of Object.entries(sending.request.parameters)) {
    const value = yield* parameterValue(parameter, sending);
    input[name] = value;
    shown[name] = typeof parameter === 'string' ? (PLACEHOLDERS.get(parameter) ?? value) : value;
  }
  const chosen = chosenParameters(sending);
  return { input: { ...input, ...chosen.members }, shown: { ...shown, ...chosen.members }, region: chosen.region };
}

/** What is never shown. */
const PLACEHOLDERS: ReadonlyMap<Parameter, string> = new Map<Parameter, string>([
  ['new-password', '<a new password>'],
  ['first-code', '<a code of the device>'],
  ['second-code', '<the next code of the device>'],
  ['new-saml-metadata', '<metadata of an identity provider of the attacker>'],
]);

function* parameterValue(
  parameter: Parameter,
  { step, request, made, now }: Sending,
): Generator<OwnerQuestion, JsonValue, unknown> {
  if (typeof parameter === 'object') return parameter.value;
  const { target, from, to } = step;
  switch (parameter) {
    case 'name-of-target':
      return friendlyName(target.arn);
    case 'arn-of-target':
      return target.arn;
    case 'name-of-holder':
      return friendlyName(to);
    case 'arn-of-holder':
      return to;
    case 'name-of-self':
      return friendlyName(from);
    case 'arn-of-self':
      return from;
    case 'name-of-resource':
      return friendlyName(request.resource);
    case 'arn-of-resource':
      return request.resource;
    case 'url-of-resource':
      return `https://${request.resource.slice(request.resource.indexOf('/') + 1)}`;
    case 'policy-arn':
      return 'policyArn' in target.what ? target.what.policyArn : '';
    case 'policy-name':
      return 'policyName' in target.what ? target.what.policyName : '';
    case 'version-id':
      return 'versionId' in target.what ? target.what.versionId : yield* versionToDelete(step);
    case 'allow-everything':
      return JSON.stringify(EVERYTHING);
    case 'administrator-policy':
      return Object.values(request.chosen).find((value) => typeof value === 'string') ?? '';
    case 'trust-self':
      return trusting({ AWS: from }, 'sts:AssumeRole');
    case 'trust-provider':
      return trusting({ Federated: made.provider ?? '' }, `sts:AssumeRoleWith${isSaml(made) ? 'SAML' : 'WebIdentity'}`);
    case 'new-saml-metadata':
      return samlMetadata();
    case 'new-password':
      return NEW_PASSWORD;
    case 'tag-of-target':
      return target.what.kind === 'tag' ? [{ Key: target.what.key, Value: target.what.value }] : [];
    case 'key-of-target': {
      const keys = yield ownerQuestion('iam:ListAccessKeys', { UserName: friendlyName(to) });
      return textAt(keys, 'AccessKeyMetadata', 0, 'AccessKeyId');
    }
    case 'mfa-device-of-target': {
      const devices = yield ownerQuestion('iam:ListMFADevices', { UserName: friendlyName(to) });
      return textAt(devices, 'MFADevices', 0, 'SerialNumber');
    }
    case 'new-mfa-device':
      return made.mfaDevice?.serialNumber ?? '';
    case 'first-code':
      return codeOf(made, now, -1);
    case 'second-code':
      return codeOf(made, now, 0);
  }
}

/** A question to the account's owner. */
const ownerQuestion = (action: string, input: OwnerQuestion['input']): OwnerQuestion => ({
  kind: 'owner',
  action,
  input,
});

/** The oldest version of a policy that can be deleted. */
function* versionToDelete({ target: { what } }: PathStep): Generator<OwnerQuestion, string, unknown> {
  if (!('policyArn' in what)) return '';
  const answer = yield ownerQuestion('iam:ListPolicyVersions', { PolicyArn: what.policyArn });
  const versions = memberAt(answer, 'Versions');
  const others = (Array.isArray(versions) ? versions : []).filter(
    (each) => memberAt(each, 'IsDefaultVersion') === false,
  );
  return textAt(others.at(-1), 'VersionId');
}

const EVERYTHING = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

const trusting = (principal: JsonObject, action: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: principal, Action: action }],
  });

const isSaml = ({ provider }: MadeOnTheWay): boolean => provider?.includes(':saml-provider/') ?? false;

/** As long as passwords can be, of all kinds of characters: every password policy accepts it. */
const NEW_PASSWORD = 'aB3$'.repeat(32);

const STEP_MS = 30_000;

/** The code that a device made on the way shows so many steps of 30 seconds later. */
export const codeOf = ({ mfaDevice }: MadeOnTheWay, now: Instant, later: number): string =>
  mfaDevice === null ? '' : totpCode(mfaDevice.seed, Math.floor(epochMillis(now) / STEP_MS) + later);

/** What the search took for granted that the caller puts into the request: a boundary, tags, an external id, a region. */
const chosenParameters = ({
  step,
  request,
}: Sending): { readonly members: JsonObject; readonly region: string | null } => {
  const wanted = wantedValues(request.wanted);
  const byKey = new Map([...wanted].map(([key, value]) => [key.toLowerCase(), value]));
  const service = request.action.slice(0, request.action.indexOf(':'));
  const members: Record<string, JsonValue> = {};
  if (CREATING.test(request.action)) {
    const boundary = step.requests.map(({ chosen }) => chosen['iam:PermissionsBoundary']).find(isText);
    if (boundary !== undefined) members['PermissionsBoundary'] = boundary;
  }
  if (request.action === 'sts:AssumeRole') {
    for (const [key, member] of ASSUME_ROLE_MEMBERS) {
      const value = byKey.get(key);
      if (value !== undefined) members[member] = member === 'DurationSeconds' ? Number(value) : value;
    }
  }
  const tags = [...wanted].flatMap(([key, value]) =>
    /^aws:requesttag\//i.test(key) ? [{ Key: key.slice('aws:RequestTag/'.length), Value: value }] : [],
  );
  if (tags.length > 0 && step.target.what.kind !== 'tag' && TAGGING.has(service)) members['Tags'] = tags;
  return { members, region: byKey.get('aws:requestedregion') ?? null };
};

const CREATING = /^iam:Create(?:User|Role)$/;
const TAGGING: ReadonlySet<string> = new Set(['iam', 'sts']);

const ASSUME_ROLE_MEMBERS: ReadonlyMap<string, string> = new Map([
  ['sts:externalid', 'ExternalId'],
  ['sts:rolesessionname', 'RoleSessionName'],
  ['sts:sourceidentity', 'SourceIdentity'],
  ['sts:durationseconds', 'DurationSeconds'],
]);

const isText = (value: unknown): value is string => typeof value === 'string';
