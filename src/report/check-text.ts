import { counted, numberInWords } from './words.ts';

/** How to mend something by the AWS CLI, and in Terraform. */
interface MendingCommandsText {
  readonly cli: string | null;
  readonly terraform: string | null;
}

/** What a check says about itself to people; the same for all findings of the check. */
export interface CheckText {
  readonly checkId: string;
  /** The check's own title, where a finding's title speaks of one case. */
  readonly title: string;
  /** What the check looks at. An option in backticks (`maxAgeDays`) stands for its value. */
  readonly what: string;
  /** What can happen when nobody mends it. */
  readonly risk: string;
  /** Commands that mend it; null: none are known. Names in capitals are to be replaced. */
  readonly commands?: MendingCommandsText | null;
  /** Pages to read on, as URLs. */
  readonly references: readonly string[];
  /** The thresholds of this audit by name. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** The text of what a check looks at, with this audit's thresholds: `90 days` where it names `maxAgeDays`. */
export const whatWithThresholds = ({ what, options }: CheckText): string =>
  what.replace(/`([a-zA-Z]+)`( days)?/g, (written: string, name: string, days: string | undefined) => {
    const value = Object.hasOwn(options, name) ? options[name] : undefined;
    if (typeof value !== 'number') return written;
    return days !== undefined || name.endsWith('Days') ? counted(value, 'day') : numberInWords(value);
  });
