import { text } from '../outcome/say.ts'

// The sentences of this check.

export const FIRMWARE = text('the firmware of the DFU package', 'die Firmware des DFU-Pakets')
export const DEBUG = text(
  'The init packet asks boot loaders for debugging to skip the check of versions',
  'Das Init-Paket bittet Bootloader zum Entwickeln, die Prüfung der Versionen auszulassen',
)
export const DEBUG_REASON = text(
  'The flag is set; boot loaders that are built with NRF_DFU_DEBUG_VERSION heed it, and take older versions and those for other hardware.',
  'Das Kennzeichen ist gesetzt; Bootloader, die mit NRF_DFU_DEBUG_VERSION gebaut sind, folgen ihm und nehmen ältere Stände und solche für andere Hardware an.',
)
export const NO_DEBUG = text(
  'Proof that the boot loader of a unit as it is sold is built without NRF_DFU_DEBUG_VERSION: an attempt with an older version that fails.',
  'Der Nachweis, dass der Bootloader eines Geräts im Verkaufszustand ohne NRF_DFU_DEBUG_VERSION gebaut ist: ein gescheiterter Versuch mit einem älteren Stand.',
)
export const STARTS_SIGNED = text(
  'The init packet asks for a signature to be verified at each start',
  'Das Init-Paket verlangt, dass bei jedem Start eine Signatur geprüft wird',
)
export const STARTS_UNSIGNED = text(
  'The init packet asks for no signature to be verified at each start',
  'Das Init-Paket verlangt nicht, dass bei jedem Start eine Signatur geprüft wird',
)
export const STARTS_SIGNED_REASON = text(
  'Boot loaders heed it if they are built to verify at each start (NRF_BL_APP_SIGNATURE_CHECK_REQUIRED).',
  'Bootloader folgen dem, wenn sie dafür gebaut sind, bei jedem Start zu prüfen (NRF_BL_APP_SIGNATURE_CHECK_REQUIRED).',
)
export const STARTS_UNSIGNED_REASON = text(
  'The signature is verified when an update is taken; at each start a checksum or a digest at most, which whoever writes to the flash can compute.',
  'Die Signatur wird geprüft, wenn ein Update angenommen wird; bei jedem Start höchstens eine Prüfsumme oder ein Digest, die neu ausrechnen kann, wer in den Flash schreibt.',
)
export const LEGACY = text(
  'It is a package of the kind before 2016, with a CRC-16 against accidents; its boot loaders verify no signature.',
  'Es ist ein Paket der Art vor 2016, mit einer CRC-16 gegen Übertragungsfehler; deren Bootloader prüfen keine Signatur.',
)
export const NO_PACKET = text(
  'The init packet that the manifest names is not there, or is none: nothing in the package tells a change.',
  'Das Init-Paket, das die Liste nennt, ist nicht da oder keines: Nichts im Paket verrät eine Änderung.',
)
