import type { CheckSettings } from '../check-settings.ts';

/** Every check, with its default thresholds. */
export const DEFAULT_CHECK_SETTINGS: CheckSettings = { disabled: new Set(), options: new Map() };
