import { createHash } from 'node:crypto'
import { forEachWindow } from '@messlatte/bytes'
import type { Artefact, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import { readAttribute } from './attribute.ts'

export const ATTRIBUTES = ['security.ima', 'security.evm'] as const
export const POLICY = /^(?:etc\/ima\/ima-policy|etc\/keys\/ima-policy|usr\/lib\/ima\/ima-policy)$/
const WINDOW = 256 * 1024
const MOST_RULES = 2000

/** Map: attributes of one file, or a policy. */
export function lookAtIntegrity(artefact: Artefact, out: MapOut): void {
  for (const name of ATTRIBUTES) {
    const hex = artefact.xattrs?.[name]
    if (hex === undefined || artefact.type !== 'file') continue
    const value = readAttribute(Buffer.from(hex, 'hex'))
    const attribute = name === 'security.ima' ? 'ima' : 'evm'
    const algorithm = attribute === 'ima' && 'algorithm' in value ? value.algorithm : undefined
    const digest = algorithm === undefined ? undefined : digestOf(artefact, algorithm)
    out.fact('boot.linux.integrity', placeOf(artefact), { system: artefact.root, attribute, value, digest })
  }
  if (POLICY.test(artefact.inner) && artefact.type === 'file') lookAtPolicy(artefact, out)
}

function digestOf(artefact: Artefact, algorithm: string): string {
  if (algorithm === 'sha256') return artefact.sha256()
  const hash = createHash(algorithm)
  forEachWindow(artefact.bytes, 0, artefact.bytes.size, WINDOW, 0, (window) => {
    hash.update(window)
    return true
  })
  return hash.digest('hex')
}

/** Linux kernel, Documentation/ABI/testing/ima_policy. */
function lookAtPolicy(artefact: Artefact, out: MapOut): void {
  const rules = artefact
    .text()
    .split('\n')
    .slice(0, MOST_RULES)
    .map((line) => line.trim())
  const appraising = rules.filter((rule) => /^appraise(?:\s|$)/.test(rule))
  if (appraising.length === 0 && !rules.some((rule) => /^(?:dont_)?(?:measure|appraise)(?:\s|$)/.test(rule)))
    return
  out.fact('boot.linux.ima-policy', placeOf(artefact), {
    appraises: appraising.length,
    signatures: appraising.filter((rule) => /\bappraise_type=\S*(?:imasig|sigv3|modsig)/.test(rule)).length,
    leavesOut: rules.filter((rule) => /^dont_appraise(?:\s|$)/.test(rule)).length,
    signed: artefact.xattrs?.['security.ima'] !== undefined,
  })
}
