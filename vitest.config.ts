import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // Half of the time tests wait for processes of their own, on a machine of two cores too.
    maxWorkers: 2,
    testTimeout: 60_000,
    restoreMocks: true,
  },
});
