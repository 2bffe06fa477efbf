import { schemaOf, type FieldType, type TypeSchema } from '@keelson/kubernetes-api';

/** At most so many problems are named. Behaviour: sigs.k8s.io/json. */
const problemLimit = 100;

/**
 * Names the unknown and the duplicate fields of a document, in the order in which they stand there. Slow: called only
 * when the decoder has counted that there are some. `text` is valid JSON.
 */
export function strictProblems(text: string, schema: TypeSchema): string[] {
  const walker = new Walker(text);
  walker.value({ ref: schema.id }, '');
  return walker.problems;
}

class Walker {
  readonly problems: string[] = [];
  readonly #text: string;
  readonly #token = /\s*("(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+)/gy;

  constructor(text: string) {
    this.#text = text;
  }

  #next(): string {
    return this.#token.exec(this.#text)?.[1] ?? '';
  }

  #report(what: 'unknown' | 'duplicate', path: string): void {
    if (this.problems.length < problemLimit) this.problems.push(`${what} field "${path}"`);
  }

  /** Walks one value. Types without a schema of their fields are walked without a look. */
  value(type: FieldType | undefined, path: string): void {
    const token = this.#next();
    if (token === '[') this.#list(type, path);
    else if (token === '{') this.#object(type, path);
  }

  #list(type: FieldType | undefined, path: string): void {
    const item = typeof type === 'object' && 'list' in type ? type.list : undefined;
    for (let index = 0; ; index++) {
      const before = this.#token.lastIndex;
      if (this.#next() === ']') return;
      this.#token.lastIndex = before;
      this.value(item, `${path}[${index}]`);
      if (this.#next() === ']') return;
    }
  }

  #object(type: FieldType | undefined, path: string): void {
    const fields =
      typeof type === 'object' && 'ref' in type ? schemaOf(type.ref).fields : undefined;
    const item = typeof type === 'object' && 'map' in type ? type.map : undefined;
    const seen = new Set<string>();
    for (;;) {
      const token = this.#next();
      if (token === '}' || token === '') return;
      if (token === ',') continue;
      const key: string = JSON.parse(token);
      this.#next();
      const at = path === '' ? key : `${path}.${key}`;
      const field = fields?.find(({ name }) => name === key);
      if (fields !== undefined && field === undefined) this.#report('unknown', at);
      else if ((fields !== undefined || item !== undefined) && seen.has(key))
        this.#report('duplicate', at);
      seen.add(key);
      this.value(field?.type ?? item, at);
    }
  }
}
