import type { EvidenceDraft, Fact, Facts, Place, ReduceOut } from '../../contract.ts'
import { knownKey } from '../../known-keys/index.ts'
import type { ControlKey } from './facts.ts'
import * as say from './say.ts'
import { SECURE_BOOT } from './signature-evidence.ts'

type Control = Fact<'boot.control'>

/** What control device trees demand, and with whose keys. */
export function concludeControls(facts: Facts, out: ReduceOut): void {
  const fits = facts.of('boot.fit')
  const leaked = new Set(
    facts.of('key.private').flatMap(({ data }) => (data.sample === undefined ? [data.spkiSha256] : [])),
  )
  for (const control of facts.of('boot.control')) {
    for (const key of control.data.keys) {
      for (const draft of keyEvidence(control, key, leaked)) out.evidence(draft)
    }
    // A tree that is started by a FIT decides nothing about what is started before.
    const inside = fits.some(({ place }) => control.place.path.startsWith(`${place.path}/`))
    if (!inside && !control.data.keys.some(({ required }) => required === 'conf'))
      out.evidence(notRequired(control))
  }
}

function keyEvidence(
  control: Control,
  key: ControlKey,
  leaked: ReadonlySet<string>,
): readonly EvidenceDraft[] {
  const place = keyPlace(control, key)
  const observation = observed(key)
  const drafts: EvidenceDraft[] = []
  if (key.required === 'conf') {
    drafts.push({
      ...SECURE_BOOT,
      kind: 'boot.fit.required-key',
      polarity: 'neutral',
      place,
      title: say.requiredKey(key.hint),
      observation: { ...observation, mode: control.data.mode },
      confidence: { grade: 'high', reason: key.spki === undefined ? say.NO_USABLE_KEY : say.PREPARED },
    })
  }
  if (key.spkiSha256 === undefined) return drafts
  const against = { ...SECURE_BOOT, polarity: 'against', place } as const
  const known = knownKey(key.spkiSha256)
  if (known) {
    drafts.push({
      ...against,
      kind: 'boot.fit.known-key',
      title: say.knownAnchor(known),
      observation: { ...observation, published: known.id },
      confidence: { grade: 'high', reason: say.KNOWN_REASON },
      overturnedBy: say.NOT_THE_CONTROL_TREE,
    })
  }
  if (leaked.has(key.spkiSha256)) {
    drafts.push({
      ...against,
      kind: 'boot.fit.private-key',
      title: say.leakedAnchor(key.hint),
      observation,
      confidence: { grade: 'high', reason: say.LEAKED_REASON },
      overturnedBy: say.NOT_THE_CONTROL_TREE,
    })
  }
  return drafts
}

function notRequired(control: Control): EvidenceDraft {
  const { keys, mode } = control.data
  const images = keys.some(({ required }) => required === 'image')
  return {
    ...SECURE_BOOT,
    kind: 'boot.fit.key-not-required',
    polarity: 'against',
    place: control.place,
    title: images ? say.ONLY_IMAGES_REQUIRED : say.NOT_REQUIRED,
    observation: { mode, keys: keys.map(observed), repeat: 'fdtget CONTROL.dtb /signature/KEY required' },
    confidence: { grade: 'medium', reason: images ? say.MIX_AND_MATCH : say.NOT_REQUIRED_REASON },
    overturnedBy: say.NOT_THE_CONTROL_TREE,
  }
}

function keyPlace({ place }: Control, { offset, length }: ControlKey): Place {
  return { ...place, offset, length }
}

function observed({ node, hint, required, algorithm, spkiSha256 }: ControlKey) {
  return { node, hint, required: required ?? null, algorithm, spkiSha256: spkiSha256 ?? null }
}
