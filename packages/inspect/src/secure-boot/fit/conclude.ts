import type { Fact, Facts, ReduceOut, Settings } from '../../contract.ts'
import { contentsOf, type ImageContent } from './content.ts'
import {
  brokenEvidence,
  hashMismatchEvidence,
  imageSignatureEvidence,
  unsignedEvidence,
  verifyImage,
  weakHashEvidence,
} from './content-evidence.ts'
import { concludeControls } from './control-evidence.ts'
import type { BrokenFitFact, Configuration, FitFact, SignatureNode } from './facts.ts'
import { type Candidate, type Control, candidatesOf, controlsFor, trustedKeys } from './keys.ts'
import { demandOf, giveLink, weakParts } from './links.ts'
import { verifyConfiguration } from './outcome.ts'
import * as say from './say.ts'
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
      if (fit.data.signed) concludeBroken(fit, fit.data, out)
    } else {
      concludeFit(fit, fit.data, facts, out, settings)
    }
  }
  concludeControls(facts, out)
}

function concludeBroken(fit: Fit, data: BrokenFitFact, out: ReduceOut): void {
  const draft = brokenEvidence(fit, data)
  out.evidence(draft)
  giveLink(out, {
    draft,
    fit: fit.place.path,
    images: [],
    node: undefined,
    keys: [],
    controls: [],
    demand: { by: 'unknown' },
    gaps: [],
    leaked: new Set(),
  })
}

function concludeFit(fit: Fit, data: FitFact, facts: Facts, out: ReduceOut, settings: Settings): void {
  const contents = contentsOf(fit, data, facts, out)
  for (const content of contents.values()) {
    for (const hash of content.hashes) {
      if (hash.result === 'mismatch') out.evidence(hashMismatchEvidence(fit, content, hash))
    }
  }
  const controls = controlsFor(fit, facts)
  const candidates = candidatesOf(trustedKeys(settings, controls), controls)
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
  for (const one of signed) concludeSignature(one, out)
  for (const draft of weakHashEvidence(fit, signed)) out.evidence(draft)

  const whole: Whole = { fit, data, controls, leaked, out }
  const imageSigned = [...contents.values()].filter(({ image }) => image.signatures.length > 0)
  if (signed.length === 0 && imageSigned.length > 0) {
    for (const content of imageSigned) {
      for (const node of content.image.signatures) concludeImageSignature(whole, content, node, candidates)
    }
  } else if (signed.length === 0 && contents.size > 0) {
    concludeUnsigned(whole, [...contents.values()])
  } else {
    for (const configuration of data.configurations) {
      if (configuration.signatures.length > 0) continue
      concludeUnsigned(whole, imagesOf(configuration, contents), configuration)
    }
  }
}

/** What all of one FIT's conclusions share. */
interface Whole {
  readonly fit: Fit
  readonly data: FitFact
  readonly controls: readonly Control[]
  readonly leaked: ReadonlySet<string>
  readonly out: ReduceOut
}

function concludeSignature(one: Signed, out: ReduceOut): void {
  const { fit, configuration, images, node, outcome, controls, verified, leaked } = one
  const draft = signatureEvidence(one)
  out.evidence(draft)
  for (const more of [...knownSignerEvidence(one), ...coverageEvidence(one)]) out.evidence(more)
  giveLink(out, {
    draft,
    fit: fit.place.path,
    configuration,
    images,
    node,
    keys: 'keys' in outcome ? outcome.keys : [],
    controls,
    demand: demandOf(controls, verified),
    gaps: weakParts(fit.place.path, images),
    leaked,
  })
}

function concludeImageSignature(
  { fit, controls, leaked, out }: Whole,
  content: ImageContent,
  node: SignatureNode,
  candidates: readonly Candidate[],
): void {
  const verification = verifyImage(content, node, candidates)
  const draft = imageSignatureEvidence(fit, content, node, verification)
  out.evidence(draft)
  const { path } = fit.place
  giveLink(out, {
    draft,
    fit: path,
    images: [content],
    node,
    keys: verification.keys,
    controls,
    demand: { by: 'unknown' },
    gaps: [{ path, stage: 'device-tree', name: 'configurations', why: say.MIX_AND_MATCH }],
    leaked,
  })
}

function concludeUnsigned(
  { fit, data, controls, leaked, out }: Whole,
  images: readonly ImageContent[],
  configuration?: Configuration,
): void {
  const draft = unsignedEvidence(fit, data, images, configuration && { configuration, controls })
  out.evidence(draft)
  const demand = demandOf(controls, new Set())
  giveLink(out, {
    draft,
    fit: fit.place.path,
    configuration,
    images,
    node: undefined,
    keys: [],
    controls,
    demand,
    gaps: [],
    leaked,
  })
}

function imagesOf(
  { references }: Configuration,
  contents: ReadonlyMap<string, ImageContent>,
): readonly ImageContent[] {
  const names = new Set(references.filter(({ present }) => present).map(({ image }) => image))
  return [...names].flatMap((name) => contents.get(name) ?? [])
}
