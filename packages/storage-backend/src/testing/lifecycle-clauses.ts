import { expect } from 'chai';
import type { ClauseGroup } from './clause.ts';
import { expectError } from './trial.ts';

export const lifecycleClauses: ClauseGroup = {
  name: 'life cycle',
  clauses: [
    {
      name: 'ends a watch that waits, without an error, when its signal aborts',
      async run(trial) {
        const controller = new AbortController();
        const watch = trial.watch(await trial.backend.revision(), { signal: controller.signal });
        const next = watch.next();
        controller.abort();
        expect(await next).to.equal(undefined);
        expect(await watch.next()).to.equal(undefined);
      },
    },
    {
      name: 'starts no watch whose signal is aborted already',
      async run(trial) {
        await trial.put('a', '1');
        const watch = trial.watch(0, { signal: AbortSignal.abort() });
        expect(await watch.next()).to.equal(undefined);
      },
    },
    {
      name: 'delivers nothing more after an abort',
      async run(trial) {
        const controller = new AbortController();
        const watch = trial.watch(await trial.backend.revision(), { signal: controller.signal });
        await trial.put('a', '1');
        await watch.take(1);
        await trial.put('a', '2');
        controller.abort();
        expect(await watch.next()).to.equal(undefined);
      },
    },
    {
      name: 'ends a watch whose reader leaves the loop, and serves the next one',
      async run(trial) {
        const start = await trial.backend.revision();
        await trial.put('a', '1');
        let seen = 0;
        for await (const batch of trial.backend.watch(trial.prefix, { after: start })) {
          seen += batch.events.length;
          break;
        }
        expect(seen).to.equal(1);
        await trial.put('a', '2');
        await trial.watch(start).take(2);
      },
    },
    {
      name: 'answers `unavailable` to everything once it is closed, and ends its watches so',
      async run(trial) {
        const watch = trial.watch(await trial.put('a', '1'));
        const next = watch.next();
        const ended = expectError(next, 'unavailable');
        await trial.backend[Symbol.asyncDispose]();
        await ended;
        await expectError(trial.value('a'), 'unavailable');
        await expectError(trial.contents(), 'unavailable');
        await expectError(trial.put('a', '2'), 'unavailable');
        await expectError(trial.backend.revision(), 'unavailable');
        await expectError(trial.backend.count(trial.prefix), 'unavailable');
        await expectError(trial.backend.compact(2), 'unavailable');
        await expectError(trial.watch(0).next(), 'unavailable');
      },
    },
    {
      name: 'can be closed twice',
      async run(trial) {
        await trial.backend[Symbol.asyncDispose]();
        await trial.backend[Symbol.asyncDispose]();
      },
    },
  ],
};
