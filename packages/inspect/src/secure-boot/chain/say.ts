import type { Text } from '@messlatte/model'

// The sentences of this check.

function text(en: string, de: string): Text {
  return { en, de }
}

export const HOLDER = text(
  'It holds the key for what follows. What verifies it is not in this release: ROM and fuses decide.',
  'Es enthält den Schlüssel für das, was folgt. Was es selbst prüft, liegt nicht in dieser Firmware: ROM und Fuses entscheiden.',
)
export const SYSTEM_HOLDER = text(
  'It holds the key for what follows; what verifies it is told where it starts.',
  'Es enthält den Schlüssel für das, was folgt; was es selbst prüft, steht dort, wo es startet.',
)
export const CIRCLE = text(
  'Its key lies in something that it verifies itself: nothing stands behind the two.',
  'Der Schlüssel liegt in etwas, das es selbst prüft: Hinter beiden steht nichts.',
)
export const ALONE = text(
  'What starts it, and verifies it or not, is not in this release.',
  'Was es startet und prüft oder nicht prüft, liegt nicht in dieser Firmware.',
)
export const NOT_COVERED = text('Nothing in this release verifies it.', 'Nichts in dieser Firmware prüft es.')
export const FAILS = text('Its verification fails.', 'Die Prüfung schlägt fehl.')
export const UNSIGNED = text(
  'It is not signed, and nothing before verifies it.',
  'Es ist nicht signiert, und nichts davor prüft es.',
)
export const REFUSED = text(
  'It is not signed, and the step before starts only what is.',
  'Es ist nicht signiert, und der Schritt davor startet nur Signiertes.',
)
export const NOT_VERIFIED = text(
  'It is signed, and what it takes to verify it is not here.',
  'Es ist signiert; was zum Prüfen nötig wäre, liegt nicht vor.',
)
export const ENCRYPTED = text(
  'It is encrypted: neither signed nor unsigned can be seen without the key (--key).',
  'Es ist verschlüsselt: Ohne Schlüssel (--key) ist weder signiert noch unsigniert zu erkennen.',
)
export const EVERYBODY = text(
  'Everybody has the private key of this signature: it was published.',
  'Den privaten Schlüssel zu dieser Signatur haben alle: Er ist veröffentlicht.',
)
export const LEAKED = text(
  'The private key of this signature lies in the release.',
  'Der private Schlüssel zu dieser Signatur liegt in der Firmware.',
)
export const REVOKED = text(
  'The unit that was read out has revoked this key.',
  'Das ausgelesene Gerät hat diesen Schlüssel gesperrt.',
)
export const INSECURE = text(
  'The signature verifies, with an algorithm that is broken.',
  'Die Signatur stimmt, das Verfahren gilt aber als gebrochen.',
)
export const NOT_DEMANDED = text(
  'The signature verifies, and the step before starts it without one as well.',
  'Die Signatur stimmt; der Schritt davor startet aber auch ohne.',
)
export const TRAVELS = text(
  'The signature verifies with a key that comes along: whose it is, only the hardware tells.',
  'Die Signatur stimmt mit einem mitgelieferten Schlüssel: Wem er gehört, sagt nur die Hardware.',
)
export const BURNT = text(
  'The signature verifies with a key whose digest the fuses of the unit hold that was read out.',
  'Die Signatur stimmt mit einem Schlüssel, dessen Hash in den Fuses des ausgelesenen Geräts steht.',
)
export const VERIFIED = {
  E5: text(
    'The signature verifies with a key of the step before.',
    'Die Signatur stimmt mit einem Schlüssel des Schrittes davor.',
  ),
  E6: text(
    'The signature verifies with a key that you trust.',
    'Die Signatur stimmt mit einem Schlüssel, dem Sie vertrauen.',
  ),
} as const
export const HARDWARE_DIGEST = text(
  'It carries no signature of its own; the hardware may keep a digest of it.',
  'Es trägt keine eigene Signatur; die Hardware kann einen Hash davon bewahren.',
)
export const HASH_BEFORE = text(
  'Its content is that of the hash that the step before holds.',
  'Der Inhalt passt zum Hash, den der Schritt davor enthält.',
)
export const HASH_UNVERIFIED = text(
  'The hash stands where nothing verifies it: whoever changes the content changes the hash as well.',
  'Der Hash steht dort, wo ihn nichts prüft: Wer den Inhalt ändert, ändert auch den Hash.',
)

export function rootUnverified(writable: boolean): Text {
  return writable
    ? text(
        'Nothing in this release verifies it, and a running system can write to it.',
        'Nichts in dieser Firmware prüft es, und ein laufendes System kann es beschreiben.',
      )
    : text(
        'Nothing in this release verifies it: whoever writes to the flash replaces it.',
        'Nichts in dieser Firmware prüft es: Wer den Flash beschreibt, ersetzt es.',
      )
}

