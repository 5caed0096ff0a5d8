import { createHash } from 'node:crypto'
import { forEachWindow } from '@messlatte/bytes'
import { encodeText, VERITY } from '@messlatte/unpack'
import type { Artefact, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import { readDescriptor } from '../fs-verity/descriptor.ts'
import { fileId, readAttribute } from './attribute.ts'
import type { IntegrityValue } from './facts.ts'
import { metadataOf } from './metadata.ts'

export const ATTRIBUTES = ['security.ima', 'security.evm'] as const
export const POLICY = /^(?:etc\/ima\/ima-policy|etc\/keys\/ima-policy|usr\/lib\/ima\/ima-policy)$/
const WINDOW = 256 * 1024
const MOST_RULES = 2000
/** Rules that are shown, and of each so many characters. */
const MOST_SHOWN = 24
const MOST_TEXT = 160

/** Map: attributes of one file, or a policy. */
export function lookAtIntegrity(artefact: Artefact, out: MapOut): void {
  for (const name of ATTRIBUTES) {
    const hex = artefact.xattrs?.[name]
    if (hex === undefined || artefact.type !== 'file') continue
    const attribute = name === 'security.ima' ? 'ima' : 'evm'
    const value = readAttribute(Buffer.from(hex, 'hex'), attribute)
    const digests = digestsOf(artefact, value)
    out.fact('boot.linux.integrity', placeOf(artefact), { system: artefact.root, attribute, value, digests })
  }
  if (POLICY.test(artefact.inner) && artefact.type === 'file') lookAtPolicy(artefact, out)
}

function digestsOf(artefact: Artefact, value: IntegrityValue): readonly string[] {
  if (value.type === 'hash') return [digestOf(artefact, value.algorithm)]
  if (value.type !== 'signature') return []
  const { algorithm, over, version } = value
  const hashed = (bytes: Uint8Array) => createHash(algorithm).update(bytes).digest('hex')
  switch (over) {
    case 'content': {
      const digest = digestOf(artefact, algorithm)
      return version === 2 ? [digest] : [hashed(fileId('content', algorithm, digest))]
    }
    case 'verity': {
      const kept = artefact.xattrs?.[VERITY.descriptor]
      const descriptor = kept === undefined ? undefined : readDescriptor(Buffer.from(kept, 'hex'))
      return descriptor?.algorithm === algorithm
        ? [hashed(fileId('verity', algorithm, descriptor.digest))]
        : []
    }
    case 'metadata':
      return metadataOf(artefact).map(hashed)
    // Number and generation of the inode, and the identifier of the file system, are of the unit.
    case 'inode':
      return []
  }
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
    rules: appraising.slice(0, MOST_SHOWN).map((rule) => encodeText(rule.slice(0, MOST_TEXT))),
    signatures: appraising.filter((rule) => /\bappraise_type=\S*(?:imasig|sigv3|modsig)/.test(rule)).length,
    leavesOut: rules.filter((rule) => /^dont_appraise(?:\s|$)/.test(rule)).length,
    signed: artefact.xattrs?.['security.ima'] !== undefined,
  })
}
