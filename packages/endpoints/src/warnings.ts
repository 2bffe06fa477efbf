// Behaviour: k8s.io/apiserver endpoints/filters WithWarningRecorder, v1.37.
const totalLimit = 4096;
const itemLimit = 256;

/** Collects a response's warnings: each text once, the first in full, later ones cut when they get too many. */
export class WarningRecorder {
  readonly #texts = new Set<string>();

  add(text: string): void {
    if (text !== '') this.#texts.add(text);
  }

  /** The values of the `Warning` header; none when nothing was warned of. */
  headers(): readonly string[] {
    const texts = [...this.#texts];
    const total = texts.reduce((sum, text) => sum + [...text].length, 0);
    let left = totalLimit;
    const headers: string[] = [];
    for (const text of texts) {
      const shown = total > totalLimit ? cut(text, itemLimit) : text;
      const length = [...shown].length;
      if (length > left) break;
      left -= length;
      headers.push(headerOf(shown));
    }
    return headers;
  }
}

const cut = (text: string, length: number): string => [...text].slice(0, length).join('');

/** `299 - "text"`, quoted, without what would end the header. */
function headerOf(text: string): string {
  const clean = text.replace(/[\p{Cc}]/gu, ' ').replace(/[\\"]/g, String.raw`\$&`);
  // Node writes headers as Latin-1: what is beyond goes as its UTF-8 bytes, as Go sends it.
  return `299 - "${Buffer.from(clean).toString('latin1')}"`;
}
