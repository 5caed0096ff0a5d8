import { createHash } from 'node:crypto'
import { latin1 } from '@messlatte/bytes'
import type { Artefact, MapOut, Settings } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import type { ReadHash } from '../../passwords/hash.ts'
import { hashIn, saltOf } from '../../passwords/salt.ts'
import { type Guessing, type Trial, tryPasswords } from '../../passwords/trial.ts'
import { isShellScript } from '../../shell/is-script.ts'
import { isBinary } from '../clear/found.ts'
import { isLibrary, isNotInUse } from '../clear/paths.ts'
import { isSampleArtefact } from '../sample-path.ts'
import { recordEvidence, sampleEvidence } from './evidence.ts'
import './facts.ts'
import type { StoreName, UserRecord } from './record.ts'
import { STORES, USER_FILE } from './stores.ts'
import { writtenLines } from './written-lines.ts'

/** Larger files are no file of users. */
const MOST_TEXT = 256 * 1024

/** Accounts of the system, which another check joins, and lists that hold no password. */
const SYSTEM = /(?:^|\/)(?:passwd|shadow|opasswd|group)-?$/
/** The system's files have more fields in a line; services call their own `passwd`, too. */
const TWO_FIELDS = /^[^:\n]{1,64}:[^:\n]{1,512}\s*(?:\n|$)/
const NOT_READ =
  /[._-](?:example|sample|dist|template|tmpl|orig|in|dpkg-\w+|rpmnew|rpmsave|ucf-\w+)$|\.(?:md|rst|html?|[1-9]|pod|js|ts|py|pl|rb|lua|php|sh|c|h|po|mo|so|txt\.gz|patch|diff)$|(?:^|\/)(?:var\/lib\/(?:dpkg|ucf|rpm)|usr\/lib\/opkg|node_modules|(?:site|dist)-packages|python[\d.]+|perl5?|ruby)\//i

/** Map: the users of one file, with what trying the usual passwords came to. */
export function lookAtUsers(artefact: Artefact, out: MapOut, settings: Settings): void {
  const { inner, bytes, type } = artefact
  if (type !== 'file' || bytes.size === 0) return
  if (isBinary(artefact) || isShellScript(artefact)) {
    if (!isNotInUse(artefact) && !isLibrary(inner))
      say(artefact, writtenLines(artefact), 'written-line', out, settings)
    return
  }
  if (bytes.size > MOST_TEXT) return
  const named = STORES.find(({ path }) => path.test(inner))
  if (!named && artefact.hits.length === 0) return
  const text = artefact.text()
  if (text.includes('\0') || text.startsWith('#!') || (SYSTEM.test(inner) && !TWO_FIELDS.test(text))) return
  const first = named?.read(text) ?? []
  const store = named && first.length > 0 ? named : USER_FILE
  const records = store === named ? first : artefact.hits.length > 0 ? USER_FILE.read(text) : []
  if (records.length === 0) return
  if (isSampleArtefact(artefact) || NOT_READ.test(inner)) {
    const marked = records.filter(({ secret }) => secret.state !== 'maybe')
    if (marked[0]) out.evidence(sampleEvidence(artefact, marked[0], marked.length, store.name))
    return
  }
  say(artefact, records, store.name, out, settings)
}

function say(
  artefact: Artefact,
  records: readonly UserRecord[],
  store: StoreName,
  out: MapOut,
  settings: Settings,
): void {
  const guessings = guessed(records, settings)
  let cut = 0
  for (const record of records) {
    const guessing = guessings.get(record)
    if (guessing && !guessing.found && guessing.tried < guessing.of) cut++
    const draft = recordEvidence(artefact, record, store, guessing)
    if (!draft) continue
    out.evidence(draft)
    give(artefact, record, store, guessing, out)
  }
  if (cut > 0) out.limit('guesses', placeOf(artefact), notAllTried(cut))
}

/** The record as a fact: others compare it with that of another release. */
function give(
  artefact: Artefact,
  { user, secret, offset, length }: UserRecord,
  store: StoreName,
  guessing: Guessing | undefined,
  out: MapOut,
): void {
  const hash = hashIn(latin1(artefact.bytes.view(offset, length)))
  const salt = saltOf(hash)
  out.fact('account.service', placeOf(artefact, offset, length), {
    user,
    store,
    held:
      secret.state === 'hash' || secret.state === 'maybe'
        ? { state: 'hash', scheme: secret.hash.scheme, guessing: guessing ?? NOT_TRIED }
        : secret,
    storedDigest: digestOf(hash),
    saltDigest: salt === undefined ? undefined : digestOf(salt),
  })
}

const NOT_TRIED: Guessing = { tried: 0, of: 1, lists: {}, found: undefined }

function digestOf(byteString: string): string {
  return createHash('sha256').update(byteString, 'latin1').digest('hex')
}

function guessed(records: readonly UserRecord[], settings: Settings): ReadonlyMap<UserRecord, Guessing> {
  const triable = records.flatMap((record): readonly { record: UserRecord; trial: Trial }[] => {
    const hash = hashOf(record)
    const key = `${record.user}:${record.offset}`
    return hash ? [{ record, trial: { user: record.user, key, hash } }] : []
  })
  const guessings = tryPasswords(
    triable.map(({ trial }) => trial),
    settings,
  )
  return new Map(
    triable.flatMap(({ record }, at) => (guessings[at] ? [[record, guessings[at]] as const] : [])),
  )
}

type Triable = Extract<ReadHash, { readonly state: 'hash' }>['hash']

function hashOf({ secret }: UserRecord): Triable | undefined {
  return secret.state === 'hash' || secret.state === 'maybe' ? secret.hash : undefined
}

function notAllTried(hashes: number) {
  return {
    en: `On ${hashes} password hash(es) not all of the usual passwords were tried, because the guesses were used up; --guesses raises the number.`,
    de: `An ${hashes} Passwort-Hash(es) wurden nicht alle üblichen Passwörter versucht, weil die Zahl der Versuche erreicht war; --guesses erhöht sie.`,
  }
}
