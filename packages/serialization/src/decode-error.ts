/** Why bytes are no object of the type that they should be, in the words of Go's decoders. */
export class DecodeError extends Error {}
