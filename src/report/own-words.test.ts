import { describe, expect, it } from 'vitest';
import { findingsInOwnWords, inOwnWords, parseOwnWords } from './own-words.ts';
import { exampleReport, findingOf } from './testing/example-report.ts';

const CHECKS = new Set(['user-access-key-not-rotated', 'user-without-group']);
const parsed = (yaml: string) => parseOwnWords('texts.yaml', yaml, CHECKS);

const wordsOf = (yaml: string) => {
  const words = parsed(yaml);
  if (!words.ok) throw new Error(words.error.join('\n'));
  return words.value;
};

describe('a file of words', () => {
  it('says of a check what it says, and no more', () => {
    const check = {
      checkId: 'user-access-key-not-rotated',
      title: 'Key',
      what: 'What',
      risk: 'Risk',
      remediation: ['Mend'],
      references: [],
      options: {},
    };
    const words = wordsOf('user-access-key-not-rotated:\n  risk: Ask the platform team.\n');
    expect(inOwnWords(check, words)).toEqual({ ...check, risk: 'Ask the platform team.' });
    expect(inOwnWords({ ...check, checkId: 'user-without-group' }, words).risk).toBe('Risk');
  });

  it.each([
    [
      'user-acces-key-not-rotated:\n  risk: x\n',
      'texts.yaml:2:3: user-acces-key-not-rotated: is not a check; did you mean `user-access-key-not-rotated`?',
    ],
    ['nonsense-of-all-kinds-and-more: {}\n', 'texts.yaml:1:33: nonsense-of-all-kinds-and-more: is not a check'],
    ['user-without-group:\n  risk: x\n  title: ""\n', 'texts.yaml:3:10: user-without-group.title: must not be empty'],
  ])('with a mistake is told with its place: %j', (yaml, problem) => {
    expect(parsed(yaml)).toEqual({ ok: false, error: [problem] });
  });

  it('with a word that no check has is told with what was meant', () => {
    const words = parsed('user-without-group:\n  remedation: [x]\n');
    expect(words.ok ? '' : words.error[0]).toMatch(/^texts\.yaml:2:\d+: user-without-group.*`remediation`/);
  });
});

describe('findings in words of one’s own', () => {
  const words = wordsOf('user-access-key-not-rotated:\n  title: Old key\n  remediation: [Open a ticket.]\n');
  const general = new Map([['user-access-key-not-rotated', ['Rotate it.', 'Delete it.']]]);
  const mended = (remediation: readonly string[]) => {
    const report = { ...exampleReport, findings: [findingOf({ remediation })] };
    return findingsInOwnWords(report, words, general).findings[0];
  };

  it('have the title and the steps', () => {
    expect(mended(['Rotate it.', 'Delete it.'])).toMatchObject({ title: 'Old key', remediation: ['Open a ticket.'] });
  });

  it('keep the steps of one case, and the change that stands before those of the check', () => {
    expect(mended(['Ask bob.'])?.remediation).toEqual(['Ask bob.']);
    expect(mended(['Remove statement 3.', 'Rotate it.', 'Delete it.'])?.remediation).toEqual([
      'Remove statement 3.',
      'Open a ticket.',
    ]);
  });
});
