import type { Confidence, Polarity, SignatureLevel, Text } from '@messlatte/model'
import type { EvidenceDraft, Observation, Place } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import type { BlockFact, EspImageFact } from './facts.ts'
import { type Context, digestsOf, type Image, type KeyUse, useOfBlockKey, verifyV1 } from './keys.ts'
import { demandOf, type Linked, signatureOf } from './links.ts'
import * as say from './say.ts'

export const SECURE_BOOT = { provisions: provisions(['5.7-1']), cases: cases('5.7-1-1', '5.7-1-2') } as const

interface Judgement {
  readonly level: SignatureLevel
  readonly polarity: Polarity
  readonly title: Text
  readonly confidence: Confidence
  readonly overturnedBy?: Text
}

/** Evidence of a signature, and the link of the chain that it is. */
export interface Stated {
  readonly link: Linked
  readonly more: readonly EvidenceDraft[]
}

/** One block of version 2, and what is to be said of its key. */
export function blockEvidence(image: Image, block: BlockFact, context: Context): Stated {
  const place = { ...image.place, offset: block.offset, length: block.length }
  const use = block.key && useOfBlockKey(image, block.key, context)
  const hardware = hardwareOf(image, context)
  const observation = {
    ...observedImage(image.data),
    scheme: 'secure-boot-2',
    block: block.index,
    algorithm: block.algorithm ?? null,
    result: block.fault === undefined ? 'verified' : block.fault,
    digest: { stated: block.stated, computed: block.computed },
    key: use ? observedKey(use) : null,
    hardware,
    repeat: 'espsecure signature-info-v2 IMAGE; espsecure verify-signature --version 2 --keyfile KEY IMAGE',
    enforcement: 'open: espefuse summary on the unit (SECURE_BOOT_EN or ABS_DONE_1, BLOCK_KEYn digests)',
  }
  const judgement = judgeBlock(image, block, use, context)
  const draft = { ...SECURE_BOOT, ...judgement, kind: 'boot.esp.signature', place, observation }
  return {
    link: {
      draft,
      scheme: 'esp-secure-boot-2',
      image,
      signature: signatureOf(block.algorithm),
      hash: block.stated.length === 96 ? 'sha384' : 'sha256',
      keys: use ? [use] : [],
      demand: demandOf(image, hardware, context),
    },
    more: use && block.fault === undefined ? worthlessEvidence(place, use, context) : [],
  }
}

function judgeBlock(
  image: Image,
  { fault }: BlockFact,
  use: KeyUse | undefined,
  context: Context,
): Judgement {
  if (fault === 'unknown-algorithm') return neutral('E3', say.notVerified(image.data), say.UNKNOWN_ALGORITHM)
  if (fault !== undefined || !use) {
    return {
      level: 'EX',
      polarity: 'against',
      title: say.refused(image.data),
      confidence: { grade: 'high', reason: say.FAULTS[fault ?? 'key'] },
      overturnedBy: say.CUT_OR_NOT_STARTED,
    }
  }
  return judgeVerified(image, [use], context)
}

function judgeVerified(image: Image, keys: readonly KeyUse[], context: Context): Judgement {
  const from = (origin: KeyUse['origin']) => keys.some((key) => key.origin === origin)
  const level = from('trusted') ? 'E6' : from('earlier') ? 'E5' : 'E4'
  const title = say.verified(image.data, level)
  const hardware = hardwareOf(image, context)
  if (keys.some((key) => key.known || context.leaked.has(key.spkiSha256)))
    return neutral(level, title, say.SIGNER_WORTHLESS)
  if (hardware === 'own-key') return neutral(level, title, say.OWN_KEY)
  if (hardware === 'boot-loader-unsigned') return neutral(level, title, say.LOADER_UNSIGNED)
  if (level === 'E4') return neutral(level, title, travellingReason(hardware, context))
  if (level === 'E5' && image.data.v1 === undefined && hardware !== 'boot-loader-demands')
    return neutral(level, title, say.LOADER_SILENT)
  return {
    level,
    polarity: 'for',
    title,
    confidence: { grade: level === 'E6' ? 'high' : 'medium', reason: say.PREPARED },
  }
}

function travellingReason(hardware: Hardware, { settings }: Context): Text {
  if (settings.trusted.length + settings.trustedDigests.length > 0) return say.NOT_THE_TRUSTED
  return hardware === 'boot-loader-has-other-key' ? say.OTHER_KEY : say.TRAVELLING
}

/** What the release shows of whether the chip itself, and not an update alone, verifies this image. */
export type Hardware =
  | 'own-key'
  | 'boot-loader-unsigned'
  | 'boot-loader-has-other-key'
  | 'boot-loader-demands'
  | 'boot-loader-signed'
  | 'not-shown'

