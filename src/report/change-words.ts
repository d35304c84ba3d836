import type {
  AccountChange,
  ChangedType,
  ChangeKind,
  PermissionsChange,
  PermissionsOfService,
} from '../finding/account-change.ts';
import { isJsonObject } from '../kernel/json.ts';
import { nameOfArn } from './name-of-arn.ts';
import { capitalized, listedInWords, numberInWords, uncapitalizedName } from './words.ts';

/** What a change is about, for people: ``user `alice` ``. */
export const subjectInWords = ({ subject: { arn, type } }: AccountChange): string => {
  if (type === 'RootUser') return 'the root user';
  if (type === 'Account') return 'the account';
  // Levels of an organization are told by their ids.
  return `${TYPES[type] ?? uncapitalizedName(type)} ${code(type === 'OrganizationPolicy' ? arn : nameOfArn(arn))}`;
};

/** A name in backticks, which none of its own may end. */
const code = (name: string): string => `\`${name.replaceAll('`', "'")}\``;

const TYPES: Readonly<Partial<Record<ChangedType, string>>> = {
  ManagedPolicy: 'policy',
  ArchiveRule: 'analyzer',
  OrganizationPolicy: 'level',
};

/** A change in one sentence, names in backticks. `more`: how many further subjects it holds of. */
export const changeInWords = (change: AccountChange, more = 0): string => {
  const subject = `${subjectInWords(change)}${more === 0 ? '' : ` and ${numberInWords(more)} more`}`;
  const said = change.permissions === undefined ? '' : permissionsInWords(change.permissions);
  if (change.kind === 'permissions') return `${capitalized(subject)} ${said}.`;
  return `${capitalized(sentenceOf(change, subject, more === 0 ? 'was' : 'were'))}${said === '' ? '' : `; ${more === 0 ? 'it' : 'they'} ${said}`}.`;
};

/** What a sentence is made of. */
interface Told extends Pick<AccountChange, 'before' | 'after'> {
  readonly change: AccountChange;
  readonly subject: string;
  readonly part: string;
  readonly was: 'was' | 'were';
  /** One of three words: it came, it went, or it is another. */
  readonly did: (came: string, went: string, other: string) => string;
}

const sentenceOf = (change: AccountChange, subject: string, was: Told['was']): string => {
  const { kind, before, after } = change;
  const did: Told['did'] = (came, went, other) => (before === null ? came : after === null ? went : other);
  return SENTENCES[kind]({ change, subject, part: code(change.subject.part ?? ''), was, did, before, after });
};

const SENTENCES: Readonly<Record<ChangeKind, (told: Told) => string>> = {
  permissions: ({ subject }) => subject,
  created: ({ subject, was }) => `${subject} ${was} created`,
  deleted: ({ subject, was }) => `${subject} ${was} deleted`,
  renamed: ({ subject, before }) => `${subject} has a new name, before it was ${code(nameOfArn(String(before)))}`,
  'trust-policy': ({ subject }) => `the trust policy of ${subject} changed`,
  'permissions-boundary': ({ subject, did, after }) =>
    `the permissions boundary of ${subject} was ${did('set', 'taken away', 'replaced')}${after === null ? '' : `: ${code(nameOfArn(String(after)))}`}`,
  policies: ({ subject, did, change }) =>
    `policy ${code(policyName(change))} ${did('was given to', 'was taken from', 'changed for')} ${subject}`,
  'policy-version': ({ subject, change }) => `the default version of ${subject} ${versionsInWords(change)}`,
  'group-membership': ({ subject, part, did }) => `${subject} ${did('joined', 'left', 'changed')} group ${part}`,
  'access-key': ({ subject, part, did, change, before, after }) =>
    change.subject.part === null
      ? `the number of access keys of ${subject} changed from ${member(before, 'accessKeys')} to ${member(after, 'accessKeys')}`
      : `access key ${part} of ${subject} ${did('was created', 'was deleted', `is now ${member(after, 'status')}`)}`,
  password: ({ subject, did }) => `the password of ${subject} was ${did('set', 'taken away', 'changed')}`,
  mfa: ({ subject, part, did, change, after }) =>
    change.subject.part === null
      ? `MFA of ${subject} was switched ${member(after, 'active') === 'true' ? 'on' : 'off'}`
      : `MFA device ${part} of ${subject} ${did('was added', 'was taken away', 'changed')}`,
  credential: ({ subject, part, did, before, after }) =>
    `${member(after ?? before, 'type')} ${part} of ${subject} ${did('was created', 'was deleted', `is now ${member(after, 'status')}`)}`,
  'password-policy': ({ did }) => `the password policy ${did('was set', 'was deleted', 'changed')}`,
  'organization-policy': ({ subject, part, did, change }) =>
    change.subject.part === null
      ? `${subject} ${did('is now above the account', 'is no longer above the account', 'changed')}`
      : `${change.subject.id.endsWith(' rcps') ? 'RCP' : 'SCP'} ${part} of ${subject} ${did('was attached', 'was detached', 'changed')}`,
  'resource-policy': ({ subject, did }) => `the policy of ${subject} ${did('was set', 'was deleted', 'changed')}`,
  'identity-provider': ({ subject }) => `${subject} changed`,
  analyzer: ({ subject }) => `${subject} changed`,
  'instance-profile': ({ subject, part, did }) => `role ${part} ${did('came into', 'left', 'changed in')} ${subject}`,
  'archive-rule': ({ subject, part, did }) =>
    `archive rule ${part} of ${subject} ${did('was created', 'was deleted', 'changed')}`,
  tags: ({ subject, part, did }) => `tag ${part} of ${subject} ${did('was set', 'was taken away', 'changed')}`,
};

const member = (value: AccountChange['before'], name: string): string =>
  isJsonObject(value) ? String(value[name] ?? '') : '';

const policyName = ({ subject: { part } }: AccountChange): string =>
  part?.startsWith('arn:') === true ? nameOfArn(part) : (part ?? '');

const versionsInWords = ({ before, after }: AccountChange): string => {
  const [was, is] = [member(before, 'defaultVersionId'), member(after, 'defaultVersionId')];
  return was === is ? 'says something else' : `is ${is}, before it was ${was}`;
};

const MOST_ACTIONS = 4;

/** What was gained and lost, in words: "gained `iam:PassRole` and lost `s3:*`". */
const permissionsInWords = ({ gained, lost }: PermissionsChange): string =>
  [
    ...phrase(gained, 'action', 'gained'),
    ...phrase(gained, 'resources', 'gained resources for'),
    ...phrase(gained, 'conditions', 'got fewer conditions for'),
    ...phrase(lost, 'action', 'lost'),
    ...phrase(lost, 'resources', 'lost resources for'),
    ...phrase(lost, 'conditions', 'got more conditions for'),
  ].join('; ');

const phrase = (
  rows: readonly PermissionsOfService[],
  change: PermissionsOfService['change'],
  verb: string,
): readonly string[] => {
  const some = rows.filter((row) => row.change === change);
  if (some.length === 0) return [];
  const names = some.flatMap(({ actions }) => actions.map(code));
  const conditional = some.every((row) => row.conditional) && change !== 'conditions' ? ' on conditions' : '';
  return [`${verb} ${listedInWords(names, MOST_ACTIONS)}${conditional}`];
};
