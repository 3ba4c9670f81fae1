import type { Plugin } from 'esbuild';

/** Leaves OpenTelemetry out: prom-client loads it for exemplars alone, which are off, and calls nothing of it else. */
export const withoutOpenTelemetry: Plugin = {
  name: 'without-open-telemetry',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@opentelemetry\/api$/ }, ({ path }) => ({ path, namespace: 'without-open-telemetry' }));
    onLoad({ filter: /./, namespace: 'without-open-telemetry' }, () => ({ contents: 'module.exports = {};' }));
  },
};
