import { isBuiltin } from 'node:module';
import type { Plugin } from 'esbuild';

/**
 * Lets CommonJS packages that are bundled into ES modules have what is built into Node, for which they call `require`:
 * there is none in a module, and one that is made for all of a build would not load where there is no node:module.
 */
export const requiredBuiltins: Plugin = {
  name: 'required-builtins',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[a-z]/ }, ({ path, kind }) =>
      kind === 'require-call' && isBuiltin(path) ? { path, namespace: 'required-builtins' } : undefined,
    );
    onLoad({ filter: /./, namespace: 'required-builtins' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
    }));
  },
};
