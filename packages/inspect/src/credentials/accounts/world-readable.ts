import type { Artefact, EvidenceDraft } from '../../contract.ts'
import { cases, placeOf, provisions } from '../../drafts.ts'
import type { AccountFact } from './facts.ts'

const READ_BY_OTHERS = 0o004

/** Hashes in a file that every process of the device may read. */
export function worldReadable(artefact: Artefact, facts: readonly AccountFact[]): EvidenceDraft | undefined {
  const holders = facts.filter(({ field }) => field.state === 'hash' || field.state === 'untried')
  const { mode } = artefact
  if (mode === undefined || (mode & READ_BY_OTHERS) === 0 || holders.length === 0) return undefined
  return {
    kind: 'account.shadow.world-readable',
    polarity: 'against',
    provisions: provisions(['5.4-1']),
    cases: cases('5.4-1-1', '5.4-1-2'),
    place: placeOf(artefact),
    title: {
      en: `Every process may read the password hashes in ${artefact.name}`,
      de: `Jeder Prozess darf die Passwort-Hashes in ${artefact.name} lesen`,
    },
    observation: {
      file: artefact.name,
      mode: mode.toString(8).padStart(4, '0'),
      ...(artefact.uid === undefined ? {} : { owner: artefact.uid }),
      ...(artefact.gid === undefined ? {} : { group: artefact.gid }),
      accounts: holders.map(({ user }) => user),
    },
    confidence: {
      grade: 'high',
      reason: {
        en: 'The mode follows from the image.',
        de: 'Die Zugriffsrechte ergeben sich aus dem Abbild.',
      },
    },
    overturnedBy: {
      en: 'A listing from a running unit (ls -l) that shows the file without read permission for others.',
      de: 'Eine Auflistung von einem laufenden Gerät (ls -l), in der andere die Datei nicht lesen dürfen.',
    },
  }
}
