import type { Transaction } from '../storage-backend.ts';
import { StorageError } from '../storage-error.ts';

/** What etcd takes by default (`--max-request-bytes`, `--max-txn-ops`): clients know its limits, and one large value must not stall all others. */
const maxTransactionBytes = 1.5 * 1024 * 1024;
const maxOperations = 128;

/** Throws `too-large`, or a TypeError for what no caller may ask. */
export function checkTransaction(transaction: Transaction): void {
  const { compare, then } = transaction;
  if (Math.max(compare.length, then.length) > maxOperations) {
    throw new StorageError('too-large', { message: 'too many operations in one transaction' });
  }
  checkKeys(transaction);
  let bytes = 0;
  for (const operation of then) {
    bytes += operation.key.length + (operation.type === 'put' ? operation.value.length : 0);
  }
  if (bytes > maxTransactionBytes) {
    throw new StorageError('too-large', { message: 'request is too large', key: then[0]?.key });
  }
}

/** Throws a TypeError for keys that are none, or that occur twice. */
export function checkKeys({ then }: Transaction): void {
  const keys = new Set<string>();
  for (const { key } of then) {
    checkKey(key);
    if (keys.has(key)) throw new TypeError(`Key ${key} occurs twice`);
    keys.add(key);
  }
}

function checkKey(key: string): void {
  if (!key.startsWith('/') || !key.isWellFormed()) {
    throw new TypeError(`Not a key: ${JSON.stringify(key)}`);
  }
}
