import { type JsonObject, parseObject } from './json.ts'

export interface Jws {
  readonly header: JsonObject
  readonly payload: Buffer
  /** What the signature is over. */
  readonly signed: Buffer
  readonly signature: Buffer
}

const MOST_TEXT = 256 * 1024

/** The compact form: three parts in base64url with points between them; undefined for what is none. RFC 7515, section 3.1. */
export function parseJws(text: unknown): Jws | undefined {
  if (typeof text !== 'string' || text.length > MOST_TEXT) return undefined
  const [header, payload, signature, ...more] = text.split('.')
  if (!header || !payload || !signature || more.length > 0) return undefined
  const parsed = parseObject(Buffer.from(header, 'base64url').toString('utf8'))
  return (
    parsed && {
      header: parsed,
      payload: Buffer.from(payload, 'base64url'),
      signed: Buffer.from(`${header}.${payload}`, 'latin1'),
      signature: Buffer.from(signature, 'base64url'),
    }
  )
}
