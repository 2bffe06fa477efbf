import { isIP } from 'node:net';

/** The family of a CIDR; undefined for a text that is none. */
export function parseCIDR(text: string): { readonly family: 4 | 6 } | undefined {
  const [address = '', bits = '', ...more] = text.split('/');
  const family = isIP(address);
  if (
    family === 0 ||
    more.length > 0 ||
    !/^\d{1,3}$/.test(bits) ||
    Number(bits) > (family === 4 ? 32 : 128)
  )
    return undefined;
  return { family: family === 4 ? 4 : 6 };
}
