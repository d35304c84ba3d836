import fc from 'fast-check';
import { type AwsService, awsService } from '../../src/emulator/wire/aws-service.ts';
import type { Shape, StructureShape } from '../../src/emulator/wire/shape.ts';

/** A request that no client of AWS would send, or hardly. */
export interface MalformedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const deepJson = '[{"a":'.repeat(20_000);
const document = (statement: object): string => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });

/** Texts that break those who trust what they read. */
const NASTY_TEXTS: readonly string[] = [
  ...[
    '',
    ' ',
    '\u0000',
    '\ufffe\uffff',
    '\ud800',
    '💥',
    '../../etc/passwd',
    '__proto__',
    'constructor',
    'a'.repeat(70_000),
  ],
  ...['{', '[]', 'null', '{"Version":"2012-10-17","Statement":{"Effect":"Allow"', deepJson, '{"__proto__":{"a":1}}'],
  ...[
    `${'{"a":'.repeat(500)}1${'}'.repeat(500)}`,
    '[1e999]',
    '"\\ud800"',
    '{"Statement":{"Statement":{"Statement":{}}}}',
  ],
  document({ Effect: 'Allow', Action: '*', Resource: '*', Condition: { StringLike: { 'aws:x': '*?'.repeat(3000) } } }),
  document({ Effect: 'Allow', Action: '*'.repeat(2000), Resource: `arn:aws:s3:::${'*a'.repeat(2000)}` }),
  document({ Effect: 'Deny', Principal: { AWS: ['*', 'arn:aws:iam::1:x', '${aws:username}', ''] }, Action: 'sts:*' }),
  document({ Effect: 'Allow', Action: 's3:*', Resource: '*', Condition: { __proto__x: { 'a:b': [{}] } } }),
  ...['arn:aws:iam::123456789012:user/u', 'arn:aws:iam::123456789012:role/r', 'arn:aws:iam::aws:policy/ReadOnlyAccess'],
  ...['arn:aws:iam::123456789012:policy/p', 'arn:::::', 'arn:aws:iam::999999999999:role/x', `arn:${'a:'.repeat(3000)}`],
  ...[
    'u',
    'U',
    'g',
    'r',
    'p',
    'v1',
    'v9999999999999999',
    'AKIA2345ABCDEFGHIJKL',
    '-1',
    '0',
    '1e308',
    'NaN',
    'true',
    'TRUE',
  ],
  ...['9007199254740993', '2026-01-31T12:00:00Z', '+275760-09-13T00:00:00Z', '-000001-01-01T00:00:00Z', '2026-13-45'],
  '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;&a;">]><EntityDescriptor>&b;</EntityDescriptor>',
  `<EntityDescriptor>${'<a>'.repeat(20_000)}`,
  `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="x">${'<!--'.repeat(500)}</EntityDescriptor>`,
  `-----BEGIN CERTIFICATE-----\n${'A'.repeat(5000)}\n-----END CERTIFICATE-----`,
  '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----',
  '-----BEGIN RSA PRIVATE KEY-----\nMIIBOgIBAAJBAK\n-----END RSA PRIVATE KEY-----',
  `ssh-rsa ${'A'.repeat(2000)} me`,
  ...[
    'eyJhbGciOiJub25lIn0.e30.',
    'a.b.c',
    `${'A'.repeat(4000)}.${'B'.repeat(4000)}.C`,
    'IQoJb3JpZ2luX2Vj',
    '%',
    '%00',
    '\r\n\r\n',
  ],
  ...[
    'https://example.com',
    'https://user:pass@[::1]:99999/%zz?x#y',
    'javascript:alert(1)',
    '//',
    'AAAA',
    '=AAA',
    'A===',
  ],
];

const nastyText = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...NASTY_TEXTS) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
);

