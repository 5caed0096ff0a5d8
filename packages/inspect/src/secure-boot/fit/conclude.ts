import type { Fact, Facts, ReduceOut, Settings } from '../../contract.ts'
import { contentsOf, type ImageContent } from './content.ts'
import {
  brokenEvidence,
  hashMismatchEvidence,
  imageSignatureEvidence,
  unsignedEvidence,
  weakHashEvidence,
} from './content-evidence.ts'
import { concludeControls } from './control-evidence.ts'
import type { Configuration, FitFact } from './facts.ts'
import { candidatesOf, controlsFor, trustedKeys } from './keys.ts'
import { verifyConfiguration } from './outcome.ts'
import {
  coverageEvidence,
  knownSignerEvidence,
  type Signed,
  signatureEvidence,
} from './signature-evidence.ts'

type Fit = Fact<'boot.fit'>

/** Reduce: verifies every FIT with the keys of the release and of the user. */
export function concludeFits(facts: Facts, out: ReduceOut, settings: Settings): void {
  for (const fit of facts.of('boot.fit')) {
    if (fit.data.state === 'broken') {
      if (fit.data.signed) out.evidence(brokenEvidence(fit, fit.data))
    } else {
      concludeFit(fit, fit.data, facts, out, settings)
    }
  }
  concludeControls(facts, out)
}

function concludeFit(fit: Fit, data: FitFact, facts: Facts, out: ReduceOut, settings: Settings): void {
  const contents = contentsOf(fit, data, facts, out)
  for (const content of contents.values()) {
    for (const hash of content.hashes) {
      if (hash.result === 'mismatch') out.evidence(hashMismatchEvidence(fit, content, hash))
    }
  }
  const controls = controlsFor(fit, facts)
  const candidates = candidatesOf(trustedKeys(settings), controls)
  const leaked = new Set(
    facts.of('key.private').flatMap(({ data: key }) => (key.sample === undefined ? [key.spkiSha256] : [])),
  )
  const signed: Signed[] = data.configurations.flatMap((configuration) => {
    const images = imagesOf(configuration, contents)
    const nodes = configuration.signatures.map((node) => ({
      node,
      outcome: verifyConfiguration(node, candidates),
    }))
    const verified = nodes.flatMap(({ outcome }) => (outcome.result === 'verified' ? outcome.keys : []))
    const digests = new Set(verified.map(({ spkiSha256 }) => spkiSha256))
    return nodes.map((one) => ({
      ...one,
      fit,
      data,
      configuration,
      images,
      controls,
      verified: digests,
      leaked,
    }))
  })
  for (const one of signed) {
    out.evidence(signatureEvidence(one))
    for (const draft of [...knownSignerEvidence(one), ...coverageEvidence(one)]) out.evidence(draft)
  }
  for (const draft of weakHashEvidence(fit, signed)) out.evidence(draft)

  const imageSigned = [...contents.values()].filter(({ image }) => image.signatures.length > 0)
  if (signed.length === 0 && imageSigned.length > 0) {
    for (const content of imageSigned) {
      for (const node of content.image.signatures) {
        out.evidence(imageSignatureEvidence(fit, content, node, candidates))
      }
    }
  } else if (signed.length === 0 && contents.size > 0) {
    out.evidence(unsignedEvidence(fit, data, [...contents.values()]))
  } else {
    for (const configuration of data.configurations) {
      if (configuration.signatures.length > 0) continue
      out.evidence(
        unsignedEvidence(fit, data, imagesOf(configuration, contents), { configuration, controls }),
      )
    }
  }
}

function imagesOf(
  { references }: Configuration,
  contents: ReadonlyMap<string, ImageContent>,
): readonly ImageContent[] {
  const names = new Set(references.filter(({ present }) => present).map(({ image }) => image))
  return [...names].flatMap((name) => contents.get(name) ?? [])
}
