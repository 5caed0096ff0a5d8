import type { Artefact, Check, Facts, MapOut, ReduceOut } from '../../contract.ts'
import { cases, placeOf, provisions } from '../../drafts.ts'
import { knownKey } from '../../known-keys/index.ts'
import { isNotInUse } from '../clear/paths.ts'
import { keyEvidence, samplesEvidence } from './evidence.ts'
import { readLoginKeys } from './parse.ts'

const MOST_TEXT = 256 * 1024
const KEY_FILE =
  /(?:^|\/)(?:([^/]+)\/\.ssh\/authorized_keys2?|etc\/dropbear\/authorized_keys|etc\/ssh\/authorized_keys(?:(?:\.d)?\/([\w.-]+))?)$/
const SERVER = /(?:^|\/)s?bin\/(sshd|dropbear|dropbearmulti|tinysshd)$/

export const authorizedKeysCheck: Check = {
  id: 'credentials.authorized-keys',
  version: 1,
  title: { en: 'Keys that may log in', de: 'Schlüssel, die sich anmelden dürfen' },
  provisions: provisions(['5.4-3', '5.5-5', '5.6-1']),
  cases: cases('5.4-3-1', '5.4-3-2', '5.5-5-1', '5.5-5-2', '5.6-1-1', '5.6-1-2'),
  input: ['image'],
  canShow: {
    en: 'That the image lets the holder of one certain key log in to every unit, and that everybody can have that key.',
    de: 'Dass das Abbild den Inhaber eines bestimmten Schlüssels auf jedem Gerät anmelden lässt und dass jeder diesen Schlüssel haben kann.',
  },
  cannotShow: {
    en: 'Who holds the private half, and that the line is still there when the device is used.',
    de: 'Wer die private Hälfte hat und dass die Zeile noch da ist, wenn das Gerät benutzt wird.',
  },
  states: ['login.key.fixed', 'login.key.known', 'login.key.sample'],
  wants: { paths: [KEY_FILE, SERVER] },
  gives: ['login.key', 'login.key.server'],
  look,
  conclude,
}

function look(artefact: Artefact, out: MapOut): void {
  const program = SERVER.exec(artefact.inner)?.[1]
  if (program !== undefined) {
    if (artefact.type === 'symlink' || artefact.bytes.size > 0)
      out.fact('login.key.server', placeOf(artefact), { program })
    return
  }
  if (artefact.type !== 'file' || artefact.bytes.size === 0 || artefact.bytes.size > MOST_TEXT) return
  const [, home, own] = KEY_FILE.exec(artefact.inner) ?? []
  const sample = isNotInUse(artefact)
  for (const { offset, length, ...key } of readLoginKeys(artefact.text()))
    out.fact('login.key', placeOf(artefact, offset, length), { ...key, user: home ?? own ?? 'root', sample })
}

function conclude(facts: Facts, out: ReduceOut): void {
  const servers = new Map(facts.of('login.key.server').map(({ place, data }) => [place.root, data.program]))
  const keys = facts.of('login.key')
  for (const key of keys.filter(({ data }) => !data.sample)) {
    const { identity } = key.data
    out.evidence(keyEvidence(key, identity && knownKey(identity.spkiSha256), servers.get(key.place.root)))
  }
  const samples = keys.filter(({ data }) => data.sample)
  if (samples[0]) out.evidence(samplesEvidence(samples[0], samples.length))
}
