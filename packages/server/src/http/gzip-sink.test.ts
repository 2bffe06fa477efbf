import { constants, gunzipSync } from 'node:zlib';
import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { GzipSink } from './gzip-sink.ts';

/** Takes everything, at once or when it is told. */
class Recorder {
  readonly chunks: Uint8Array[] = [];
  backlog = 0;
  #slow: PromiseWithResolvers<void> | undefined;

  write(chunk: Uint8Array): Promise<void> | undefined {
    this.chunks.push(chunk);
    return this.#slow?.promise;
  }

  hold(): () => void {
    const slow = Promise.withResolvers<void>();
    this.#slow = slow;
    return () => {
      this.#slow = undefined;
      slow.resolve();
    };
  }

  get text(): string {
    return this.chunks.map((chunk) => gunzipSync(chunk).toString()).join('|');
  }
}

const long = (letter: string): Buffer => Buffer.alloc(100_000, letter);

describe('a compressed stream', () => {
  it('is a gzip member for each chunk, and one file together', async () => {
    const recorder = new Recorder();
    const sink = new GzipSink(recorder);
    for (const text of ['one', 'two', ''])
      expect(sink.write(Buffer.from(text))).to.equal(undefined);
    await sink.finished();
    expect(recorder.text).to.equal('one|two|');
    expect(gunzipSync(Buffer.concat(recorder.chunks)).toString()).to.equal('onetwo');
  });

  it('can be read to the last byte before a member ends', async () => {
    const recorder = new Recorder();
    const sink = new GzipSink(recorder);
    const chunks = [Buffer.from('one'), long('x')];
    for (const chunk of chunks) void sink.write(chunk);
    await sink.finished();
    const withoutEnd = recorder.chunks.map((member) =>
      gunzipSync(member.subarray(0, -13), { finishFlush: constants.Z_SYNC_FLUSH }).toString(),
    );
    expect(withoutEnd).to.deep.equal(chunks.map(String));
  });

  it('keeps the order of what takes long to compress and what does not', async () => {
    const recorder = new Recorder();
    const sink = new GzipSink(recorder);
    const chunks = [Buffer.from('a'), long('b'), Buffer.from('c'), long('d'), Buffer.from('e')];
    for (const chunk of chunks) void sink.write(chunk);
    expect(sink.backlog).to.equal(200_002);
    await sink.finished();
    expect(recorder.text).to.equal(chunks.join('|'));
    expect(sink.backlog).to.equal(0);
    expect(sink.write(Buffer.from('f'))).to.equal(undefined);
    expect(recorder.chunks).to.have.length(6);
  });

  it('is compressed once for all who get the same bytes', async () => {
    const recorders = [new Recorder(), new Recorder(), new Recorder()];
    const chunks = [Buffer.from('short'), long('x')];
    await Promise.all(
      recorders.map(async (recorder) => {
        const sink = new GzipSink(recorder);
        for (const chunk of chunks) void sink.write(chunk);
        await sink.finished();
      }),
    );
    const [first] = recorders;
    for (const { chunks: members } of recorders)
      expect(members).to.have.ordered.members(first?.chunks ?? []);
  });

  it('waits for a slow client, and counts what waits', async () => {
    const recorder = new Recorder();
    const sink = new GzipSink(recorder);
    const release = recorder.hold();
    const chunk = randomBytes(50_000);
    void sink.write(chunk);
    const second = sink.write(Buffer.from('second'));
    expect(sink.backlog).to.equal(50_006);
    release();
    await second;
    expect(recorder.chunks).to.have.length(2);
    expect(sink.backlog).to.equal(0);
  });

  it('ends before what cannot be compressed, and says so', async () => {
    const recorder = new Recorder();
    const sink = new GzipSink(recorder);
    void sink.write(Buffer.from('before'));
    const noBytes = { length: 1_000_000 } as unknown as Uint8Array;
    void sink.write(noBytes);
    void sink.write(Buffer.from('after'));
    const failure = await sink.broken.catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(TypeError);
    await sink.finished();
    expect(sink.write(Buffer.from('and later'))).to.equal(undefined);
    expect(recorder.text).to.equal('before');
  });
});
