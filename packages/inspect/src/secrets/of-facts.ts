import { createHmac } from 'node:crypto'
import type { Fact, Facts, Place, Settings } from '../contract.ts'
import { accountSets, loginOf } from '../credentials/accounts/join.ts'
import { tryProductWords } from '../credentials/accounts/words.ts'
import { subjectOf } from '../credentials/clear/subjects.ts'
import '../credentials/clear/facts.ts'
import { printable } from '../credentials/printable.ts'
import { confirmedKeys } from '../credentials/private-keys/conclude.ts'
import { isSshContainer } from '../credentials/private-keys/evidence.ts'
import '../credentials/service-accounts/facts.ts'
import { knownKey } from '../known-keys/index.ts'
import { USUAL_PASSWORDS } from '../passwords/usual.ts'
import type { ReleaseSecret, SecretsWanted } from './secret.ts'

/** Secrets of one release that are handed out. */
const MOST_SECRETS = 20_000
const USUAL = new Set(USUAL_PASSWORDS)

interface Keyed {
  digest(domain: string, bytes: Uint8Array | string): string
  readonly values: boolean
}

/** Every secret of a release out of its facts, in the order of their places, once each. Harmless ones are left out. */
export function secretsOf(facts: Facts, wanted: SecretsWanted, settings: Settings): readonly ReleaseSecret[] {
  const key = Buffer.from(wanted.keyHex, 'hex')
  const keyed: Keyed = {
    digest: (domain, bytes) => createHmac('sha256', key).update(`${domain}\0`).update(bytes).digest('hex'),
    values: wanted.values,
  }
  const all = [
    ...accounts(facts, keyed, settings),
    ...facts.of('account.service').map((fact) => serviceAccount(fact, keyed)),
    ...facts.of('credential.clear').flatMap((fact) => clear(fact, keyed)),
    ...privateKeys(facts, keyed),
  ]
  const once = new Map(
    all.map((one) => [`${one.place.path}\0${one.place.offset}\0${one.slot}\0${one.digest}`, one]),
  )
  return [...once.values()]
    .sort(
      (a, b) =>
        compare(a.place.path, b.place.path) || a.place.offset - b.place.offset || compare(a.slot, b.slot),
    )
    .slice(0, MOST_SECRETS)
}

/** A nest path without the name of the release's own file or folder, and without offsets. */
export function withoutOffsets(path: string): string {
  return path.replace(/^.*?(?=@0x[0-9a-f]+(?::|\/|$)|\/|$)/, '').replaceAll(/@0x[0-9a-f]+(?=:|\/|$)/g, '')
}

function slotOf(place: Place, ...names: readonly string[]): string {
  return [withoutOffsets(place.path), ...names].join(' ')
}

/** A secret is the same whether it was read as text or tried as a password. */
function ofValue(keyed: Keyed, value: string): Pick<ReleaseSecret, 'digest' | 'value'> {
  return {
    digest: keyed.digest('value', Buffer.from(value, 'latin1')),
    ...(keyed.values ? { value } : {}),
  }
}

function accounts(facts: Facts, keyed: Keyed, settings: Settings): readonly ReleaseSecret[] {
  return accountSets(tryProductWords(facts, { ask: () => {} }, settings)).flatMap((set) =>
    [...set.passwd, ...set.shadow].flatMap((entry): readonly ReleaseSecret[] => {
      const { data, place } = entry
      const { field } = data
      if (field.state !== 'hash' && field.state !== 'untried' && field.state !== 'empty') return []
      const login = loginOf(set, data)
      const common = {
        kind: 'account' as const,
        subject: 'account',
        opens: 'device' as const,
        name: printable(data.user),
        place,
        slot: slotOf(place, 'account', data.user),
        publicSha256: null,
        weakness: login === 'no-shell' || login === 'no-account' ? login : null,
      }
      return [{ ...common, ...password(keyed, field, data.fieldDigest, data.saltDigest) }]
    }),
  )
}

type Held = Fact<'account.service'>['data']['held'] | Fact<'account.entry'>['data']['field']

