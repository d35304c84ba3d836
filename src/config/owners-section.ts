import { z } from 'zod';

const name = z.string().min(1);

const ownerRule = z
  .strictObject({
    tag: z.union([name, z.array(name).min(1)], 'must be the key of a tag, or a list of keys').optional(),
    path: z
      .string()
      .regex(/^\/([!-~]*\/)?$/, 'must be a path of IAM, such as `/team-a/`')
      .optional(),
    account: z
      .string('must be the 12 digits of an account, in quotes, or its name')
      .regex(/^(\d{12}|.*[^\d].*)$/, 'must be the 12 digits of an account, in quotes, or its name')
      .optional(),
    pattern: z
      .string()
      .regex(/^(arn:|\*)/, 'must be a pattern of ARNs, such as `arn:aws:iam::*:role/ci-*`')
      .optional(),
    owner: name.optional(),
  })
  .superRefine((rule, context) => {
    const kinds = (['tag', 'path', 'account', 'pattern'] as const).filter((kind) => rule[kind] !== undefined);
    if (kinds.length !== 1) {
      context.addIssue({ code: 'custom', message: 'must have one of `tag`, `path`, `account` and `pattern`' });
    } else if ((kinds[0] === 'tag') === (rule.owner !== undefined)) {
      const message =
        rule.owner === undefined
          ? 'must say who the `owner` is'
          : 'must not name an `owner`: the value of the tag does';
      context.addIssue({ code: 'custom', path: rule.owner === undefined ? [] : ['owner'], message });
    }
  });

/** Who answers for which findings. */
export const ownersSection = z.strictObject({
  rules: z
    .array(ownerRule)
    .default([])
    .meta({
      description:
        'who answers for findings: the value of a `tag` of the subject (a key, or several of which the first counts), or an `owner` by `path`, `account` or `pattern` of ARNs; the first rule that knows one wins',
      example: [
        { tag: ['owner', 'team'] },
        { path: '/ci/', owner: 'platform team' },
        { account: '444455556666', owner: 'payments team' },
        { pattern: 'arn:aws:iam::*:role/data-*', owner: 'data team' },
      ],
    }),
});
