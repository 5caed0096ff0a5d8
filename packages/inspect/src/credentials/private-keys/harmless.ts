import type { EvidenceDraft, Fact, Place } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import * as say from './say.ts'
import { strengthOf } from './strength.ts'

// What is there and held against nobody: one statement for each root file system, with the reason, instead of a wall.

const MOST_LISTED = 50
const TOUCHED = { provisions: provisions(['5.4-3']), cases: cases('5.4-3-2') } as const

type Some<T> = readonly [T, ...T[]]

/** Keys of documentation, tests and the self-tests of libraries. */
export function samplesEvidence(keys: Some<Fact<'key.private'>>): EvidenceDraft {
  const [first] = keys
  const reason = first.data.sample ?? 'documentation-or-test'
  return {
    ...TOUCHED,
    kind: 'key.private',
    polarity: 'neutral',
    place: first.place,
    title: say.samples(keys.length),
    observation: {
      sample: reason,
      count: keys.length,
      keys: keys
        .slice(0, MOST_LISTED)
        .map(({ place: { inner, offset }, data: { algorithm, bits, spkiSha256 } }) => ({
          file: inner,
          offset,
          algorithm,
          bits,
          spkiSha256,
        })),
    },
    confidence: { grade: 'high', reason: say.SAMPLE_REASON[reason] },
  }
}

/** Public keys and certificates: they are for everybody to know. */
export function publicEvidence(keys: Some<Fact<'key.public'>>): EvidenceDraft {
  const certificates = keys.flatMap(({ data }) => data.certificate ?? [])
  const authorities = certificates.filter(({ ca }) => ca)
  const below = keys.filter(({ data }) => strengthOf(data)?.sogis === 'below').length
  const folders = new Map<string, number>()
  for (const { place } of keys) {
    const folder = place.inner.slice(0, Math.max(0, place.inner.lastIndexOf('/')))
    folders.set(folder, (folders.get(folder) ?? 0) + 1)
  }
  return {
    ...TOUCHED,
    kind: 'key.public',
    polarity: 'neutral',
    place: keys[0].place,
    title: say.publicKeys(keys.length - certificates.length, certificates.length),
    observation: {
      publicKeys: keys.length - certificates.length,
      certificates: certificates.length,
      authorities: authorities.length,
      selfIssued: certificates.filter(({ selfIssued }) => selfIssued).length,
      ...(certificates.length > 0
        ? { firstToExpire: certificates.map(({ notAfter }) => notAfter).sort()[0] ?? '' }
        : {}),
      shorterThanAccepted: below,
      folders: [...folders].slice(0, MOST_LISTED).map(([folder, count]) => ({ folder, count })),
    },
    confidence: { grade: 'high', reason: say.PUBLIC_REASON },
  }
}

/** Lines that begin a private key in programs that read or write such files, and in documents. */
export function markersEvidence(markers: Some<Fact<'key.marker'>>): EvidenceDraft {
  return {
    ...TOUCHED,
    kind: 'key.marker',
    polarity: 'neutral',
    place: markers[0].place,
    title: say.markers(markers.length),
    observation: {
      files: markers.length,
      programs: markers.filter(({ data }) => data.program).length,
      places: markers.slice(0, MOST_LISTED).map(({ place: { inner, offset } }) => ({ file: inner, offset })),
    },
    confidence: { grade: 'high', reason: say.MARKER_REASON },
  }
}

/** Scripts of the boot that make keys on the device itself. */
export function generatedEvidence(
  scripts: Some<{ readonly place: Place; readonly command: string }>,
): EvidenceDraft {
  return {
    ...TOUCHED,
    kind: 'key.generated',
    polarity: 'neutral',
    place: scripts[0].place,
    title: say.GENERATED,
    observation: {
      scripts: scripts
        .slice(0, MOST_LISTED)
        .map(({ place: { inner }, command }) => ({ file: inner, command })),
    },
    confidence: { grade: 'medium', reason: say.GENERATED_REASON },
  }
}
