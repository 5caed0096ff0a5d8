import { ecSpki, Reader, rsaSpki, sha256 } from '@messlatte/bytes'
import type { HabRoot } from './facts.ts'

const TABLE = 0xd7
const KEY = 0xe1
const DIGEST = 0xee
const RSA = 0x21
const ECDSA = 0x27
const CURVES = { 75: 'P-256', 77: 'P-384', 78: 'P-521' } as const
const MAX_KEYS = 16

/**
 * The table of root keys, and which of them is chosen; undefined for what is none. Fuses hold SHA-256 over the digests of
 * all records, those with their headers, or the digest that stands in place of a key. NXP, HAB version 4 API reference, "SRK".
 */
export function readRoot(table: Uint8Array, index: number): HabRoot | undefined {
  if (table[0] !== TABLE) return undefined
  const records: Uint8Array[] = []
  for (let at = 4; at + 4 <= table.length && records.length < MAX_KEYS; ) {
    const length = new Reader(table, 'big', at + 1).u16()
    if (length < 4 || at + length > table.length) return undefined
    records.push(table.subarray(at, at + length))
    at += length
  }
  const digests = records.map((record) => (record[0] === DIGEST ? record.subarray(4, 36) : digestOf(record)))
  const chosen = records[index]
  if (!chosen || digests.some(({ length }) => length !== 32)) return undefined
  return {
    index,
    keys: records.length,
    tableSha256: sha256(Buffer.concat(digests)),
    spki: spkiOf(chosen)?.toString('base64'),
  }
}

function digestOf(record: Uint8Array): Buffer {
  return Buffer.from(sha256(record), 'hex')
}

function spkiOf(record: Uint8Array): Buffer | undefined {
  if (record[0] !== KEY || record.length < 12) return undefined
  const reader = new Reader(record, 'big', 8)
  if (record[3] === RSA) {
    const [modulus, exponent] = [reader.u16(), reader.u16()]
    if (record.length !== 12 + modulus + exponent) return undefined
    return rsaSpki(reader.take(modulus), reader.take(exponent))
  }
  if (record[3] !== ECDSA) return undefined
  const curve = CURVES[reader.u8() as keyof typeof CURVES]
  reader.skip(1)
  const size = Math.ceil(reader.u16() / 8)
  return curve && record.length === 12 + 2 * size ? ecSpki(curve, reader.take(2 * size)) : undefined
}
