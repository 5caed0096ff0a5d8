import type { Text } from '@messlatte/model'
import type { IntegrityOutcome } from './verify.ts'

// The sentences of this check.

function text(en: string, de: string): Text {
  return { en, de }
}

function files(count: number): Text {
  return count === 1 ? text('One file', 'Eine Datei') : text(`${count} files`, `${count} Dateien`)
}

type Attribute = 'ima' | 'evm'

/** `One file: its IMA signature verifies …`: the same sentence for one and for many. */
function about(count: number, en: string, de: string): Text {
  const { en: many, de: viele } = files(count)
  return text(`${many}: ${en}`, `${viele}: ${de}`)
}

const NAMES: Readonly<Record<Attribute, string>> = { ima: 'IMA', evm: 'EVM' }

export function title(count: number, attribute: Attribute, { result, level }: IntegrityOutcome): Text {
  const name = NAMES[attribute]
  switch (result) {
    case 'holds':
      return level === 'E5'
        ? about(
            count,
            `the ${name} signature verifies with a key that a kernel of the release vouches for`,
            `die ${name}-Signatur stimmt mit einem Schlüssel, für den ein Kernel der Firmware bürgt`,
          )
        : level === 'E6'
          ? about(
              count,
              `the ${name} signature verifies with a key that you trust`,
              `die ${name}-Signatur stimmt mit einem Schlüssel, dem Sie vertrauen`,
            )
          : about(
              count,
              `the ${name} signature verifies with a certificate that lies beside`,
              `die ${name}-Signatur stimmt mit einem Zertifikat, das daneben liegt`,
            )
    case 'fails':
      return about(count, `the ${name} signature does not verify`, `die ${name}-Signatur stimmt nicht`)
    case 'hash-differs':
      return about(
        count,
        `the ${name} hash is not that of the content`,
        `der ${name}-Hash ist nicht der des Inhalts`,
      )
    case 'hash-matches':
      return about(count, `the ${name} hash is that of the content`, `der ${name}-Hash ist der des Inhalts`)
    case 'broken':
      return about(count, `the ${name} attribute cannot be one`, `das ${name}-Attribut kann keines sein`)
    case 'no-key':
    case 'not-verified':
      return about(
        count,
        `the ${name} attribute could not be verified`,
        `das ${name}-Attribut ließ sich nicht prüfen`,
      )
  }
}

export const POLICY = text('A policy for IMA is in the release', 'Die Firmware enthält ein Regelwerk für IMA')

export const POLICY_MEASURES = text(
  'A policy for IMA is in the release, and it appraises nothing',
  'Die Firmware enthält ein Regelwerk für IMA, und es prüft nichts',
)

export const REASONS: Readonly<Record<IntegrityOutcome['result'], Text>> = {
  holds: text(
    'What is signed was hashed again; whether the kernel appraises it is said by its policy.',
    'Was signiert ist, wurde neu gehasht; ob der Kernel es prüft, sagt sein Regelwerk.',
  ),
  fails: text(
    'The key that the attribute names is at hand, and the signature does not hold over what is there: the content, or owner, rights and attributes.',
    'Der Schlüssel, den das Attribut nennt, ist da, und die Signatur gilt nicht für das, was da ist: den Inhalt oder Besitzer, Rechte und Attribute.',
  ),
  'no-key': text(
    'No certificate in the release has the key that the attribute names.',
    'Kein Zertifikat der Firmware hat den Schlüssel, den das Attribut nennt.',
  ),
  'hash-matches': text(
    'A hash protects against accidents: whoever can write the file can write the attribute, unless EVM covers it.',
    'Ein Hash schützt vor Versehen: Wer die Datei schreiben kann, kann auch das Attribut schreiben, wenn EVM es nicht abdeckt.',
  ),
  'hash-differs': text(
    'The content was hashed again; a kernel that appraises the file refuses it.',
    'Der Inhalt wurde neu gehasht; ein Kernel, der die Datei prüft, weist sie ab.',
  ),
  'not-verified': text(
    'It is made with a key that only the device has, or over what an image does not keep: the place on the disk, or a tree of fs-verity.',
    'Es ist mit einem Schlüssel gemacht, den nur das Gerät hat, oder über etwas, das ein Image nicht behält: den Platz auf dem Datenträger oder einen Baum von fs-verity.',
  ),
  broken: text(
    'Its length does not fit what it says to be.',
    'Seine Länge passt nicht zu dem, was es sein will.',
  ),
}

export const POLICY_REASON = text(
  'It lies where systemd and dracut load it from; the kernel may have another one built in.',
  'Es liegt, wo systemd und dracut es laden; der Kernel kann ein anderes eingebaut haben.',
)
export const AS_DELIVERED = text(
  'The files as delivered, and a unit that opens them with appraisal on (ima_appraise=enforce).',
  'Die Dateien wie geliefert und ein Gerät, das sie bei eingeschalteter Prüfung öffnet (ima_appraise=enforce).',
)
