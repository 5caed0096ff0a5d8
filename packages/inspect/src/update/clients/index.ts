import type { Artefact, Check, Fact, Facts, MapOut, Place, ReduceOut } from '../../contract.ts'
import { cases, placeOf, provisions } from '../../drafts.ts'
import { readShell } from '../../shell/commands.ts'
import '../../credentials/private-keys/facts.ts'
import '../../services/boot/facts.ts'
import { giveAnchors } from '../mechanism/anchor.ts'
import { lineAt } from '../mechanism/lines.ts'
import { CONFIGURATION_FILES, readConfiguration } from './configurations.ts'
import './facts.ts'
import { clientOf, giveConfiguredParts } from './parts.ts'
import {
  clientFound,
  keyringFound,
  plainTransport,
  signatureDisabled,
  signatureRequired,
  slotsFound,
  supportPeriod,
  tlsUnchecked,
} from './say.ts'
import { verificationOf } from './verification.ts'

const PROGRAMS =
  /^(?:.*\/)?(?:usr\/)?(?:local\/)?s?bin\/(rauc|swupdate|mender|mender-update|opkg|sysupgrade|apk|apt-get)$/
/** Where the program is called otherwise than the client. */
const PROGRAM_NAMES: Readonly<Record<string, string>> = { 'mender-update': 'mender', 'apt-get': 'apt' }
const CRONTABS =
  /^(?:.*\/)?(?:etc\/crontabs?\/[^/]+|etc\/crontab|etc\/cron\.d\/[^/]+|var\/spool\/cron\/(?:crontabs\/)?[^/]+)$/
const RELEASE = /^(?:.*\/)?(?:etc|usr\/lib)\/(?:os-release|openwrt_release)$/
export const clientsCheck: Check = {
  id: 'update.clients',
  version: 1,
  title: {
    en: 'Update clients and their configuration',
    de: 'Update-Programme und ihre Konfiguration',
  },
  provisions: provisions(
    ['5.3-1', '5.3-2', '5.3-4', '5.3-5', '5.3-7', '5.3-9', '5.3-10', '5.3-13', '5.5-1', '5.9-2'],
    ['5.3-1', '5.3-2', '5.3-4A', '5.3-5', '5.3-7', '5.3-9', '5.3-10', '5.3-13', '5.5-1', '5.9-2'],
  ),
  cases: cases(
    '5.3-1-1',
    '5.3-2-1',
    '5.3-4-1',
    '5.3-5-1',
    '5.3-7-1',
    '5.3-9-1',
    '5.3-10-1',
    '5.3-13-1',
    '5.5-1-2',
  ),
  input: ['image'],
  canShow: {
    en: 'Which update clients are there, and how they are configured.',
    de: 'Welche Update-Programme da sind, und wie sie konfiguriert sind.',
  },
  cannotShow: {
    en: 'That a forged update is refused on a unit, and that a client is used at all.',
    de: 'Dass ein gefälschtes Update auf einem Gerät abgewiesen wird, und dass ein Programm überhaupt benutzt wird.',
  },
  states: [
    'support.period',
    'update.client',
    'update.keyring',
    'update.signature.disabled',
    'update.signature.required',
    'update.slots',
    'update.tls.unchecked',
    'update.transport.plain-http',
  ],
  wants: { paths: [...CONFIGURATION_FILES, PROGRAMS, CRONTABS, RELEASE] },
  needs: ['boot.file', 'boot.link', 'boot.path', 'key.private', 'key.public'],
  gives: ['update.client', 'update.part', 'update.program', 'update.schedule'],
  look,
  conclude,
}

function look(artefact: Artefact, out: MapOut): void {
  const { inner } = artefact
  const program = PROGRAMS.exec(inner)?.[1]
  if (program !== undefined)
    out.fact('update.program', placeOf(artefact), {
      client: PROGRAM_NAMES[program] ?? program,
    })
  if (artefact.type !== 'file') return
  const configuration = readConfiguration(artefact)
  if (configuration) out.fact('update.client', placeOf(artefact), configuration)
  if (CRONTABS.test(inner)) lookAtCrontab(artefact, out)
  if (RELEASE.test(inner)) lookAtRelease(artefact, out)
}

function lookAtCrontab(artefact: Artefact, out: MapOut): void {
  const pattern = /^[ \t]*(?:@\w+|(?:[\d*,/A-Za-z-]+[ \t]+){5})[ \t]*(\S.*)$/gm
  const whole = artefact.text()
  for (const match of whole.matchAll(pattern)) {
    const text = match[0]
    if (text.trimStart().startsWith('#')) continue
    const words = readShell(match[1] as string).flatMap((command) => command.words)
    out.fact('update.schedule', placeOf(artefact, match.index, text.length), {
      words: words.slice(0, 32),
      text,
      line: lineAt(whole, match.index + text.search(/\S/)),
    })
  }
}

function lookAtRelease(artefact: Artefact, out: MapOut): void {
  const match = /^(?:[A-Z_]*)SUPPORT_END(?:_DATE)?=["']?(\d{4}-\d{2}(?:-\d{2})?)/m.exec(artefact.text())
  if (match) out.evidence(supportPeriod(placeOf(artefact, match.index, match[0].length), match[1] as string))
}

type ClientFact = Fact<'update.client'>

function conclude(facts: Facts, out: ReduceOut): void {
  const clients = facts.of('update.client')
  const programs = new Map(
    facts.of('update.program').map(({ place, data }) => [`${place.root}\n${data.client}`, place]),
  )
  for (const client of clients)
    concludeClient(client, clients, programs.get(`${client.place.root}\n${client.data.client}`), facts, out)
}

function concludeClient(
  client: ClientFact,
  all: readonly ClientFact[],
  program: Place | undefined,
  facts: Facts,
  out: ReduceOut,
): void {
  const { place, data } = client
  const installed = program !== undefined
  out.evidence(clientFound(client, installed))
  const keys = facts
    .of('key.public')
    .filter((key) => key.place.root === place.root && data.keys.some((one) => one.path === key.place.inner))
  const told = new Map(keys.map((key) => [key.place.inner, key]))
  for (const key of told.values()) out.evidence(keyringFound(key, client))
  giveAnchors([...told.values()], clientOf(data.client), facts, out, 'update.keyring')
  const verification = verificationOf(client, all)
  const verified = verification === 'always' || verification === 'required'
  const required = verified && keys.length > 0
  if (required) out.evidence(signatureRequired(client, installed))
  if (verification === 'off') out.evidence(signatureDisabled(client))
  if (hasSpare(data.slots)) out.evidence(slotsFound(client))
  for (const source of data.sources) {
    if (/^http:/i.test(source.url))
      out.evidence(plainTransport(place, { ...source, scheme: 'http' }, verified, false))
  }
  if (data.tlsUnchecked)
    out.evidence(tlsUnchecked(place, { client: data.client, repeat: `cat ${place.inner}` }, verified))
  giveConfiguredParts(client, { verification, required, program }, facts, out)
}

/** Two slots of one class, as in `rootfs.0` and `rootfs.1`. */
function hasSpare(slots: readonly string[]): boolean {
  const classes = slots.map((slot) => slot.split('.')[0])
  return classes.some((name, index) => classes.indexOf(name) !== index)
}
