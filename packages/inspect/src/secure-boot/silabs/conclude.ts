import type { Json } from '@messlatte/model'
import type { EvidenceDraft, Fact, Facts, ReduceOut, Settings } from '../../contract.ts'
import { otherEvidence, rollbackEvidence, signatureEvidence, unsignedEvidence } from '../outcome/evidence.ts'
import { type KeyRing, keyRing } from '../outcome/keys.ts'
import type { Outcome } from '../outcome/outcome.ts'
import type { SilabsFact } from './facts.ts'
import * as say from './say.ts'
import { SILABS, SILABS_APPLICATION } from './scheme.ts'
import { verifySilabs } from './verify.ts'

type File = Fact<'boot.silabs.file'>

export function concludeSilabs(facts: Facts, out: ReduceOut, settings: Settings): void {
  const ring = keyRing(facts, settings)
  for (const file of facts.of('boot.silabs.file')) {
    for (const draft of [...ofFile(file, facts, ring), ...ofApplication(file, facts, ring)])
      out.evidence(draft)
  }
}

function ofFile(file: File, facts: Facts, ring: KeyRing): readonly EvidenceDraft[] {
  const { data, place } = file
  const observed = observedFile(data)
  const rollback = rollbackEvidence(SILABS, place, data.version, observed)
  const { signed } = data
  if (signed) {
    const at = { ...place, offset: signed.offset, length: 64 }
    const outcome = verifySilabs(signed, data.certificate, facts, ring, place.path)
    return [
      ...signatureEvidence(SILABS, at, ring, outcome, observed),
      ...(data.behind.length > 0 ? [behindEvidence(file)] : []),
      rollback,
    ]
  }
  if (data.announced && !data.whole) {
    const outcome: Outcome = { result: 'not-verified', why: 'cut' }
    return signatureEvidence(SILABS, place, ring, outcome, observed)
  }
  if (data.container === 'ebl' && data.encrypted) return [sharedKeyEvidence(file)]
  return [unsignedEvidence(SILABS, place, data.intact ? 'E1' : 'E0', observed, reasonOf(data)), rollback]
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
function ofApplication({ data, place }: File, facts: Facts, ring: KeyRing): readonly EvidenceDraft[] {
  const { application } = data
  if (!application) return []
  const { check, version, signed } = application
  const observed = { check, version }
  if (signed) {
    const at = { ...place, offset: signed.offset, length: 64 }
    const outcome = verifySilabs(signed, undefined, facts, ring, place.path)
    return signatureEvidence(SILABS_APPLICATION, at, ring, outcome, observed)
  }
  if (check === 'none' || check === 'crc32')
    return [unsignedEvidence(SILABS_APPLICATION, place, check === 'none' ? 'E0' : 'E1', observed)]
  return signatureEvidence(
    SILABS_APPLICATION,
    place,
    ring,
    { result: 'not-verified', why: 'algorithm' },
    observed,
  )
}

function observedFile(data: SilabsFact): { readonly [key: string]: Json } {
  return {
    container: data.container,
    encrypted: data.encrypted,
    headerSaysSigned: data.announced,
    crc: data.intact ? 'match' : data.whole ? 'mismatch' : 'cut-off',
    certificate: data.certificate ? { version: data.certificate.version } : null,
    tags: data.tags,
    repeat: 'commander gbl parse FILE.gbl; commander gbl verify FILE.gbl --verify PUBLIC.pem',
  }
}
