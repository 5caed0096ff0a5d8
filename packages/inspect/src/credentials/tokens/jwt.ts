import { isDrawn } from './digits.ts'
import type { Verified } from './rule.ts'

/** Characters of a signature, base64url, by algorithm (RFC 7518); RSA by the size of its key. */
const SIGNATURES: Readonly<Record<string, readonly number[]>> = {
  HS256: [43],
  HS384: [64],
  HS512: [86],
  RS256: [171, 342, 512, 683],
  RS384: [171, 342, 512, 683],
  RS512: [171, 342, 512, 683],
  PS256: [171, 342, 512, 683],
  ES256: [86],
  ES256K: [86],
  ES384: [128],
  ES512: [176],
  EdDSA: [86],
}
const NAMED = ['iss', 'sub', 'aud', 'azp', 'role', 'scope', 'iat', 'exp', 'nbf'] as const

/** A JSON Web Token (RFC 7519): both parts parse, and the signature is as long as its algorithm makes it. */
export function verifyJwt(match: RegExpExecArray): Verified | undefined {
  const [token, first = '', second = '', signature = ''] = match
  const [header, claims] = [objectOf(first), objectOf(second)]
  const algorithm = header?.alg
  if (!header || !claims || typeof algorithm !== 'string') return undefined
  if (!SIGNATURES[algorithm]?.includes(signature.length)) return undefined
  const more: Record<string, number | string | null> = { alg: algorithm }
  for (const name of NAMED) {
    const claim = claims[name]
    if (typeof claim === 'number' || (typeof claim === 'string' && claim.length <= 200))
      more[name] = printed(claim)
  }
  const published = claims.name === 'John Doe' || claims.iss === 'joe' || !isDrawn(signature, 3.5)
  const visible = claims.role === 'anon'
  const ends = typeof claims.exp === 'number'
  return {
    value: token,
    grade: ends || visible ? 'low' : 'medium',
    ...(visible ? { weakness: 'public-identifier' } : ends ? { weakness: 'limited' } : {}),
    ...(published ? { state: 'example' } : {}),
    more,
  }
}

function printed(claim: number | string): number | string {
  return typeof claim === 'number' ? claim : claim.replace(/[^ -~]/g, '?')
}

function objectOf(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined
  } catch {
    return undefined
  }
}
