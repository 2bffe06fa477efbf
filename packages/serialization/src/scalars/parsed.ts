/** What the text of a scalar became, or what Go says is wrong with it. */
export type Parsed<T> = { readonly value: T } | { readonly problem: string };
