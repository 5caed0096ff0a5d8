import type { PartData, Text } from '@messlatte/model'
import type { Fact, Facts, Place, ReduceOut } from '../../contract.ts'
import type { Client, PartFact } from '../mechanism/facts.ts'
import { systemOf } from '../mechanism/join.ts'
import { giveSchedules } from '../mechanism/schedules.ts'
import { startedBy, startsOf } from '../mechanism/starts.ts'
import { pathIn } from '../mechanism/systems.ts'
import { isPlainSource, type Stated } from './conclude.ts'
import type { ClientId, Setting } from './facts.ts'
import { at, CONFIGURED, isMissing, NAMES, NO_OPTION } from './say.ts'

type ClientFact = Fact<'update.client'>
type Verification = ClientFact['data']['verification']

/** Programs whose start is that of a client, and packages that hold it. */
const PROGRAMS: Readonly<
  Record<ClientId, { readonly names: readonly string[]; readonly packages: readonly string[] }>
> = {
  rauc: { names: ['rauc', 'rauc-hawkbit-updater'], packages: ['rauc'] },
  swupdate: { names: ['swupdate', 'swupdate.sh'], packages: ['swupdate'] },
  mender: {
    names: ['mender', 'mender-updated', 'mender-update'],
    packages: ['mender-client', 'mender', 'mender-update', 'mender-client4'],
  },
  opkg: { names: ['opkg'], packages: ['opkg'] },
  sysupgrade: { names: ['sysupgrade'], packages: ['base-files'] },
  apt: { names: ['apt-get', 'apt', 'apt.systemd.daily', 'unattended-upgrade'], packages: ['apt'] },
  apk: { names: ['apk'], packages: ['apk-tools', 'apk'] },
  fwupd: { names: ['fwupd', 'fwupdmgr'], packages: ['fwupd'] },
  attendedsysupgrade: {
    names: ['auc', 'owut'],
    packages: ['auc', 'owut', 'luci-app-attendedsysupgrade', 'attendedsysupgrade-common'],
  },
  ostree: { names: ['ostree'], packages: ['ostree'] },
  aktualizr: { names: ['aktualizr'], packages: ['aktualizr'] },
  cwmp: { names: ['easycwmpd', 'icwmpd', 'cwmpd', 'freecwmpd'], packages: ['easycwmp', 'icwmp', 'freecwmp'] },
  android: { names: ['update_engine'], packages: [] },
}

export function clientOf(id: ClientId): Client {
  return { id, title: { en: NAMES[id], de: NAMES[id] } }
}

function given(
  place: Place,
  setting: Setting | undefined,
  part: PartData,
  id: ClientId,
  statement: Text,
): PartFact {
  return {
    part,
    client: clientOf(id),
    statement,
    polarity: 'neutral',
    confidence: CONFIGURED,
    how: 'configuration',
    ...(setting?.line === undefined ? {} : { line: setting.line }),
    observation: { repeat: `cat ${place.inner}` },
  }
}

/** The client itself. @param place of its configuration, or of its program where there is none */
export function giveAgent(
  id: ClientId,
  place: Place,
  configured: boolean,
  program: Place | undefined,
  facts: Facts,
  out: ReduceOut,
): void {
  const starts = startsOf(facts, place, PROGRAMS[id].names)
  const { started, text } = startedBy(starts)
  const version = versionOf(id, place, facts)
  const named = `${NAMES[id]}${version === null ? '' : ` ${version}`}`
  const installed = { en: 'is installed', de: 'ist installiert' }
  const isConfigured = { en: 'is configured', de: 'ist konfiguriert' }
  const both = { en: 'is installed and configured', de: 'ist installiert und konfiguriert' }
  const state = !program ? isConfigured : configured ? both : installed
  const part: PartData = { id: 'agent', version, program: program ? pathIn(program) : null, started }
  out.fact('update.part', at(place, 0, place.length), {
    ...given(place, undefined, part, id, {
      en: `${named} ${state.en}; ${text.en}.`,
      de: `${named} ${state.de}; ${text.de}.`,
    }),
    ...(configured ? { evidence: 'update.client' } : { how: 'program' }),
  })
  giveSchedules(starts, clientOf(id), 'unknown', out)
}

/** What the package database of the same system says. */
function versionOf(id: ClientId, place: Place, facts: Facts): string | null {
  const packages = facts
    .of('component.packages')
    .filter((one) => systemOf(one.place) === systemOf(place))
    .flatMap(({ data }) => data.packages)
  for (const name of PROGRAMS[id].packages) {
    const found = packages.find((one) => one.name === name)
    if (found) return found.version
  }
  return null
}

