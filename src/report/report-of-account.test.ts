import { describe, expect, it } from 'vitest';
import { accountsView } from './accounts-view.ts';
import { reportOfAccount } from './report-of-account.ts';
import { exampleReport, findingOf } from './testing/example-report.ts';

const OTHER = '210987654321';
const elsewhere = findingOf({
  accountId: OTHER,
  severity: 'critical',
  state: 'new',
  subject: { arn: `arn:aws:iam::${OTHER}:user/zoe`, type: 'User', id: 'AIDAZOE', part: null },
});
const [account] = exampleReport.accounts;
if (account === undefined) throw new Error('the example has an account');
const two = {
  ...exampleReport,
  accounts: [account, { ...account, accountId: OTHER, alias: 'other', complete: true }],
  principals: [
    ...exampleReport.principals,
    { arn: `arn:aws:iam::${OTHER}:user/zoe`, type: 'user', administrator: 'yes', escalates: 'no' } as const,
  ],
  findings: [...exampleReport.findings, elsewhere, { ...elsewhere, key: 'second' }, { ...elsewhere, key: 'third' }],
};

describe('a report of several accounts', () => {
  it('has in the page of one what is about that one', () => {
    const own = reportOfAccount(two, OTHER);
    expect(own.accounts.map(({ accountId }) => accountId)).toEqual([OTHER]);
    expect(own.principals.map(({ arn }) => arn)).toEqual([`arn:aws:iam::${OTHER}:user/zoe`]);
    expect(own.findings.map(({ key }) => key)).toEqual([elsewhere.key, 'second', 'third']);
  });

  it('lists the accounts, the one with the most of the worst first', () => {
    const view = accountsView(two);
    expect(
      view?.rows.map(({ label, cells, fresh, administrators, complete }) => [
        label,
        cells[0]?.count,
        fresh,
        administrators,
        complete,
      ]),
    ).toEqual([
      ['other', '3', '3', '1', true],
      ['acme-production', '2', '2', '2', false],
    ]);
  });

  it('lists none where there is one', () => {
    expect(accountsView(exampleReport)).toBeNull();
  });
});
