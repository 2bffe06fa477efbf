const escapes =
  /\\(?:u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|(u[dD][89a-fA-F][\da-fA-F]{2})|[^])/g;

/** JSON in which each escaped surrogate without its other half is the character for what is none, as Go reads it. */
export function withoutLoneSurrogates(text: string): string {
  return text.replace(escapes, (found, lone?: string) => (lone === undefined ? found : '\ufffd'));
}
