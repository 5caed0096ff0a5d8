import type { Fact, Facts, ReduceOut } from '../../contract.ts'
import { knownKey } from '../../known-keys/index.ts'
import { knownEvidence, pairedEvidence, privateEvidence } from './evidence.ts'
import { generatedEvidence, markersEvidence, publicEvidence, samplesEvidence } from './harmless.ts'
import { generatorsOf, mentionsOf } from './uses.ts'

type PrivateKey = Fact<'key.private'>

/** Reduce: what the private keys come to, and which certificates and services of the release they belong to. */
export function concludeKeys(facts: Facts, out: ReduceOut): void {
  const publicKeys = facts.of('key.public')
  const keys = [...facts.of('key.private'), ...confirmedKeys(facts)].sort(byPlace)
  const counted = keys.filter(({ data }) => data.sample === undefined)
  const bootFiles = facts.of('boot.file')
  const mentions = mentionsOf(
    counted.map(({ place }) => place),
    bootFiles,
  )
  for (const key of counted) {
    const { root, inner } = key.place
    const known = knownKey(key.data.spkiSha256)
    const said = mentions(root, inner)
    out.evidence(known ? knownEvidence(key, known, said) : privateEvidence(key, said))
  }
  for (const certificate of publicKeys) {
    if (certificate.data.certificateSha256 === undefined) continue
    const own = counted.filter(({ data }) => data.spkiSha256 === certificate.data.spkiSha256)
    if (own.length > 0) out.evidence(pairedEvidence(certificate, own))
  }
  for (const group of byRoot(
    keys.filter(({ data }) => data.sample !== undefined),
    ({ data }) => data.sample ?? '',
  ))
    out.evidence(samplesEvidence(group))
  for (const group of byRoot(publicKeys)) out.evidence(publicEvidence(group))
  for (const group of byRoot(facts.of('key.marker'))) out.evidence(markersEvidence(group))
  for (const group of byRoot(
    generatorsOf(bootFiles).map(({ file, command }) => ({ place: file.place, command })),
  ))
    out.evidence(generatedEvidence(group))
}

/** Candidates whose public half is in the release: what would be 32 bytes like any others is a key by that. */
export function confirmedKeys(facts: Facts): readonly PrivateKey[] {
  const candidates = facts.of('key.candidate')
  if (candidates.length === 0) return []
  const open = new Set([
    ...facts.of('key.public').map(({ data }) => data.spkiSha256),
    ...candidates.flatMap(({ data }) =>
      data.half === 'public' ? data.identities.map((one) => one.spkiSha256) : [],
    ),
  ])
  return candidates.flatMap(({ place, data }): readonly PrivateKey[] => {
    const identity = data.half === 'private' && data.identities.find(({ spkiSha256 }) => open.has(spkiSha256))
    if (!identity) return []
    const { container, encoding, sample } = data
    return [{ kind: 'key.private', place, data: { ...identity, container, encoding, name: '', sample } }]
  })
}

function byPlace(a: PrivateKey, b: PrivateKey): number {
  if (a.place.path !== b.place.path) return a.place.path < b.place.path ? -1 : 1
  return a.place.offset - b.place.offset
}

/** Groups in the order of their first members; each has at least one. */
function byRoot<T extends { readonly place: { readonly root: string } }>(
  all: readonly T[],
  more: (one: T) => string = () => '',
): readonly (readonly [T, ...T[]])[] {
  const groups = new Map<string, [T, ...T[]]>()
  for (const one of all) {
    const id = `${one.place.root}\0${more(one)}`
    const group = groups.get(id)
    if (group) group.push(one)
    else groups.set(id, [one])
  }
  return [...groups.values()]
}
