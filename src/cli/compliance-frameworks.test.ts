import { describe, expect, it } from 'vitest';
import { allChecks } from '../analyze/registry.ts';
import { complianceFrameworks } from './compliance-frameworks.ts';

const frameworks = complianceFrameworks();
const controls = frameworks.flatMap((framework) => framework.controls.map((control) => ({ framework, control })));

describe('the compliance frameworks of the package', () => {
  it('are the CIS benchmark from 1.2 to 7.0, PCI DSS, SOC 2, NIST 800-53 and ISO 27001', () => {
    expect(frameworks.map(({ id }) => id)).toEqual([
      ...['1.2', '1.4', '1.5', '2.0', '3.0', '4.0', '5.0', '6.0', '7.0'].map((version) => `cis-aws-${version}`),
      'iso-27001-2022',
      'nist-800-53-r5',
      'pci-dss-4.0',
      'soc-2',
    ]);
  });

  it('name checks that exist, each once a control', () => {
    const ids = new Set(allChecks.map(({ id }) => id));
    for (const { framework, control } of controls) {
      const place = `${framework.id}:${control.id}`;
      expect(
        control.checks.filter((check) => !ids.has(check)),
        place,
      ).toEqual([]);
      expect(new Set(control.checks).size, place).toBe(control.checks.length);
    }
  });

  // Numbers by the benchmark's tables of contents.
  it.each([
    ['cis-aws-1.4', 21, '1.20', 'account-without-access-analyzer'],
    ['cis-aws-2.0', 22, '1.22', 'cloudshell-full-access-attached'],
    ['cis-aws-4.0', 22, '1.10', 'user-console-access-without-mfa'],
    ['cis-aws-5.0', 21, '1.9', 'user-console-access-without-mfa'],
    ['cis-aws-6.0', 21, '2.12', 'user-has-two-active-access-keys'],
    ['cis-aws-7.0', 26, '2.12', 'user-access-key-not-rotated'],
    ['cis-aws-7.0', 26, '2.20', 'cloudshell-full-access-attached'],
  ])('have of %s all %i controls, %s among them evaluated by %s', (id, count, control, check) => {
    const framework = frameworks.find((each) => each.id === id);
    expect(framework?.controls).toHaveLength(count);
    expect(framework?.controls.find((each) => each.id === control)?.checks).toContain(check);
  });

  it('hold every control that a check names, and name the check there', () => {
    const named = new Map(controls.map(({ framework, control }) => [`${framework.id}:${control.id}`, control.checks]));
    for (const { id, frameworks: ids } of allChecks) {
      for (const place of ids) expect(named.get(place) ?? [], place).toContain(id);
    }
  });

  it('are named by every check that a control of the CIS benchmark names', () => {
    for (const { id, frameworks: ids } of allChecks) {
      const expected = controls
        .filter(({ framework, control }) => framework.id.startsWith('cis-aws-') && control.checks.includes(id))
        .map(({ framework, control }) => `${framework.id}:${control.id}`);
      expect([...ids].filter((place) => place.startsWith('cis-')).sort(), id).toEqual(expected.sort());
    }
  });
});
