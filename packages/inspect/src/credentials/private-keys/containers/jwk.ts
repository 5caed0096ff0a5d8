import { createPrivateKey, type JsonWebKey } from 'node:crypto'
import type { Bytes } from '@messlatte/bytes'
import { type KeyRead, privateKey } from '../read-key.ts'
import { textAt } from './text.ts'

export const JWK_LITERAL = '"kty"'

const MOST_LENGTH = 8 * 1024
const MOST_BEFORE = 4 * 1024

/** A JSON Web Key (RFC 7517) with private members, around this `"kty"`: alone, in a set, or inside of other JSON. */
export function readJwk(
  bytes: Bytes,
  offset: number,
): (KeyRead & { readonly length: number; readonly offset: number }) | undefined {
  const from = Math.max(0, offset - MOST_BEFORE)
  const text = textAt(bytes, from, offset - from + MOST_LENGTH)
  const start = text.lastIndexOf('{', offset - from)
  const end = text.indexOf('}', offset - from)
  // The members that matter are texts: an object within the key's ends the reading, and is rare.
  if (start < 0 || end < 0) return undefined
  const jwk = parsed(text.slice(start, end + 1))
  if (typeof jwk?.d !== 'string' || jwk.d.length < 20) return undefined
  const key = privateKey(
    createPrivateKey({ key: jwk, format: 'jwk' }),
    'jwk',
    typeof jwk.kid === 'string' ? jwk.kid : '',
  )
  return key && { ...key, offset: from + start, length: end + 1 - start }
}

function parsed(text: string): JsonWebKey | undefined {
  try {
    return JSON.parse(text) as JsonWebKey
  } catch {
    return undefined
  }
}
