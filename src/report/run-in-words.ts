import { parseInstant } from '../kernel/time.ts';
import { visibleText } from './visible-text.ts';
import { timeInWords } from './words.ts';

/** An audit by its time, for people: its id holds it in a form that file names can have (`20260301T023000Z`). */
export const runInWords = (id: string): string => {
  const time = parseInstant(id.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  return time.ok ? timeInWords(time.value) : visibleText(id);
};
