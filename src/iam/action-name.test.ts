import { expect, it } from 'vitest';
import { parseActionName } from './action-name.ts';

it.each(['iam:PassRole', 's3:getobject', 'execute-api:Invoke', 'apigateway:GET'])('reads the action `%s`', (text) => {
  expect(parseActionName(text)).toEqual({ ok: true, value: text });
});

it.each(['', 'iam', 'iam:', ':PassRole', 'iam:*', 'i?m:PassRole', 'iam:Pass Role', 'iam:PassRole:x'])(
  'refuses `%s`, which names no single action',
  (text) => {
    expect(parseActionName(text)).toEqual({
      ok: false,
      error: `\`${text}\` is not an action, such as \`iam:PassRole\``,
    });
  },
);
