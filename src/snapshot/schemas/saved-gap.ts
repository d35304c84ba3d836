import { type CollectionGap, SOURCE_NAMES, type SourceName } from '../collected.ts';

/** A gap as whoever saved the account words it. */
export interface SavedGap {
  readonly source: string;
  readonly action: string;
  readonly reason: string;
  readonly detail: string | null;
  readonly subject: string | null;
}

/**
 * The gap that is meant. AWS's error codes and plain words become one of the three reasons, and their text stays in
 * the detail. A source that is none of Vigil's is told by the action, or is `other`: a gap is never lost.
 */
export const toCollectionGap = ({ source, action, reason, detail, subject }: SavedGap): CollectionGap => {
  const call = /^[A-Z][A-Za-z]+$/.test(action) ? `iam:${action}` : action;
  const known = sourceOf(source) ?? sourceOf(call) ?? 'other';
  const told = isReason(reason) ? (detail ?? `${call}: ${reason}`) : [detail ?? call, reason].join(': ');
  return {
    source: known,
    action: call,
    reason: isReason(reason) ? reason : reasonOf(reason),
    detail: known === 'other' && source !== 'other' ? `${source}: ${told}` : told,
    subject,
  };
};

const REASONS = ['denied', 'failed', 'skipped'] as const;

const isReason = (text: string): text is CollectionGap['reason'] => REASONS.some((reason) => reason === text);

const DENIED = /denied|unauthori[sz]ed|not[ _-]?authori[sz]ed|authori[sz]ation ?error|forbidden|no permission/i;
const SKIPPED = /^\W*(skip|not[ _-]?(collected|requested|asked|given|wanted|run)|disabled|excluded|omitted)/i;

const reasonOf = (text: string): CollectionGap['reason'] =>
  SKIPPED.test(text) ? 'skipped' : DENIED.test(text) ? 'denied' : 'failed';

const sourceOf = (text: string): SourceName | undefined => {
  const name = text
    .replace(/\.(json|csv)$/i, '')
    .replace(/([a-z])(?=[A-Z])/g, '$1-')
    .replace(/[\s_]+/g, '-')
    .toLowerCase();
  return SOURCE_NAMES.find((source) => source === name) ?? WORDS.find(([words]) => words.test(name))?.[1];
};

/** How the names of AWS's actions, and of other tools' sources, tell what they are about. */
const WORDS: readonly (readonly [RegExp, SourceName])[] = [
  [/authorization-details|^gaad$|^iam:(get|list)-polic(y|ies)(-version)?s?$/, 'authorization-details'],
  [/credential-report/, 'credential-report'],
  [/account-summary/, 'account-summary'],
  [/password-policy/, 'password-policy'],
  [/account-alias/, 'account-alias'],
  [/mfa-?devices?/, 'mfa-devices'],
  [/access-keys?/, 'access-keys'],
  [/service-specific-credentials?/, 'service-specific-credentials'],
  [/ssh-?public-?keys?/, 'ssh-public-keys'],
  [/signing-certificates?/, 'signing-certificates'],
  [/server-certificates?/, 'server-certificates'],
  [/saml-?provider|open-?id-?connect-?provider|identity-provider/, 'identity-providers'],
  [/instance-profiles?/, 'instance-profiles'],
  [/last-accessed/, 'last-accessed'],
  [/cloud-?trail/, 'cloudtrail'],
  [/access-?analyzer/, 'access-analyzer'],
  [/^organizations?\b/, 'organization'],
  [/^(sso|identitystore):|identity-?(center|store)/, 'identity-center'],
];
