/**
 * A path to a field, written as Kubernetes writes it in field errors: `spec.containers[0].image`, `metadata.labels[app]`.
 * Paths are immutable and may be shared. Behaviour: k8s.io/apimachinery util/validation/field Path.
 */
export class FieldPath {
  readonly #parent: FieldPath | undefined;
  readonly #opening: '' | '.' | '[';
  readonly #name: string | number;

  // Paths are made for all that is looked at and written for what is wrong: what is to be written is put together then.
  private constructor(
    parent: FieldPath | undefined,
    opening: '' | '.' | '[',
    name: string | number,
  ) {
    this.#parent = parent;
    this.#opening = opening;
    this.#name = name;
  }

  /** Starts a path; `fieldPath('spec', 'template')` is `spec.template`. */
  static of(first: string, ...more: readonly string[]): FieldPath {
    return new FieldPath(undefined, '', first).#below(more);
  }

  /** The path of a field below this one. */
  child(name: string, ...more: readonly string[]): FieldPath {
    const path = new FieldPath(this, '.', name);
    return more.length === 0 ? path : path.#below(more);
  }

  #below(names: readonly string[]): FieldPath {
    return names.reduce<FieldPath>((parent, name) => new FieldPath(parent, '.', name), this);
  }

  /** The path of a list's item. */
  index(index: number): FieldPath {
    return new FieldPath(this, '[', index);
  }

  /** The path of a map's value. */
  key(key: string): FieldPath {
    return new FieldPath(this, '[', key);
  }

  toString(): string {
    const closing = this.#opening === '[' ? ']' : '';
    return `${this.#parent?.toString() ?? ''}${this.#opening}${this.#name}${closing}`;
  }
}

/** Starts a path: `fieldPath('spec').child('ports').index(0)` is `spec.ports[0]`. */
export function fieldPath(first: string, ...more: readonly string[]): FieldPath {
  return FieldPath.of(first, ...more);
}
