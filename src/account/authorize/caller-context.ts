import { iamArn } from '../../iam/arn.ts';
import type { Caller as EngineCaller } from '../../iam/caller.ts';
import { epochMillis } from '../../kernel/time.ts';
import type { AccountState } from '../account-state.ts';
import type { Call, Caller, Session } from '../call.ts';
import { identityOf } from '../caller-identity.ts';

/** The keys of a request's context, in lower case. */
export type Facts = Map<string, readonly string[]>;

/** Who calls, as policies name it. */
export const engineCaller = (state: AccountState, caller: Caller, vouchedBy: string | undefined): EngineCaller => {
  if (vouchedBy !== undefined) return { kind: 'federated', provider: vouchedBy };
  const identity = identityOf(state, caller);
  const signed = { arn: identity?.arn ?? '', account: state.accountId };
  switch (caller.kind) {
    case 'root':
    case 'user':
    case 'federatedUser':
      return { kind: caller.kind, ...signed };
    case 'role':
      return { kind: 'assumedRole', ...signed, roleArn: state.roles.get(caller.nameKey)?.arn ?? null };
    case 'service':
      return { kind: 'service', service: caller.service };
    case 'anonymous':
      return { kind: 'anonymous' };
  }
};

/**
 * The global condition keys of a call, but for those of what it is about. The emulator's address stands for AWS's, which
 * is only reached over TLS. Source: "AWS global condition context keys", IAM User Guide.
 */
export const callFacts = (state: AccountState, call: Call): Facts => {
  const { caller, now, region, sourceIp } = call;
  const facts: Facts = new Map([
    ['aws:currenttime', [now]],
    ['aws:epochtime', [String(Math.floor(epochMillis(now) / 1000))]],
    ['aws:requestedregion', [region]],
    ['aws:securetransport', ['true']],
    ['aws:sourceip', [sourceIp.replace(/^::ffff:/, '')]],
    ['aws:viaawsservice', ['false']],
    ['aws:principalisawsservice', [String(caller.kind === 'service')]],
    ['aws:principaltype', [PRINCIPAL_TYPES[caller.kind]]],
  ]);
  const identity = identityOf(state, caller);
  if (identity !== null) {
    facts.set('aws:userid', [identity.userId]);
    facts.set('aws:principalarn', [principalArn(state, caller, identity.arn)]);
    facts.set('aws:principalaccount', [state.accountId]);
  }
  if (caller.kind === 'service') facts.set('aws:principalservicename', [caller.service]);
  addOwnFacts(facts, state, caller);
  if ('session' in caller && caller.session !== undefined) addSessionFacts(facts, caller.session, call);
  return facts;
};

const PRINCIPAL_TYPES: Readonly<Record<Caller['kind'], string>> = {
  root: 'Account',
  user: 'User',
  role: 'AssumedRole',
  federatedUser: 'FederatedUser',
  service: 'Service',
  anonymous: 'Anonymous',
};

/** Of a session of a role the role's own. */
const principalArn = ({ partition, accountId, roles }: AccountState, caller: Caller, arn: string): string =>
  caller.kind === 'role' ? (roles.get(caller.nameKey)?.arn ?? iamArn(partition, accountId, 'role/')) : arn;

/** Names and tags of the user or role that calls, or that somebody calls for. */
const addOwnFacts = (facts: Facts, state: AccountState, caller: Caller): void => {
  if (caller.kind === 'user') {
    const user = state.users.get(caller.nameKey);
    if (user !== undefined) facts.set('aws:username', [user.userName]);
    addTags(facts, user?.tags ?? []);
  } else if (caller.kind === 'role') {
    addTags(facts, state.roles.get(caller.nameKey)?.tags ?? []);
  } else if (caller.kind === 'federatedUser' && caller.issuer !== null) {
    addTags(facts, state.users.get(caller.issuer)?.tags ?? []);
  }
};

const addTags = (facts: Facts, tags: Iterable<readonly [string, string]>): void => {
  for (const [key, value] of tags) facts.set(`aws:principaltag/${key.toLowerCase()}`, [value]);
};

const addSessionFacts = (facts: Facts, session: Session, { caller, now }: Call): void => {
  const { issuedAt, mfaAuthenticatedAt, sourceIdentity, federation } = session;
  facts.set('aws:tokenissuetime', [issuedAt]);
  facts.set('aws:multifactorauthpresent', [String(mfaAuthenticatedAt !== null)]);
  if (mfaAuthenticatedAt !== null) {
    const age = Math.floor((epochMillis(now) - epochMillis(mfaAuthenticatedAt)) / 1000);
    facts.set('aws:multifactorauthage', [String(age)]);
  }
  if (sourceIdentity !== null) facts.set('aws:sourceidentity', [sourceIdentity]);
  if (caller.kind === 'root' && session.policyArns.length > 0) facts.set('aws:assumedroot', ['true']);
  addTags(facts, Object.entries(session.tags));
  if (federation === null) return;
  facts.set('aws:federatedprovider', [federation.provider]);
  for (const [key, values] of Object.entries(federation.context)) facts.set(key.toLowerCase(), values);
};
