/** A line that ends a document or begins one. */
const marker = /^(?:---|\.\.\.)(?=[ \t\r\n]|$)/gm;
const beforeContent = /^(?:[ \t]*(?:#.*)?\r?\n|%.*\r?\n|\ufeff)*$/;

/** The text of the first document of a stream: the others are not even parsed. */
export function firstDocument(text: string): string {
  for (const { index } of text.matchAll(marker)) {
    const begins = text.startsWith('---', index) && beforeContent.test(text.slice(0, index));
    if (!begins) return text.slice(0, index);
  }
  return text;
}
