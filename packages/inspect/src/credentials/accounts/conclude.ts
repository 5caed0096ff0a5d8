import type { EvidenceDraft, Facts, ReduceOut, Settings } from '../../contract.ts'
import { type MadeSecret, madeSecrets } from '../set-by-script.ts'
import { backupEvidence, emptyEvidence, hashEvidence, lockedEvidence, replacedEvidence } from './evidence.ts'
import { extraRootEvidence } from './extra-root.ts'
import { type AccountEntry, type AccountSet, accountSets, countingField, loginOf } from './join.ts'
import { isLoginShell } from './shells.ts'
import { tryProductWords } from './words.ts'

/** Reduce: what the accounts of passwd and shadow of the same root come to. */
export function concludeAccounts(facts: Facts, out: ReduceOut, settings: Settings): void {
  const tried = tryProductWords(facts, out, settings)
  const made = madeSecrets(facts).filter(
    ({ from, target }) => from === 'random' && target.store === 'account',
  )
  for (const set of accountSets(tried)) {
    for (const entry of [...set.passwd, ...set.shadow]) {
      const draft = passwordEvidence(set, entry, made)
      if (draft) out.evidence(draft)
    }
    for (const entries of [set.passwd, set.shadow]) {
      const locked = lockedEvidence(entries)
      if (locked) out.evidence(locked)
    }
    for (const draft of extraRoots(set)) out.evidence(draft)
    for (const draft of oldPasswords(set)) out.evidence(draft)
  }
}

function passwordEvidence(
  set: AccountSet,
  entry: AccountEntry,
  made: readonly MadeSecret[],
): EvidenceDraft | undefined {
  const login = loginOf(set, entry.data)
  const { field } = entry.data
  switch (field.state) {
    case 'hash':
    case 'untried':
      return replaced(hashEvidence(entry, field, login), entry, made)
    case 'empty':
      return emptyEvidence(entry, login)
    case 'elsewhere':
    case 'locked':
    case 'unusable':
      return undefined
  }
}

/** A hash that a script of the boot replaces by a random one; a usual password stays open until it has run. */
function replaced(
  draft: EvidenceDraft,
  { data, place }: AccountEntry,
  made: readonly MadeSecret[],
): EvidenceDraft {
  if (draft.kind === 'account.password.weak') return draft
  const script = made.find(
    ({ place: { root }, target }) =>
      root === place.root && place.inner.startsWith('etc/') && target.name === data.user,
  )
  return script ? replacedEvidence(draft, data.user, script) : draft
}

/** Names beside the first one that have user id 0 and are not locked. */
function extraRoots(set: AccountSet): readonly EvidenceDraft[] {
  const roots = set.passwd.filter(({ data }) => data.login?.uid === 0)
  const first = roots.find(({ data }) => data.user === 'root') ?? roots[0]
  return roots.flatMap((entry) => {
    const { user, login } = entry.data
    if (!first || user === first.data.user || !login || !isLoginShell(login.shell)) return []
    const field = countingField(set, entry.data)
    if (field?.state === 'locked' || field?.state === 'unusable') return []
    return [extraRootEvidence(entry, first.data.user, field?.state)]
  })
}

/** Hashes that only a backup still holds. */
function oldPasswords(set: AccountSet): readonly EvidenceDraft[] {
  const live = new Set([...set.passwd, ...set.shadow].map(({ data }) => data.fieldDigest))
  return set.backups.flatMap((entry) => {
    const { field, fieldDigest } = entry.data
    const holds = (field.state === 'hash' || field.state === 'untried') && !live.has(fieldDigest)
    return holds ? [backupEvidence(entry, field.scheme)] : []
  })
}
