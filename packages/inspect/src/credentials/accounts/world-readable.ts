import type { Artefact, EvidenceDraft } from '../../contract.ts'
import { cases, placeOf, provisions } from '../../drafts.ts'
import type { AccountFact } from './facts.ts'

const READ_BY_OTHERS = 0o004
/** What readers give a file of a format that holds no rights: it says nothing, and such formats hold no owners either. */
const GIVEN: readonly number[] = [0o644, 0o755, 0o444, 0o555]

/** Hashes in a file that every process of the device may read. */
export function worldReadable(artefact: Artefact, facts: readonly AccountFact[]): EvidenceDraft | undefined {
  const holders = facts.filter(({ field }) => field.state === 'hash' || field.state === 'untried')
  if ((artefact.mode & READ_BY_OTHERS) === 0 || holders.length === 0) return undefined
  if (artefact.uid === undefined && GIVEN.includes(artefact.mode)) return undefined
  const mode = artefact.mode.toString(8).padStart(4, '0')
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
      mode,
      ...(artefact.uid === undefined ? {} : { owner: artefact.uid }),
      ...(artefact.gid === undefined ? {} : { group: artefact.gid }),
      accounts: holders.map(({ user }) => user),
    },
    confidence: {
      grade: 'high',
      reason: {
        en: 'The mode is stored in the image beside the file.',
        de: 'Die Zugriffsrechte stehen im Abbild bei der Datei.',
      },
    },
    overturnedBy: {
      en: 'A listing from a running unit (ls -l) that shows the file without read permission for others.',
      de: 'Eine Auflistung von einem laufenden Gerät (ls -l), in der andere die Datei nicht lesen dürfen.',
    },
  }
}
