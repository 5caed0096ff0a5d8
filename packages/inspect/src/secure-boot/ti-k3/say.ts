import { text } from '../outcome/say.ts'

export const COMPONENT = text('an image behind the certificate', 'ein Image hinter dem Zertifikat')

export const DEBUG = text(
  'The certificate of the TI K3 boot image asks for debugging on every unit',
  'Das Zertifikat des Boot-Images für TI K3 verlangt Debug-Zugang auf jedem Gerät',
)
export const DEBUG_REASON = text(
  'The debug extension names no unit and a kind that opens access, which TI gives for development; whether a unit follows is for its fuses to tell.',
  'Die Debug-Erweiterung nennt kein Gerät und eine Art, die Zugang öffnet, wie TI sie für die Entwicklung vorgibt; ob ein Gerät ihr folgt, sagen seine Sicherungen.',
)
