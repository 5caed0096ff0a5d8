import type { EvidenceDraft } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import type { FieldFact } from './facts.ts'
import type { AccountEntry } from './join.ts'

/**
 * A second name for the superuser.
 * @param state what the counting password field says; undefined where shadow has no line for it
 */
export function extraRootEvidence(
  { data, place }: AccountEntry,
  first: string,
  state: FieldFact['state'] | undefined,
): EvidenceDraft {
  const seen = state !== undefined && state !== 'elsewhere'
  return {
    kind: 'account.uid0.extra',
    polarity: 'against',
    provisions: provisions(['5.6-7']),
    cases: cases('5.6-7-1'),
    place,
    title: {
      en: `The account ${data.user} has all rights of ${first} (user id 0) and can log in`,
      de: `Das Konto ${data.user} hat alle Rechte von ${first} (Benutzerkennung 0) und kann sich anmelden`,
    },
    observation: {
      user: data.user,
      uid: 0,
      shell: data.login?.shell ?? '',
      otherName: first,
      password: state ?? 'not in shadow',
    },
    confidence: seen
      ? {
          grade: 'medium',
          reason: {
            en: 'The login is there; whether the product needs a second superuser is for its maker to say.',
            de: 'Die Anmeldung ist möglich; ob das Produkt einen zweiten Superuser braucht, muss der Hersteller sagen.',
          },
        }
      : {
          grade: 'low',
          reason: {
            en: 'The line that says whether the password is locked is not in the image.',
            de: 'Die Zeile, aus der hervorgeht, ob das Passwort gesperrt ist, fehlt im Abbild.',
          },
        },
    overturnedBy: {
      en: 'A justification of why this account needs all rights, or proof that it is removed or locked before first use.',
      de: 'Eine Begründung, warum dieses Konto alle Rechte braucht, oder der Nachweis, dass es vor der ersten Nutzung entfernt oder gesperrt wird.',
    },
  }
}
