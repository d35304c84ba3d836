import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** A headless Chromium that makes no request of its own. Throws, and says what to do, where none is installed. */
export const launchChromium = (): Promise<Browser> => {
  const installed = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const candidates = [process.env['VIGIL_CHROMIUM'] ?? '', chromium.executablePath(), ...installed];
  const executablePath = candidates.find((path) => path !== '' && existsSync(path));
  if (executablePath === undefined) {
    throw new Error(
      'no Chromium for the report tests: `npm test` installs one, or `npx playwright-core install chromium`, or name yours in VIGIL_CHROMIUM',
    );
  }
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-gpu-vsync',
      '--disable-frame-rate-limit',
    ],
  });
};
