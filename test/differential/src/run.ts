import type { JsonValue } from '@keelson/api-machinery';
import { comparable, differences } from './differences.ts';
import { valueAt } from './json.ts';
import { kinds, pathOf } from './kinds.ts';
import { Random } from '@keelson/storage-backend/testing';
import type { Answer, Request, Server } from './server.ts';
import type { Step, Subject } from './requests.ts';
import { randomStep } from './steps.ts';

/** Something that tells the servers apart. */
export interface Finding {
  readonly episode: number;
  readonly differences: readonly string[];
  /** All requests of the object's life, the last one found it. */
  readonly requests: readonly Request[];
}

const stepsOfOne = 30;
const retries = 20;

/** The life of one object on two servers. */
export class Episode {
  readonly #random: Random;
  readonly #servers: readonly [Server, Server];
  readonly #subject: Subject;
  readonly #number: number;
  #live: readonly [JsonValue, JsonValue] = [null, null];
  readonly #requests: Request[] = [];
  steps = 0;
  /** How many of the steps wrote something, and how many kube-apiserver did not survive. */
  readonly counts = { written: 0, panicked: 0 };

  constructor(seed: number, number: number, servers: readonly [Server, Server], namespace: string) {
    this.#random = new Random(seed * 1_000_003 + number);
    this.#servers = servers;
    this.#number = number;
    this.#subject = { kind: this.#random.pick(kinds), namespace, name: `${namespace}-${number}` };
  }

  /** Until the servers are told apart, or the object's life is over. */
  async run(pause: () => Promise<void>): Promise<Finding | undefined> {
    while (this.steps < stepsOfOne) {
      const [live] = this.#live;
      const found = await this.#take(randomStep(this.#random, this.#subject, live));
      this.steps++;
      await pause();
      if (found.length > 0)
        return { episode: this.#number, differences: found, requests: this.#requests };
    }
    return undefined;
  }

  async #take(step: Step): Promise<readonly string[]> {
    const [one, other] = this.#servers;
    const [a, b] = this.#live;
    const request = step(a);
    this.#requests.push(request);
    const reference = await one.send(request);
    const ours = await other.send(step(b));
    // kube-apiserver panicked: there is nothing to compare with, nor was anything written.
    if (reference.status === 0) return this.#panicked();
    const found = await this.#differences(request, reference, ours);
    if (found.length > 0) return found;
    const failed = reference.status >= 400;
    if (!failed) this.counts.written++;
    return failed && !this.#random.chance(12) ? [] : await this.#look(reference, ours);
  }

  #panicked(): readonly string[] {
    this.counts.panicked++;
    return [];
  }

  /**
   * What tells two answers apart. Of several things that are wrong with a request, kube-apiserver at times tells any one, for it goes
   * through Go's maps in no order: it is asked again some times before a refusal counts as another one. It may also panic at one of them.
   */
  async #differences(request: Request, reference: Answer, ours: Answer): Promise<string[]> {
    const found = differences(reference, ours);
    if (found.length === 0 || reference.status < 400 || ours.status < 400) return found;
    for (let again = 0; again < retries; again++) {
      const other = await this.#servers[0].send(request);
      if (other.status === 0 || differences(other, ours).length === 0) return [];
    }
    return found;
  }

  /** What is stored is as much the same as what was answered. */
  async #look(reference: Answer, ours: Answer): Promise<readonly string[]> {
    const { kind, namespace, name } = this.#subject;
    const get = { method: 'GET', path: pathOf(kind, namespace, name) };
    const [one, other] = this.#servers;
    const [stored, own] = [await one.send(get), await other.send(get)];
    const moved = [this.#hasMoved(0, stored), this.#hasMoved(1, own)];
    const isAccident = moved[0] === true && isReordered(this.#live[0], stored.body);
    this.#live = [stored.body, own.body];
    const found = differences(stored, own);
    if (moved[0] !== moved[1] && !isAccident)
      found.push(
        `revision after ${reference.status}/${ours.status}: changed ${moved[0]} but ours ${moved[1]}`,
      );
    return found;
  }

  #hasMoved(index: 0 | 1, { body }: Answer): boolean {
    const revision = (object: JsonValue) => valueAt(object, 'metadata', 'resourceVersion');
    return revision(this.#live[index]) !== revision(body);
  }
}

/** Whether an object says the same in another order: kube-apiserver at times writes fields in an order that it does not keep, and changes it later. */
function isReordered(before: JsonValue, after: JsonValue): boolean {
  const [a, b] = [before, after].map((object) => valueAt(object, 'metadata', 'managedFields'));
  return (
    JSON.stringify(a) !== JSON.stringify(b) &&
    JSON.stringify(comparable(a ?? null)) === JSON.stringify(comparable(b ?? null))
  );
}
