import { createHash } from 'node:crypto'
import { FORMATS } from '@messlatte/unpack'
import { CHECKS } from './checks.ts'
import { canonical } from './engine/evidence.ts'

/** SHA-256 (hex) over the manifests of all checks and formats: what could have been found at all. */
export function checksDigest(): string {
  const checks = CHECKS.map(({ id, version, provisions, cases, input }) => ({
    id,
    version,
    provisions: provisions.map((one) => `${one.edition}:${one.id}`),
    cases: cases.map((one) => `${one.spec}:${one.id}`),
    input,
  }))
  const formats = FORMATS.map(({ name, kind, limits }) => ({ name, kind, limits }))
  return createHash('sha256').update(canonical({ checks, formats })).digest('hex')
}
