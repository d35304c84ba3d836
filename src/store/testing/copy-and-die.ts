// A process that copies a history: FROM TO [KILL-AT]. With KILL-AT it kills itself before that call of the databases' drivers,
// counted from 1.
import { copyBetween } from './copy-places.ts';
import { killAtStep } from './kill-at-step.ts';

const [from = '', to = '', killAt = '0'] = process.argv.slice(2);

const { steps } = killAtStep(Number(killAt));
const copied = await copyBetween(from, to);
process.stdout.write(copied.ok ? String(steps()) : JSON.stringify(copied.error));
