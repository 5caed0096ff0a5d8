import type { Confidence, Text } from '@messlatte/model'
import type { EvidenceDraft, Observation, Place } from '../../contract.ts'
import { cases, provisions, secret } from '../../drafts.ts'
import type { MadeSecret } from '../set-by-script.ts'
import type { FieldFact } from './facts.ts'
import type { AccountEntry, Login } from './join.ts'
import * as say from './say.ts'

type HashField = Extract<FieldFact, { readonly state: 'hash' | 'untried' }>

const FIXED_PASSWORD = {
  polarity: 'against',
  provisions: provisions(['5.1-1', '5.4-3']),
  cases: cases('5.1-1-1', '5.1-1-2', '5.4-3-1', '5.4-3-2'),
} as const

/** A set hash: a weak one is named, another one is still the same in every unit with this image. */
export function hashEvidence(entry: AccountEntry, field: HashField, login: Login): EvidenceDraft {
  const { user } = entry.data
  const common = { ...FIXED_PASSWORD, place: entry.place, overturnedBy: say.PROVISIONING }
  if (field.state === 'untried') {
    return {
      ...common,
      kind: 'account.password.not-tried',
      title: say.notTried(user, field.scheme),
      observation: { ...about(entry, login), algorithm: field.scheme, notTried: field.why },
      confidence: untriedConfidence(login, field.why),
    }
  }
  const { scheme, guessing, repeat } = field
  const hashed = { ...about(entry, login), algorithm: scheme, repeat: repeat ?? null }
  if (guessing.found) {
    const { password, list } = guessing.found
    return {
      ...common,
      kind: 'account.password.weak',
      title: say.weak(user),
      // Not how many were tried: with the list, that would tell which one it is.
      observation: { ...hashed, candidates: guessing.of, password: secret('password', password), list },
      confidence: weakConfidence(login),
    }
  }
  const observation = { ...hashed, tried: guessing.tried, of: guessing.of, lists: guessing.lists }
  if (guessing.tried > 0) {
    return {
      ...common,
      kind: 'account.password.set',
      title: say.set(user),
      observation,
      confidence: setConfidence(login),
    }
  }
  return {
    ...common,
    kind: 'account.password.not-tried',
    title: say.notTried(user, scheme),
    observation: { ...observation, notTried: 'guesses-used-up' },
    confidence: untriedConfidence(login, 'guesses-used-up'),
  }
}

/** What a script replaces by a random password is not the same in every unit. */
export function replacedEvidence(
  { overturnedBy: _, ...draft }: EvidenceDraft,
  user: string,
  { place, line }: MadeSecret,
): EvidenceDraft {
  return {
    ...draft,
    polarity: 'neutral',
    title: say.replaced(user, place.inner),
    observation: { found: draft.observation, replacedBy: { file: place.inner, line } },
    confidence: { grade: 'medium', reason: say.REPLACED_REASON },
  }
}

/** An empty field: a login without a password, where the account has a shell. */
export function emptyEvidence(entry: AccountEntry, login: Login): EvidenceDraft {
  const { user } = entry.data
  const against = login === 'shell' || login === 'unknown'
  const grade = against ? 'medium' : 'low'
  return {
    kind: 'account.password.empty',
    polarity: against ? 'against' : 'neutral',
    provisions: provisions(['5.1-1']),
    cases: cases('5.1-1-1', '5.1-1-2'),
    place: entry.place,
    title: against ? say.empty(user) : say.emptyWithoutShell(user),
    observation: about(entry, login),
    confidence: { grade, reason: say.EMPTY_REASON[login] },
    ...(against ? { overturnedBy: say.FORCED_SETUP } : {}),
  }
}

/** One statement for all locked accounts of a file. */
export function lockedEvidence(entries: readonly AccountEntry[]): EvidenceDraft | undefined {
  const users = (state: string): readonly string[] =>
    entries.filter(({ data }) => data.field.state === state).map(({ data }) => data.user)
  const [locked, unusable] = [users('locked'), users('unusable')]
  const first = entries.find(({ data }) => data.field.state === 'locked' || data.field.state === 'unusable')
  if (!first) return undefined
  return {
    kind: 'account.password.locked',
    polarity: 'neutral',
    provisions: provisions(['5.1-1']),
    cases: cases('5.1-1-2'),
    place: first.place,
    title: say.locked(locked.length + unusable.length),
    observation: { file: first.data.file, locked, unusable },
    confidence: { grade: 'high', reason: say.LOCKED_REASON },
  }
}

export function backupEvidence({ data, place }: AccountEntry, scheme: string): EvidenceDraft {
  return {
    kind: 'account.backup.hash',
    polarity: 'neutral',
    provisions: provisions(['5.4-3']),
    cases: cases('5.4-3-2'),
    place,
    title: say.backup(data.user, data.file),
    observation: { user: data.user, file: `${data.file}-`, algorithm: scheme },
    confidence: { grade: 'medium', reason: say.BACKUP_REASON },
  }
}

/** Accounts that no login reads: nothing is tried on them. */
export function sampleEvidence(place: Place, file: string, count: number): EvidenceDraft {
  return {
    kind: 'account.sample',
    polarity: 'neutral',
    provisions: provisions(['5.4-3']),
    cases: cases('5.4-3-2'),
    place,
    title: say.sample(count),
    observation: { file, accounts: count },
    confidence: { grade: 'medium', reason: say.SAMPLE_REASON },
  }
}

function about({ data }: AccountEntry, login: Login): { readonly [key: string]: Observation } {
  return {
    user: data.user,
    file: data.file,
    login,
    ...(data.login ? { uid: data.login.uid, shell: data.login.shell } : {}),
  }
}

function weakConfidence(login: Login): Confidence {
  const grade = { shell: 'high', unknown: 'high', 'no-shell': 'medium', 'no-account': 'low' } as const
  return { grade: grade[login], reason: reason(say.WEAK_REASON, say.LOGIN_REASON[login]) }
}

function setConfidence(login: Login): Confidence {
  const grade = { shell: 'medium', unknown: 'medium', 'no-shell': 'low', 'no-account': 'low' } as const
  return { grade: grade[login], reason: reason(say.SET_REASON, say.LOGIN_REASON[login]) }
}

function untriedConfidence(login: Login, why: keyof typeof say.UNTRIED_REASON): Confidence {
  const { grade, reason: set } = setConfidence(login)
  return { grade, reason: reason(set, say.UNTRIED_REASON[why]) }
}

function reason(first: Text, second: Text): Text {
  return { en: `${first.en} ${second.en}`, de: `${first.de} ${second.de}` }
}
