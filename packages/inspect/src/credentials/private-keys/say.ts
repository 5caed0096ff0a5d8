import type { Text } from '@messlatte/model'
import type { KnownKey } from '../../known-keys/index.ts'
import type { PrivateKeyFact } from './facts.ts'

// The sentences of this check.

function text(en: string, de: string): Text {
  return { en, de }
}

export function privateKey({ algorithm, bits, sample }: PrivateKeyFact): Text {
  const name = algorithm.includes('-') || algorithm.startsWith('ed') ? algorithm : `${algorithm}-${bits}`
  const kind = name.toUpperCase().startsWith('RSA') ? name.toUpperCase() : name
  if (sample !== undefined)
    return text(
      `A private key (${kind}) as a sample or for a test`,
      `Ein privater Schlüssel (${kind}) als Beispiel oder für einen Test`,
    )
  return text(
    `A private key (${kind}) in the clear, the same in every unit with this image`,
    `Ein privater Schlüssel (${kind}) im Klartext, in jedem Gerät mit diesem Abbild gleich`,
  )
}

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
  'The key was not opened; where its passphrase lies is not known.',
  'Der Schlüssel wurde nicht geöffnet; wo seine Passphrase liegt, ist nicht bekannt.',
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
