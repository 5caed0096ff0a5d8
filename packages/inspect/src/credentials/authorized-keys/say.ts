import type { Text } from '@messlatte/model'

function text(en: string, de: string): Text {
  return { en, de }
}

export function known(user: string, what: Text): Text {
  return text(
    `Everybody can log in as ${user}: the private half of the accepted key is published (${what.en})`,
    `Jeder kann sich als ${user} anmelden: Die private Hälfte des angenommenen Schlüssels ist veröffentlicht (${what.de})`,
  )
}

export function fixed(user: string): Text {
  return text(
    `One and the same key can log in as ${user} on every unit with this image`,
    `Ein und derselbe Schlüssel kann sich auf jedem Gerät mit diesem Abbild als ${user} anmelden`,
  )
}

export function authority(user: string): Text {
  return text(
    `Whoever holds one certain key can issue logins as ${user} for every unit with this image`,
    `Wer einen bestimmten Schlüssel hat, kann Anmeldungen als ${user} für jedes Gerät mit diesem Abbild ausstellen`,
  )
}

export function samples(count: number): Text {
  return text(
    `Login keys in documentation, examples or tests: ${count}`,
    `Anmeldeschlüssel in Dokumentation, Beispielen oder Tests: ${count}`,
  )
}

export const PROVISIONING = text(
  'Proof that provisioning removes the line before the device is first used (the production step, and a dump of a unit that shows it), or that the key opens a documented maintenance access that the user can switch off.',
  'Der Nachweis, dass die Provisionierung die Zeile vor der ersten Nutzung entfernt (der Fertigungsschritt und ein Speicherabzug eines Geräts, der es zeigt) oder dass der Schlüssel einen dokumentierten Wartungszugang öffnet, den der Nutzer abschalten kann.',
)

export const KNOWN_REASON = text(
  'The key was read, and its fingerprint is in the list of published keys.',
  'Der Schlüssel wurde gelesen, und sein Fingerabdruck steht in der Liste veröffentlichter Schlüssel.',
)

export const FIXED_REASON = text(
  'The line is part of the image; the image cannot show whether something removes it before first use.',
  'Die Zeile ist Teil des Abbilds; ob etwas sie vor der ersten Nutzung entfernt, kann das Abbild nicht zeigen.',
)

export const NO_SERVER = text(
  'No SSH server was found beside it that would read the file.',
  'Daneben wurde kein SSH-Server gefunden, der die Datei lesen würde.',
)

export const NARROW = text(
  'An option of the line narrows what the key opens, from where or until when.',
  'Eine Option der Zeile begrenzt, was der Schlüssel öffnet, von wo oder bis wann.',
)

export const SAMPLE_REASON = text(
  'By its path the file is documentation, an example or a test, so no server reads it.',
  'Nach dem Pfad ist die Datei Dokumentation, ein Beispiel oder ein Test; kein Server liest sie.',
)
