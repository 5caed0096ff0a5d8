import type { Json } from '@messlatte/model'
import type { EvidenceDraft, Fact, Facts, Place, ReduceOut, Settings } from '../../contract.ts'
import type { LinkSignature, Stage } from '../chain/facts.ts'
import {
  besideGaps,
  otherEvidence,
  rollbackEvidence,
  signatureEvidence,
  unsignedEvidence,
} from '../outcome/evidence.ts'
import { type KeyRing, keyRing } from '../outcome/keys.ts'
import { linkOf } from '../outcome/link.ts'
import { judge, type Outcome } from '../outcome/outcome.ts'
import type { Scheme } from '../outcome/scheme.ts'
import type { SilabsFact } from './facts.ts'
import * as say from './say.ts'
import { SILABS, SILABS_APPLICATION } from './scheme.ts'
import { verifySilabs } from './verify.ts'

type File = Fact<'boot.silabs.file'>

export function concludeSilabs(facts: Facts, out: ReduceOut, settings: Settings): void {
  const ring = keyRing(facts, settings)
  for (const file of facts.of('boot.silabs.file')) {
    for (const draft of [...ofFile(file, facts, ring, out), ...ofApplication(file, facts, ring, out)])
      out.evidence(draft)
  }
}

const P256: LinkSignature = { type: 'ecdsa', curve: 'P-256' }

/** What the file updates, and what is verified of it at each start, are two links with one holder. */
function link(scheme: Scheme, at: Place, stage: Stage, details: LinkOutcome, out: ReduceOut): void {
  const { outcome, ring, level, gaps = [], version, encrypted } = details
  const covers = [{ path: at.path, stage, name: stage, ...(encrypted ? { encrypted } : {}) }]
  const rollback =
    version === undefined ? [] : [{ name: 'version', value: version, signed: outcome !== undefined }]
  const common = { covers, rollback, name: stage } as const
  const of = outcome
    ? ({
        ...common,
        evidence: 'signature',
        level: judge(scheme, ring, outcome).level,
        signature: P256,
        hash: 'sha256',
        keys: 'keys' in outcome ? outcome.keys : [],
        gaps: gaps.map((name) => ({ path: at.path, stage, name, why: say.BEHIND_REASON })),
      } as const)
    : ({ ...common, evidence: 'unsigned', level } as const)
  out.fact('chain.link', at, linkOf(scheme, at, of))
}

interface LinkOutcome {
  /** Undefined where nothing is signed. */
  readonly outcome?: Outcome
  readonly ring: KeyRing
  readonly level: 'E0' | 'E1'
  readonly gaps?: readonly string[]
  readonly version?: number | undefined
  readonly encrypted?: boolean
}

function ofFile(file: File, facts: Facts, ring: KeyRing, out: ReduceOut): readonly EvidenceDraft[] {
  const { data, place } = file
  const observed = observedFile(data)
  const rollback = rollbackEvidence(SILABS, place, data.version, observed)
  const { signed, encrypted, version } = data
  const level = data.intact ? 'E1' : 'E0'
  const known = { ring, level, version, encrypted } as const
  if (signed) {
    const at = { ...place, offset: signed.offset, length: 64 }
    const outcome = verifySilabs(signed, data.certificate, facts, ring, place.path)
    link(SILABS, at, 'update', { ...known, outcome, gaps: data.behind }, out)
    const told = signatureEvidence(SILABS, at, ring, outcome, observed)
    return [
      ...(data.behind.length > 0 ? told.map(besideGaps) : told),
      ...(data.behind.length > 0 ? [behindEvidence(file)] : []),
      rollback,
    ]
  }
  if (data.announced && !data.whole) {
    const outcome: Outcome = { result: 'not-verified', why: 'cut' }
    link(SILABS, place, 'update', { ...known, outcome }, out)
    return signatureEvidence(SILABS, place, ring, outcome, observed)
  }
  if (data.container === 'ebl' && data.encrypted) return [sharedKeyEvidence(file)]
  link(SILABS, place, 'update', known, out)
  return [unsignedEvidence(SILABS, place, level, observed, reasonOf(data)), rollback]
}

function reasonOf({ announced, encrypted, container }: SilabsFact) {
  if (announced) return say.STRIPPED
  if (encrypted) return say.ENCRYPTED_ONLY
  return container === 'ebl' ? say.NO_PLACE : undefined
}

function behindEvidence({ data, place }: File): EvidenceDraft {
  return otherEvidence(SILABS, 'not-covered', place, {
    polarity: 'against',
    title: say.BEHIND,
    observation: { behind: data.behind, repeat: 'commander gbl parse FILE.gbl' },
    confidence: { grade: 'medium', reason: say.BEHIND_REASON },
    overturnedBy: say.REFUSED_BEHIND,
  })
}

function sharedKeyEvidence({ data, place }: File): EvidenceDraft {
  return otherEvidence(SILABS, 'encrypted', place, {
    polarity: 'neutral',
    level: 'E3',
    title: say.SHARED_KEY,
    observation: observedFile(data),
    confidence: { grade: 'medium', reason: say.SHARED_KEY_REASON },
  })
}

/** What is verified at each start, where the program is in the clear and says so itself. */
function ofApplication(
  { data, place }: File,
  facts: Facts,
  ring: KeyRing,
  out: ReduceOut,
): readonly EvidenceDraft[] {
  const { application } = data
  if (!application) return []
  const { check, version, signed } = application
  const observed = { check, version }
  if (signed) {
    const at = { ...place, offset: signed.offset, length: 64 }
    const outcome = verifySilabs(signed, undefined, facts, ring, place.path)
    link(SILABS_APPLICATION, at, 'application', { ring, level: 'E0', outcome, version }, out)
    return signatureEvidence(SILABS_APPLICATION, at, ring, outcome, observed)
  }
  const level = check === 'none' ? 'E0' : 'E1'
  if (check === 'none' || check === 'crc32') {
    link(SILABS_APPLICATION, place, 'application', { ring, level, version }, out)
    return [unsignedEvidence(SILABS_APPLICATION, place, level, observed)]
  }
  const outcome: Outcome = { result: 'not-verified', why: 'algorithm' }
  link(SILABS_APPLICATION, place, 'application', { ring, level, outcome, version }, out)
  return signatureEvidence(SILABS_APPLICATION, place, ring, outcome, observed)
}

function observedFile(data: SilabsFact): { readonly [key: string]: Json } {
  return {
    container: data.container,
    encrypted: data.encrypted,
    headerSaysSigned: data.announced,
    crc: data.intact ? 'match' : data.whole ? 'mismatch' : 'cut-off',
    certificate: data.certificate ? { version: data.certificate.version } : null,
    tags: data.tags,
    repeat: 'commander gbl parse FILE.gbl; then ECDSA P-256 over all bytes before the signature’s tag',
  }
}
