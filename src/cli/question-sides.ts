import type { Principal } from '../access/account-access.ts';
import type { AskedSides } from '../access/asked-sides.ts';
import type { AdmittedOutsider } from '../access/outside-access.ts';
import { isRootUser } from '../access/principal-kind.ts';
import type { Explanation } from '../evaluate/explain-decision.ts';
import { publicStatements } from '../evaluate/public-policy.ts';
import type { JsonObject } from '../kernel/json.ts';
import { outsiderData, outsiderText } from './outsider-text.ts';
import type { QuestionAccount } from './question-accounts.ts';

/** Whose policies an answer rests on, as programs read it; nothing where those of one account decide. */
export const sidesData = (sides: AskedSides): JsonObject => {
  switch (sides.kind) {
    case 'own':
      return {};
    case 'both':
      return { sides: 'both', resourceAccount: sides.theirs.account };
    case 'principal':
      return { sides: 'principal', resourceAccount: sides.owner };
  }
};

/** An answer about a principal, with whose policies it rests on. */
interface Explained {
  readonly principal: Principal;
  readonly sides: AskedSides;
  readonly explanation: Explanation;
}

/** The same, with which of the accounts deny. */
export const explainedSidesData = (explained: Explained): JsonObject => {
  const { sides } = explained;
  const denying = sides.kind === 'both' ? denyingSides(explained) : [];
  return { ...sidesData(sides), ...(denying.length > 0 && { deniedBy: [...denying] }) };
};

/** Whose policies an answer rests on, and which of the accounts deny, a line each. */
export const sidesLines = (explained: Explained): readonly string[] => {
  const { sides, explanation } = explained;
  switch (sides.kind) {
    case 'own':
      return [];
    case 'principal':
      return [`  the policies of the principal's account alone: ${whyAlone(sides)}`];
    case 'both': {
      const { principal, theirs } = sides;
      const accounts = { principal: `${principal}, of the principal`, resource: `${theirs.account}, of the resource` };
      return [
        ...(isKeptByBlock(sides, explanation) ? [KEPT_BY_BLOCK] : []),
        ...denyingSides(explained).map((side) => `  denied by account ${accounts[side]}`),
        `  both accounts were asked: ${accounts.principal}, and ${accounts.resource}`,
      ];
    }
  }
};

/** The end of the line about a principal in a list; empty where all was asked. */
export const sidesSuffix = ({ kind }: AskedSides): string =>
  kind === 'principal' ? '  by the policies of its own account alone' : '';

/** That about a pattern the accounts of the resources were not asked, to programs and to people; nothing of one account. */
export const patternSides = (
  accounts: readonly QuestionAccount[],
): { readonly data: JsonObject; readonly lines: readonly string[] } => {
  const [first] = accounts;
  return accounts.every(({ snapshot }) => snapshot.accountId === first?.snapshot.accountId)
    ? { data: {}, lines: [] }
    : { data: { sides: 'principal' }, lines: [PATTERN_LINE] };
};

const PATTERN_LINE =
  '  resources of other accounts are judged by the policies of the principal alone: ask about one of them to hear both sides';

/** An outsider in a line, where an account that was read can allow more of its own later. */
export const readOutsiderText = (admitted: AdmittedOutsider, accounts: readonly QuestionAccount[]): string =>
  `${outsiderText(admitted)}${isOfRead(admitted, accounts) ? '  whom that account lets: today those listed by themselves' : ''}`;

/** The same as programs read it. */
export const readOutsiderData = (admitted: AdmittedOutsider, accounts: readonly QuestionAccount[]): JsonObject => ({
  ...outsiderData(admitted),
  ...(isOfRead(admitted, accounts) && { accountRead: true }),
});

const isOfRead = ({ outsider }: AdmittedOutsider, accounts: readonly QuestionAccount[]): boolean =>
  outsider.kind === 'account' && accounts.some(({ snapshot }) => snapshot.accountId === outsider.account);

const whyAlone = ({ owner, isOwnerRead }: Extract<AskedSides, { kind: 'principal' }>): string => {
  if (owner === null) return 'whose the resource is, and its policy, is not known';
  return isOwnerRead
    ? `account ${owner}, of the resource, was read, but no policy of the resource is known`
    : `account ${owner}, of the resource, was not read`;
};

const SIDES = ['principal', 'resource'] as const;
type Side = (typeof SIDES)[number];

/** Which of two accounts deny a request; none where it is not denied. */
const denyingSides = ({ principal, explanation: { decision, verdicts } }: Explained): readonly Side[] => {
  if (decision.kind !== 'explicitDeny' && decision.kind !== 'implicitDeny') return [];
  const deniedBy = decision.kind === 'explicitDeny' ? decision.deniedBy : [];
  const denying = verdicts.filter(
    ({ limit, verdict, statements }) =>
      // A root user needs no identity-based policy.
      (verdict === 'silent' && !(limit === 'identity' && isRootUser(principal))) ||
      statements.some((place) =>
        deniedBy.some(({ policy, statement }) => policy === place.policy && statement === place.statement),
      ),
  );
  const limits = [...denying, ...(decision.kind === 'implicitDeny' ? [{ limit: decision.silent }] : [])];
  const isResource = limits.map(({ limit }) => limit === 'rcp' || limit === 'resource-policy');
  return SIDES.filter((side) => isResource.includes(side === 'resource'));
};

/** Whether the policy of the bucket would allow it, but is public, and Block Public Access keeps out whom it lets in. */
const isKeptByBlock = (
  { theirs }: Extract<AskedSides, { kind: 'both' }>,
  { decision, verdicts }: Explanation,
): boolean => {
  const { resource, settings } = theirs.policies;
  if (!resource || settings?.s3?.blockPublicAccess !== true) return false;
  return (
    decision.kind === 'implicitDeny' &&
    decision.silent === 'resource-policy' &&
    publicStatements(resource.policy).length > 0 &&
    verdicts.some(({ limit, verdict }) => limit === 'resource-policy' && verdict !== 'silent')
  );
};

const KEPT_BY_BLOCK =
  '  S3 Block Public Access keeps other accounts from a bucket whose policy is public, as this one is';
