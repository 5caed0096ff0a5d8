import type { Text } from '@messlatte/model'
import type { WhyUntried } from '../../passwords/hash.ts'
import type { Login } from './join.ts'

// The sentences of this check. None of them may hint at the password itself.

function text(en: string, de: string): Text {
  return { en, de }
}

export function weak(user: string): Text {
  return text(
    `The password of ${user} is one of those that everybody tries first`,
    `Das Passwort von ${user} ist eines von denen, die jeder zuerst versucht`,
  )
}

export function set(user: string): Text {
  return text(
    `The account ${user} comes with a password, the same in every unit with this image`,
    `Das Konto ${user} kommt mit einem Passwort, das in jedem Gerät mit diesem Abbild gleich ist`,
  )
}

export function replaced(user: string, script: string): Text {
  return text(
    `The script ${script} sets a random password for ${user} on the device, in place of the one in the image`,
    `Das Skript ${script} setzt auf dem Gerät ein zufälliges Passwort für ${user}, anstelle des Passworts im Abbild`,
  )
}

export function sample(count: number): Text {
  return text(
    `Accounts with a password or an empty one in documentation, examples or tests: ${count}`,
    `Konten mit gesetztem oder leerem Passwort in Dokumentation, Beispielen oder Tests: ${count}`,
  )
}

export function notTried(user: string, scheme: string): Text {
  return text(
    `The account ${user} comes with a password; its ${scheme} hash was not tried`,
    `Das Konto ${user} kommt mit einem Passwort; sein ${scheme}-Hash wurde nicht ausprobiert`,
  )
}

export function empty(user: string): Text {
  return text(`${user} can log in without a password`, `${user} kann sich ohne Passwort anmelden`)
}

export function emptyWithoutShell(user: string): Text {
  return text(
    `${user} has no password, and no way to log in`,
    `${user} hat kein Passwort und keine Möglichkeit, sich anzumelden`,
  )
}

export function locked(count: number): Text {
  return text(
    `No password fits: ${count} locked account(s)`,
    `Kein Passwort passt: ${count} gesperrte(s) Konto/Konten`,
  )
}

export function backup(user: string, file: string): Text {
  return text(
    `The backup ${file}- still holds an older password hash of ${user}`,
    `Die Sicherungsdatei ${file}- enthält noch einen älteren Passwort-Hash von ${user}`,
  )
}

export const PROVISIONING = text(
  'Proof that provisioning replaces or locks this password before the device is first used (TS 103 701, 5.4-3-1 b): the production step, and dumps of two units that show it.',
  'Der Nachweis, dass die Provisionierung dieses Passwort vor der ersten Nutzung ersetzt oder sperrt (TS 103 701, 5.4-3-1 b): der Fertigungsschritt und Speicherabzüge von zwei Geräten, die es zeigen.',
)

export const FORCED_SETUP = text(
  'Proof that the device makes its user set a password before anything can be reached, or that nothing accepts an empty one.',
  'Der Nachweis, dass das Gerät ein eigenes Passwort verlangt, bevor irgendetwas erreichbar ist, oder dass nichts ein leeres annimmt.',
)

export const WEAK_REASON = text(
  'The hash was computed and is equal.',
  'Der Hash wurde berechnet und ist gleich.',
)

export const SET_REASON = text(
  'The hash is in the image; the image cannot show whether something replaces it before first use.',
  'Der Hash steht im Abbild; ob etwas ihn vor der ersten Nutzung ersetzt, kann das Abbild nicht zeigen.',
)

export const REPLACED_REASON = text(
  'The script is one that the boot may start, and the line takes the password from a source of random bytes; that it has run before first use only a unit can show.',
  'Das Skript ist eines, das der Systemstart aufrufen kann, und die Zeile nimmt das Passwort aus einer Quelle zufälliger Bytes; dass es vor der ersten Nutzung gelaufen ist, kann nur ein Gerät zeigen.',
)

export const SAMPLE_REASON = text(
  'By its path the file is documentation, an example or a test, so no login reads it.',
  'Nach dem Pfad ist die Datei Dokumentation, ein Beispiel oder ein Test; keine Anmeldung liest sie.',
)

export const LOCKED_REASON = text(
  'The field is no hash, so no password leads to it.',
  'Das Feld ist kein Hash, also führt kein Passwort dorthin.',
)

export const BACKUP_REASON = text(
  'Logins do not read the backup; the hash tells an older password.',
  'Anmeldungen lesen die Sicherungsdatei nicht; der Hash verrät ein älteres Passwort.',
)

export const UNTRIED_REASON: Readonly<Record<WhyUntried | 'guesses-used-up', Text>> = {
  'not-computed-here': text(
    'This kind of hash is not computed here, so whether the password is a usual one is not known.',
    'Diese Art von Hash wird hier nicht berechnet; ob das Passwort ein übliches ist, ist daher nicht bekannt.',
  ),
  'cost-too-high': text(
    'The hash asks for more work per try than is spent here, so whether the password is a usual one is not known.',
    'Der Hash verlangt je Versuch mehr Rechenarbeit, als hier geleistet wird; ob das Passwort ein übliches ist, ist daher nicht bekannt.',
  ),
  'guesses-used-up': text(
    'The number of guesses was used up before this hash; a higher one can be set.',
    'Die Zahl der Versuche war vor diesem Hash erreicht; sie lässt sich höher setzen.',
  ),
}

/** Why a set password can, or cannot so easily, be used. */
export const LOGIN_REASON: Readonly<Record<Login, Text>> = {
  shell: text('The account has a login shell.', 'Das Konto hat eine Anmelde-Shell.'),
  'no-shell': text(
    'The account has no login shell; other services may still accept the password.',
    'Das Konto hat keine Anmelde-Shell; andere Dienste könnten das Passwort trotzdem annehmen.',
  ),
  'no-account': text('No line of passwd names this account.', 'Keine Zeile in passwd nennt dieses Konto.'),
  unknown: text(
    'There is no passwd beside it that would say which shell the account has.',
    'Daneben liegt keine passwd, aus der die Shell des Kontos hervorginge.',
  ),
}

export const EMPTY_REASON: Readonly<Record<Login, Text>> = {
  ...LOGIN_REASON,
  shell: text(
    'The account has a login shell; whether each service accepts an empty password is a setting of that service.',
    'Das Konto hat eine Anmelde-Shell; ob ein Dienst ein leeres Passwort annimmt, ist eine Einstellung dieses Dienstes.',
  ),
  'no-shell': text('The account has no login shell.', 'Das Konto hat keine Anmelde-Shell.'),
}
