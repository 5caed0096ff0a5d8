import type { PartData, Text } from '@messlatte/model'
import type { Facts, ReduceOut } from '../../contract.ts'
import { baseName } from '../../services/boot/words.ts'
import type { Run } from '../../shell/script/evaluate.ts'
import { NAMES, plainTransport, tlsUnchecked } from '../clients/say.ts'
import { giveAnchors, keysAt } from '../mechanism/anchor.ts'
import type { Client, PartFact } from '../mechanism/facts.ts'
import { lineAt } from '../mechanism/lines.ts'
import { giveSchedules } from '../mechanism/schedules.ts'
import { startedBy, startsOf } from '../mechanism/starts.ts'
import { byClient, type ClientCheck } from './clients.ts'
import { type Fetch, noticeOf } from './commands.ts'
import { chosenDevices } from './devices.ts'
import { type FollowedScript, followScripts } from './follow.ts'
import {
  CHOSEN,
  fetchAndExecute,
  IN_COMMAND,
  ON_CONDITION,
  type Seen,
  usedUnverified,
  verifyingScript,
} from './say.ts'
import type { LinkedUse, ScriptUpdate } from './update.ts'

export function concludeScripts(facts: Facts, out: ReduceOut): void {
  for (const script of followScripts(facts)) concludeScript(new Told(script, facts, out))
}

/** One script, and how its parts are given. */
class Told {
  readonly script: FollowedScript
  readonly facts: Facts
  readonly out: ReduceOut
  readonly client: Client
  readonly check: ClientCheck

  constructor(script: FollowedScript, facts: Facts, out: ReduceOut) {
    this.script = script
    this.facts = facts
    this.out = out
    this.check = byClient(script, facts)
    const { owner } = this.check
    const { path } = script
    this.client =
      owner === undefined
        ? { id: `script:${path}`, title: { en: `Script ${path}`, de: `Skript ${path}` } }
        : { id: owner, title: { en: NAMES[owner], de: NAMES[owner] } }
  }

  seen({ file, offset, text }: Run): Seen {
    const source = this.script.files.get(file) ?? this.script.files.get(this.script.path)
    const place = source?.place ?? this.script.place
    return {
      place: { ...place, offset, length: text.length },
      line: lineAt(source?.text ?? '', offset),
      text,
    }
  }

  give(part: PartData, run: Run, statement: Text, more: Partial<PartFact> = {}): void {
    const { place, line, text } = this.seen(run)
    this.out.fact('update.part', place, {
      part,
      client: this.client,
      statement,
      polarity: 'neutral',
      confidence: run.conditions.length > 0 ? ON_CONDITION : IN_COMMAND,
      how: 'script',
      line,
      observation: { command: text, repeat: `sed -n ${line}p ${place.inner}` },
      ...more,
    })
  }
}

function concludeScript(told: Told): void {
  const { script, check } = told
  const { update } = script
  const fetches = mainFetches(update)
  // A program of the maker may verify what it is given.
  const linked = update.uses.some(({ link, what }) => link === 'fetched' && what !== 'handed')
  const verified = update.verifications.length > 0 || check.verified
  giveAgent(told)
  for (const fetch of fetches) {
    giveSource(told, fetch, verified, linked)
    giveTransport(told, fetch, verified, linked)
  }
  giveLocalSource(told)
  givePackageCheck(told, fetches)
  giveChoice(told)
  giveNotices(told)
}

const MOST_DEVICES = 4

/** One of several devices that the script writes to, as it chooses: the other one keeps what runs. */
function giveChoice(told: Told): void {
  const { path, files, update } = told.script
  const choices = [...chosenDevices(files.get(path)?.text ?? '')].filter(([, devices]) => devices.length > 1)
  for (const { run, what } of update.uses) {
    if (what !== 'flashed') continue
    const chosen = choices.find(([name]) => new RegExp(`\\$\\{?${name}\\b`).test(run.text))
    if (!chosen) continue
    const names = chosen[1].slice(0, MOST_DEVICES)
    told.give(
      { id: 'install', method: 'slots', names },
      run,
      {
        en: `It writes to one of several devices, which it chooses: ${names.join(', ')}.`,
        de: `Es schreibt auf eines von mehreren Geräten, das es auswählt: ${names.join(', ')}.`,
      },
      { confidence: CHOSEN },
    )
    return
  }
}

