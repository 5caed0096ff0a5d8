import { text } from '../outcome/say.ts'

// The sentences of this check.

export const STRIPPED = text(
  'Its header says that it is signed, and no signature follows.',
  'Sein Kopf sagt, dass sie signiert ist, und es folgt keine Signatur.',
)
export const ENCRYPTED_ONLY = text(
  'It is encrypted in counter mode and not signed: whoever changes it changes what comes out, and nothing tells.',
  'Sie ist im Zählermodus verschlüsselt und nicht signiert: Wer sie ändert, ändert, was herauskommt, und nichts verrät es.',
)
export const NO_PLACE = text(
  'Files for these older chips have a CRC against accidents and no place for a signature.',
  'Dateien für diese älteren Chips haben eine CRC gegen Übertragungsfehler und keinen Platz für eine Signatur.',
)
export const BEHIND = text(
  'The update file goes on behind its signature, which does not cover that',
  'Die Update-Datei geht hinter ihrer Signatur weiter, die das nicht abdeckt',
)
export const BEHIND_REASON = text(
  'Tags behind the signature can be added by anybody; boot loaders of Silicon Labs refuse them, others may not.',
  'Felder hinter der Signatur kann jeder anfügen; Bootloader von Silicon Labs weisen sie ab, andere vielleicht nicht.',
)
export const REFUSED_BEHIND = text(
  'Proof that the boot loader of the product refuses the file: an attempt that fails.',
  'Der Nachweis, dass der Bootloader des Produkts die Datei abweist: ein gescheiterter Versuch.',
)
export const SHARED_KEY = text(
  'The update file is encrypted, with a code that only the holders of one key can make',
  'Die Update-Datei ist verschlüsselt, mit einem Code, den nur die Inhaber eines Schlüssels bilden können',
)
export const SHARED_KEY_REASON = text(
  'The key (AES-CCM) is the same in every unit: whoever reads it out of one can make files for all. It could not be verified here.',
  'Der Schlüssel (AES-CCM) ist in jedem Gerät derselbe: Wer ihn aus einem ausliest, kann Dateien für alle herstellen. Geprüft werden konnte hier nichts.',
)
