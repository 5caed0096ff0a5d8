import type { Text } from '@messlatte/model'
import type { KnownKey } from '../../known-keys/index.ts'
import type { PrivateKeyFact } from './facts.ts'

// The sentences of this check.

function text(en: string, de: string): Text {
  return { en, de }
}

export function privateKey({ algorithm, bits, opened }: PrivateKeyFact): Text {
  const name = algorithm.includes('-') || /^(?:ed|x)\d/.test(algorithm) ? algorithm : `${algorithm}-${bits}`
  const kind = /^(?:rsa|dsa)/.test(name) ? name.toUpperCase() : name
  if (opened)
    return text(
      `A private key (${kind}) under a usual passphrase, the same in every unit with this image`,
      `Ein privater Schlüssel (${kind}) unter einer üblichen Passphrase, in jedem Gerät mit diesem Abbild gleich`,
    )
  return text(
    `A private key (${kind}) in the clear, the same in every unit with this image`,
    `Ein privater Schlüssel (${kind}) im Klartext, in jedem Gerät mit diesem Abbild gleich`,
  )
}

export function samples(count: number): Text {
  return count === 1
    ? text(
        'A private key as a sample or for a test',
        'Ein privater Schlüssel als Beispiel oder für einen Test',
      )
    : text(
        `${count} private keys as samples or for tests`,
        `${count} private Schlüssel als Beispiele oder für Tests`,
      )
}

export function publicKeys(keys: number, certificates: number): Text {
  return text(
    `Public keys and certificates, which are no secrets: ${keys} and ${certificates}`,
    `Öffentliche Schlüssel und Zertifikate, die keine Geheimnisse sind: ${keys} und ${certificates}`,
  )
}

export function markers(count: number): Text {
  return text(
    `Lines that begin a private key, with no key behind them: in ${count} files`,
    `Zeilen, die einen privaten Schlüssel einleiten, ohne Schlüssel dahinter: in ${count} Dateien`,
  )
}

export const GENERATED = text(
  'Scripts of the system make keys on the device itself',
  'Skripte des Systems erzeugen Schlüssel auf dem Gerät selbst',
)

export const GENERATED_REASON = text(
  'The command stands in a script of the system; whether it runs before first use, and with enough randomness, the image cannot show.',
  'Der Befehl steht in einem Skript des Systems; ob er vor der ersten Nutzung und mit genügend Zufall läuft, kann das Abbild nicht zeigen.',
)

export const PUBLIC_REASON = text(
  'They are public halves only; no private half of theirs is reported here.',
  'Es sind nur öffentliche Hälften; private Hälften dazu werden hier nicht gemeldet.',
)

export const MARKER_REASON = text(
  'Behind the line stands nothing that parses as a key: programs that read or write keys, documents and placeholders hold such lines.',
  'Hinter der Zeile steht nichts, was sich als Schlüssel lesen lässt: Programme, die Schlüssel lesen oder schreiben, Dokumente und Platzhalter enthalten solche Zeilen.',
)

export function knownKey({ what }: KnownKey): Text {
  return text(
    `A private key that everybody has: ${what.en}`,
    `Ein privater Schlüssel, den jeder hat: ${what.de}`,
  )
}

export const PAIRED = text(
  'The private key of this certificate lies in the same release',
  'Der private Schlüssel dieses Zertifikats liegt in derselben Firmware',
)

export const PAIRED_AUTHORITY = text(
  'The private key of this certificate authority lies in the same release',
  'Der private Schlüssel dieser Zertifizierungsstelle liegt in derselben Firmware',
)

export const CLOSED_STORE = text(
  'A keystore with something in it that was not opened',
  'Ein Schlüsselspeicher, in dem etwas nicht geöffnet wurde',
)

export const ENCRYPTED = text(
  'A private key that is protected by a passphrase',
  'Ein privater Schlüssel, der durch eine Passphrase geschützt ist',
)

export const WHOLE = text(
  'The key parses to its end and its two halves belong together; whether something replaces it before first use, the image cannot show.',
  'Der Schlüssel lässt sich vollständig lesen, und seine beiden Hälften gehören zusammen; ob etwas ihn vor der ersten Nutzung ersetzt, kann das Abbild nicht zeigen.',
)

export const KNOWN = text(
  'Its public half is equal to that of the published key.',
  'Seine öffentliche Hälfte ist gleich der des veröffentlichten Schlüssels.',
)

export const EQUAL = text(
  'Certificate and private key have the same public half (SHA-256 of the SubjectPublicKeyInfo).',
  'Zertifikat und privater Schlüssel haben dieselbe öffentliche Hälfte (SHA-256 des SubjectPublicKeyInfo).',
)

export const NOT_OPENED = text(
  'The usual passphrases that were tried did not open it; where its passphrase lies is not known.',
  'Die üblichen Passphrasen, die versucht wurden, haben ihn nicht geöffnet; wo seine Passphrase liegt, ist nicht bekannt.',
)

export const NOT_TRIED = text(
  'No passphrase was tried on it: this protection is not supported, or one try costs more than the budget of guesses.',
  'Es wurde keine Passphrase versucht: Dieser Schutz wird nicht unterstützt, oder ein Versuch kostet mehr als das Budget.',
)

export const OPENED_REASON = text(
  'It opened with a passphrase from the list that anybody tries first, and its two halves belong together.',
  'Er ließ sich mit einer Passphrase aus der Liste öffnen, die jeder zuerst versucht, und seine beiden Hälften gehören zusammen.',
)

export const SHAPE = text(
  'It stands where a WireGuard configuration holds its private key, and has the bits that generators of such keys set.',
  'Er steht, wo eine WireGuard-Konfiguration ihren privaten Schlüssel hat, und trägt die Bits, die Erzeuger solcher Schlüssel setzen.',
)

export const REPLACED = text(
  'The key is whole, but a script of the image makes a key of this name: it may be replaced at the first start, or stay because it is there already.',
  'Der Schlüssel ist vollständig, aber ein Skript des Abbilds erzeugt einen Schlüssel dieses Namens: Er wird beim ersten Start vielleicht ersetzt, oder er bleibt, weil er schon da ist.',
)

export const OVERTURNED = text(
  'Proof that the key protects nothing in use, or that provisioning replaces it before first use (TS 103 701, 5.4-3-1 b): the production step, and dumps of two units with different keys.',
  'Der Nachweis, dass der Schlüssel im Betrieb nichts schützt oder dass die Provisionierung ihn vor der ersten Nutzung ersetzt (TS 103 701, 5.4-3-1 b): der Fertigungsschritt und Speicherabzüge von zwei Geräten mit verschiedenen Schlüsseln.',
)

export const SAMPLE_REASON: Readonly<Record<NonNullable<PrivateKeyFact['sample']>, Text>> = {
  'documentation-or-test': text(
    'It lies in a folder for documentation, examples or tests.',
    'Er liegt in einem Ordner für Dokumentation, Beispiele oder Tests.',
  ),
  'crypto-library': text(
    'It is one that libraries and programs of cryptography carry for their own tests.',
    'Er ist einer von denen, die Kryptografie-Bibliotheken und -Programme für ihre eigenen Tests mitbringen.',
  ),
}
