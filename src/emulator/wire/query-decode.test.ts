import { describe, expect, it } from 'vitest';
import { decodeQuery } from './query-decode.ts';
import { parseForm } from './query-form.ts';
import { type Shape, type StructureShape, shapeOf } from './shape.ts';
import { encodeError, encodeResult } from './xml-encode.ts';

// Smithy's static schemas: 3 a structure, 1 a list, 2 a map; 0 text, 1 a number, 2 a boolean, 4 a time, 21 a blob.
const list = [1, 'test', 'List', 0, [0, { xmlName: 'item' }]];
const map = [2, 'test', 'Map', 0, [0, { xmlName: 'K' }], [1, { xmlName: 'V' }]];
const nested = [3, 'test', 'Nested', 0, ['Name', 'Size'], [0, 1], 1];
const members = {
  Text: [0, { xmlName: 'renamed' }],
  Flag: 2,
  Count: 1,
  When: 4,
  Blob: 21,
  Plain: 64,
  Renamed: () => list,
  Flat: [() => list, { xmlFlattened: 1 }],
  FlatMap: [() => map, { xmlFlattened: 1 }],
  Map: () => map,
  Nested: () => [1, 'test', 'Nesteds', 0, () => nested],
};
const schema = [3, 'test', 'Everything', 0, Object.keys(members), Object.values(members)];

const isStructure = (shape: Shape): shape is StructureShape => shape.kind === 'structure';

const everything = (): StructureShape => {
  const shape = shapeOf(schema as never);
  if (!isStructure(shape)) throw new Error('no structure');
  return shape;
};

const decoded = (text: string) => {
  const form = parseForm(text);
  return form.ok ? decodeQuery(everything(), form.value) : form;
};

describe('decodeQuery', () => {
  it.each([
    ['renamed=a+b%2Bc', { Text: 'a b+c' }],
    ['Flag=true', { Flag: true }],
    ['Count=-12', { Count: -12 }],
    ['When=2026-01-02T03%3A04%3A05Z', { When: '2026-01-02T03:04:05Z' }],
    ['Blob=AP8%3D', { Blob: new Uint8Array([0, 255]) }],
    ['Plain.member.1=a&Plain.member.2=b', { Plain: ['a', 'b'] }],
    ['Plain.member.2=b&Plain.member.01=a', { Plain: ['a', 'b'] }],
    ['Plain.member.3=b&Plain.member.1=a', { Plain: ['a', null, 'b'] }],
    ['Flag=0', { Flag: false }],
    ['Count=%2B01', { Count: 1 }],
    ['Plain=', { Plain: [] }],
    ['Renamed.item.1=a', { Renamed: ['a'] }],
    ['Flat.1=a&Flat.2=b', { Flat: ['a', 'b'] }],
    ['FlatMap.1.K=a&FlatMap.1.V=1', { FlatMap: { a: 1 } }],
    ['Map.entry.1.K=a&Map.entry.1.V=1&Map.entry.2.K=b&Map.entry.2.V=2', { Map: { a: 1, b: 2 } }],
    ['Nested.member.1.Name=x&Nested.member.1.Size=3', { Nested: [{ Name: 'x', Size: 3 }] }],
    ['renamed=first&renamed=second', { Text: 'first' }],
    ['Unknown=1&Action=x&&=', {}],
    ['__proto__.x=1&constructor=2', {}],
  ])('reads `%s`', (text, value) => {
    expect(decoded(text)).toEqual({ ok: true, value });
  });

  it.each([
    ['Flag=maybe', 'MalformedInput'],
    ['Flag=', 'MalformedInput'],
    ['Count=ten', 'MalformedInput'],
    ['Count=1e999', 'MalformedInput'],
    ['When=yesterday', 'MalformedInput'],
    ['Blob=%00', 'MalformedInput'],
    ['Plain.member.x=1', 'MalformedInput'],
    ['Plain.member.0=1', 'MalformedInput'],
    ['Plain.member.99999999999=1', 'MalformedInput'],
    ['Map.entry.1.K=a', 'MalformedInput'],
    ['renamed=%', 'MalformedQueryString'],
    ['renamed=%ff', 'MalformedQueryString'],
    [`${'a.'.repeat(40)}b=1`, 'MalformedQueryString'],
    ['a=1&'.repeat(6000), 'MalformedQueryString'],
  ])('refuses `%.40s` with %s', (text, code) => {
    expect(decoded(text)).toMatchObject({ ok: false, error: { code, status: 400 } });
  });

  // Recorded from IAM by signed requests, September 2026.
  it.each([
    ['+1', 'Start of list found where not expected'],
    ['one', 'Start of list found where not expected'],
    ['0', '0 is not a valid index'],
    ['-1', "Key -1 may not have a leading '-'"],
    ['12', 'Excessively sparse input would skip 11 list elements'],
    ['33', 'Excessively sparse input would skip 32 list elements'],
  ])('says what is wrong with the index %s', (index, message) => {
    expect(decoded(`Plain.member.${encodeURIComponent(index)}=a`)).toMatchObject({
      error: { code: 'MalformedInput', message },
    });
  });

  it('counts a gap from the member before it', () => {
    const members = (last: number) => [...Array(10).keys(), last - 1].map((at) => `Plain.member.${at + 1}=a`).join('&');
    expect(decoded(members(20))).toMatchObject({ ok: true });
    expect(decoded(members(21))).toMatchObject({
      error: { message: 'Excessively sparse input would skip 11 list elements' },
    });
  });

  it.each(['%201%20', '1.0', '1e0', '2147483648', ''])('takes `%s` for no whole number', (text) => {
    expect(decoded(`Count=${text}`)).toMatchObject({ error: { code: 'MalformedInput' } });
  });
});

