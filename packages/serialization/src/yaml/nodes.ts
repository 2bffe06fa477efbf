import { EVENT_ID, getScalarValue, parseEvents, SCALAR_STYLE, type Event } from 'js-yaml';
import { firstDocument } from './first-document.ts';
import { YamlError } from './yaml-error.ts';

/** A node of a document as it is written: aliases are not followed, scalars are texts. */
export type YamlNode = ScalarNode | SequenceNode | MappingNode | AliasNode;

interface NodeBase {
  /** Where it begins in the text. */
  readonly start: number;
  /** `''` for none; the tags of YAML itself as `!!int`. */
  readonly tag: string;
}
export interface ScalarNode extends NodeBase {
  readonly kind: 'scalar';
  readonly text: string;
  /** Neither quoted nor a block: the text tells the type. */
  readonly plain: boolean;
}
export interface SequenceNode extends NodeBase {
  readonly kind: 'sequence';
  readonly items: YamlNode[];
}
export interface MappingNode extends NodeBase {
  readonly kind: 'mapping';
  /** Keys and values in turns. */
  readonly items: YamlNode[];
}
export interface AliasNode extends NodeBase {
  readonly kind: 'alias';
  readonly name: string;
  readonly target: YamlNode;
}

/** Deeper than anybody nests by hand; the parser is recursive. */
export const depthLimit = 1000;

/** Parses the first document of a text; undefined when there is none. Throws YamlError. */
export function parseNodes(text: string): YamlNode | undefined {
  const source = firstDocument(text);
  return new Builder(source).build(eventsOf(source));
}

function eventsOf(source: string): readonly Event[] {
  try {
    return parseEvents(source, { maxDepth: depthLimit });
  } catch (error) {
    // js-yaml documents that it may throw other errors than its own on bad input.
    throw new YamlError(error instanceof Error ? goWords(error, source) : String(error));
  }
}

/** What Go's parser says where that is sure; the parser's own words elsewhere. */
const translations: readonly (readonly [RegExp, string])[] = [
  [/^tab characters must not be used/, 'found character that cannot start any token'],
  [/^nesting exceeded/, 'exceeded max depth of 10000'],
  [/non-printable characters/, 'control characters are not allowed'],
  [/^unidentified alias/, 'unknown anchor referenced'],
  [/within a single quoted scalar/, 'found unexpected end of stream'],
  [/within a double quoted scalar/, 'found unexpected end of stream'],
  [/^expected hexadecimal character/, 'did not find expected hexdecimal number'],
  [/^unknown escape sequence/, 'found unknown escape character'],
  [/^bad indentation of a mapping entry/, 'mapping values are not allowed in this context'],
];

function goWords(
  error: Error & { readonly reason?: unknown; readonly mark?: unknown },
  source: string,
): string {
  const reason = typeof error.reason === 'string' ? error.reason : error.message;
  const line = Reflect.get(Object(error.mark), 'line');
  const where = typeof line === 'number' && line > 0 ? `line ${line + 1}: ` : '';
  if (reason.startsWith('unexpected end of the stream within a flow'))
    return `line ${lastLine(error.mark)}: did not find expected node content`;
  if (reason.startsWith('missed comma'))
    return `${where}did not find expected ',' or '${closingOf(source, error.mark)}'`;
  const known = translations.find(([pattern]) => pattern.test(reason));
  return where + (known?.[1] ?? reason);
}

/** What would close the innermost list or map that is open where a parser stopped. */
function closingOf(source: string, mark: unknown): string {
  const { position = 0 } = Object(mark);
  const open: string[] = [];
  for (const [found] of source
    .slice(0, Number(position))
    .matchAll(/"(?:[^"\\]|\\[^])*"|'[^']*'|[[\]{}]/g)) {
    if (found === '[' || found === '{') open.push(found);
    else if (found === ']' || found === '}') open.pop();
  }
  return open.at(-1) === '[' ? ']' : '}';
}

/** The line that a text ends in, as Go's parser counts: an empty one is none. */
function lastLine(mark: unknown): number {
  const { line = 0, column = 0 } = Object(mark);
  return column > 0 ? line + 1 : line;
}

/** Makes nodes of events, without recursion. */
class Builder {
  readonly #source: string;
  readonly #anchors = new Map<string, YamlNode>();

  constructor(source: string) {
    this.#source = source;
  }

  build(events: readonly Event[]): YamlNode | undefined {
    const open: (SequenceNode | MappingNode)[] = [];
    let root: YamlNode | undefined;
    for (const event of events) {
      if (event.type === EVENT_ID.DOCUMENT) continue;
      if (event.type === EVENT_ID.POP) {
        open.pop();
        continue;
      }
      const node = this.#node(event);
      const parent = open.at(-1);
      if (parent === undefined) root ??= node;
      else parent.items.push(node);
      if (node.kind === 'sequence' || node.kind === 'mapping') open.push(node);
    }
    return root;
  }

  #node(event: Exclude<Event, { readonly type: 1 | 6 }>): YamlNode {
    const name = this.#source.slice(event.anchorStart, event.anchorEnd);
    if (event.type === EVENT_ID.ALIAS) return this.#alias(name, event.anchorStart);
    const node = this.#content(event);
    if (event.anchorStart >= 0) this.#anchors.set(name, node);
    return node;
  }

  #alias(name: string, start: number): AliasNode {
    const target = this.#anchors.get(name);
    if (target === undefined) throw new YamlError(`unknown anchor '${name}' referenced`);
    return { kind: 'alias', start, tag: '', name, target };
  }

  #content(event: Exclude<Event, { readonly type: 1 | 5 | 6 }>): YamlNode {
    const tag = shortTag(
      event.tagStart < 0 ? '' : this.#source.slice(event.tagStart, event.tagEnd),
    );
    if (event.type === EVENT_ID.SCALAR) {
      if (event.style === SCALAR_STYLE.DOUBLE_QUOTED) checkEscapes(this.#source, event);
      return {
        kind: 'scalar',
        start: event.valueStart,
        tag,
        text: getScalarValue(this.#source, event),
        plain: event.style === SCALAR_STYLE.PLAIN,
      };
    }
    return event.type === EVENT_ID.SEQUENCE
      ? { kind: 'sequence', start: event.start, tag, items: [] }
      : { kind: 'mapping', start: event.start, tag, items: [] };
  }
}

/** Halves of a character have no escape in YAML, not even side by side as in JSON. Throws YamlError. */
function checkEscapes(
  source: string,
  { valueStart, valueEnd }: { readonly valueStart: number; readonly valueEnd: number },
): void {
  const text = source.slice(valueStart, valueEnd);
  if (!text.includes('\\')) return;
  for (const [, half] of text.matchAll(/\\(?:(u[dD][89a-fA-F]|U0000[dD][89a-fA-F])|[^])/g))
    if (half !== undefined) throw new YamlError('found invalid Unicode character escape code');
}

/** `!<tag:yaml.org,2002:int>` is `!!int`; the tag `!` is none. */
function shortTag(tag: string): string {
  const standard = /^!<tag:yaml\.org,2002:(.*)>$/.exec(tag)?.[1];
  return standard === undefined ? (tag === '!' ? '' : tag) : `!!${standard}`;
}
