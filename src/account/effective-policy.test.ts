import { expect, it } from 'vitest';
import { effectivePolicy } from './effective-policy.ts';

// The examples of "Policy inheritance examples", AWS Organizations User Guide.
it('adds to a list what a child appends, and keeps what it leaves alone', () => {
  const root = {
    tags: {
      costcenter: { tag_key: { '@@assign': 'CostCenter' }, tag_value: { '@@assign': ['Production', 'Test'] } },
      color: { tag_key: { '@@assign': 'Color' }, tag_value: { '@@assign': ['Orange', 'Red'] } },
    },
  };
  const child = {
    tags: { costcenter: { tag_value: { '@@append': ['Marketing'] } }, Color: { tag_value: { '@@remove': ['Red'] } } },
  };
  expect(effectivePolicy([root, child])).toEqual({
    tags: {
      costcenter: { tag_key: 'CostCenter', tag_value: ['Production', 'Test', 'Marketing'] },
      color: { tag_key: 'Color', tag_value: ['Orange'] },
    },
  });
});

it('replaces what a child assigns', () => {
  const policy = (value: string) => ({
    tags: { project: { tag_key: { '@@assign': 'PROJECT' }, tag_value: { '@@assign': [value] } } },
  });
  expect(effectivePolicy([policy('a'), policy('b')])).toEqual({
    tags: { project: { tag_key: 'PROJECT', tag_value: ['b'] } },
  });
});

it('lets a child change only what is allowed to it', () => {
  const root = {
    tags: {
      project: {
        '@@operators_allowed_for_child_policies': ['@@none'],
        tag_value: { '@@assign': ['Maintenance'], '@@operators_allowed_for_child_policies': ['@@append'] },
        tag_key: { '@@operators_allowed_for_child_policies': ['@@none'], '@@assign': 'Project' },
      },
    },
  };
  const child = {
    tags: {
      project: { tag_key: { '@@assign': 'PROJECT' }, tag_value: { '@@append': ['Escalations'], '@@assign': ['x'] } },
    },
  };
  expect(effectivePolicy([root, child])).toEqual({
    tags: { project: { tag_value: ['Maintenance', 'Escalations'], tag_key: 'Project' } },
  });
});

it('takes keys of prototypes as any others', () => {
  expect(JSON.stringify(effectivePolicy([JSON.parse('{"__proto__":{"a":{"@@assign":1}}}')]))).toBe(
    '{"__proto__":{"a":1}}',
  );
});
