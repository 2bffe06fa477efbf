// Gives tests of resources the fixture of oracle-fixture.mjs in place of their own.
import { registerHooks } from 'node:module';

const fixture = new URL('oracle-fixture.mjs', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === '@keelson/generic-registry/testing'
      ? { url: fixture, shortCircuit: true }
      : next(specifier, context),
});
