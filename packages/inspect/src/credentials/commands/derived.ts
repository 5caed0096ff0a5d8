import type { EvidenceDraft } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import { printable } from '../printable.ts'
import type { MadeSecret } from '../set-by-script.ts'

/** A password that is worked out from what the device tells anyone. The line may hold a fixed salt, so it is not shown. */
export function derivedEvidence({ place, line, target }: MadeSecret): EvidenceDraft {
  const name = printable(target.name)
  return {
    kind: 'credential.command.derived',
    polarity: 'against',
    provisions: provisions(['5.1-2']),
    cases: cases('5.1-2-1', '5.1-2-2'),
    place,
    title: {
      en: `A script makes the password or key of ${name} out of an address or serial number of the device`,
      de: `Ein Skript bildet das Passwort oder den Schlüssel von ${name} aus einer Adresse oder Seriennummer des Geräts`,
    },
    observation: { file: place.inner, line, store: target.store, name },
    confidence: {
      grade: 'medium',
      reason: {
        en: 'The line sets it, and its value goes back to the address or number; whether the script runs on a unit the image does not show.',
        de: 'Die Zeile setzt den Wert, und er geht auf die Adresse oder Nummer zurück; ob das Skript auf einem Gerät läuft, zeigt das Abbild nicht.',
      },
    },
    overturnedBy: {
      en: 'Dumps of two units in which the password or key is not the one that the script would make of their addresses and numbers, or proof that a secret of the unit goes into it.',
      de: 'Speicherabzüge von zwei Geräten, in denen das Passwort oder der Schlüssel nicht der ist, den das Skript aus ihren Adressen und Nummern bilden würde, oder der Nachweis, dass ein Geheimnis des Geräts eingeht.',
    },
  }
}
