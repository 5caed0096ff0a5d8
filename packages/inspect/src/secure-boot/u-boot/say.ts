import type { Text } from '@messlatte/model'

// The sentences of this check.

function text(en: string, de: string): Text {
  return { en, de }
}

export const FOUND = text('A U-Boot is in the release', 'Die Firmware enthält ein U-Boot')
export const VERIFIES = text(
  'A U-Boot in the release is built to verify signed images',
  'Ein U-Boot der Firmware ist dafür gebaut, signierte Images zu prüfen',
)
export const LEGACY = text(
  'U-Boot verifies signed images, and starts unsigned ones in the legacy format',
  'U-Boot prüft signierte Images und startet unsignierte im alten Format',
)
export const VERIFY_OFF = text(
  'The environment of U-Boot switches the verification of images off',
  'Die Umgebung von U-Boot schaltet die Prüfung von Images ab',
)
export const INTERRUPTED = text(
  'At its console, the start by U-Boot can be interrupted',
  'An der Konsole lässt sich der Start durch U-Boot unterbrechen',
)
export const PROMPT = text(
  'U-Boot stops at the prompt of its console',
  'U-Boot hält an der Eingabe seiner Konsole an',
)
export const STORED = text(
  'What U-Boot starts is said by an environment that nothing authenticates',
  'Was U-Boot startet, sagt eine Umgebung, die nichts authentisiert',
)
export const SCRIPT = text(
  'A boot script of U-Boot is not signed',
  'Ein Startskript von U-Boot ist nicht signiert',
)

export const SENTENCES = text(
  'Sentences in a program tell what it was compiled with; one that is not there tells nothing.',
  'Sätze in einem Programm sagen, womit es übersetzt wurde; ein fehlender sagt nichts.',
)
export const LEGACY_BESIDE_KEY = text(
  'bootm takes the format from the image itself: who replaces the signed one by a legacy one is not asked for a signature.',
  'bootm erkennt das Format am Image selbst: Wer das signierte durch eines im alten Format ersetzt, wird nach keiner Signatur gefragt.',
)
export const LEGACY_WITHOUT_KEY = text(
  'No key that is required was found in the release: the build may be one that verifies nothing.',
  'In der Firmware wurde kein verlangter Schlüssel gefunden: Der Bau prüft womöglich nichts.',
)
export const VERIFY_OFF_REASON = text(
  'U-Boot reads this variable before it verifies hashes and signatures.',
  'U-Boot liest diese Variable, bevor es Hashes und Signaturen prüft.',
)
export const CONSOLE_REASON = text(
  'Whether the serial port can be reached is not in the image.',
  'Ob die serielle Schnittstelle erreichbar ist, steht nicht im Image.',
)
export const STORED_REASON = text(
  'It is kept with a CRC only; who can write it decides what is started. A build may ignore it, or take only some variables.',
  'Sie ist nur mit einer CRC abgelegt; wer sie schreiben kann, entscheidet, was startet. Ein Bau kann sie übergehen oder nur einige Variablen annehmen.',
)
export const SCRIPT_RUN = text(
  'The format cannot carry a signature, and an environment of U-Boot in the release looks for scripts and runs them.',
  'Das Format kann keine Signatur tragen, und eine Umgebung von U-Boot in der Firmware sucht Skripte und führt sie aus.',
)
export const SCRIPT_FOUND = text(
  'The format cannot carry a signature; whether U-Boot runs it is not seen.',
  'Das Format kann keine Signatur tragen; ob U-Boot es ausführt, ist nicht zu sehen.',
)

export const LEGACY_REFUSED = text(
  'A start of a legacy image on a unit as it is sold that fails, or the configuration of the build (CONFIG_LEGACY_IMAGE_FORMAT).',
  'Ein gescheiterter Start eines Images im alten Format auf einem Gerät im Verkaufszustand oder die Konfiguration des Baus (CONFIG_LEGACY_IMAGE_FORMAT).',
)
export const OTHER_ENVIRONMENT = text(
  'The environment of a unit that was sold (printenv), without this setting.',
  'Die Umgebung eines verkauften Geräts (printenv) ohne diese Einstellung.',
)
export const CONSOLE_CLOSED = text(
  'Proof that the console of a unit as it is sold takes no input: no contacts, or a build without it.',
  'Der Nachweis, dass die Konsole eines Geräts im Verkaufszustand nichts annimmt: keine Kontakte oder ein Bau ohne sie.',
)
export const ENVIRONMENT_KEPT = text(
  'Proof that the build takes bootcmd from itself (CONFIG_ENV_IS_NOWHERE, CONFIG_ENV_WRITEABLE_LIST), or that the environment cannot be written.',
  'Der Nachweis, dass der Bau bootcmd aus sich selbst nimmt (CONFIG_ENV_IS_NOWHERE, CONFIG_ENV_WRITEABLE_LIST) oder die Umgebung nicht beschreibbar ist.',
)
export const SCRIPT_KEPT = text(
  'Proof that the script is not run on a unit as it is sold, or lies where an earlier stage verifies it.',
  'Der Nachweis, dass das Skript auf einem Gerät im Verkaufszustand nicht ausgeführt wird oder dort liegt, wo eine frühere Stufe es prüft.',
)
