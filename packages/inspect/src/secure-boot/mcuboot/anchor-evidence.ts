import type { EvidenceDraft, Facts } from '../../contract.ts'
import { knownKey } from '../../known-keys/index.ts'
import { type Anchor, type Candidate, type Image, isNamed, isWithinImage } from './keys.ts'
import * as say from './say.ts'
import { SECURE_BOOT } from './signature-evidence.ts'

/** Keys outside of images: those beside sentences of MCUboot, and those that an image names. */
export function anchorEvidence(
  facts: Facts,
  images: readonly Image[],
  candidates: readonly Candidate[],
  leaked: ReadonlySet<string>,
): readonly EvidenceDraft[] {
  const hashes = images.flatMap(({ data }) => data.signatures.flatMap(({ keyHash }) => keyHash ?? []))
  return facts.of('boot.mcuboot.key').flatMap((anchor) => {
    const candidate = candidates.find(({ spkiSha256 }) => spkiSha256 === anchor.data.spkiSha256)
    const named = candidate !== undefined && hashes.some((hash) => isNamed(candidate, hash))
    if (isWithinImage(anchor) || !(named || anchor.data.isLoader)) return []
    return ofAnchor(anchor, named, leaked)
  })
}

function ofAnchor(
  { place, data }: Anchor,
  named: boolean,
  leaked: ReadonlySet<string>,
): readonly EvidenceDraft[] {
  const { spkiSha256, isLoader } = data
  const observation = { spkiSha256, besideSentencesOfMcuboot: isLoader, namedByAnImage: named }
  const common = { ...SECURE_BOOT, place } as const
  const known = knownKey(spkiSha256)
  const drafts: EvidenceDraft[] = [
    {
      ...common,
      kind: 'boot.mcuboot.key',
      polarity: 'neutral',
      title: say.ANCHOR,
      observation: { ...observation, repeat: 'imgtool getpub --key PUBLIC.pem, sought in the boot loader' },
      confidence: {
        grade: isLoader ? 'high' : 'medium',
        reason: isLoader ? say.ANCHOR_REASON : say.SOMEWHERE,
      },
    },
  ]
  if (known) {
    drafts.push({
      ...common,
      kind: 'boot.mcuboot.known-key',
      polarity: 'against',
      title: say.knownAnchor(known),
      observation: { ...observation, published: known.id },
      confidence: { grade: 'high', reason: say.KNOWN_REASON },
      overturnedBy: say.NOT_THE_LOADER,
    })
  }
  if (leaked.has(spkiSha256)) {
    drafts.push({
      ...common,
      kind: 'boot.mcuboot.private-key',
      polarity: 'against',
      title: say.LEAKED_ANCHOR,
      observation,
      confidence: { grade: 'high', reason: say.LEAKED_REASON },
      overturnedBy: say.NOT_THE_LOADER,
    })
  }
  return drafts
}
