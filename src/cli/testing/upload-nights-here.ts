// A process that uploads what waits: CONFIGURATION (JSON) NOW.
import { loadConfig } from '../../config/config.ts';
import { at } from '../../store/testing/history-example.ts';
import { uploadNights } from '../upload-nights.ts';

const [text = '', now = ''] = process.argv.slice(2);
const config = loadConfig({ name: 'vigil.yaml', text }, {});
if (!config.ok) throw new Error(config.error.join('\n'));
await uploadNights(config.value, { clock: { now: () => at(now) }, terminal: { say: () => {} } });
