import type { Text } from '@messlatte/model'
import type { EvidenceDraft, Place } from '../../contract.ts'
import { provisions } from '../../drafts.ts'
import { draft, FETCHED_ELSEWHERE } from '../clients/say.ts'
import type { Use } from './commands.ts'

/** A command with its place in the script that it stands in. */
export interface Seen {
  readonly place: Place
  readonly line: number
  readonly text: string
}

export const IN_COMMAND: EvidenceDraft['confidence'] = {
  grade: 'high',
  reason: {
    en: 'It stands in a command of the script.',
    de: 'Es steht in einem Befehl des Skripts.',
  },
}

export const ON_CONDITION: EvidenceDraft['confidence'] = {
  grade: 'medium',
  reason: {
    en: 'It stands in a command that runs on a condition.',
    de: 'Es steht in einem Befehl, der unter einer Bedingung läuft.',
  },
}

export const CHOSEN: EvidenceDraft['confidence'] = {
  grade: 'medium',
  reason: {
    en: 'The script gives one variable different devices; that the choice falls on what does not run was not followed.',
    de: 'Das Skript gibt einer Variablen verschiedene Geräte; dass die Wahl auf das fällt, was nicht läuft, wurde nicht verfolgt.',
  },
}

const USED: Readonly<Record<Use['what'], Text>> = {
  flashed: { en: 'written to flash', de: 'in den Flash geschrieben' },
  handed: { en: 'given to another program', de: 'einem anderen Programm übergeben' },
  installed: { en: 'installed', de: 'installiert' },
  'piped-to-shell': { en: 'run', de: 'ausgeführt' },
  run: { en: 'run', de: 'ausgeführt' },
  unpacked: { en: 'unpacked over the system', de: 'über das System entpackt' },
}

export function usedUnverified(what: Use['what']): Text {
  const used = USED[what]
  return {
    en: `What was fetched is ${used.en} without a verified signature`,
    de: `Geladenes wird ohne geprüfte Signatur ${used.de}`,
  }
}

export function fetchAndExecute(
  use: Seen & { readonly what: Use['what'] },
  fetched: readonly { readonly url: string; readonly line: number }[],
  checksums: readonly string[],
  safeChannel: boolean,
): EvidenceDraft {
  return draft(
    'update.fetch-and-execute',
    safeChannel ? 'neutral' : 'against',
    provisions(['5.3-2', '5.3-7', '5.3-9', '5.3-10']),
    ['5.3-2-1', '5.3-7-1', '5.3-9-1', '5.3-10-1'],
    use.place,
    usedUnverified(use.what),
    {
      observation: {
        what: use.what,
        command: use.text,
        line: use.line,
        fetched,
        checksumsOnly: checksums,
        repeat: `sed -n ${use.line}p ${use.place.inner}`,
      },
      confidence: safeChannel
        ? {
            grade: 'low',
            reason: {
              en: 'The server is authenticated by TLS, which can be a trust relationship; whether it is one, the image does not show.',
              de: 'Der Server wird über TLS authentisiert, was eine Vertrauensbeziehung sein kann; ob es eine ist, zeigt das Image nicht.',
            },
          }
        : {
            grade: 'high',
            reason: {
              en: 'Between fetching and using, no command of the script looks at a signature.',
              de: 'Zwischen Laden und Verwenden sieht kein Befehl des Skripts auf eine Signatur.',
            },
          },
      ...(safeChannel ? {} : { overturnedBy: FETCHED_ELSEWHERE }),
    },
  )
}

export function verifyingScript(
  place: Place,
  fetched: readonly { readonly url: string; readonly line: number }[],
  verifiedBy: readonly string[],
  stops: boolean,
): EvidenceDraft {
  return draft(
    'update.client',
    'neutral',
    provisions(['5.3-2', '5.3-9', '5.3-10']),
    ['5.3-2-1', '5.3-9-1', '5.3-10-1'],
    place,
    {
      en: 'A script fetches updates and has them verified before they are used',
      de: 'Ein Skript lädt Updates und lässt sie vor der Verwendung prüfen',
    },
    {
      observation: { client: 'script', fetched, verifiedBy, repeat: `cat ${place.inner}` },
      confidence: {
        grade: 'medium',
        reason: stops
          ? {
              en: 'What is used depends on the outcome of the command that verifies; what that command accepts is not shown.',
              de: 'Die Verwendung hängt vom Ausgang des prüfenden Befehls ab; was dieser annimmt, ist nicht gezeigt.',
            }
          : {
              en: 'A command that verifies stands before the use; that its failure stops the script was not seen.',
              de: 'Vor der Verwendung steht ein prüfender Befehl; dass sein Scheitern das Skript anhält, wurde nicht gesehen.',
            },
      },
    },
  )
}
