// CRC-32 as gzip has it (RFC 1952): polynomials over GF(2) modulo 0xedb88320, the lowest power in the highest bit.

const modulus = 0xedb88320;
const one = 0x80000000;
const eightZeroBits = 0x00800000;

/** What a CRC is multiplied with when `length` bytes follow: x^(8 * length). Costs a microsecond; worth keeping. */
export function crcShift(length: number): number {
  let shift = one;
  let power = eightZeroBits;
  for (let rest = length; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) shift = product(shift, power);
    power = product(power, power);
  }
  return shift;
}

/** The CRC of two texts one after the other, from the CRC of each and the `crcShift` of the second one's length. */
export function combineCrc(first: number, second: number, shiftOfSecond: number): number {
  return (product(first, shiftOfSecond) ^ second) >>> 0;
}

/** The `crcShift` of two lengths together, from that of each. */
export function combineShifts(first: number, second: number): number {
  return product(first, second);
}

function product(a: number, b: number): number {
  let sum = 0;
  let multiple = b;
  for (let bit = one; bit !== 0; bit >>>= 1) {
    if ((a & bit) !== 0) sum ^= multiple;
    multiple = (multiple & 1) === 0 ? multiple >>> 1 : (multiple >>> 1) ^ modulus;
  }
  return sum >>> 0;
}
