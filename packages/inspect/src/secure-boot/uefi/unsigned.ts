import type { EvidenceDraft, Fact, Place } from '../../contract.ts'
import { REPEAT, SECURE_BOOT } from './evidence.ts'
import { isInVolume } from './look.ts'
import * as say from './say.ts'
import type { Image } from './verify.ts'

/** Where firmware, and the boot loaders that it starts, look: the EFI system partition, also where it is mounted. */
const STARTED = /(?:^|\/)EFI\/(?:[^/]+\/)+[^/]+\.efi$/i
/** Images that are named; the others are counted. */
const MOST_NAMED = 12

/** An image without a signature that a list allows by its digest. */
export function allowedEvidence({ place, data }: Image, list: Fact<'boot.uefi.keys'>): EvidenceDraft {
  return {
    ...SECURE_BOOT,
    kind: 'boot.uefi.allowed',
    polarity: 'neutral',
    level: 'E2',
    place,
    title: say.allowed(data.role),
    observation: {
      digests: data.digests,
      list: { name: list.data.name, kept: list.data.kept, path: list.place.path },
      repeat: 'pesign -h -i IMAGE; efi-readvar -v db',
    },
    confidence: { grade: 'medium', reason: say.IN_LIST },
  }
}

export function isStarted({ place }: Image): boolean {
  return STARTED.test(place.inner)
}

/** Images without a signature: each that is started, and the others by where they lie. */
export function unsignedEvidence(images: readonly Image[]): readonly EvidenceDraft[] {
  const started = images.filter(isStarted)
  const groups = new Map<string, Image[]>()
  for (const image of images) {
    // Kernels are also started without UEFI: nothing says which it is.
    if (started.includes(image) || image.data.role === 'kernel') continue
    const { root } = image.place
    groups.set(root, [...(groups.get(root) ?? []), image])
  }
  return [...started.map(startedEvidence), ...[...groups.values()].map(groupEvidence)]
}

function startedEvidence({ place, data }: Image): EvidenceDraft {
  return {
    ...SECURE_BOOT,
    kind: 'boot.uefi.unsigned',
    polarity: 'against',
    level: 'E0',
    place,
    title: say.unsigned(data.role),
    observation: { role: data.role, digests: data.digests, repeat: REPEAT },
    confidence: { grade: 'medium', reason: say.UNSIGNED_STARTED },
    overturnedBy: say.SIGNED_LATER,
  }
}

function groupEvidence(group: readonly Image[]): EvidenceDraft {
  const { place } = group[0] as Image
  const volume = isInVolume(place)
  return {
    ...SECURE_BOOT,
    kind: volume ? 'boot.uefi.volume' : 'boot.uefi.unsigned',
    polarity: 'neutral',
    level: 'E0',
    place: group.length === 1 ? place : placeOfGroup(place),
    title: volume ? say.inVolume(group.length) : say.lyingAround(group.length),
    observation: {
      count: group.length,
      some: group.slice(0, MOST_NAMED).map((image) => image.place.inner || image.place.path),
      repeat: volume ? 'uefiextract VOLUME; sbverify --list IMAGE' : REPEAT,
    },
    confidence: { grade: 'medium', reason: volume ? say.VOLUME_COVERED : say.UNSIGNED_LYING },
  }
}

/** Of the first of them; the list has the others. */
function placeOfGroup(place: Place): Place {
  return { ...place, offset: 0, length: 0 }
}
