import { once } from 'node:events';
import { connect, type TLSSocket } from 'node:tls';

/** HTTP/2 frames, written by hand: what no well-behaved client sends. */
export const frame = (
  type: number,
  flags: number,
  stream: number,
  payload: Uint8Array = Buffer.alloc(0),
): Buffer => {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
};

export const frames = {
  data: 0,
  headers: 1,
  rstStream: 3,
  settings: 4,
  ping: 6,
  continuation: 9,
} as const;
export const endStream = 1;
export const endHeaders = 4;

/** `GET https://localhost/api`, by HPACK's static table. */
export const getApi = Buffer.concat([
  Buffer.from([0x82, 0x87, 0x44, 4]),
  Buffer.from('/api'),
  Buffer.from([0x41, 9]),
  Buffer.from('localhost'),
]);

/** An HTTP/2 connection that has said hello and nothing else. */
export async function openRawConnection(port: number): Promise<TLSSocket> {
  const socket = connect({
    port,
    host: '127.0.0.1',
    rejectUnauthorized: false,
    ALPNProtocols: ['h2'],
  });
  await once(socket, 'secureConnect');
  socket.on('error', () => undefined);
  socket.write(
    Buffer.concat([Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), frame(frames.settings, 0, 0)]),
  );
  return socket;
}

export interface Frame {
  readonly type: number;
  readonly flags: number;
  readonly stream: number;
  readonly payload: Buffer;
}

/** The frames that the server sends, up to the one that is asked for. Closes the connection. */
export async function framesUntil(
  socket: TLSSocket,
  isLast: (frame: Frame) => boolean,
): Promise<Frame[]> {
  const got: Frame[] = [];
  let bytes = Buffer.alloc(0);
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    bytes = Buffer.concat([bytes, chunk]);
    for (let next = firstFrame(bytes); next !== undefined; next = firstFrame(bytes)) {
      got.push(next);
      bytes = bytes.subarray(9 + next.payload.length);
      if (isLast(next)) return got;
    }
  }
  return got;
}

function firstFrame(bytes: Buffer): Frame | undefined {
  if (bytes.length < 9) return undefined;
  const end = 9 + bytes.readUIntBE(0, 3);
  if (bytes.length < end) return undefined;
  return {
    type: bytes.readUInt8(3),
    flags: bytes.readUInt8(4),
    stream: bytes.readUInt32BE(5),
    payload: bytes.subarray(9, end),
  };
}

/** Sends what `next` makes, again and again, until the server has enough. Resolves with how often. */
export async function flood(
  socket: TLSSocket,
  next: (index: number) => Buffer,
  limit: number,
): Promise<number> {
  let closed = false;
  socket.on('close', () => (closed = true)).resume();
  let count = 0;
  for (; count < limit && !closed; count++) {
    if (!socket.write(next(count)))
      await Promise.race([once(socket, 'drain'), once(socket, 'close')]).catch(() => undefined);
    if (count % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  return count;
}
