// Behaviour: k8s.io/apiserver endpoints/filters WithWarningRecorder, v1.37.
const totalLimit = 4096;
const itemLimit = 256;

/** Collects a response's warnings: each text once, in full as long as all of them are short, cut from then on. Keeps a bounded number of them. */
export class WarningRecorder {
  readonly #texts = new Set<string>();
  #shown: string[] = [];
  #length = 0;
  #cutting = false;

  add(text: string): void {
    if (text === '' || this.#texts.has(text) || (this.#cutting && this.#length >= totalLimit))
      return;
    this.#texts.add(text);
    if (!this.#cutting && this.#length + lengthOf(text) > totalLimit) {
      this.#cutting = true;
      this.#shown = [...this.#texts].map(cut).filter(isHeaderText);
      this.#length = this.#shown.reduce((sum, shown) => sum + lengthOf(shown), 0);
      return;
    }
    const shown = this.#cutting ? cut(text) : text;
    if (!isHeaderText(shown)) return;
    this.#shown.push(shown);
    this.#length += lengthOf(shown);
  }

  /** The values of the `Warning` header; none when nothing was warned of. */
  headers(): readonly string[] {
    return this.#shown.map(headerOf);
  }
}

const yamlErrors = /^(?:error converting YAML to JSON: )?yaml: unmarshal errors:\n/;

/** Warns of what decoding found: of every line of YAML that has something wrong by itself. Behaviour: handlers addStrictDecodingWarnings. */
export function warnOfProblem(warnings: WarningRecorder, problem: string): void {
  const lines = yamlErrors.test(problem) ? problem.replace(yamlErrors, '').split('\n') : [problem];
  for (const line of lines) warnings.add(line.trim());
}

const lengthOf = (text: string): number => Array.from(text).length;
const cut = (text: string): string => Array.from(text).slice(0, itemLimit).join('');

/** Nothing that could end a header gets into one: such a warning is not given at all, as upstream does not. */
const isHeaderText = (text: string): boolean => text.isWellFormed() && !/\p{Cc}/u.test(text);

/** `299 - "text"`, quoted. Node writes headers as Latin-1: what is beyond goes as its UTF-8 bytes, as Go sends it. */
function headerOf(text: string): string {
  const quoted = text.replace(/[\\"]/g, String.raw`\$&`);
  return `299 - "${Buffer.from(quoted).toString('latin1')}"`;
}
