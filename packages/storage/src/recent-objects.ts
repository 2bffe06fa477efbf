/** Something whose parsed form can be made again. */
export interface Forgetful {
  readonly size: number;
  forgetObject(): void;
}

/**
 * Bounds what parsed objects cost: the ones parsed last are held, up to a number of bytes of JSON, in the order of parsing.
 * Order of parsing instead of order of use, because use is too frequent to be noted down.
 */
export class RecentObjects {
  readonly #limit: number;
  #held: Forgetful[] = [];
  #first = 0;
  #bytes = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Remembers something that has just been parsed; the oldest ones make room. The newest always stays. */
  hold(item: Forgetful): void {
    this.#held.push(item);
    this.#bytes += item.size;
    while (this.#bytes > this.#limit && this.#first < this.#held.length - 1) this.#forgetFirst();
    if (this.#first > 1024 && this.#first * 2 > this.#held.length) this.#compact();
  }

  #forgetFirst(): void {
    const oldest = this.#held[this.#first++];
    if (oldest === undefined) return;
    this.#bytes -= oldest.size;
    oldest.forgetObject();
  }

  #compact(): void {
    this.#held = this.#held.slice(this.#first);
    this.#first = 0;
  }
}