/** @param last the last stage that is verified */
export function whole(last: Text, isAnchored: boolean): Text {
  return isAnchored
    ? text(
        `The chain is verified down to the ${last.en}; a read-out of one unit shows that its hardware starts it.`,
        `Die Kette ist bis zum letzten Glied geprüft (${last.de}); das Auslesen eines Geräts zeigt, dass dessen Hardware sie beginnt.`,
      )
    : text(
        `The chain is verified down to the ${last.en}. Whether the hardware starts it is open.`,
        `Die Kette ist bis zum letzten Glied geprüft (${last.de}). Ob die Hardware sie beginnt, ist offen.`,
      )
}

export const ABSENT = text(
  'There is no chain: nothing that starts here is signed.',
  'Es gibt keine Kette: Nichts von dem, was hier startet, ist signiert.',
)

export function broken(stage: Text): Text {
  return text(`The chain is broken: ${stage.en}`, `Die Kette ist unterbrochen: ${stage.de}`)
}

export function open(stage: Text): Text {
  return text(`The chain is not closed: ${stage.en}`, `Die Kette ist nicht geschlossen: ${stage.de}`)
}

export const ENDS_EARLY = text(
  'The chain ends before what the device is for: neither a root file system nor an application is here.',
  'Die Kette endet vor dem, wofür das Gerät da ist: Weder Root-Dateisystem noch Anwendung liegen vor.',
)
export const ALL_REFUSED = text(
  'This way is refused: the step before starts only what is signed.',
  'Dieser Weg wird abgewiesen: Der Schritt davor startet nur Signiertes.',
)

export const UPDATE = text(
  'Updates are verified apart from what starts.',
  'Updates werden getrennt von dem geprüft, was startet.',
)

export const DEMANDS = {
  release: text('the step before demands it', 'der Schritt davor verlangt es'),
  hardware: text('only the hardware can demand it', 'nur die Hardware kann es verlangen'),
  nobody: text('nobody demands it', 'niemand verlangt es'),
  unknown: text('not visible here', 'hier nicht zu sehen'),
} as const

export const LIES = {
  travelling: text('comes along with what it verifies', 'kommt mit dem, was er prüft'),
  hardware: text('in the hardware', 'in der Hardware'),
  unknown: text('unknown', 'unbekannt'),
} as const

export function liesAt(path: string): Text {
  return text(`in ${path}`, `in ${path}`)
}

export function trustedBy(name: string): Text {
  return text(`you trust it (${name})`, `Sie vertrauen ihm (${name})`)
}

export const REASON_ABSENT = text(
  'Every stage was looked at and carries a checksum or hash at most; a layer outside of the release may verify it.',
  'Jede Stufe wurde angesehen und trägt höchstens Prüfsumme oder Hash; eine Schicht außerhalb der Firmware kann sie prüfen.',
)
export const REASON_LOOSE = text(
  'No header of a known scheme stands before it; what lies beside it may verify it all the same.',
  'Davor steht kein Kopf eines bekannten Verfahrens; was daneben liegt, kann es trotzdem prüfen.',
)
export const REASON_BROKEN = text(
  'Both sides of the break lie in the release and were read.',
  'Beide Seiten der Lücke liegen in der Firmware und wurden gelesen.',
)
export const REASON_INITRAMFS = text(
  'A verified initial RAM file system runs before it and may verify it by a program of its own.',
  'Davor läuft ein geprüftes Initramfs, das es mit einem eigenen Programm prüfen kann.',
)
export const REASON_WHOLE = text(
  'Every step was verified with what the step before holds; fuses and ROM were not seen.',
  'Jeder Schritt wurde mit dem geprüft, was der Schritt davor enthält; Fuses und ROM waren nicht zu sehen.',
)
export const REASON_ANCHORED = text(
  'Every step was verified with what the step before holds, the first with a digest of the unit that was read out.',
  'Jeder Schritt wurde mit dem geprüft, was der Schritt davor enthält, der erste mit einem Hash des ausgelesenen Geräts.',
)
export const REASON_OPEN = text(
  'What would close it is not in the release.',
  'Was sie schließen würde, liegt nicht in der Firmware.',
)
export const OTHER_LAYER = text(
  'Proof that something else verifies this before it runs (what, with which key, held where), or that it is never started.',
  'Der Nachweis, dass etwas anderes dies vor dem Start prüft (was, mit welchem Schlüssel, wo verwahrt), oder dass es nie gestartet wird.',
)

export const GENERIC_COMMAND =
  'by the chip: hab_status and fuse read (U-Boot, NXP i.MX); espefuse summary --format json (ESP32); STM32_Programmer_CLI -ob displ and -otp displ (STM32); rkdeveloptool, vendor tools'