const CHANNELS: Readonly<Record<NonNullable<ReturnType<typeof noticeOf>>, Text>> = {
  message: { en: 'an MQTT message', de: 'eine MQTT-Nachricht' },
  mail: { en: 'a mail', de: 'eine E-Mail' },
  login: { en: 'a message to those who are logged in', de: 'eine Meldung an Angemeldete' },
  log: { en: 'a line to the log', de: 'eine Zeile ins Protokoll' },
}

/** One command of each kind: what it says is in the command itself. */
function giveNotices(told: Told): void {
  const byChannel = new Map(told.script.update.notices.toReversed().map((run) => [noticeOf(run), run]))
  for (const [channel, run] of byChannel) {
    if (channel === undefined) continue
    const { en, de } = CHANNELS[channel]
    told.give({ id: 'notification', channel, tells: 'unknown' }, run, {
      en: `It writes ${en}.`,
      de: `Es schreibt ${de}.`,
    })
  }
}

function mainFetches({ fetches }: ScriptUpdate): readonly Fetch[] {
  const main = fetches.filter(({ companion }) => !companion)
  const all = main.length > 0 ? main : fetches
  return [...new Map(all.map((fetch) => [fetch.url, fetch])).values()]
}

const RUNS_FETCHED: Text = { en: 'runs what it fetches', de: 'führt aus, was es lädt' }

/** With what was fetched, and with an update of which it is not known where it comes from. */
const DOES: Readonly<Record<LinkedUse['what'], readonly [fetched: Text, other: Text]>> = {
  flashed: [
    { en: 'writes to flash what it fetches', de: 'schreibt in den Flash, was es lädt' },
    { en: 'writes to flash', de: 'schreibt in den Flash' },
  ],
  handed: [
    {
      en: 'gives what it fetches to a program that writes it, by its name',
      de: 'übergibt, was es lädt, einem Programm, das es dem Namen nach schreibt',
    },
    { en: 'gives an update to a program', de: 'übergibt ein Update einem Programm' },
  ],
  installed: [
    { en: 'installs what it fetches', de: 'installiert, was es lädt' },
    { en: 'installs an update', de: 'installiert ein Update' },
  ],
  'piped-to-shell': [RUNS_FETCHED, RUNS_FETCHED],
  run: [RUNS_FETCHED, RUNS_FETCHED],
  unpacked: [
    { en: 'unpacks over the system what it fetches', de: 'entpackt über das System, was es lädt' },
    { en: 'unpacks an update over the system', de: 'entpackt ein Update über das System' },
  ],
}

function giveAgent(told: Told): void {
  const { script, facts, check, client, out } = told
  const { path, update } = script
  const use = update.uses.findLast(({ link }) => link === 'fetched') ?? update.uses.at(-1)
  const starts = startsOf(facts, script.place, [path])
  const { started, text } = startedBy(starts)
  const [fetch] = mainFetches(update)
  if (!use && fetch) {
    told.give({ id: 'agent', version: null, program: path, started }, fetch.run, {
      en: `${path} fetches what is firmware by its name; what puts it into place was not seen; ${text.en}.`,
      de: `${path} lädt, was dem Namen nach Firmware ist; was es einspielt, wurde nicht gesehen; ${text.de}.`,
    })
    giveSchedules(starts, client, 'downloads', out)
  }
  if (!use) return
  const does = DOES[use.what][use.link === 'fetched' ? 0 : 1]
  const owner = check.owner === undefined ? undefined : NAMES[check.owner]
  const statement =
    owner === undefined
      ? { en: `${path} ${does.en}; ${text.en}.`, de: `${path} ${does.de}; ${text.de}.` }
      : {
          en: `${path} has updates installed by ${owner}; ${text.en}.`,
          de: `${path} lässt Updates von ${owner} installieren; ${text.de}.`,
        }
  told.give({ id: 'agent', version: null, program: path, started }, use.run, statement)
  giveSchedules(starts, client, 'installs', out)
}

