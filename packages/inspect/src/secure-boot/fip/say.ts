import type { Text } from '@messlatte/model'
import { text } from '../outcome/say.ts'

// The sentences of this check.

export const NO_CERTIFICATES = text(
  'It holds no certificate: Trusted Firmware-A is built without trusted board boot, or takes its certificates from elsewhere. Another layer may still protect it.',
  'Es enthält kein Zertifikat: Trusted Firmware-A ist ohne Trusted Board Boot gebaut oder nimmt die Zertifikate von anderswo. Eine andere Schicht kann es trotzdem schützen.',
)
export const UNCOVERED = text(
  'Images of the firmware package are covered by no certificate',
  'Images des Firmware-Pakets sind von keinem Zertifikat abgedeckt',
)
export const NOT_COVERED = text(
  'No certificate of the package states a digest for them: whoever changes them changes nothing that is verified.',
  'Kein Zertifikat des Pakets nennt einen Digest dafür: Wer sie ändert, ändert nichts, was geprüft wird.',
)
export const NOT_LOADED = text(
  'Proof that they are not loaded, or are verified in another way: the platform’s chain of trust, and a start with a changed one that fails.',
  'Der Nachweis, dass sie nicht geladen oder auf andere Weise geprüft werden: die Vertrauenskette der Plattform und ein gescheiterter Start mit einem geänderten.',
)

export function image(name: string): Text {
  return text(`the image ${name} of the firmware package`, `das Image ${name} des Firmware-Pakets`)
}
