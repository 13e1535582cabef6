/** Exact fractions of whole numbers of any size. */

export class Fraction {
  readonly top: bigint;
  readonly bottom: bigint;

  constructor(top: bigint | number, bottom: bigint | number = 1n) {
    let [a, b] = [BigInt(top), BigInt(bottom)];
    if (b === 0n) throw new RangeError("nothing can be divided by zero");
    if (b < 0n) [a, b] = [-a, -b];
    const common = gcd(a < 0n ? -a : a, b);
    this.top = a / common;
    this.bottom = b / common;
  }

  /** Reads `2/3`, `0.70`, `-1` or `5`. */
  static of(text: string | number | bigint): Fraction {
    const written = String(text);
    const [whole, below] = written.split("/");
    if (below !== undefined) return new Fraction(BigInt(whole!), BigInt(below));
    const [digits, decimals = ""] = written.split(".");
    return new Fraction(BigInt(digits! + decimals), 10n ** BigInt(decimals.length));
  }

  plus(other: Fraction): Fraction {
    return new Fraction(this.top * other.bottom + other.top * this.bottom, this.bottom * other.bottom);
  }

  minus(other: Fraction): Fraction {
    return this.plus(other.times(MINUS_ONE));
  }

  times(other: Fraction): Fraction {
    return new Fraction(this.top * other.top, this.bottom * other.bottom);
  }

  over(other: Fraction): Fraction {
    return new Fraction(this.top * other.bottom, this.bottom * other.top);
  }

  /** Negative, 0 or positive, as this is less than, equal to or more than the other. */
  compare(other: Fraction): number {
    const difference = this.top * other.bottom - other.top * this.bottom;
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  }

  equals(other: Fraction): boolean {
    return this.compare(other) === 0;
  }

  floor(): bigint {
    return floorDivide(this.top, this.bottom);
  }

  toString(): string {
    return this.bottom === 1n ? `${this.top}` : `${this.top}/${this.bottom}`;
  }

  /** With so many decimals, rounded half to even: 21/32 gives "0.6562". */
  decimals(places: number): string {
    const scaled = roundedHalfEven(this.top * 10n ** BigInt(places), this.bottom);
    const digits = String(scaled < 0n ? -scaled : scaled).padStart(places + 1, "0");
    return `${scaled < 0n ? "-" : ""}${digits.slice(0, -places)}.${digits.slice(-places)}`;
  }

  /** As a decimal without trailing zeros, at most so many: "6.5", "4". */
  short(places = 6): string {
    return this.decimals(places).replace(/\.?0+$/, "");
  }
}

export function min(one: Fraction, other: Fraction): Fraction {
  return one.compare(other) <= 0 ? one : other;
}

export function max(one: Fraction, other: Fraction): Fraction {
  return one.compare(other) >= 0 ? one : other;
}

export function sum(values: Iterable<Fraction>): Fraction {
  let total = ZERO;
  for (const value of values) total = total.plus(value);
  return total;
}

export function floorDivide(top: bigint, bottom: bigint): bigint {
  const quotient = top / bottom;
  return top % bottom !== 0n && top < 0n !== bottom < 0n ? quotient - 1n : quotient;
}

function roundedHalfEven(top: bigint, bottom: bigint): bigint {
  const floor = floorDivide(top, bottom);
  const rest = (top - floor * bottom) * 2n;
  return rest > bottom || (rest === bottom && floor % 2n !== 0n) ? floor + 1n : floor;
}

function gcd(one: bigint, other: bigint): bigint {
  while (other) [one, other] = [other, one % other];
  return one || 1n;
}

const MINUS_ONE = new Fraction(-1n);
export const ZERO = new Fraction(0n);
export const ONE = new Fraction(1n);
