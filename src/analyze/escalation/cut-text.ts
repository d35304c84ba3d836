import type { CutChange, CutUse, EscalationCut } from '../../finding/escalation-cut.ts';
import { friendlyName } from '../../iam/arn.ts';

const INLINE = '#inline/';
const TRUST = '#trust';
const MOST_NAMED = 4;

/** What to do, as a sentence. Statements are counted from one, as people do. */
export const cutSentence = (change: CutChange): string => {
  switch (change.kind) {
    case 'remove-statement':
      return `Remove statement ${change.statement + 1} of ${policyInWords(change.policy)}.`;
    case 'remove-actions':
      return `Take ${quoted(change.actions)} out of statement ${change.statement + 1} of ${policyInWords(change.policy)}.`;
    case 'add-deny': {
      const everywhere = change.resources.includes('*');
      return `Deny ${quoted(change.actions)}${everywhere ? '' : ` on ${quoted(change.resources.map(nameOf))}`} in ${policyInWords(change.policy)}.`;
    }
    case 'detach-policy':
      return `Detach ${policyInWords(change.policy)} from ${nameInWords(change.holder)}.`;
    case 'set-boundary':
      return `Set a permissions boundary on ${nameInWords(change.principal)} that allows everything but ${quoted(change.denies)}.`;
  }
};

/** A cut in words: what to do, all together, what it takes of what is in use, and what the search found then. */
export const cutText = ({ sentences, usedAccess, verified }: EscalationCut): string =>
  [...sentences, useSentence(usedAccess), VERIFIED[verified]].join(' ');

const VERIFIED = {
  alone: 'Searched again with this change, no path is left.',
  'with-the-others': 'Searched again with this and the other changes proposed for the account, no path is left.',
} as const;

const useSentence = ({ status, used }: CutUse): string => {
  const [latest] = used;
  if (status === 'unused') return 'Nobody has used what it takes, as far back as AWS tells.';
  if (latest === undefined) return 'Whether what it takes is used is not known.';
  const others = used.length > 1 ? ', among others' : '';
  return `It takes access that is used: \`${latest.action}\` by ${nameInWords(latest.principal)} on ${latest.lastUsed.slice(0, 10)}${others}.`;
};

const policyInWords = (policy: string): string => {
  if (policy.endsWith(TRUST)) return `the trust policy of ${nameInWords(policy.slice(0, -TRUST.length))}`;
  const at = policy.indexOf(INLINE);
  return at < 0
    ? `policy ${quote(friendlyName(policy))}`
    : `inline policy ${quote(policy.slice(at + INLINE.length))} of ${nameInWords(policy.slice(0, at))}`;
};

const nameInWords = (arn: string): string => {
  const [, , , , , kind = ''] = arn.split(':');
  return `${kind.split('/', 1)[0]} ${quote(friendlyName(arn))}`;
};

const nameOf = (arn: string): string =>
  arn.includes(':iam::')
    ? arn
        .slice(arn.indexOf(':iam::') + 6)
        .split(':')
        .slice(1)
        .join(':')
    : arn;

const quoted = (texts: readonly string[]): string => {
  const shown = texts.slice(0, MOST_NAMED).map(quote);
  return texts.length > MOST_NAMED ? `${shown.join(', ')} and ${texts.length - MOST_NAMED} more` : shown.join(', ');
};

// What a name holds of backticks would end it early.
const quote = (text: string): string => `\`${text.replaceAll('`', "'")}\``;
