import { editDistance } from './edit-distance.ts';

/** Which of some names a misspelled one was meant to be; null: it resembles none. */
export const nearestText = (text: string, names: Iterable<string>): string | null => {
  const most = Math.max(2, Math.floor(text.length / 4));
  const [nearest] = [...names]
    .map((name) => ({ name, distance: editDistance(text.toLowerCase(), name.toLowerCase(), most) }))
    // Of a short name nearly everything is near.
    .filter(({ name, distance }) => distance <= most && distance < name.length)
    .sort((one, other) => one.distance - other.distance);
  return nearest?.name ?? null;
};
