import { OCSF_CLASSES, OCSF_OBJECTS, OCSF_SIBLINGS, type OcsfShape } from './ocsf-table.ts';

type Members = Readonly<Record<string, unknown>>;

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What is wrong with an event by OCSF 1.6.0, each with its place; nothing: it is valid. */
export const ocsfProblems = (event: unknown): readonly string[] => {
  if (!isMembers(event)) return ['/ is no object'];
  const { class_uid: classUid, activity_id: activityId, type_uid: typeUid, metadata } = event;
  const shape = OCSF_CLASSES[Number(classUid)];
  if (shape === undefined) return [`/class_uid ${String(classUid)} is unknown`];
  return [
    ...problemsOf(event, shape, ''),
    ...(typeUid === Number(classUid) * 100 + Number(activityId)
      ? []
      : ['/type_uid is not class_uid * 100 + activity_id']),
    ...(isMembers(metadata) && metadata['version'] === '1.6.0' ? [] : ['/metadata/version is not 1.6.0']),
  ];
};

const problemsOf = (value: Members, shape: OcsfShape, place: string): readonly string[] => [
  ...Object.keys(value)
    .filter((name) => !Object.hasOwn(shape.attributes, name))
    .map((name) => `${place}/${name} is unknown`),
  ...Object.entries(shape.attributes).flatMap(([name, type]) => problemsOfMember(value, name, type, shape, place)),
  ...((shape.atLeastOne ?? []).length > 0 && !shape.atLeastOne?.some((name) => value[name] !== undefined)
    ? [`${place || '/'} has none of ${shape.atLeastOne?.join(', ')}`]
    : []),
];

const problemsOfMember = (
  value: Members,
  name: string,
  type: string,
  shape: OcsfShape,
  place: string,
): readonly string[] => {
  const member = value[name];
  const here = `${place}/${name}`;
  if (member === undefined) return type.endsWith('!') ? [`${here} is required`] : [];
  const kind = type.replace('!', '');
  if (kind === 'enum') return enumProblems(value, name, shape, here);
  if (!kind.endsWith('[]')) return typeProblems(member, kind, here);
  if (!Array.isArray(member)) return [`${here} is no list`];
  return member.flatMap((item, index) => typeProblems(item, kind.slice(0, -2), `${here}/${index}`));
};

const enumProblems = (value: Members, name: string, shape: OcsfShape, here: string): readonly string[] => {
  const captions = shape.enums?.[name] ?? {};
  const id = Number(value[name]);
  const caption = captions[id];
  if (typeof value[name] !== 'number' || caption === undefined) return [`${here} has no value ${String(value[name])}`];
  const sibling = OCSF_SIBLINGS[name] ?? '';
  // What `Other` is called, the source decides.
  if (id === 99 || value[sibling] === undefined || value[sibling] === caption) return [];
  return [`${here} ${id} is \`${caption}\`, not \`${String(value[sibling])}\``];
};

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  integer: (value) => Number.isSafeInteger(value),
  // Milliseconds: seconds would be a day of January 1970.
  timestamp: (value) => Number.isSafeInteger(value) && Number(value) > 100_000_000_000,
  boolean: (value) => typeof value === 'boolean',
  json: (value) => isMembers(value),
};

const typeProblems = (value: unknown, kind: string, here: string): readonly string[] => {
  const isOfType = TYPES[kind];
  if (isOfType !== undefined) return isOfType(value) ? [] : [`${here} is no ${kind}`];
  const shape = OCSF_OBJECTS[kind];
  if (shape === undefined) return [`${here} has the unknown type ${kind}`];
  return isMembers(value) ? problemsOf(value, shape, here) : [`${here} is no ${kind}`];
};