function password(keyed: Keyed, held: Held, stored: string, salt: string | undefined) {
  const none = { salt: null, exhausted: false, algorithm: null, known: false }
  switch (held.state) {
    case 'clear':
      return {
        ...none,
        form: 'clear' as const,
        ...ofValue(keyed, held.password),
        known: USUAL.has(held.password),
      }
    case 'hash': {
      const { found, tried, of } = held.guessing
      if (found) {
        const value = Buffer.from(found.password, 'utf8').toString('latin1')
        const known = found.list !== 'wordlist'
        return { ...none, form: 'guessed' as const, ...ofValue(keyed, value), algorithm: held.scheme, known }
      }
      return {
        ...hashed(keyed, stored, salt),
        exhausted: tried >= of,
        algorithm: held.scheme,
        known: false,
      }
    }
    case 'untried':
      return { ...none, ...hashed(keyed, stored, salt), algorithm: held.scheme }
    case 'empty':
    case 'elsewhere':
    case 'locked':
    case 'unusable':
      return { ...none, form: 'empty' as const, digest: keyed.digest('value', ''), known: true }
  }
}

function hashed(keyed: Keyed, stored: string, salt: string | undefined) {
  return {
    form: 'hashed' as const,
    digest: keyed.digest('hash', stored),
    salt: salt === undefined ? null : keyed.digest('salt', salt),
  }
}

function serviceAccount({ place, data }: Fact<'account.service'>, keyed: Keyed): ReleaseSecret {
  return {
    kind: 'account',
    subject: data.store,
    opens: 'device',
    name: printable(data.user),
    place,
    slot: slotOf(place, data.store, data.user),
    publicSha256: null,
    weakness: null,
    ...password(keyed, data.held, data.storedDigest, data.saltDigest),
  }
}

function clear({ place, data }: Fact<'credential.clear'>, keyed: Keyed): readonly ReleaseSecret[] {
  if (data.state === 'example' || data.state === 'none' || data.value === '') return []
  return [
    {
      kind: 'credential',
      subject: data.subject,
      opens: subjectOf(data.subject).opens,
      name: printable(data.user === undefined ? data.setting : `${data.setting} (${data.user})`),
      place,
      slot: slotOf(place, data.subject, data.setting, data.user ?? ''),
      form: 'clear',
      ...ofValue(keyed, data.value),
      salt: null,
      exhausted: false,
      algorithm: null,
      publicSha256: null,
      known: data.state === 'default' || data.weakness === 'by-specification',
      weakness: data.weakness ?? null,
    },
  ]
}

function privateKeys(facts: Facts, keyed: Keyed): readonly ReleaseSecret[] {
  const base = { kind: 'private-key', salt: null, exhausted: false, weakness: null } as const
  const open = [...facts.of('key.private'), ...confirmedKeys(facts)].flatMap(
    ({ place, data }): readonly ReleaseSecret[] =>
      data.sample !== undefined
        ? []
        : [
            {
              ...base,
              subject: data.container,
              opens: isSshContainer(data.container) ? 'ssh' : 'service',
              name: data.name,
              place,
              slot: slotOf(place, 'key', data.algorithm.replace(/^ec-.*/, 'ec')),
              form: 'private-key',
              digest: keyed.digest('public-half', data.spkiSha256),
              algorithm: `${data.algorithm} ${data.bits}`,
              publicSha256: data.spkiSha256,
              known: knownKey(data.spkiSha256) !== undefined,
            },
          ],
  )
  const closed = facts.of('key.encrypted').map(
    ({ place, data }): ReleaseSecret => ({
      ...base,
      subject: data.container,
      opens: isSshContainer(data.container) ? 'ssh' : 'service',
      name: '',
      place,
      slot: slotOf(place, 'encrypted-key', data.container),
      form: 'encrypted',
      digest: data.identity
        ? keyed.digest('public-half', data.identity.spkiSha256)
        : keyed.digest('bytes', data.contentDigest),
      algorithm: data.identity ? `${data.identity.algorithm} ${data.identity.bits}` : null,
      publicSha256: data.identity?.spkiSha256 ?? null,
      known: false,
    }),
  )
  return [...open, ...closed]
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
