import type { SignatureLevel } from '@messlatte/model'
import type { EvidenceDraft } from '../../contract.ts'
import { provisions } from '../../drafts.ts'
import type { Content } from './content.ts'
import type { Image } from './keys.ts'
import * as say from './say.ts'
import { neutral, observedHashes, observedImage, SECURE_BOOT } from './signature-evidence.ts'

const ROLLBACK = { provisions: provisions(['5.3-2', '5.7-1']), cases: [] } as const
/** TLVs that decide what is started and mean something only where the signature covers them. */
const DECIDING: ReadonlySet<string> = new Set(['security-counter', 'dependency', 'boot-record'])

export function mismatchEvidence({ place, data }: Image, content: Content): readonly EvidenceDraft[] {
  return content.hashes
    .filter(({ result }) => result === 'mismatch')
    .map(
      ({ hash, computed }): EvidenceDraft => ({
        ...SECURE_BOOT,
        kind: 'boot.mcuboot.hash-mismatch',
        polarity: 'against',
        level: 'EX',
        place: { ...place, offset: hash.offset, length: hash.length },
        title: say.hashMismatch(data.version),
        observation: {
          version: data.version,
          algorithm: hash.algorithm,
          stated: hash.stated,
          computed: computed ?? null,
          repeat: 'imgtool verify IMAGE',
        },
        confidence: { grade: 'high', reason: say.RECOMPUTED },
        overturnedBy: say.CUT_OR_OTHER_KEY,
      }),
    )
}

/** An image that carries a hash at most. */
export function unsignedEvidence({ place, data }: Image, content: Content): EvidenceDraft {
  const calledSigned = isCalledSigned(place.path)
  return {
    ...SECURE_BOOT,
    kind: 'boot.mcuboot.unsigned',
    polarity: 'against',
    level: levelOf(content),
    place,
    title: calledSigned ? say.calledSigned(data.version) : say.unsigned(data.version),
    observation: {
      ...observedImage(data),
      hashes: observedHashes(content),
      calledSigned,
      repeat: 'imgtool dumpinfo IMAGE',
    },
    confidence: { grade: 'medium', reason: data.encrypted ? say.ENCRYPTED_ONLY : say.HASH_ONLY },
    overturnedBy: say.SIGNED_ELSEWHERE,
  }
}

/** Builds name what they put a hash on `zephyr.signed.bin`, whether a key was there or not. */
function isCalledSigned(path: string): boolean {
  return /(?:^|[^a-z])signed(?:[^a-z]|$)/i.test(path)
}

function levelOf({ hashes }: Content): SignatureLevel {
  return hashes.length > 0 && hashes.every(({ result }) => result === 'match') ? 'E2' : 'E0'
}

export function cutEvidence({ place, data }: Image): EvidenceDraft {
  return {
    ...SECURE_BOOT,
    ...neutral('E3', say.notVerified(data.version), say.CUT),
    kind: 'boot.mcuboot.signature',
    place,
    observation: { version: data.version, bodyLength: data.bodyLength, result: 'cut-off' },
  }
}

/** The counter that a boot loader compares with its own, and what an image depends on. */
export function rollbackEvidence({ place, data }: Image): EvidenceDraft {
  const counts = data.counter?.protected === true
  return {
    ...ROLLBACK,
    kind: 'boot.mcuboot.rollback',
    polarity: 'neutral',
    place,
    title: counts && data.counter ? say.counter(data.counter.value) : say.NO_COUNTER,
    observation: {
      ...observedImage(data),
      repeat: 'imgtool dumpinfo IMAGE',
      enforcement: 'open: MCUBOOT_HW_ROLLBACK_PROT and MCUBOOT_DOWNGRADE_PREVENTION of the boot loader',
    },
    confidence: { grade: 'medium', reason: counts ? say.COUNTER_REASON : say.NO_COUNTER_REASON },
  }
}

/** Names of what decides and stands where no signature reaches. */
export function openToAnybody({ data }: Pick<Image, 'data'>): readonly string[] {
  return data.tlvs
    .filter(({ name, protected: isProtected }) => !isProtected && DECIDING.has(name))
    .map(({ name }) => name)
}

/** What decides and lies outside of what is hashed: anybody can change it. */
export function uncoveredEvidence({ place, data }: Image): readonly EvidenceDraft[] {
  const open = openToAnybody({ data })
  if (open.length === 0 || data.signatures.length === 0) return []
  return [
    {
      ...SECURE_BOOT,
      kind: 'boot.mcuboot.not-covered',
      polarity: 'against',
      place,
      title: say.NOT_COVERED,
      observation: {
        version: data.version,
        open,
        repeat: 'imgtool dumpinfo IMAGE',
      },
      confidence: { grade: 'medium', reason: say.NOT_COVERED_REASON },
      overturnedBy: say.ALLOW_LIST,
    },
  ]
}

export function slotEvidence({ place, data }: Image): readonly EvidenceDraft[] {
  const { slot } = data
  if (!slot) return []
  return [
    {
      ...ROLLBACK,
      kind: 'boot.mcuboot.slot',
      polarity: 'neutral',
      place: { ...place, offset: slot.offset, length: 16 },
      title: say.slot(slot),
      observation: {
        imageOk: slot.imageOk,
        copyDone: slot.copyDone,
        swap: slot.swap,
        repeat: 'imgtool dumpinfo SLOT',
      },
      confidence: { grade: 'medium', reason: say.SLOT_REASON },
    },
  ]
}
