import type { PartData, Text } from '@messlatte/model'
import type { Fact, Facts, Place, ReduceOut } from '../../contract.ts'
import type { Client, PartFact } from '../mechanism/facts.ts'
import { giveSchedules } from '../mechanism/schedules.ts'
import { startedBy, startsOf } from '../mechanism/starts.ts'
import { pathIn } from '../mechanism/systems.ts'
import { at, CONFIGURED, NAMES } from './say.ts'

type ClientFact = Fact<'update.client'>
type Verification = ClientFact['data']['verification']

/** What was stated of a client's configuration beside its parts. */
export interface Stated {
  readonly verification: Verification
  /** Whether evidence for required signatures was stated, and that of what the image has the program. */
  readonly required: boolean
  readonly program: Place | undefined
}

/** Programs whose start is that of a client. */
const PROGRAMS: Readonly<Record<ClientFact['data']['client'], readonly string[]>> = {
  rauc: ['rauc'],
  swupdate: ['swupdate'],
  mender: ['mender', 'mender-updated', 'mender-update'],
  opkg: ['opkg'],
  sysupgrade: ['sysupgrade'],
  apt: ['apt-get', 'apt', 'apt.systemd.daily', 'unattended-upgrade'],
  apk: ['apk'],
}

export function clientOf(id: ClientFact['data']['client']): Client {
  return { id, title: { en: NAMES[id], de: NAMES[id] } }
}

/** The parts of a mechanism that the configuration of a client tells. */
export function giveConfiguredParts(
  { place, data }: ClientFact,
  stated: Stated,
  facts: Facts,
  out: ReduceOut,
): void {
  const { verification, required, program } = stated
  const name = NAMES[data.client]
  const client = clientOf(data.client)
  const verified = verification === 'always' || verification === 'required'
  const whole = at(place, 0, place.length)
  const give = (part: PartData, where: Place, statement: Text, more: Partial<PartFact> = {}) =>
    out.fact('update.part', where, {
      part,
      client,
      statement,
      polarity: 'neutral',
      confidence: CONFIGURED,
      how: 'configuration',
      ...more,
    })
  const starts = startsOf(facts, place, PROGRAMS[data.client])
  const { started, text } = startedBy(starts)
  give(
    { id: 'agent', version: null, program: program ? pathIn(program) : null, started },
    whole,
    program
      ? {
          en: `${name} is installed and configured; ${text.en}.`,
          de: `${name} ist installiert und konfiguriert; ${text.de}.`,
        }
      : { en: `${name} is configured; ${text.en}.`, de: `${name} ist konfiguriert; ${text.de}.` },
    { evidence: 'update.client' },
  )
  giveSchedules(starts, client, 'unknown', out)
  for (const { url, offset, length, line } of data.sources) {
    const protocol = /^([a-z][a-z+]*):/i.exec(url)?.[1]?.toLowerCase() ?? 'unknown'
    const placed = line === undefined ? {} : { line }
    const plain: Partial<PartFact> = {
      evidence: 'update.transport.plain-http',
      polarity: verified ? 'neutral' : 'against',
    }
    give(
      { id: 'source', way: 'remote', protocol, address: url },
      at(place, offset, length),
      { en: `Updates come from ${url}.`, de: `Updates kommen von ${url}.` },
      protocol === 'http' ? { ...plain, ...placed } : placed,
    )
  }
  if (data.tlsUnchecked) {
    const statement = {
      en: 'The certificate of the server is not checked.',
      de: 'Das Zertifikat des Servers wird nicht geprüft.',
    }
    give({ id: 'transport', checks: 'skipped', authorities: null }, place, statement, {
      evidence: 'update.tls.unchecked',
      polarity: verified ? 'neutral' : 'against',
    })
  }
  const key = data.keys[0]
  const path = key ? `/${key.path}` : null
  give(
    { id: 'packageCheck', checks: verification, key: path },
    verification === 'off' || required || !key ? place : at(place, key.offset, key.length),
    checkStatement(verification, path),
    verification === 'off'
      ? { evidence: 'update.signature.disabled', polarity: 'against' }
      : required
        ? { evidence: 'update.signature.required', polarity: program ? 'for' : 'neutral' }
        : {},
  )
}

function checkStatement(verification: Verification, key: string | null): Text {
  const withKey = key === null ? { en: '', de: '' } : { en: ` with ${key}`, de: ` mit ${key}` }
  switch (verification) {
    case 'always':
      return {
        en: `It verifies the signature of every update${withKey.en}.`,
        de: `Es prüft die Signatur jedes Updates${withKey.de}.`,
      }
    case 'required':
      return {
        en: `It is configured to verify signatures${withKey.en}.`,
        de: `Es ist so konfiguriert, dass es Signaturen${withKey.de} prüft.`,
      }
    case 'off':
      return {
        en: 'It is configured to install without a verified signature.',
        de: 'Es ist so konfiguriert, dass es ohne geprüfte Signatur installiert.',
      }
    case 'unknown':
      return {
        en: 'Its configuration does not say whether signatures are verified.',
        de: 'Seine Konfiguration sagt nicht, ob Signaturen geprüft werden.',
      }
  }
}