/** Whether updates are verified, by the file that decides it. */
export function givePackageCheck({ place, data }: ClientFact, stated: Stated, out: ReduceOut): void {
  const { verification, required, program } = stated
  const key = data.keys[0]
  const path = key ? `/${key.path}` : null
  const own =
    verification === 'off'
      ? ({ evidence: 'update.signature.disabled', polarity: 'against' } as const)
      : required
        ? ({ evidence: 'update.signature.required', polarity: program ? 'for' : 'neutral' } as const)
        : {}
  const setting = data.decidedAt ?? key
  // Evidence of its own stands for the whole file.
  const where = 'evidence' in own || !setting ? place : at(place, setting.offset, setting.length)
  const part: PartData = { id: 'packageCheck', checks: verification, key: path }
  const statement =
    verification === 'off' && isMissing(data)
      ? { en: `${NO_OPTION.en}.`, de: `${NO_OPTION.de}.` }
      : checkStatement(verification, path)
  out.fact('update.part', where, { ...given(place, setting, part, data.client, statement), ...own })
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

/** The other parts that one file of a client tells. */
export function giveConfiguredParts(
  { place, data }: ClientFact,
  { verification }: Stated,
  out: ReduceOut,
): void {
  const verified = verification === 'always' || verification === 'required'
  const polarity = verified ? 'neutral' : 'against'
  const give = (part: PartData, setting: Setting, statement: Text, more: Partial<PartFact> = {}) =>
    out.fact('update.part', at(place, setting.offset, setting.length), {
      ...given(place, setting, part, data.client, statement),
      ...more,
    })
  for (const source of data.sources) {
    const { url } = source
    const protocol = /^([a-z][a-z+]*):/i.exec(url)?.[1]?.toLowerCase() ?? 'unknown'
    const isPlain = isPlainSource(url, data.client, verification)
    give(
      { id: 'source', way: 'remote', protocol, address: url },
      source,
      data.client === 'cwmp'
        ? { en: `${url} tells it what to fetch.`, de: `${url} sagt ihm, was es lädt.` }
        : { en: `Updates come from ${url}.`, de: `Updates kommen von ${url}.` },
      isPlain ? { evidence: 'update.transport.plain-http', polarity } : {},
    )
  }
  for (const one of data.local ?? [])
    give({ id: 'source', way: 'local', protocol: one.protocol, address: null }, one, {
      en: 'Updates are taken from a web page of the device.',
      de: 'Updates werden über eine Webseite des Geräts angenommen.',
    })
  giveTransport(place, data, polarity, out)
  for (const { offset, length, line, ...part } of data.automatic ?? [])
    give({ id: 'automatic', ...part }, placed({ offset, length, line }), automaticStatement(part))
  for (const { offset, length, line, ...part } of data.notifications ?? [])
    give({ id: 'notification', ...part }, placed({ offset, length, line }), {
      en: 'What it did is told by mail.',
      de: 'Was es getan hat, meldet es per E-Mail.',
    })
}

function placed({
  offset,
  length,
  line,
}: {
  offset: number
  length: number
  line: number | undefined
}): Setting {
  return { offset, length, ...(line === undefined ? {} : { line }) }
}

function giveTransport(
  place: Place,
  data: ClientFact['data'],
  polarity: 'against' | 'neutral',
  out: ReduceOut,
): void {
  if (data.tlsUnchecked)
    out.fact('update.part', place, {
      ...given(place, undefined, { id: 'transport', checks: 'skipped', authorities: null }, data.client, {
        en: 'The certificate of the server is not checked.',
        de: 'Das Zertifikat des Servers wird nicht geprüft.',
      }),
      evidence: 'update.tls.unchecked',
      polarity,
    })
  else if (data.checkedAt)
    out.fact('update.part', at(place, data.checkedAt.offset, data.checkedAt.length), {
      ...given(place, data.checkedAt, { id: 'transport', checks: 'bundle', authorities: null }, data.client, {
        en: 'It is configured to check the certificate of the server.',
        de: 'Es ist so konfiguriert, dass es das Zertifikat des Servers prüft.',
      }),
    })
  else if (data.authorities) {
    const { path } = data.authorities
    const part: PartData = { id: 'transport', checks: 'pinned', authorities: path }
    out.fact(
      'update.part',
      at(place, data.authorities.offset, data.authorities.length),
      given(place, data.authorities, part, data.client, {
        en: `The server is checked with the certificates in ${path}.`,
        de: `Der Server wird mit den Zertifikaten in ${path} geprüft.`,
      }),
    )
  }
}

type Automatic = Omit<Extract<PartData, { id: 'automatic' }>, 'id'>

const DOES: Readonly<Record<Automatic['does'], { readonly on: Text; readonly off: Text }>> = {
  checks: {
    on: { en: 'It looks for updates by itself', de: 'Es sucht von selbst nach Updates' },
    off: { en: 'It does not look for updates by itself', de: 'Es sucht nicht von selbst nach Updates' },
  },
  downloads: {
    on: { en: 'It fetches updates by itself', de: 'Es lädt Updates von selbst' },
    off: { en: 'It does not fetch updates by itself', de: 'Es lädt Updates nicht von selbst' },
  },
  installs: {
    on: { en: 'It installs updates by itself', de: 'Es installiert Updates von selbst' },
    off: { en: 'It does not install updates by itself', de: 'Es installiert Updates nicht von selbst' },
  },
  unknown: {
    on: { en: 'It asks its server by itself', de: 'Es fragt seinen Server von selbst' },
    off: { en: 'It does not ask its server by itself', de: 'Es fragt seinen Server nicht von selbst' },
  },
}

function automaticStatement({ byDefault, interval, does }: Automatic): Text {
  const { en, de } = DOES[does][byDefault === 'off' ? 'off' : 'on']
  const every = interval === null ? '' : ` (${interval})`
  if (byDefault === 'unknown')
    return {
      en: `How often it asks its server is configured${every}; whether it does was not found.`,
      de: `Wie oft es seinen Server fragt, ist konfiguriert${every}; ob es das tut, fand sich nicht.`,
    }
  return {
    en: `${en}, as it is configured${every}.`,
    de: `${de}, so wie es konfiguriert ist${every}.`,
  }
}
