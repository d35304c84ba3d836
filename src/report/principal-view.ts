import type { AuditReport, PrincipalSummary } from '../finding/audit-report.ts';
import { compareText } from '../kernel/compare-text.ts';
import { filterHref } from './filter-href.ts';
import { nameOfArn } from './name-of-arn.ts';
import { visibleText } from './visible-text.ts';
import { capitalized } from './words.ts';

/** A principal as the page shows it. */
export interface PrincipalView {
  readonly name: string;
  readonly nameOrder: string;
  readonly arn: string;
  readonly typeLabel: string;
  readonly administrator: PrincipalSummary['administrator'];
  readonly escalates: PrincipalSummary['escalates'];
  readonly administratorLabel: string;
  readonly escalatesLabel: string;
  /** 0 for what is most powerful, so that a column sorts by it. */
  readonly administratorRank: number;
  readonly escalatesRank: number;
  readonly findingCount: number;
  /** The count with leading zeros, so that it sorts as text. */
  readonly findingOrder: string;
  /** Shows the principal's findings. */
  readonly href: string;
}

const RANKS = { yes: 0, conditional: 1, no: 2 } as const;
const ANSWERS = { yes: 'Yes', conditional: 'Conditional', no: 'No' } as const;

/** The principals of a report, the most powerful first. */
export const principalViews = ({ principals, findings }: AuditReport): readonly PrincipalView[] => {
  const counts = new Map<string, number>();
  for (const { subject } of findings) counts.set(subject.arn, (counts.get(subject.arn) ?? 0) + 1);
  return principals
    .map((principal) => principalView(principal, counts.get(principal.arn) ?? 0))
    .sort(
      (left, right) =>
        left.administratorRank - right.administratorRank ||
        left.escalatesRank - right.escalatesRank ||
        compareText(left.nameOrder, right.nameOrder),
    );
};

const principalView = (
  { arn, type, administrator, escalates }: PrincipalSummary,
  findingCount: number,
): PrincipalView => ({
  name: nameOfArn(arn),
  nameOrder: nameOfArn(arn).toLowerCase(),
  arn: visibleText(arn),
  typeLabel: type === 'root' ? 'Root user' : capitalized(type),
  administrator,
  escalates,
  administratorLabel: ANSWERS[administrator],
  escalatesLabel: ANSWERS[escalates],
  administratorRank: RANKS[administrator],
  escalatesRank: RANKS[escalates],
  findingCount,
  findingOrder: String(findingCount).padStart(9, '0'),
  href: filterHref({ q: visibleText(arn) }),
});
