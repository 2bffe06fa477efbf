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
    throw new YamlError(error instanceof Error ? goWords(error) : String(error));
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
  [/^unknown escape sequence/, 'found unknown escape character'],
  [/^bad indentation of a mapping entry/, 'mapping values are not allowed in this context'],
];

function goWords(error: Error & { readonly reason?: unknown; readonly mark?: unknown }): string {
  const reason = typeof error.reason === 'string' ? error.reason : error.message;
  const line = Reflect.get(Object(error.mark), 'line');
  const where = typeof line === 'number' && line > 0 ? `line ${line + 1}: ` : '';
  if (reason.startsWith('unexpected end of the stream within a flow'))
    return `line ${lastLine(error.mark)}: did not find expected node content`;
  const known = translations.find(([pattern]) => pattern.test(reason));
  return where + (known?.[1] ?? reason);
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

/** `!<tag:yaml.org,2002:int>` is `!!int`; the tag `!` is none. */
function shortTag(tag: string): string {
  const standard = /^!<tag:yaml\.org,2002:(.*)>$/.exec(tag)?.[1];
  return standard === undefined ? (tag === '!' ? '' : tag) : `!!${standard}`;
}
