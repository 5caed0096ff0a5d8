import { text } from '../package/say.ts'

export const HIDDEN = text(
  'It lies behind the signature: fwtool stops there, and a device sees no signature at all.',
  'Es liegt hinter der Signatur: fwtool hört dort auf, und ein Gerät sieht gar keine Signatur.',
)
