import type { ComparedSecret, Text } from '@messlatte/model'

type Named = Pick<ComparedSecret, 'groups' | 'kind' | 'name' | 'outcome' | 'places' | 'subject'>

/** What the secret is, with its name. */
export function nameOf({ kind, name, subject, places }: Named): Text {
  const file = places[0]?.path.slice((places[0]?.path.lastIndexOf('/') ?? -1) + 1) ?? ''
  switch (kind) {
    case 'account':
      return { en: `The password of “${name}” (${subject})`, de: `Das Passwort von „${name}“ (${subject})` }
    case 'credential':
      return { en: `“${name}” (${subject})`, de: `„${name}“ (${subject})` }
    case 'private-key':
      return {
        en: `The private key in ${file} (${subject})`,
        de: `Der private Schlüssel in ${file} (${subject})`,
      }
  }
}

export function equal(row: Named, count: number): Text {
  const { en, de } = nameOf(row)
  if (row.places.every(({ form }) => form === 'empty'))
    return { en: `${en} is empty in ${count} units`, de: `${de} ist bei ${count} Geräten leer` }
  if (row.outcome === 'equal')
    return {
      en: `${en} is the same in all ${count} units that have it`,
      de: `${de} ist bei allen ${count} Geräten gleich, die es haben`,
    }
  const some = row.groups.map((group) => group.join(', ')).join('; ')
  return {
    en: `${en} is the same in some units: ${some}`,
    de: `${de} ist bei einigen Geräten gleich: ${some}`,
  }
}

export function differ(row: Named, count: number): Text {
  const { en, de } = nameOf(row)
  return {
    en: `${en} is different in each of ${count} units`,
    de: `${de} ist bei jedem von ${count} Geräten anders`,
  }
}

export function notComparable(row: Named): Text {
  const { en, de } = nameOf(row)
  return {
    en: `${en} cannot be compared: what lies there differs, what is behind it may be the same`,
    de: `${de} lässt sich nicht vergleichen: Was dort liegt, ist verschieden, was dahinter steht, kann gleich sein`,
  }
}

export function notInAll(count: number, units: number): Text {
  return {
    en: `Only ${count} of ${units} units have it in a form that was found.`,
    de: `Nur ${count} von ${units} Geräten haben es in einer Form, die gefunden wurde.`,
  }
}

export const OWN_SALT: Text = {
  en: 'Each has a salt or a passphrase of its own. The label passwords of the units (--labels), or a word list (--wordlist), may open it.',
  de: 'Jedes hat ein eigenes Salz oder eine eigene Passphrase. Die Passwörter der Typenschilder (--labels) oder eine Wortliste (--wordlist) können es öffnen.',
}

export const KNOWN: Text = {
  en: 'It is equal, and everybody can have it: a password that is tried first, or a published key.',
  de: 'Es ist gleich, und jeder kann es haben: ein Passwort, das zuerst versucht wird, oder ein veröffentlichter Schlüssel.',
}

export const SAME_KEY: Text = {
  en: 'The public halves are equal, so the private halves are.',
  de: 'Die öffentlichen Hälften sind gleich, also auch die privaten.',
}

export const IN_RELEASE: Text = {
  en: 'It is equal in the units, and the release has it too.',
  de: 'Es ist in den Geräten gleich, und auch die Firmware hat es.',
}

export const SAME_VALUE: Text = {
  en: 'It is equal; whoever set the units up may have given both the same, if they were in use before they were read out.',
  de: 'Es ist gleich; wer die Geräte eingerichtet hat, kann beiden dasselbe gegeben haben, falls sie vor dem Auslesen in Gebrauch waren.',
}

export const USERS_NETWORK: Text = {
  en: 'It belongs to a network that the user names; units that were set up in one place have it in common.',
  de: 'Es gehört zu einem Netz, das der Nutzer nennt; Geräte, die an einem Ort eingerichtet wurden, haben es gemeinsam.',
}

export const NO_LOGIN: Text = {
  en: 'The account has no shell to log in to.',
  de: 'Das Konto hat keine Shell zum Anmelden.',
}

export const WEAKER: Text = {
  en: 'Where it lies it counts less: it is switched off, a package’s default, or named by a file that no known program reads.',
  de: 'Wo es liegt, zählt es weniger: Es ist abgeschaltet, Vorgabe eines Pakets oder steht in einer Datei, die kein bekanntes Programm liest.',
}

export const SOME_KNOWN: Text = {
  en: 'They differ, but at least one of them is a password that everybody tries first.',
  de: 'Sie unterscheiden sich, aber mindestens eines ist ein Passwort, das jeder zuerst versucht.',
}

export const OTHER_KEY: Text = {
  en: 'The public halves differ; other units were not seen.',
  de: 'Die öffentlichen Hälften unterscheiden sich; andere Geräte wurden nicht gesehen.',
}

export const OTHER_VALUE: Text = {
  en: 'The values differ; other units were not seen, and units in use may hold what a user set.',
  de: 'Die Werte unterscheiden sich; andere Geräte wurden nicht gesehen, und Geräte in Gebrauch können enthalten, was ein Nutzer gesetzt hat.',
}

const PROVISIONED: Text = {
  en: 'Proof that each unit gets a value of its own before it is used: the log of its provisioning, and a dump taken after it',
  de: 'Der Nachweis, dass jedes Gerät vor der Nutzung einen eigenen Wert erhält: das Protokoll seiner Bereitstellung und ein Abzug danach',
}

export const EQUAL_OVERTURNED: Readonly<Record<ComparedSecret['opens'], Text>> = {
  device: {
    en: 'Proof that the user has to replace it before the unit leaves its factory state, or that a laboratory set the same one in these units',
    de: 'Der Nachweis, dass der Nutzer es ersetzen muss, bevor das Gerät den Auslieferungszustand verlässt, oder dass ein Labor in diesen Geräten dasselbe gesetzt hat',
  },
  network: {
    en: 'Proof that whoever set the units up entered it',
    de: 'Der Nachweis, dass es beim Einrichten der Geräte eingegeben wurde',
  },
  service: PROVISIONED,
  ssh: PROVISIONED,
  stored: PROVISIONED,
}