function hardwareOf(image: Image, { loaders }: Context): Hardware {
  const { data } = image
  if (data.traces.includes('app-takes-key-from-itself')) return 'own-key'
  if (data.role === 'boot-loader')
    return data.traces.includes('enables-secure-boot-2') ? 'boot-loader-demands' : 'not-shown'
  // Version 1 leaves the boot loader without a signature: the chip keeps a digest of it.
  if (data.v1 || loaders.length === 0) return 'not-shown'
  const signed = loaders.filter((loader) => digestsOf(loader.data.blocks).size > 0)
  if (signed.length === 0) return 'boot-loader-unsigned'
  const own = digestsOf(data.blocks)
  const same = signed.filter((loader) => [...digestsOf(loader.data.blocks)].some((digest) => own.has(digest)))
  if (same.length === 0) return 'boot-loader-has-other-key'
  const demands = same.some((loader) => loader.data.traces.includes('enables-secure-boot-2'))
  return demands ? 'boot-loader-demands' : 'boot-loader-signed'
}

export function v1Evidence(image: Image, context: Context): readonly Stated[] {
  const { v1 } = image.data
  if (!v1) return []
  const place = { ...image.place, offset: v1.offset, length: v1.length }
  const { keys, refused } = verifyV1(image, v1, context)
  const hardware = hardwareOf(image, context)
  const judgement: Judgement =
    keys.length > 0
      ? judgeVerified(image, keys, context)
      : refused.length > 0
        ? {
            level: 'EX',
            polarity: 'against',
            title: say.refused(image.data),
            confidence: { grade: 'medium', reason: say.ONLY_KEY },
            overturnedBy: say.CUT_OR_NOT_STARTED,
          }
        : neutral('E3', say.notVerified(image.data), say.NO_KEY)
  const observation = {
    ...observedImage(image.data),
    scheme: 'secure-boot-1',
    algorithm: 'ecdsa-p256-sha256',
    result: keys.length > 0 ? 'verified' : refused.length > 0 ? 'signature' : 'no-key',
    digest: { computed: v1.digest },
    keys: (keys.length > 0 ? keys : refused).map(observedKey),
    hardware,
    repeat: 'espsecure verify-signature --version 1 --keyfile KEY IMAGE',
    enforcement: 'open: espefuse summary on the unit (ABS_DONE_0)',
  }
  const draft = { ...SECURE_BOOT, ...judgement, kind: 'boot.esp.signature', place, observation }
  const distinct = new Map(keys.map((key) => [key.spkiSha256, key]))
  return [
    {
      link: {
        draft,
        scheme: 'esp-secure-boot-1',
        image,
        signature: { type: 'ecdsa', curve: 'P-256' },
        hash: 'sha256',
        keys: keys.length > 0 ? keys : refused,
        demand: demandOf(image, hardware, context),
      },
      more: [...distinct.values()].flatMap((key) => worthlessEvidence(place, key, context)),
    },
  ]
}

/** The signer's private key is in everybody's hands: by publication, or by this release. */
function worthlessEvidence(place: Place, use: KeyUse, { leaked }: Context): readonly EvidenceDraft[] {
  const common = { ...SECURE_BOOT, polarity: 'against', place, overturnedBy: say.NOT_STARTED } as const
  const drafts: EvidenceDraft[] = []
  if (use.known) {
    drafts.push({
      ...common,
      kind: 'boot.esp.known-key',
      title: say.knownSigner(use.known),
      observation: { key: observedKey(use), published: use.known.id },
      confidence: { grade: 'high', reason: say.KNOWN_REASON },
    })
  }
  if (leaked.has(use.spkiSha256)) {
    drafts.push({
      ...common,
      kind: 'boot.esp.private-key',
      title: say.LEAKED_SIGNER,
      observation: { key: observedKey(use) },
      confidence: { grade: 'high', reason: say.LEAKED_REASON },
    })
  }
  return drafts
}

/** Begins like an image and is not all there: whether it is signed cannot be seen. */
export function cutEvidence({ place, data }: Image): EvidenceDraft {
  return {
    ...SECURE_BOOT,
    ...neutral('E3', say.notVerified(data), data.cut === 'signature' ? say.SIGNATURE_CUT : say.IMAGE_CUT),
    kind: 'boot.esp.signature',
    place,
    observation: { ...observedImage(data), result: 'cut-off', missing: data.cut ?? null },
  }
}

function neutral(level: SignatureLevel, title: Text, reason: Text): Judgement {
  return { level, polarity: 'neutral', title, confidence: { grade: 'medium', reason } }
}

function observedKey({ origin, from, spkiSha256, fuseDigest }: KeyUse): Observation {
  return { origin, from, spkiSha256, fuseDigest: fuseDigest ?? null }
}

export function observedImage(data: EspImageFact): { readonly [key: string]: Observation } {
  const { chip, family, role, project, version, idfVersion, secureVersion, traces } = data
  return {
    chip: chip ?? family,
    role,
    project,
    version,
    idfVersion,
    secureVersion: secureVersion ?? null,
    traces,
  }
}
