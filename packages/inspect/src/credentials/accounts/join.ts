import type { Fact } from '../../contract.ts'
import type { AccountFact } from './facts.ts'
import { isLoginShell } from './shells.ts'

export type AccountEntry = Fact<'account.entry'>

/** What passwd says about who can log in with a password field. */
export type Login = 'shell' | 'no-shell' | 'no-account' | 'unknown'

/** The account files of one folder `etc`. */
export interface AccountSet {
  readonly passwd: readonly AccountEntry[]
  readonly shadow: readonly AccountEntry[]
  readonly backups: readonly AccountEntry[]
}

/** Puts passwd and shadow of the same folder of the same root together. */
export function accountSets(all: readonly AccountEntry[]): readonly AccountSet[] {
  const byFolder = new Map<string, AccountEntry[]>()
  for (const entry of all) {
    const { root, inner } = entry.place
    const key = JSON.stringify([root, inner.slice(0, inner.lastIndexOf('/') + 1)])
    const known = byFolder.get(key)
    if (known) known.push(entry)
    else byFolder.set(key, [entry])
  }
  return [...byFolder.values()].map((entries) => {
    const live = entries.filter(({ data }) => !data.backup)
    return {
      passwd: live.filter(({ data }) => data.file === 'passwd'),
      shadow: live.filter(({ data }) => data.file === 'shadow'),
      backups: entries.filter(({ data }) => data.backup),
    }
  })
}

export function loginOf({ passwd }: AccountSet, { user, login }: AccountFact): Login {
  const found = login ?? passwd.find(({ data }) => data.user === user)?.data.login
  if (found) return isLoginShell(found.shell) ? 'shell' : 'no-shell'
  return passwd.length === 0 ? 'unknown' : 'no-account'
}

/** The field that counts at a login: that of passwd, and that of shadow where passwd says `x`. */
export function countingField(
  { shadow }: AccountSet,
  { user, field }: AccountFact,
): AccountFact['field'] | undefined {
  if (field.state !== 'elsewhere') return field
  return shadow.find(({ data }) => data.user === user)?.data.field
}