/** The parameters of AWS Query for a shape, each value as nasty as can be; now and then of another form. */
const parameters = (shape: Shape, name: string, depth: number): fc.Arbitrary<readonly string[]> => {
  const plain = nastyText.map((text) => [`${name}=${encode(text)}`]);
  if (depth > 3) return plain;
  switch (shape.kind) {
    case 'structure':
      return someOf(shape, (member) => parameters(member.shape, `${name}.${member.wireName}`, depth + 1));
    case 'list':
      return fc
        .array(fc.constantFrom('1', '2', '3', '0', '-1', 'x', '99999999', '1.1'), { maxLength: 4 })
        .chain((steps) =>
          fc.tuple(...steps.map((step) => parameters(shape.item, `${name}.${shape.itemName}.${step}`, depth + 1))),
        )
        .map((lists) => lists.flat());
    case 'map':
      return fc
        .tuple(nastyText, nastyText)
        .map(([key, value]) => [`${name}.entry.1.key=${encode(key)}`, `${name}.entry.1.value=${encode(value)}`]);
    default:
      return fc.oneof({ weight: 9, arbitrary: plain }, { weight: 1, arbitrary: fc.constant([`${name}.member.1=x`]) });
  }
};

type Member = StructureShape['members'][number];

/** Parts for the required members of a structure, and for some of the others. */
const someOf = <T>(
  { members }: StructureShape,
  partsOf: (member: Member) => fc.Arbitrary<readonly T[]>,
): fc.Arbitrary<readonly T[]> =>
  fc
    .tuple(
      ...members.map((member) =>
        fc
          .integer({ min: 0, max: 9 })
          .chain((chance) => (chance < (member.required ? 9 : 3) ? partsOf(member) : fc.constant([]))),
      ),
    )
    .map((lists) => lists.flat());

/** Lone surrogates have no percent-encoding; the bytes that would stand for one do. */
const encode = (text: string): string => (/\p{Surrogate}/u.test(text) ? '%ed%a0%80' : encodeURIComponent(text));

/** A JSON value for a shape, or one of any other form. */
const jsonValue = (shape: Shape, depth: number): fc.Arbitrary<unknown> => {
  if (depth > 4) return nastyText;
  const odd = fc.oneof(nastyText, fc.constantFrom(null, -1, 1e300, true, [], {}, [[]], { a: { a: [] } }), fc.object());
  const fitting = (): fc.Arbitrary<unknown> => {
    switch (shape.kind) {
      case 'structure':
        return someOf(shape, ({ jsonName, shape: part }) =>
          jsonValue(part, depth + 1).map((value) => [[jsonName, value] as const]),
        ).map((entries) => Object.fromEntries(entries));
      case 'list':
        return fc.array(jsonValue(shape.item, depth + 1), { maxLength: 3 });
      case 'map':
        return fc.dictionary(nastyText, jsonValue(shape.value, depth + 1), { maxKeys: 3 });
      case 'number':
      case 'timestamp':
        return fc.constantFrom(0, -1, 1, 1e21, 100, 0.5);
      case 'boolean':
        return fc.boolean();
      default:
        return nastyText;
    }
  };
  return fc.oneof({ weight: 8, arbitrary: fitting() }, { weight: 1, arbitrary: odd });
};

