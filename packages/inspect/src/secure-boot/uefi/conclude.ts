import type { Facts, ReduceOut, Settings } from '../../contract.ts'
import { allowedBy, anchorsOf, revokedBy } from '../uefi-keys/anchors.ts'
import { besideEvidence, gapsOf, initramfsBeside } from './beside.ts'
import {
  revokedEvidence,
  signatureEvidence,
  signaturePlace,
  uncoveredEvidence,
  weakEvidence,
  worthlessEvidence,
} from './evidence.ts'
import { signatureLink, unsignedLink } from './links.ts'
import { allowedEvidence, isStarted, unsignedEvidence } from './unsigned.ts'
import { type Image, revokedImage, verifySignature } from './verify.ts'

/** Reduce: verifies every image with the lists of the release and the keys of the user. */
export function concludeImages(facts: Facts, out: ReduceOut, settings: Settings): void {
  const anchors = anchorsOf(facts, ['db', 'MokList'])
  const revoked = revokedBy(facts)
  const allowed = allowedBy(facts)
  const trusts = settings.trusted.length + settings.trustedDigests.length > 0
  const leaked = new Set(
    facts.of('key.private').flatMap(({ data }) => (data.sample === undefined ? [data.spkiSha256] : [])),
  )
  const unsigned: Image[] = []
  for (const image of onceEach(facts.of('boot.uefi.image'))) {
    const { data, place } = image
    if (data.signatures.length === 0) {
      const byImage = revokedImage(data.digests, revoked)
      if (byImage) out.evidence(revokedEvidence(image, byImage))
      const list = allowed.get(`sha256:${data.digests.sha256}`)
      if (list && data.digests.sha256 !== undefined) {
        const draft = allowedEvidence(image, list)
        out.evidence(draft)
        const fingerprints = [{ form: 'content-hash', value: data.digests.sha256 }] as const
        const lies = { in: 'release', place: list.place } as const
        out.fact(
          'chain.link',
          place,
          unsignedLink(image, draft, [{ fingerprints, name: list.data.name, lies }]),
        )
      } else unsigned.push(image)
      continue
    }
    // What shim brings verifies what shim starts, not shim.
    const others = anchors.filter((anchor) => anchor.place.path !== place.path)
    const all = data.signatures.map((signature) =>
      verifySignature(image, signature, others, revoked, settings),
    )
    const beside = initramfsBeside(image, facts)
    const held = all.find(({ verdict }) => verdict.result === 'holds')
    if (held) for (const draft of besideEvidence(held, beside)) out.evidence(draft)
    for (const one of all) {
      out.evidence(signatureEvidence(one, leaked, trusts))
      out.fact('chain.link', signaturePlace(one), signatureLink(one, leaked, gapsOf(beside)))
      for (const draft of worthlessEvidence(one, leaked)) out.evidence(draft)
    }
    for (const draft of [...weakEvidence(all), ...uncoveredEvidence(image)]) out.evidence(draft)
  }
  for (const draft of unsignedEvidence(unsigned)) {
    out.evidence(draft)
    const image = unsigned.find(({ place }) => place.path === draft.place.path)
    if (image && isStarted(image)) out.fact('chain.link', image.place, unsignedLink(image, draft, []))
  }
}

/** What has a long tail is shown twice: as the file, and as the region at its start. */
function onceEach(images: readonly Image[]): readonly Image[] {
  const paths = new Set(images.map(({ place }) => place.path))
  return images.filter(
    ({ place }) =>
      !paths.has(place.path.replace(/@0x0:(?:pe|kernel)$/, '')) || !/@0x0:(?:pe|kernel)$/.test(place.path),
  )
}
