import type { Shape } from '../../src/emulator/wire/shape.ts';

/** Where a value does not fit its shape: members that the shape does not know, required ones that are absent. */
export const misfits = (shape: Shape, value: unknown, at: string): string[] => {
  switch (shape.kind) {
    case 'structure': {
      if (typeof value !== 'object' || value === null) return [`${at} is no structure`];
      const given = new Map(Object.entries(value).filter(([, part]) => part !== undefined && part !== null));
      const unknown = [...given.keys()].filter((name) => !shape.members.some((member) => member.name === name));
      return [
        ...unknown.map((name) => `${at}.${name} is unknown`),
        ...shape.members.flatMap((member) => {
          const part = given.get(member.name);
          if (part === undefined) return member.required ? [`${at}.${member.name} is missing`] : [];
          return misfits(member.shape, part, `${at}.${member.name}`);
        }),
      ];
    }
    case 'list':
      if (!Array.isArray(value)) return [`${at} is no list`];
      return value.flatMap((item, index) => misfits(shape.item, item, `${at}.${index}`));
    case 'map':
      return Object.entries(value as object).flatMap(([key, part]) => misfits(shape.value, part, `${at}.${key}`));
    case 'blob':
      return value instanceof Uint8Array ? [] : [`${at} is no blob`];
    case 'timestamp':
      return typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value) ? [] : [`${at} is no time`];
    default:
      return typeof value === shape.kind ? [] : [`${at} is no ${shape.kind}`];
  }
};
