import type { Confidence, Text } from '@messlatte/model'
import type { Artefact, EvidenceDraft, Observation } from '../../contract.ts'
import { cases, placeOf, provisions, secret } from '../../drafts.ts'
import type { Guessing } from '../../passwords/trial.ts'
import { USUAL_PASSWORDS } from '../../passwords/usual.ts'
import type { StoreName, UserRecord } from './record.ts'
import * as say from './say.ts'

const FIXED = {
  polarity: 'against',
  provisions: provisions(['5.1-1', '5.4-3']),
  cases: cases('5.1-1-1', '5.1-1-2', '5.4-3-1', '5.4-3-2'),
} as const

const USUAL = new Set(USUAL_PASSWORDS)
/** What packages bring along; a program may read it, and its configuration may name another file. */
const SHARED = /(?:^|\/)usr\/(?:local\/)?(?:share|lib)\//

/** What a record comes to; undefined for digits that no password gave. */
export function recordEvidence(
  artefact: Artefact,
  record: UserRecord,
  store: StoreName,
  guessing: Guessing | undefined,
): EvidenceDraft | undefined {
  const name = record.user === '' ? undefined : record.user
  const common = {
    ...FIXED,
    place: placeOf(artefact, record.offset, record.length),
    overturnedBy: say.PROVISIONING,
  }
  const about = { user: name ?? null, file: artefact.inner, store }
  const weaker = SHARED.test(artefact.inner) || store === 'gshadow'
  const { secret: held } = record
  switch (held.state) {
    case 'empty':
      return {
        ...common,
        kind: 'account.service.empty',
        title: say.empty(name, store),
        observation: about,
        confidence: confidence('medium', weaker, say.EMPTY_REASON),
      }
    case 'clear':
      return {
        ...common,
        kind: 'account.service.clear',
        title: say.clear(name, store),
        observation: {
          ...about,
          password: secret('password', held.password),
          usual: USUAL.has(held.password) || held.password === record.user,
        },
        confidence: confidence('medium', weaker, say.CLEAR_REASON),
      }
    case 'untried':
      return {
        ...common,
        kind: 'account.service.not-tried',
        title: say.notTried(name, store),
        observation: { ...about, algorithm: held.scheme, notTried: held.why },
        confidence: confidence('medium', weaker, say.SET_REASON),
      }
    case 'hash':
    case 'maybe':
      return (
        guessing &&
        hashEvidence(
          common,
          record,
          { ...about, algorithm: held.hash.scheme, repeat: held.hash.repeat ?? null },
          guessing,
          store,
          weaker,
        )
      )
  }
}

function hashEvidence(
  common: Omit<EvidenceDraft, 'confidence' | 'kind' | 'observation' | 'title'>,
  { user, secret: held }: UserRecord,
  hashed: { readonly [key: string]: Observation },
  { found, tried, of, lists }: Guessing,
  store: StoreName,
  weaker: boolean,
): EvidenceDraft | undefined {
  const name = user === '' ? undefined : user
  if (found) {
    return {
      ...common,
      kind: 'account.service.weak',
      title: say.weak(name, store),
      // Not how many were tried: with the list, that would tell which one it is.
      observation: {
        ...hashed,
        candidates: of,
        password: secret('password', found.password),
        list: found.list,
      },
      confidence: weaker
        ? { grade: 'medium', reason: joined(say.WEAK_REASON, say.WEAKER) }
        : { grade: 'high', reason: say.WEAK_REASON },
    }
  }
  if (held.state === 'maybe') return undefined
  const notTried = tried === 0
  return {
    ...common,
    kind: notTried ? 'account.service.not-tried' : 'account.service.set',
    title: notTried ? say.notTried(name, store) : say.set(name, store),
    observation: { ...hashed, tried, of, lists, ...(notTried ? { notTried: 'guesses-used-up' } : {}) },
    confidence: confidence('medium', weaker, say.SET_REASON),
  }
}

/** Users in a sample: nothing reads it when the product runs. */
export function sampleEvidence(
  artefact: Artefact,
  first: UserRecord,
  count: number,
  store: StoreName,
): EvidenceDraft {
  return {
    kind: 'account.service.sample',
    polarity: 'neutral',
    provisions: provisions(['5.4-3']),
    cases: cases('5.4-3-2'),
    place: placeOf(artefact, first.offset, first.length),
    title: say.sample(count),
    observation: { file: artefact.inner, store, users: count },
    confidence: { grade: 'medium', reason: say.SAMPLE_REASON },
  }
}

function confidence(grade: 'medium', weaker: boolean, reason: Text): Confidence {
  return weaker ? { grade: 'low', reason: joined(reason, say.WEAKER) } : { grade, reason }
}

function joined(first: Text, second: Text): Text {
  return { en: `${first.en} ${second.en}`, de: `${first.de} ${second.de}` }
}
