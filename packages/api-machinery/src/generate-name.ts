// No vowels and no look-alikes, so that no words come out. Behaviour: k8s.io/apimachinery util/rand.
const alphabet = 'bcdfghjklmnpqrstvwxz2456789';
const suffixLength = 5;
/** Names of 63 characters, the shortest limit of any kind, less the suffix. */
const maxBaseLength = 58;

/** `length` random letters of the alphabet that generated names use. */
export function randomSuffix(length: number): string {
  let suffix = '';
  while (suffix.length < length) suffix += randomLetter();
  return suffix;
}

/** A byte that would make some letters likelier than others is passed over: empty. */
function randomLetter(): string {
  const byte = randomByte();
  return byte < 256 - (256 % alphabet.length) ? alphabet.charAt(byte % alphabet.length) : '';
}

// Drawn many at once: a draw costs more than all the letters of a name.
const bytes = new Uint8Array(512);
let next = bytes.length;

function randomByte(): number {
  if (next === bytes.length) {
    crypto.getRandomValues(bytes);
    next = 0;
  }
  return bytes[next++] ?? 0;
}

/** Makes a name of a base: cut to 58 characters, and five random ones. */
export function generateName(base: string): string {
  return base.slice(0, maxBaseLength) + randomSuffix(suffixLength);
}

/** A new `metadata.uid`. */
export function newUID(): string {
  return crypto.randomUUID();
}
