import type { EvidenceDraft, Facts, ReduceOut, Settings } from '../../contract.ts'
import { anchorEvidence } from './anchor-evidence.ts'
import { contentOf } from './content.ts'
import {
  cutEvidence,
  mismatchEvidence,
  rollbackEvidence,
  slotEvidence,
  uncoveredEvidence,
  unsignedEvidence,
} from './content-evidence.ts'
import { type Candidate, candidatesOf, type Image } from './keys.ts'
import { giveLink } from './links.ts'
import { signatureEvidence, worthlessEvidence } from './signature-evidence.ts'
import { verifySignature } from './verify.ts'

/** Reduce: verifies every image with the keys of the release and of the user. */
export function concludeMcuboot(facts: Facts, out: ReduceOut, settings: Settings): void {
  const images = facts.of('boot.mcuboot.image')
  const candidates = candidatesOf(facts, settings)
  const leaked = new Set(
    facts.of('key.private').flatMap(({ data }) => (data.sample === undefined ? [data.spkiSha256] : [])),
  )
  const drafts = images.flatMap((image) =>
    image.data.cut
      ? [ofCutImage(image, facts, out)]
      : ofImage(image, facts, out, candidates, leaked, settings),
  )
  for (const draft of [...drafts, ...anchorEvidence(facts, images, candidates, leaked)]) out.evidence(draft)
}

function ofCutImage(image: Image, facts: Facts, out: ReduceOut): EvidenceDraft {
  const draft = cutEvidence(image)
  const nothing = { content: undefined, tlv: undefined, keys: [], leaked: new Set<string>() }
  giveLink(out, { draft, image, facts, ...nothing })
  return draft
}

function ofImage(
  image: Image,
  facts: Facts,
  out: ReduceOut,
  candidates: readonly Candidate[],
  leaked: ReadonlySet<string>,
  { trusted, trustedDigests }: Settings,
): readonly EvidenceDraft[] {
  const content = contentOf(image, facts, out)
  const signed = image.data.signatures.flatMap((tlv) => {
    const outcome = verifySignature(image, tlv, content, candidates, trustedDigests)
    const trusts = trusted.length + trustedDigests.length > 0
    const one = { image, tlv, content, outcome, trusts, leaked }
    const draft = signatureEvidence(one)
    const keys = 'keys' in outcome ? outcome.keys : []
    giveLink(out, { draft, image, content, tlv, keys, facts, leaked })
    return [draft, ...worthlessEvidence(one)]
  })
  if (signed.length === 0) {
    const draft = unsignedEvidence(image, content)
    giveLink(out, { draft, image, content, tlv: undefined, keys: [], facts, leaked })
    signed.push(draft)
  }
  return [
    ...signed,
    ...mismatchEvidence(image, content),
    ...uncoveredEvidence(image),
    rollbackEvidence(image),
    ...slotEvidence(image),
  ]
}
