import type { FuseKey } from '@messlatte/model'
import type { EvidenceDraft, Facts, ReduceOut, Settings } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import type { Fingerprint } from '../chain/facts.ts'
import { answersOf } from './answers.ts'
import * as say from './say.ts'
import './settings.ts'
import { type Unit, unitsOf } from './units.ts'

const SECURE_BOOT = { provisions: provisions(['5.7-1']), cases: cases('5.7-1-1', '5.7-1-2') } as const
const DEBUG = { provisions: provisions(['5.6-4']), cases: cases('5.6-4-1') } as const

/** How the hardware of each family writes the digest of a key. */
const FORMS: Readonly<Record<Unit['family'], readonly Fingerprint['form'][]>> = {
  esp: ['esp-key-digest'],
  hab: ['hab-srk-table'],
  stm32: ['stm32-pkh'],
}

/** Reduce: compares what was read out of single units with the keys that sign the release. */
export function concludeFuses(facts: Facts, out: ReduceOut, { readouts = [] }: Settings): void {
  for (const unit of unitsOf(readouts)) {
    const signers = signersOf(facts, unit)
    const matched = unit.keys.filter(({ digest }) => signers.has(digest))
    const usable = matched.filter(({ revoked }) => !revoked)
    const enforced = unit.secureBoot === true && usable.length > 0
    for (const draft of evidenceOf(unit, signers, matched, usable)) out.evidence(draft)
    out.fact('chain.unit', unit.place, {
      enforced,
      off: unit.secureBoot === false,
      burnt: unit.secureBoot === true ? usable.map(({ digest }) => digest) : [],
      revoked: unit.keys.filter(({ revoked }) => revoked).map(({ digest }) => digest),
      answers: answersOf(unit),
    })
  }
}

/** Digests, as the family's fuses hold them, of the keys with which signatures of this release verify. */
function signersOf(facts: Facts, { family }: Unit): ReadonlySet<string> {
  const verified = facts
    .of('chain.link')
    .filter(({ data: { level } }) => level === 'E4' || level === 'E5' || level === 'E6')
  const fingerprints = verified.flatMap(({ data }) => data.anchors.flatMap((anchor) => anchor.fingerprints))
  return new Set(fingerprints.filter(({ form }) => FORMS[family].includes(form)).map(({ value }) => value))
}

function evidenceOf(
  unit: Unit,
  signers: ReadonlySet<string>,
  matched: readonly FuseKey[],
  usable: readonly FuseKey[],
): readonly EvidenceDraft[] {
  const drafts: EvidenceDraft[] = [state(unit, signers, matched)]
  const about = say.unitName(unit)
  const against = (kind: string, title: EvidenceDraft['title'], grade: 'high' | 'medium') =>
    drafts.push({
      ...SECURE_BOOT,
      kind,
      polarity: 'against',
      place: unit.place,
      title,
      observation: observed(unit, signers),
      confidence: { grade, reason: say.ONE_UNIT },
      overturnedBy: say.OTHER_UNIT,
    })
  if (unit.secureBoot === false) against('boot.fuses.off', say.off(about), 'medium')
  if (unit.secureBoot !== false && unit.keys.length > 0 && signers.size > 0) {
    if (matched.length === 0) against('boot.fuses.other-key', say.otherKey(about), 'medium')
    else if (usable.length === 0) against('boot.fuses.revoked', say.revoked(about), 'high')
  }
  if (unit.secureBoot === true && usable.length > 0) {
    drafts.push({
      ...SECURE_BOOT,
      kind: 'boot.fuses.enforced',
      polarity: 'for',
      place: unit.place,
      title: say.enforced(about),
      observation: observed(unit, signers),
      confidence: { grade: 'medium', reason: say.ONE_UNIT },
    })
  }
  if (unit.debugLocked === false) {
    drafts.push({
      ...DEBUG,
      kind: 'boot.fuses.debug-open',
      polarity: 'against',
      place: unit.place,
      title: say.debugOpen(about),
      observation: observed(unit, signers),
      confidence: { grade: 'medium', reason: say.ONE_UNIT },
      overturnedBy: say.OTHER_UNIT,
    })
  }
  return drafts
}

function state(unit: Unit, signers: ReadonlySet<string>, matched: readonly FuseKey[]): EvidenceDraft {
  return {
    ...SECURE_BOOT,
    kind: 'boot.fuses.state',
    polarity: 'neutral',
    place: unit.place,
    title: say.state(say.unitName(unit)),
    observation: { ...observed(unit, signers), matched: matched.map(({ slot }) => slot) },
    confidence: { grade: 'medium', reason: say.ONE_UNIT },
  }
}

function observed(unit: Unit, signers: ReadonlySet<string>) {
  const { unit: name, formats, by, on, secureBoot, keys, flashEncryption, debugLocked } = unit
  const { downloadLocked, secureVersion, events } = unit
  return {
    unit: name,
    formats,
    takenBy: by,
    takenOn: on,
    secureBoot,
    keys: keys.map(({ slot, digest, revoked }) => ({ slot, digest, revoked })),
    signersOfTheRelease: [...signers].sort(),
    flashEncryption,
    debugLocked,
    downloadLocked,
    secureVersion,
    events,
  }
}
