import { text } from '../outcome/say.ts'

export const FIRMWARE = text(
  'the firmware of the Allwinner boot image',
  'die Firmware des Allwinner-Boot-Images',
)
export const NO_PLACE = text(
  'The format has a checksum against accidents and no place for a signature; processors with secure boot burnt take TOC0 instead. Another layer may still protect it.',
  'Das Format hat eine Prüfsumme gegen Übertragungsfehler und keinen Platz für eine Signatur; Prozessoren mit gebranntem sicheren Starten nehmen stattdessen TOC0. Eine andere Schicht kann es trotzdem schützen.',
)
