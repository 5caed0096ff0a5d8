import type { Artefact, Check, Fact, Facts, MapOut, Place, ReduceOut } from '../../contract.ts'
import { cases, placeOf, provisions } from '../../drafts.ts'
import { readShell } from '../../shell/commands.ts'
import { isShellScript } from '../../shell/is-script.ts'
import '../../credentials/private-keys/facts.ts'
import { CONFIGURATION_FILES, readConfiguration } from './configurations.ts'
import './facts.ts'
import { giveConfiguredParts } from './parts.ts'
import {
  at,
  automatic,
  clientFound,
  fetchAndExecute,
  keyringFound,
  plainTransport,
  signatureDisabled,
  signatureRequired,
  slotsFound,
  supportPeriod,
  tlsUnchecked,
  verifyingScript,
} from './say.ts'
import { FETCH_LITERALS, readUpdateScript } from './scripts.ts'

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
    en: 'Update clients, their configuration, and scripts that update',
    de: 'Update-Programme, ihre Konfiguration und Skripte, die aktualisieren',
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
    en: 'Which update clients are there, how they are configured, and that a script uses what it fetched without looking at a signature.',
    de: 'Welche Update-Programme da sind, wie sie konfiguriert sind, und dass ein Skript Geladenes verwendet, ohne auf eine Signatur zu sehen.',
  },
  cannotShow: {
    en: 'That a forged update is refused on a unit, and what programs that are no scripts do.',
    de: 'Dass ein gefälschtes Update auf einem Gerät abgewiesen wird, und was Programme tun, die keine Skripte sind.',
  },
  states: [
    'support.period',
    'update.automatic',
    'update.client',
    'update.fetch-and-execute',
    'update.keyring',
    'update.signature.disabled',
    'update.signature.required',
    'update.slots',
    'update.tls.unchecked',
    'update.transport.plain-http',
  ],
  wants: { paths: [...CONFIGURATION_FILES, PROGRAMS, CRONTABS, RELEASE], literals: true },
  literals: FETCH_LITERALS,
  needs: ['key.public'],
  gives: ['update.client', 'update.part', 'update.program', 'update.script', 'update.schedule'],
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
  if (artefact.hits.length > 0 && isShellScript(artefact)) {
    const script = readUpdateScript(artefact.text())
    if (script) out.fact('update.script', placeOf(artefact), script)
  }
}

function lookAtCrontab(artefact: Artefact, out: MapOut): void {
  const pattern = /^[ \t]*(?:@\w+|(?:[\d*,/A-Za-z-]+[ \t]+){5})[ \t]*(\S.*)$/gm
  for (const match of artefact.text().matchAll(pattern)) {
    const text = match[0]
    if (text.trimStart().startsWith('#')) continue
    const words = readShell(match[1] as string).flatMap((command) => command.words)
    out.fact('update.schedule', placeOf(artefact, match.index, text.length), {
      words: words.slice(0, 32),
      text,
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
  for (const script of facts.of('update.script')) concludeScript(script, out)
  concludeSchedules(facts, out)
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
  const told = new Set<string>()
  for (const key of keys) {
    if (told.has(key.place.inner)) continue
    told.add(key.place.inner)
    out.evidence(keyringFound(key, client))
  }
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
  giveConfiguredParts(client, { verification, required, program }, out)
}

/** opkg's feeds and its option may stand in different files of one root: without the option, lists are not verified. */
function verificationOf(
  { place, data }: ClientFact,
  all: readonly ClientFact[],
): ClientFact['data']['verification'] {
  if (data.client !== 'opkg' || data.verification !== 'unknown') return data.verification
  const others = all.filter((one) => one.data.client === 'opkg' && one.place.root === place.root)
  return others.find((one) => one.data.verification !== 'unknown')?.data.verification ?? 'off'
}

/** Two slots of one class, as in `rootfs.0` and `rootfs.1`. */
function hasSpare(slots: readonly string[]): boolean {
  const classes = slots.map((slot) => slot.split('.')[0])
  return classes.some((name, index) => classes.indexOf(name) !== index)
}

function concludeScript(script: Fact<'update.script'>, out: ReduceOut): void {
  const { place, data } = script
  const verified = data.verifiedBy.length > 0
  const main = data.fetches.filter((fetch) => !fetch.companion)
  for (const fetch of main.length > 0 ? main : data.fetches) {
    if (fetch.scheme !== 'https') out.evidence(plainTransport(place, fetch, verified, fetch.conditional))
    if (fetch.unchecked) {
      out.evidence(
        tlsUnchecked(
          at(place, fetch.offset, fetch.length),
          { url: fetch.url, command: fetch.text, repeat: `sed -n ${fetch.line}p ${place.inner}` },
          verified,
        ),
      )
    }
  }
  if (verified) out.evidence(verifyingScript(script))
  else for (const use of data.uses) out.evidence(fetchAndExecute(script, use))
}

const CLIENT_PROGRAM =
  /^(?:.*\/)?(?:rauc|swupdate|mender|mender-update|opkg|sysupgrade|rauc-hawkbit-updater)$/

function concludeSchedules(facts: Facts, out: ReduceOut): void {
  const scripts = new Set(facts.of('update.script').map(({ place }) => `${place.root}\n${place.inner}`))
  for (const { place, data } of facts.of('update.schedule')) {
    const runs = data.words.find(
      (word) =>
        scripts.has(`${place.root}\n${word.replace(/^\/+/, '')}`) ||
        CLIENT_PROGRAM.test(word) ||
        /(?:^|\/)[\w-]*(?:update|upgrade)[\w-]*$/.test(word),
    )
    if (runs !== undefined) out.evidence(automatic(place, data.text, runs))
  }
}
