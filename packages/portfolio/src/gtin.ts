/** A GTIN of 14 digits (GS1 General Specifications, section 3.3): shorter ones get zeros in front. */
export type Gtin = string

export type GtinProblem = 'digits' | 'length' | 'check-digit'

const LENGTHS = [8, 12, 13, 14]

/** Reads a GTIN-8, -12, -13 or -14; spaces and dashes between digits are passed over. */
export function readGtin(written: string): { readonly gtin: Gtin } | { readonly problem: GtinProblem } {
  const digits = written.replaceAll(/[\s-]/g, '')
  if (!/^\d{1,14}$/.test(digits)) return { problem: /^\d+$/.test(digits) ? 'length' : 'digits' }
  if (!LENGTHS.includes(digits.length)) return { problem: 'length' }
  const gtin = digits.padStart(14, '0')
  return checkDigit(gtin.slice(0, 13)) === Number(gtin[13]) ? { gtin } : { problem: 'check-digit' }
}

/** Modulo 10 over 13 digits, weighted 3, 1, 3 … from the left (GS1 General Specifications, section 7.9). */
export function checkDigit(thirteen: string): number {
  const sum = [...thirteen].reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 3 : 1), 0)
  return (10 - (sum % 10)) % 10
}