function giveSource(told: Told, fetch: Fetch, verified: boolean, linked: boolean): void {
  const { place, line } = told.seen(fetch.run)
  const { url, scheme, run } = fetch
  const isPlain = /^(?:http|ftp|tftp)$/.test(scheme)
  const known = !url.startsWith('$')
  const part: PartData = { id: 'source', way: 'remote', protocol: scheme, address: url }
  const statement = known
    ? { en: `It fetches ${url}.`, de: `Es lädt ${url}.` }
    : {
        en: `It fetches from an address that the script does not hold (${url}).`,
        de: `Es lädt von einer Adresse, die nicht im Skript steht (${url}).`,
      }
  if (!isPlain || !linked) {
    told.give(part, run, statement)
    return
  }
  told.out.evidence(
    plainTransport(
      place,
      { url, scheme, offset: place.offset, length: place.length },
      verified,
      run.conditions.some((condition) => !isOutcome(condition)),
    ),
  )
  told.give(part, run, statement, {
    evidence: 'update.transport.plain-http',
    polarity: verified ? 'neutral' : 'against',
    line,
  })
}

/** A condition that only asks whether the command before succeeded. */
function isOutcome(condition: string): boolean {
  return /^(?:wget|curl|uclient-fetch|tftp|\[ -[ef] )/.test(condition)
}

function giveTransport(told: Told, fetch: Fetch, verified: boolean, linked: boolean): void {
  const { run, url, scheme, unchecked, authorities, program } = fetch
  // A switched-off check counts whatever the address turns out to be.
  if (scheme !== 'https' && !(scheme === 'unknown' && unchecked)) return
  if (unchecked) {
    const statement = {
      en: 'The certificate of the server is not checked.',
      de: 'Das Zertifikat des Servers wird nicht geprüft.',
    }
    const part: PartData = { id: 'transport', checks: 'skipped', authorities: null }
    if (!linked) {
      told.give(part, run, statement)
      return
    }
    const { place, line, text } = told.seen(run)
    const observation = { url, command: text, repeat: `sed -n ${line}p ${place.inner}` }
    told.out.evidence(tlsUnchecked(place, observation, verified))
    told.give(part, run, statement, {
      evidence: 'update.tls.unchecked',
      polarity: verified ? 'neutral' : 'against',
    })
    return
  }
  if (authorities !== undefined) {
    const isBundle = /^\/etc\/ssl\/certs(?:\/ca-certificates\.crt|\/?$)|ca-bundle/.test(authorities)
    told.give({ id: 'transport', checks: isBundle ? 'bundle' : 'pinned', authorities }, run, {
      en: `The server is checked with the certificates in ${authorities}.`,
      de: `Der Server wird mit den Zertifikaten in ${authorities} geprüft.`,
    })
    return
  }
  const checks = /^(?:curl|rauc)$|^(?:node|python|php):/.test(program) ? 'bundle' : 'unknown'
  const name = program.slice(program.indexOf(':') + 1)
  told.give(
    { id: 'transport', checks, authorities: null },
    run,
    checks === 'bundle'
      ? {
          en: `${name} checks the server with the authorities of the system, as nothing tells it otherwise.`,
          de: `${name} prüft den Server mit den Zertifizierungsstellen des Systems, da nichts anderes angegeben ist.`,
        }
      : {
          en: `Nothing switches the check of the certificate off; whether this ${name} has one depends on how it was built.`,
          de: `Nichts schaltet die Prüfung des Zertifikats aus; ob dieses ${name} eine hat, hängt davon ab, wie es gebaut wurde.`,
        },
  )
}

/** Where an update comes from that nothing fetches: a stick, a page of the device. */
function giveLocalSource(told: Told): void {
  const { update } = told.script
  if (update.fetches.length > 0) return
  for (const { run } of update.uses) {
    const path = [...run.words, ...run.reads].find((word) =>
      /(?:^|=)\/(?:mnt|media|run\/media|var\/run\/media)\//.test(word),
    )
    if (path === undefined) continue
    told.give({ id: 'source', way: 'local', protocol: 'usb', address: path }, run, {
      en: `The update is read from a medium that is plugged in (${path}).`,
      de: `Das Update wird von einem eingesteckten Medium gelesen (${path}).`,
    })
    return
  }
}

const ONLY_A_SUM: Text = {
  en: '; only a checksum is computed',
  de: '; nur eine Prüfsumme wird berechnet',
}

function givePackageCheck(told: Told, fetches: readonly Fetch[]): void {
  const { script, check, facts, client, out } = told
  const { update } = script
  const seenFetches = update.fetches.map((fetch) => ({ url: fetch.url, line: told.seen(fetch.run).line }))
  const verification = update.verifications.find(({ isKnown }) => isKnown) ?? update.verifications[0]
  if (verification && !verification.isKnown) {
    const name = baseName(verification.run.words[0] ?? '')
    told.give({ id: 'packageCheck', checks: 'unknown', key: null }, verification.run, {
      en: `It runs ${name} before; whether that verifies a signature was not seen.`,
      de: `Es führt vorher ${name} aus; ob das eine Signatur prüft, wurde nicht gesehen.`,
    })
    return
  }
  if (verification) {
    const { run, gate, key } = verification
    const stops = gate === 'stops'
    const named = key === undefined ? { en: '', de: '' } : { en: ` with ${key}`, de: ` mit ${key}` }
    if (update.uses.some(({ link }) => link !== 'none'))
      out.evidence(
        verifyingScript(
          script.place,
          seenFetches,
          update.verifications.filter(({ isKnown }) => isKnown).map((one) => one.run.text),
          stops,
        ),
      )
    told.give(
      { id: 'packageCheck', checks: stops ? 'required' : 'unknown', key: key ?? null },
      run,
      stops
        ? {
            en: `It verifies a signature${named.en}, and goes on only if that succeeds.`,
            de: `Es prüft eine Signatur${named.de} und macht nur weiter, wenn das gelingt.`,
          }
        : {
            en: `It verifies a signature${named.en}; that a failure stops it was not seen.`,
            de: `Es prüft eine Signatur${named.de}; dass ein Fehlschlag es anhält, wurde nicht gesehen.`,
          },
    )
    if (key !== undefined) giveAnchors(keysAt(facts, script.place, key), client, facts, out)
    return
  }
  if (check.part) {
    told.give(check.part.data, check.part.run, check.part.statement)
    return
  }
  if (check.verified || check.owner !== undefined) return
  const safeChannel = fetches.every((fetch) => fetch.scheme === 'https' && !fetch.unchecked)
  for (const use of update.uses) {
    const seen = told.seen(use.run)
    // What goes straight into a shell is in no file over which a sum could be computed.
    const isSummed = update.checksums.length > 0 && use.what !== 'piped-to-shell'
    const checks = isSummed ? 'checksum' : 'off'
    const title = usedUnverified(use.what)
    const sum = isSummed ? ONLY_A_SUM : { en: '', de: '' }
    if (use.link === 'fetched' && use.what !== 'handed') {
      out.evidence(
        fetchAndExecute(
          { ...seen, what: use.what },
          seenFetches,
          update.checksums.map(({ text }) => text),
          safeChannel,
        ),
      )
      told.give(
        { id: 'packageCheck', checks, key: null },
        use.run,
        { en: `${title.en}${sum.en}.`, de: `${title.de}${sum.de}.` },
        {
          evidence: 'update.fetch-and-execute',
          polarity: safeChannel ? 'neutral' : 'against',
        },
      )
    } else
      told.give({ id: 'packageCheck', checks: 'unknown', key: null }, use.run, {
        en: 'No command of the script verifies a signature; what calls it, or what it calls, may.',
        de: 'Kein Befehl des Skripts prüft eine Signatur; was es aufruft oder was es aufgerufen hat, kann es tun.',
      })
  }
}
