import type { Revision } from '../storage-backend.ts';
import type { Connection } from './connection.ts';
import { toNumber, txn } from './messages.ts';

/** kube-apiserver's key: its servers take turns with these by it, too. */
const key = Buffer.from('compact_rev_key');
const compareVersion = 0;

/**
 * Lets one of several servers compact per interval: each tries to put the same key, if nobody has since it looked last.
 * Behaviour: k8s.io/apiserver storage/etcd3 compact, v1.37.
 */
export class CompactionTurn {
  readonly #connection: Connection;
  /** How often the key had been put when this server looked last. */
  #version = 0;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Says to which revision this server is going to compact. `false` when another one had its turn. */
  async claim(revision: Revision): Promise<boolean> {
    const { succeeded, responses } = await this.#connection.call(txn, {
      compare: [{ target: compareVersion, key, version: this.#version }],
      success: [{ requestPut: { key, value: Buffer.from(String(revision)) } }],
      failure: [{ requestRange: { key } }],
    });
    const found = responses[0]?.responseRange?.kvs[0];
    this.#version = succeeded ? this.#version + 1 : toNumber(found?.version ?? 0);
    return succeeded;
  }
}
