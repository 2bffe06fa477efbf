/**
 * A path to a field, written as Kubernetes writes it in field errors: `spec.containers[0].image`, `metadata.labels[app]`.
 * Paths are immutable and may be shared. Behaviour: k8s.io/apimachinery util/validation/field Path.
 */
export class FieldPath {
  readonly #parent: FieldPath | undefined;
  readonly #part: string;

  private constructor(parent: FieldPath | undefined, part: string) {
    this.#parent = parent;
    this.#part = part;
  }

  /** Starts a path; `fieldPath('spec', 'template')` is `spec.template`. */
  static of(first: string, ...more: readonly string[]): FieldPath {
    return new FieldPath(undefined, first).child(...more);
  }

  /** The path of a field below this one. */
  child(...names: readonly string[]): FieldPath {
    return names.reduce<FieldPath>((path, name) => new FieldPath(path, `.${name}`), this);
  }

  /** The path of a list's item. */
  index(index: number): FieldPath {
    return new FieldPath(this, `[${index}]`);
  }

  /** The path of a map's value. */
  key(key: string): FieldPath {
    return new FieldPath(this, `[${key}]`);
  }

  toString(): string {
    return this.#parent === undefined ? this.#part : `${this.#parent.toString()}${this.#part}`;
  }
}

/** Starts a path: `fieldPath('spec').child('ports').index(0)` is `spec.ports[0]`. */
export function fieldPath(first: string, ...more: readonly string[]): FieldPath {
  return FieldPath.of(first, ...more);
}