/** The header that says who signed, right in its form. */
export const signedFor = (service: string): string =>
  `AWS4-HMAC-SHA256 Credential=AKIA2345ABCDEFGHIJKL/20260131/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;

const authorization = (service: string): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 12, arbitrary: fc.constant(signedFor(service)) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        ...[
          '',
          'Bearer x',
          'AWS4-HMAC-SHA256',
          'AWS4-HMAC-SHA256 Credential=',
          `${signedFor(service)}, ${signedFor('s3')}`,
        ],
        ...[
          signedFor('__proto__'),
          signedFor(service).replace('us-east-1', 'nowhere'),
          `AWS4-HMAC-SHA256 ${'Credential=/'.repeat(500)}`,
        ],
        ...[signedFor(service).replace('SignedHeaders=host', 'SignedHeaders=x;;y'), 'AWS AKIA:signature'],
      ),
    },
  );

const FORM = 'application/x-www-form-urlencoded; charset=utf-8';

const queryRequest = (service: AwsService, action: string, input: StructureShape): fc.Arbitrary<MalformedRequest> =>
  fc
    .tuple(
      someOf(input, ({ wireName, shape }) => parameters(shape, wireName, 0)),
      authorization(service.name),
      fc.constantFrom('', '', '', '&%zz=1', '&=', '&a.b.c.d.e=1', `&${'x.'.repeat(40)}y=1`, '&UserName=a&UserName=b'),
    )
    .map(([parts, signed, tail]) => ({
      method: 'POST',
      path: '/',
      headers: { 'content-type': FORM, authorization: signed },
      body: Buffer.from(`Action=${action}&Version=${service.version}&${parts.join('&')}${tail}`),
    }));

const jsonText = (shape: StructureShape): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 8, arbitrary: jsonValue(shape, 0).map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: fc.constantFrom('', '{', '[]', '"x"', 'null', deepJson, '{"a":1}}', '\ufeff{}') },
  );

const jsonRequest = (service: AwsService, action: string, input: StructureShape): fc.Arbitrary<MalformedRequest> =>
  fc.tuple(jsonText(input), authorization(service.name)).map(([text, signed]) => ({
    method: 'POST',
    path: '/',
    headers: {
      'content-type': `application/x-amz-json-${service.jsonVersion}`,
      'x-amz-target': `${service.target}.${action}`,
      authorization: signed,
    },
    body: Buffer.from(text),
  }));

const restRequest = (service: AwsService, method: string, input: StructureShape): fc.Arbitrary<MalformedRequest> =>
  fc
    .tuple(
      fc.array(
        fc.oneof(fc.constantFrom('analyzer', 'policy', '2015-03-31', 'functions', 'bucket', 'x', '..'), nastyText),
        {
          maxLength: 5,
        },
      ),
      fc.constantFrom('', '?policy', '?acl', '?list-type=2', '?%zz', '?a=%ff&a=&='),
      fc.oneof(jsonText(input), nastyText),
      authorization(service.name),
    )
    .map(([steps, query, text, signed]) => ({
      method,
      path: `/${steps.map((step) => encode(step.slice(0, 500))).join('/')}${query}`,
      headers: { authorization: signed },
      body: Buffer.from(method === 'GET' ? '' : text),
    }));

/** Bytes that are no form at all, under the headers of one. */
const rawRequest: fc.Arbitrary<MalformedRequest> = fc
  .tuple(
    fc.constantFrom('POST', 'GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'),
    fc.constantFrom(
      FORM,
      'application/json',
      'text/xml',
      'multipart/form-data; boundary=x',
      '',
      'application/x-amz-json-1.1',
    ),
    fc.constantFrom('', 'AWSOrganizationsV20161128.ListRoots', '.', 'AmazonSQS.__proto__', 'x'.repeat(2000)),
    fc.constantFrom('/', '/?Action=ListUsers&Version=2010-05-08', '/a/b/c', '/%', '//', '/?%ff=%fe', '/_vigil/nothing'),
    fc.constantFrom('iam', 'sts', 'organizations', 's3', 'lambda', 'sqs', 'nothing'),
    fc.uint8Array({ maxLength: 300 }),
  )
  .map(([method, type, target, path, service, bytes]) => ({
    method,
    path,
    headers: { 'content-type': type, 'x-amz-target': target, authorization: signedFor(service) },
    body: Buffer.from(method === 'GET' ? [] : bytes),
  }));

/** Malformed requests to a service: so many to each of its operations. */
const requestsTo = async (name: string, each: number, seed: number): Promise<MalformedRequest[]> => {
  const service = await awsService(name);
  if (service === undefined) throw new Error(`the emulator does not speak ${name}`);
  return [...service.operations].flatMap(([action, { input, http }], index) => {
    const arbitrary =
      http !== null && service.protocol.startsWith('rest')
        ? restRequest(service, http.method, input)
        : service.protocol === 'json'
          ? jsonRequest(service, action, input)
          : queryRequest(service, action, input);
    return fc.sample(arbitrary, { numRuns: each, seed: seed + index });
  });
};

/** Some two thousand malformed requests, the same for the same seed. */
export const malformedRequests = async (seed: number): Promise<readonly MalformedRequest[]> => {
  const ofIam = await Promise.all(['iam', 'sts'].map((name) => requestsTo(name, 7, seed)));
  const others = ['organizations', 'access-analyzer', 'secretsmanager', 'sqs', 'kms'];
  const ofOthers = await Promise.all(others.map((name) => requestsTo(name, 3, seed)));
  return [...ofIam.flat(), ...ofOthers.flat(), ...fc.sample(rawRequest, { numRuns: 300, seed })];
};