describe('encodeResult', () => {
  const encoded = (answer: unknown): string =>
    encodeResult('Do', 'https://x/', everything(), answer, 'id').replace(
      /^<DoResponse xmlns="https:\/\/x\/"><DoResult>(.*)<\/DoResult><ResponseMetadata><RequestId>id<\/RequestId><\/ResponseMetadata><\/DoResponse>$/s,
      '$1',
    );

  it.each([
    [{ Text: '<a & "b">' }, '<renamed>&lt;a &amp; &quot;b&quot;&gt;</renamed>'],
    [{ Text: 'a\r\n\u0001' }, '<renamed>a&#13;&#10;&#1;</renamed>'],
    [{ Flag: false, Count: 0 }, '<Flag>false</Flag><Count>0</Count>'],
    [{ When: '2026-01-02T03:04:05Z' }, '<When>2026-01-02T03:04:05Z</When>'],
    [{ Blob: new Uint8Array([0, 255]) }, '<Blob>AP8=</Blob>'],
    [{ Plain: ['a', 'b'] }, '<Plain><member>a</member><member>b</member></Plain>'],
    [{ Plain: [] }, '<Plain></Plain>'],
    [{ Renamed: ['a'] }, '<Renamed><item>a</item></Renamed>'],
    [{ Flat: ['a', 'b'] }, '<Flat>a</Flat><Flat>b</Flat>'],
    [{ FlatMap: { a: 1 } }, '<FlatMap><K>a</K><V>1</V></FlatMap>'],
    [{ Map: { '<': 1 } }, '<Map><entry><K>&lt;</K><V>1</V></entry></Map>'],
    [{ Nested: [{ Name: 'x' }] }, '<Nested><member><Name>x</Name></member></Nested>'],
    [{ Text: null, Flag: undefined, Other: 1 }, ''],
  ])('writes %j', (answer, xml) => {
    expect(encoded(answer)).toBe(xml);
  });

  it('leaves the result out where an operation answers nothing', () => {
    const nothing = shapeOf('unit' as never) as StructureShape;
    expect(encodeResult('Do', 'x', nothing, {}, 'id')).toBe(
      '<DoResponse xmlns="x"><ResponseMetadata><RequestId>id</RequestId></ResponseMetadata></DoResponse>',
    );
  });

  it('writes a result without members where an operation answers one', () => {
    const empty: StructureShape = { kind: 'structure', elementName: 'DoOutput', members: [] };
    expect(encodeResult('Do', 'x', empty, {}, 'id')).toContain('<DoResult></DoResult>');
  });
});

describe('encodeError', () => {
  it('replaces what XML cannot say, so that every parser reads it', () => {
    const message = 'a\u0000\u0001\ud800\uffff\tb💥';
    expect(encodeError('x', { code: 'ValidationError', message, status: 400 }, 'id')).toContain(
      '<Message>a\ufffd\ufffd\ufffd\ufffd&#9;b💥</Message>',
    );
  });

  it('says whose fault it was', () => {
    expect(encodeError('x', { code: 'NoSuchEntity', message: 'no <b>', status: 404 }, 'id')).toBe(
      '<ErrorResponse xmlns="x"><Error><Type>Sender</Type><Code>NoSuchEntity</Code><Message>no &lt;b&gt;</Message></Error><RequestId>id</RequestId></ErrorResponse>',
    );
    expect(encodeError('x', { code: 'InternalFailure', message: '', status: 500 }, 'id')).toContain(
      '<Type>Receiver</Type>',
    );
  });
});
