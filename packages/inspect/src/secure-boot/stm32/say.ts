import { text } from '../outcome/say.ts'

export const SWITCHED_OFF = text(
  'Something stands where the signature belongs, but the header tells the ROM not to verify it.',
  'Wo die Signatur hingehört, steht etwas, aber der Kopf sagt dem ROM, es nicht zu prüfen.',
)
