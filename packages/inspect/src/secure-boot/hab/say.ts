import type { Text } from '@messlatte/model'
import { text } from '../outcome/say.ts'
import type { HabGap } from './facts.ts'

export const NO_COMMANDS = text(
  'The table points to commands that authenticate it, and none stand there.',
  'Die Tabelle verweist auf Kommandos, die das Image prüfen, und dort stehen keine.',
)
export const NO_DATA = text(
  'Its commands are there, and authenticate nothing of the image.',
  'Seine Kommandos sind da und prüfen nichts vom Image.',
)

const GAPS: Readonly<Record<HabGap['what'], Text>> = {
  'image-vector-table': text('the image vector table', 'die Image-Vektor-Tabelle'),
  'boot-data': text('the boot data', 'die Boot-Daten'),
  'device-configuration': text('the device configuration (DCD)', 'die Gerätekonfiguration (DCD)'),
  entry: text('where the program starts', 'der Anfang des Programms'),
  content: text('a part of what is loaded', 'ein Teil dessen, was geladen wird'),
  'behind-commands': text('bytes behind the commands', 'Bytes hinter den Kommandos'),
}

export function gap(what: HabGap['what']): Text {
  return GAPS[what]
}

export function notCovered(whats: readonly HabGap['what'][]): Text {
  const list = (language: 'en' | 'de') => whats.map((what) => GAPS[what][language]).join(', ')
  return text(
    `The signatures of the NXP boot image leave out: ${list('en')}`,
    `Die Signaturen des NXP-Boot-Images lassen aus: ${list('de')}`,
  )
}
export const NOT_COVERED_REASON = text(
  'The lists of signed blocks were compared with what boot data tells the ROM to load; filler was left out.',
  'Die Listen der signierten Blöcke wurden mit dem verglichen, was das ROM laut Boot-Daten lädt; Füllbytes zählten nicht.',
)
export const NOT_USED = text(
  'Proof that a unit as it is sold refuses the image when one byte there is changed, or never uses these bytes.',
  'Der Nachweis, dass ein Gerät im Verkaufszustand das Image abweist, wenn dort ein Byte geändert ist, oder diese Bytes nie nutzt.',
)

export function unlocks(names: readonly string[]): Text {
  return text(
    `The commands of the NXP boot image leave features unlocked: ${names.join(', ')}`,
    `Die Kommandos des NXP-Boot-Images lassen Funktionen entsperrt: ${names.join(', ')}`,
  )
}
export const OPENS_REASON = text(
  'With these, software or a debugger that comes later can open the unit; whether fuses allow it all the same cannot be seen.',
  'Damit kann spätere Software oder ein Debugger das Gerät öffnen; ob die Sicherungen es trotzdem zulassen, ist nicht zu sehen.',
)
export const ONE_UNIT_REASON = text(
  'It names one unit by its number and does nothing on others.',
  'Es nennt ein einzelnes Gerät mit seiner Nummer und wirkt auf anderen nicht.',
)
export const UNLOCK_REASON = text(
  'Software of later stages has to lock them, or needs them.',
  'Software späterer Stufen muss sie sperren oder braucht sie.',
)
export const LOCKED_LATER = text(
  'Proof that a later stage locks it before anything else runs, or that fuses forbid it: the lock bits of a unit as it is sold.',
  'Der Nachweis, dass eine spätere Stufe es sperrt, bevor anderes läuft, oder die Sicherungen es verbieten: die Sperrbits eines Geräts im Verkaufszustand.',
)
